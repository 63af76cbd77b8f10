"""Patterns over names with dots, as tags and assets have them: one rule, wherever a name may be a pattern.

A ``*`` stands for one part of a name, or for a part of that; alone at the end it stands for all the rest.
So ``Well.*.Flow`` is what is measured, and leaves ``Well.A.Twin.Flow`` to those who ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from plant.error import Unknown

WILD = "*?["


def is_pattern(text: str) -> bool:
    """Whether it may stand for several names."""
    return any(character in text for character in WILD)


def matches(name: str, pattern: str) -> bool:
    """Whether a name is meant by a pattern.

    >>> matches("Well.A.Twin.Flow", "Well.*.Flow"), matches("Well.A.Twin.Flow", "Well.*")
    (False, True)
    """
    parts, wanted = name.split("."), pattern.split(".")
    is_whole = len(parts) == len(wanted) or (wanted[-1] == "*" and len(parts) > len(wanted))
    return is_whole and all(map(fnmatchcase, parts, wanted))


def matching(names: Iterable[str], patterns: Iterable[str], kind: str) -> list[str]:
    """The names that any of the patterns means, each once, in the patterns' order and then their own.

    Raises :class:`Unknown` for a pattern that means none: no such ``kind``.

    >>> matching(["Well.A.Flow", "Well.B.Flow"], ["Well.B.Flow", "Well.*.Flow"], "tag")
    ['Well.B.Flow', 'Well.A.Flow']
    """
    known = dict.fromkeys(names)
    found: dict[str, None] = {}
    for pattern in patterns:
        meant = [name for name in known if matches(name, pattern)] if is_pattern(pattern) else [pattern]
        if not meant or meant[0] not in known:
            raise Unknown(kind, pattern)
        found |= dict.fromkeys(meant)
    return list(found)
