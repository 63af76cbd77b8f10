"""Login names: what may be one, and which of them look alike to people."""

from __future__ import annotations

import re
import unicodedata

from plant.error import OutOfRange

SHAPE = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?", re.IGNORECASE)
RULE = "must be 1 to 64 of a-z, 0-9, . _ - @, with a letter or digit first and last"
ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "_": "-", ".": "-"})


def checked(name: str) -> str:
    """The name. Raises :class:`OutOfRange` for one that none may be, as in signs that look like others (Cyrillic а)."""
    if not SHAPE.fullmatch(name) or unicodedata.normalize("NFKC", name) != name:
        raise OutOfRange("login", name[:100], RULE)
    return name


def skeleton(name: str) -> str:
    """What look-alikes have in common, so that of them there is one at most.

    >>> skeleton("adm1n") == skeleton("Admin"), skeleton("rnaria") == skeleton("maria")
    (True, True)
    """
    return unicodedata.normalize("NFKC", name).casefold().translate(ALIKE).replace("rn", "m").replace("vv", "w")
