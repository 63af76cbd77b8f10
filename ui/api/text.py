"""Text as requests may carry it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("must be Unicode text: half a surrogate pair is none") from None
    return text


Text = Annotated[str, AfterValidator(_whole)]  # JSON can escape what no file, log or reply can then hold
