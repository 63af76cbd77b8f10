"""Where the browser finds our own scripts, style and icon: all in this package, none from elsewhere.

The address carries a digest of all of them, so that they may be cached for ever and a new version is
another address.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("static")


@cache
def root() -> str:
    """Path under which the folder ``static`` is served."""
    digest = hashlib.sha256()
    for file in sorted(FOLDER.iterdir()):
        digest.update(file.name.encode() + file.read_bytes())
    return f"/assets/{digest.hexdigest()[:12]}"


def address(name: str) -> str:
    """Address of one file of it."""
    return f"{root()}/{name}"
