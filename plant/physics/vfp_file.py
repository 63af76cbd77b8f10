"""Lift tables in the form of the Eclipse keyword VFPPROD, written and read back.

The file has the rate running fastest and one record for each combination of the other axes, whose indices it
starts with. Units are the deck's: METRIC (m³/d, bar, m, m³/m³) or FIELD (stb/d or Mscf/d, psi, ft, Mscf/stb).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from plant.error import ConfigError, Mistake, OutOfRange
from plant.physics.vfp import AXES, Floats, LiftTable
from plant.unit import bar, bbl, day, foot, psi

MSCF = 1e3 * foot**3
METRIC = {"length": 1.0, "pressure": bar, "liquid": 1.0, "gas": 1.0}  # a day's volumes; ratios follow
FIELD = {"length": foot, "pressure": psi, "liquid": bbl, "gas": MSCF}
SYSTEMS = {"METRIC": METRIC, "FIELD": FIELD}
RATIOS = {  # numerator and denominator
    "WOR": ("liquid", "liquid"),
    "WCT": ("liquid", "liquid"),
    "WGR": ("liquid", "gas"),
    "GOR": ("gas", "liquid"),
    "GLR": ("gas", "liquid"),
    "OGR": ("liquid", "gas"),
    "IGLR": ("gas", "liquid"),
    "TGLR": ("gas", "liquid"),
}
DIGITS = 12
PER_LINE = 5  # numbers in a line, which may hold 128 characters
HEADER = ("number", "depth", "rate", "water", "gas", "pressure", "lift", "system", "quantity")
DEFAULTS = {"pressure": "THP", "lift": "", "quantity": "BHP"}


def write_vfpprod(table: LiftTable, system: str = "METRIC") -> str:
    """Text of a table in the units of METRIC or FIELD; raises OutOfRange for another system.

    >>> from plant.physics.vfp import lift_table
    >>> table = lift_table(3, 2000.0, ([1e-3], [1e6], [0.0], [50.0], [0.0]), lambda q, p, w, r, a: p)
    >>> print(write_vfpprod(table).splitlines()[2])
     3 2000 'LIQ' 'WCT' 'GOR' 'THP' 1* 'METRIC' 'BHP' /
    """
    scales = _scales(table.rate, table.water, table.gas, table.lift, system)
    words = (table.rate, table.water, table.gas, "THP", table.lift, system, "BHP")
    names = " ".join(f"'{word}'" if word else "1*" for word in words)
    depth = table.depth / SYSTEMS[system]["length"]
    lines = ["VFPPROD", "-- table, datum depth, rate, water, gas, pressure, lift, units, quantity"]
    lines.append(f" {table.number} {depth:.{DIGITS}g} {names} /")
    for axis in AXES:
        lines += [f"-- {axis}", *_record(getattr(table, axis) / scales[axis])]
    lines.append("-- indices of pressure, water, gas, lift; bottomhole pressure at each rate")
    bhp = np.moveaxis(table.bhp, 0, -1) / scales["thp"]
    for index in np.ndindex(bhp.shape[:-1]):
        lines += _record(bhp[index], " ".join(str(i + 1) for i in index) + " ")
    return "\n".join(lines) + "\n"


def read_vfpprod(text: str, source: str = "VFPPROD") -> list[LiftTable]:
    """All lift tables of a deck, in SI; raises ConfigError with every table's mistake, in the order of the file.

    >>> from plant.physics.vfp import lift_table
    >>> table = lift_table(3, 2000.0, ([1e-3, 2e-3], [1e6], [0.0], [50.0], [0.0]), lambda q, p, w, r, a: p)
    >>> read_vfpprod(write_vfpprod(table, "FIELD"))[0].number
    3
    """
    tables, mistakes = [], []
    pieces = re.split(r"^\s*VFPPROD\b", _without_comments(text), flags=re.MULTILINE)[1:]
    for count, piece in enumerate(pieces, 1):
        try:
            tables.append(_table(_records(piece)))
        except OutOfRange as wrong:
            mistakes.append(Mistake(source, f"table {count}: {wrong.name}", wrong.value, wrong.rule))
    if not pieces:
        mistakes.append(Mistake(source, "VFPPROD", None, "is the keyword a lift table starts with"))
    if mistakes:
        raise ConfigError(mistakes)
    return tables


def _table(records: Iterator[list[str]]) -> LiftTable:
    header = _header(_next(records, "header"))
    names = {key: header[key] for key in ("rate", "water", "gas", "lift")}
    scales = _scales(**names, system=header["system"])
    axes = [_numbers(axis, _next(records, axis)) * scales[axis] for axis in AXES]
    shape = tuple(axis.size for axis in axes)
    bhp = np.full((*shape[1:], shape[0]), np.nan)
    for _ in range(int(np.prod(shape[1:]))):
        _place(_numbers("bhp", _next(records, "bhp")), bhp)
    number, depth = _numbers("header", [header["number"], header["depth"]])
    depth = depth * SYSTEMS[header["system"]]["length"]
    flo, thp, wfr, gfr, alq = axes
    pressures = np.moveaxis(bhp, -1, 0) * scales["thp"]
    return LiftTable(int(number), float(depth), flo, thp, wfr, gfr, alq, pressures, **names)


def _place(row: Floats, bhp: Floats) -> None:
    """Put one record, four indices from 1 and a pressure for each rate, into the grid."""
    index = tuple(row[:4].astype(int) - 1)
    inside = len(index) == 4 and all(0 <= i < size for i, size in zip(index, bhp.shape, strict=False))
    if not inside or row.size != 4 + bhp.shape[-1]:
        raise OutOfRange(
            "bhp", row.tolist(), f"must be four indices within {bhp.shape[:-1]} and {bhp.shape[-1]} values"
        )
    bhp[index] = row[4:]


def _header(words: list[str]) -> dict[str, str]:
    given = dict(zip(HEADER, (*words, *[""] * len(HEADER)), strict=False))
    header = {key: word.strip().upper() or DEFAULTS.get(key, "") for key, word in given.items()}
    for key, known in (("pressure", ("THP",)), ("quantity", ("BHP",)), ("system", tuple(SYSTEMS))):
        if header[key] not in known:
            raise OutOfRange(key, header[key], f"must be {' or '.join(known)}")
    return header


def _scales(rate: str, water: str, gas: str, lift: str, system: str) -> dict[str, float]:
    if system not in SYSTEMS:
        raise OutOfRange("system", system, f"must be {' or '.join(SYSTEMS)}")
    units = SYSTEMS[system]
    per = {name: units[above] / units[below] for name, (above, below) in RATIOS.items()}
    flo = units["gas" if rate == "GAS" else "liquid"] / day
    alq = units["gas"] / day if lift == "GRAT" else per.get(lift, 1.0)
    return {"flo": flo, "thp": units["pressure"], "wfr": per.get(water, 1.0), "gfr": per.get(gas, 1.0), "alq": alq}


def _record(values: Iterable[float], start: str = "") -> list[str]:
    words = [f"{value:.{DIGITS}g}" for value in values]
    lines = [" ".join(words[i : i + PER_LINE]) for i in range(0, len(words), PER_LINE)]
    return [f" {start if i == 0 else ''}{line}{' /' if i == len(lines) - 1 else ''}" for i, line in enumerate(lines)]


def _without_comments(text: str) -> str:
    return re.sub(r"/.*", "/", re.sub(r"--.*", "", text))  # what follows a record's slash is not read either


def _records(text: str) -> Iterator[list[str]]:
    """Words of each record up to its slash; ``3*1.5`` repeats and ``2*`` leaves out."""
    words: list[str] = []
    for word in re.findall(r"'[^']*'|/|[^\s/']+", text):
        if word == "/":
            yield words
            words = []
        else:
            words += _repeated(word)


def _repeated(word: str) -> list[str]:
    times = re.fullmatch(r"(\d+)\*(.*)", word)
    return [times[2]] * int(times[1]) if times else [word.strip("'")]


def _next(records: Iterator[list[str]], name: str) -> list[str]:
    words = next(records, None)
    if words is None:
        raise OutOfRange(name, "end of table", "must be given before the table ends")
    return words


def _numbers(name: str, words: list[str]) -> Floats:
    try:
        return np.array([float(word.upper().replace("D", "E")) for word in words])
    except ValueError:
        raise OutOfRange(name, " ".join(words), "must be numbers") from None
