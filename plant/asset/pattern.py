"""Patterns over names: a ``*`` stands for one part of a name, or for a part of that; at the end for all the rest."""

from __future__ import annotations

from fnmatch import fnmatchcase


def matches(name: str, pattern: str) -> bool:
    """Whether a name is meant by a pattern.

    >>> matches("Well.A.Twin.Flow", "Well.*.Flow"), matches("Well.A.Twin.Flow", "Well.*")
    (False, True)
    """
    parts, wanted = name.split("."), pattern.split(".")
    is_whole = len(parts) == len(wanted) or (wanted[-1] == "*" and len(parts) > len(wanted))
    return is_whole and all(map(fnmatchcase, parts, wanted))
