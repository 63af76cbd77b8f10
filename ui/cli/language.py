"""The language in which the terminal's user reads, as its environment says; English where that is not one of ours."""

from __future__ import annotations

import os

from plant.asset.name import LANGUAGES

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as everywhere in POSIX


def language() -> str:
    """Its code."""
    said = next((os.environ[name] for name in VARIABLES if os.environ.get(name)), "")
    return said[:2] if said[:2] in LANGUAGES else "en"
