"""Register maps: a maker's table, as a spreadsheet exports it, becomes a profile.

Columns are named by the keys of a point (docs/profiles.md); ``signal`` and ``address`` must be there, ``role.Signal``
or the signal alone. Addresses may be those of manuals that count from 1 and say the area by their first digit
(30001, 40001, 400001). Rows without a signal are left out, columns that no point knows too, and both are told.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plant.asset.profile.option import SHARED
from plant.asset.protocol.table import PROTOCOLS
from plant.asset.signal import signals
from plant.asset.toml_file import toml_of
from plant.error import ConfigError, Mistake

SYNONYMS = {
    "register": "address", "tag": "signal", "data type": "type", "datatype": "type", "units": "unit",
    "byte order": "order", "word order": "order", "factor": "scale", "multiplier": "scale", "table": "area",
}  # fmt: skip
AREAS = {"0": "coil", "1": "discrete", "3": "input", "4": "holding"}  # by the first digit of a manual's address
WHOLE = ("address", "bit", "mask", "length")
NUMBERS = ("scale", "offset", "otherwise")
TRUTHS = ("write_only",)
LISTS, MAPS = ("no_value",), ("states",)


@dataclass(frozen=True)
class Imported:
    """A profile's text, and what of the table did not go into it."""

    text: str
    points: int
    left_out: tuple[str, ...]


def import_map(path: Path, roles: Mapping[str, str] | None = None, protocol: str = "modbus") -> Imported:
    """The profile that a CSV file describes. Raises :class:`ConfigError` with every mistake of its cells."""
    rows = _read(path)
    known = _keys(protocol)
    mistakes: list[Mistake] = []
    left_out = [f"column {name!r}: no key of a point" for name in _strange(rows, known)]
    points = []
    for number, row in rows:
        cells = {key: value for name, value in row.items() if (key := _key(name)) in known and value}
        if not cells.get("signal"):
            left_out.append(f"line {number}: no signal ({', '.join(list(row.values())[:3])})")
            continue
        points.append(_point(cells, f"{path}: line {number}", mistakes))
    if mistakes:
        raise ConfigError(mistakes)
    named = roles or _roles(points)
    head = [f"protocol = {toml_of(protocol)}", "", "[roles]", *(f"{r} = {toml_of(t)}" for r, t in named.items())]
    blocks = ["\n".join(["", "[[point]]", *(f"{k} = {toml_of(v)}" for k, v in p.items())]) for p in points]
    return Imported("\n".join([*head, *blocks, ""]), len(points), tuple(left_out))


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise ConfigError([Mistake(str(path), "file", None, f"cannot be read: {error.strerror}")]) from None
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=separator, restval="")
    names = {_key(name or "") for name in reader.fieldnames or ()}
    lacking = [name for name in ("signal", "address") if name not in names]
    if lacking:
        told = f"must have the columns {' and '.join(lacking)}; it has {', '.join(sorted(names - {''})) or 'none'}"
        raise ConfigError([Mistake(str(path), "line 1", None, told)])
    rows = [(reader.line_num, row) for row in reader]
    return [(line, {name: (row[name] or "").strip() for name in reader.fieldnames or ()}) for line, row in rows]


def _key(name: str) -> str:
    plain = name.strip().lower()
    return SYNONYMS.get(plain, plain.replace(" ", "_"))


def _keys(protocol: str) -> set[str]:
    rows = (*SHARED, *PROTOCOLS[protocol].options)
    return {key for option in rows if option.where == "point" for key in option.key.split(", ")}


def _strange(rows: Sequence[tuple[int, Mapping[str, str]]], known: set[str]) -> list[str]:
    return [name for name in (rows[0][1] if rows else {}) if _key(name) not in known]


def _point(cells: Mapping[str, str], where: str, mistakes: list[Mistake]) -> dict[str, Any]:
    point: dict[str, Any] = {"signal": _signal(cells["signal"])}
    address, area = cells.get("address", ""), cells.get("area", "").lower()
    if not area and len(address) in (5, 6) and address.isdecimal() and address[0] in AREAS:
        point |= {"area": AREAS[address[0]], "address": int(address[1:]) - 1}
    for key, text in cells.items():
        if key in point:
            continue
        try:
            point[key] = _value(key, text)
        except ValueError:
            mistakes.append(Mistake(where, key, text, "must be " + ("a whole number" if key in WHOLE else "a number")))
    return point


def _signal(text: str) -> str:
    return text if "." in text and text.partition(".")[0].islower() else f"well.{text}"


def _value(key: str, text: str) -> Any:
    if key in WHOLE:
        return int(text, 0)
    if key in NUMBERS:
        return _number(text)
    if key in TRUTHS:
        return text.lower() in ("1", "true", "yes", "x")
    if key in LISTS:
        return [_number(part) for part in text.split(";")]
    if key in MAPS:
        return {k.strip(): _or_text(v.strip()) for k, _, v in (part.partition("=") for part in text.split(";"))}
    return text.lower() if key in ("area", "half", "write_function") else text


def _number(text: str) -> float | int:
    try:
        return int(text, 0)
    except ValueError:
        return float(text)


def _or_text(text: str) -> float | int | str:
    try:
        return _number(text)
    except ValueError:
        return text


def _roles(points: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Each role the asset type whose signals its points name: the first that has them all."""
    wanted: dict[str, set[str]] = {}
    for point in points:
        role, _, name = str(point["signal"]).partition(".")
        wanted.setdefault(role, set()).add(name)
    types = list(dict.fromkeys(asset_type for asset_type, _ in signals()))

    def fits(asset_type: str, names: set[str]) -> int:
        return sum((asset_type, name) in signals() for name in names)

    return {role: max(types, key=lambda t: (fits(t, names), t.lower() == role)) for role, names in wanted.items()}
