"""A field as the text of its file: the inverse of :mod:`plant.asset.field_file`, every value in SI to its last bit."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from plant.asset.field import Field, Flowline


def field_text(field: Field) -> str:
    """The file. Read again, it gives the same field."""
    lines = _lines(field, "", ("wells", "gas_lift_wells", "natural_wells", "injectors"))
    return "\n".join(["# Written by Gemelo: every value is in SI.", "", *lines]).rstrip() + "\n"


def _lines(one: Any, path: str, last: tuple[str, ...] = ()) -> Iterator[str]:
    """What is plain first, since in TOML all that follows a table's heading is that table's."""
    parts = _parts(one)
    yield from (f"{key} = {_value(value)}" for key, value in parts if not _is_table(value) and value not in (None, ()))
    for key, value in sorted(parts, key=lambda part: part[0] in last):
        if dataclasses.is_dataclass(value):
            yield from ("", f"[{path}{key}]", *_lines(value, f"{path}{key}."))
        elif _is_table(value):
            for row in value:
                yield from ("", f"[[{path}{key}]]", *_lines(row, f"{path}{key}."))


def _parts(one: Any) -> list[tuple[str, Any]]:
    parts = [(part.name, getattr(one, part.name)) for part in dataclasses.fields(one)]
    if isinstance(one, Flowline):  # whose length and diameter stand in its own row
        parts = [part for part in parts if part[0] != "line"]
        parts[2:2] = [("length", one.line.length), ("diameter", one.line.diameter)]
    return parts


def _is_table(value: Any) -> bool:
    return dataclasses.is_dataclass(value) or (
        isinstance(value, tuple) and bool(value) and dataclasses.is_dataclass(value[0])
    )


def _value(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(_value, value))}]" if isinstance(value, tuple) else repr(value)
