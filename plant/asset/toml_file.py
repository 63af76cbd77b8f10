"""A TOML file as it comes from anybody's editor: its bytes made text, its text a table.

Files are UTF-8. One that begins with a byte order mark is what the mark says, and one that is not UTF-8 is
read as Windows-1252, in which Western editors write Latin letters. What cannot be read raises one
:class:`~plant.error.ConfigError` that says where.
"""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plant.error import ConfigError, Mistake

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(path: Path) -> dict[str, Any]:
    """The whole file as one table. Raises :class:`ConfigError` where it is absent, or no TOML."""
    try:
        return parsed(decoded(path.read_bytes()), str(path))
    except FileNotFoundError:
        rule = "does not exist"
    except (OSError, UnicodeDecodeError) as error:
        rule = f"cannot be read: {error}"
    raise ConfigError([Mistake(str(path), "file", None, rule)])


def decoded(content: bytes) -> str:
    """The text of a file, its byte order mark left out.

    >>> decoded(b"\\xef\\xbb\\xbfname"), decoded(b"pe\\xf1a")
    ('name', 'peña')
    """
    marked = next((encoding for mark, encoding in MARKS.items() if content.startswith(mark)), "")
    if marked:
        return content.decode(marked)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def parsed(text: str, file: str) -> dict[str, Any]:
    """The table that a text of TOML is. Raises :class:`ConfigError` with line and column of what is wrong."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigError([Mistake(file, "file", None, "is nested too deeply to be read")]) from None
    except ValueError as error:  # a number of thousands of digits is no error of TOML's
        raise ConfigError([_misplaced(file, text.splitlines(), str(error))]) from None


def _misplaced(file: str, lines: list[str], told: str) -> Mistake:
    place = PLACE.search(told)
    why = PLACE.sub("", told)
    if place is None:
        return Mistake(file, "file", None, f"cannot be read: {why}")
    row, column = (int(number) for number in place.groups()) if place[1] else _end(lines)
    line = lines[row - 1].strip() if 0 < row <= len(lines) else ""
    return Mistake(file, f"line {row}, column {column}", line, f"cannot be read: {why}")


def _end(lines: list[str]) -> tuple[int, int]:
    return max(len(lines), 1), len(lines[-1]) + 1 if lines else 1


def toml_of(value: Any) -> str:
    """A value as TOML: a JSON text is one, but for tables."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_of(key)} = {toml_of(one)}" for key, one in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(toml_of, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def key_of(key: str) -> str:
    """A key as TOML."""
    is_bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if is_bare else json.dumps(key, ensure_ascii=False)
