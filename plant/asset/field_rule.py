"""What puts the parts of a field at odds with each other: codes, references, and pressures along the way.

What was refused already is NaN here, or empty, and every comparison is written so that it passes: one mistake is
reported once. What makes a well unphysical is :mod:`plant.asset.field_sense`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import nextafter
from typing import Any

from plant.asset.facility_rule import RULES, check_facilities
from plant.asset.field import Field
from plant.asset.lift import LIFTED
from plant.asset.lift_rule import check_lift
from plant.asset.place import check_place
from plant.asset.table import Table

CONTENTS = ("oil", "water")  # of tanks
INF = float("inf")


def check_field(file: Table, field: Field) -> None:
    """Note what contradicts itself between the parts of a field."""
    check_place(file, field.place)
    for kind, group in (("wellpads", field.wellpads), ("wells", field.wells), ("manifolds", field.manifolds),
                        ("flowlines", field.flowlines), ("tanks", field.tanks),
                        *((kind, getattr(field, kind)) for kind in RULES)):  # fmt: skip
        codes = [one.code for one in group]
        _check_codes(file, kind, codes)
    for kind, _, _ in LIFTED:
        _check_codes(file, kind, [one.code for one in getattr(field, kind)])
    pads, manifolds = {pad.code for pad in field.wellpads}, {manifold.code for manifold in field.manifolds}
    _check_known(file, "wells", "wellpad", ((well.code, well.wellpad) for well in field.wells), pads)
    _check_known(file, "manifolds", "wellpad", ((one.code, one.wellpad) for one in field.manifolds), pads)
    _check_known(file, "flowlines", "manifold", ((one.code, one.manifold) for one in field.flowlines), manifolds)
    _check_complete(file, field)
    _check_facilities(file, field)
    check_facilities(file, field)
    check_lift(file, field)


def _check_codes(file: Table, kind: str, codes: Sequence[str]) -> None:
    for code, times in Counter(code for code in codes if code).items():
        if times > 1:
            file.mistake(f"{kind}[{code}].code", code, f"is used {times} times")
        if any(letter in code for letter in ". /#*>\t\n"):
            file.mistake(
                f"{kind}[{code}].code", code, "must be a word without dots, blanks or wildcards: it is part of tags"
            )


def _check_known(file: Table, kind: str, key: str, pairs: Iterable[tuple[str, str]], known: set[str]) -> None:
    for code, target in pairs:
        if target and target not in known:
            file.mistake(f"{kind}[{code}].{key}", target, f"is not one of {', '.join(sorted(known - {''}))}")


def _check_complete(file: Table, field: Field) -> None:
    """Every wellpad with wells needs one manifold, every manifold one flowline."""
    per_pad = Counter(manifold.wellpad for manifold in field.manifolds)
    per_manifold = Counter(flowline.manifold for flowline in field.flowlines)
    producers: tuple[Any, ...] = (*field.wells, *field.gas_lift_wells, *field.natural_wells)
    for pad in sorted({well.wellpad for well in producers} & {pad.code for pad in field.wellpads}):
        if per_pad[pad] != 1:
            file.mistake(f"wellpads[{pad}]", None, f"has {per_pad[pad]} manifolds, must have one")
    for manifold in field.manifolds:
        if per_manifold[manifold.code] != 1:
            file.mistake(
                f"manifolds[{manifold.code}]", None, f"has {per_manifold[manifold.code]} flowlines, must have one"
            )
    contents = [tank.content for tank in field.tanks]
    for content in CONTENTS if set(contents) <= set(CONTENTS) else ():
        if contents.count(content) != 1:
            file.mistake("tanks", None, f"must be one for oil and one for water; {content} is not there once")
    if not field.wells:
        file.mistake("wells", None, "must be at least one")


def _check_facilities(file: Table, field: Field) -> None:
    separator = field.separator
    filled = (separator.oil_volume + separator.water_volume) / 0.95
    least, most = nextafter(separator.pressure, INF), nextafter(separator.pressure, 0.0)
    file.doubt("separator.volume", nextafter(filled, INF), INF, "leaves no gas space above its two compartments")
    file.doubt("separator.gas_header_pressure", -INF, most, "is not below the separator's")
    for manifold in field.manifolds:
        file.doubt(f"manifolds[{manifold.code}].design_pressure", least, INF, "is not above the separator's")
    for tank in field.tanks:
        start = nextafter(tank.pump_start, -INF)
        file.doubt(f"tanks[{tank.code}].pump_stop", -INF, start, "must be below pump_start")
