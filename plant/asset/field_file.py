"""Reads a field from its TOML file, and reports every mistake in it at once.

The tables below say what is read, of which quantity, and within which bounds [SI] a value is believed.
The bounds are wide: they are there to catch a pressure in psi under a key that says MPa.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from plant.asset.facility import Compressor, Flare, Generator, Heater, InjectionPump, Riser
from plant.asset.field import (
    Choke,
    Factor,
    Factors,
    Field,
    Flowline,
    Fluid,
    Inflow,
    Line,
    Manifold,
    Measured,
    Motor,
    PumpCurve,
    Separator,
    Survey,
    Tank,
    Well,
    Wellpad,
)
from plant.asset.field_rule import CONTENTS, check_field
from plant.asset.field_sense import check_well
from plant.asset.lift import LIFT_NUMBERS, LIFTED
from plant.asset.place import field_path
from plant.asset.table import Table
from plant.error import ConfigError, Mistake
from plant.physics.survey import minimum_curvature_tvd
from plant.unit import split_key

_INF = float("inf")

# Per class: name, quantity, lowest, highest (SI, inclusive).
NUMBERS: dict[type, tuple[tuple[str, str, float, float], ...]] = {
    Fluid: (
        ("water_cut", "fraction", 0.0, 1.0),
        ("gor", "gas-oil ratio", 0.0, 1e4),
        ("oil_viscosity", "viscosity", 1e-4, 20.0),
        ("oil_density", "density", 600.0, 1050.0),
        ("water_density", "density", 950.0, 1300.0),
    ),
    Motor: (
        ("rated_power", "power", 1e3, 2e6),
        ("rated_voltage", "voltage", 100.0, 8e3),
        ("frequency_slew", "frequency rate", 0.01, 10.0),
        ("start_ramp", "frequency rate", 0.01, 60.0),
        ("least_frequency", "frequency", 10.0, 50.0),
    ),
    Choke: (
        ("bean", "length", 5e-4, 0.15),
        ("opening", "fraction", 0.05, 1.0),
        ("slew", "fraction rate", 1e-4, 1.0),
    ),
    Line: (
        ("length", "length", 1.0, 1e5),
        ("diameter", "length", 0.01, 1.5),
    ),
    Inflow: (
        ("reservoir_pressure", "pressure", 1e6, 1.5e8),
        ("productivity", "productivity", 1e-13, 1e-6),
    ),
    Measured: (
        ("rate", "volume rate", 1e-6, 0.1),
        ("frequency", "frequency", 10.0, 80.0),
        ("wellhead_pressure", "pressure", 1e5, 7e7),
        ("casing_pressure", "pressure", 5e4, 7e7),
        ("flowline_pressure", "pressure", 1e5, 2e7),
        ("wellhead_temperature", "temperature", 250.0, 450.0),
    ),
    Wellpad: (
        ("x", "length", -_INF, _INF),
        ("y", "length", -_INF, _INF),
    ),
    Manifold: (("design_pressure", "pressure", 1e5, 2e7),),
    Separator: (
        ("volume", "volume", 0.1, 1e4),
        ("oil_volume", "volume", 0.02, 5e3),
        ("water_volume", "volume", 0.02, 5e3),
        ("pressure", "pressure", 1.2e5, 1e7),
        ("gas_header_pressure", "pressure", 1e5, 1e7),
        ("valve_opening", "fraction", 0.05, 0.95),
    ),
    Tank: (
        ("volume", "volume", 1.0, 1e6),
        ("level", "fraction", 0.0, 1.0),
        ("pump_rate", "volume rate", 1e-6, 10.0),
        ("pump_start", "fraction", 0.0, 1.0),
        ("pump_stop", "fraction", 0.0, 1.0),
    ),
    Riser: (
        ("height", "length", 5.0, 3e3),
        ("diameter", "length", 0.02, 1.0),
        ("base_volume", "volume", 0.1, 1e4),
        ("top_opening", "fraction", 0.0, 1.0),
        ("base_gas", "volume rate", 0.0, 100.0),
    ),
    Heater: (
        ("rated_power", "power", 1e3, 1e8),
        ("efficiency", "fraction", 0.2, 0.99),
        ("temperature", "temperature", 280.0, 450.0),
    ),
    Compressor: (
        ("rate", "volume rate", 1e-3, 1e3),
        ("suction_pressure", "pressure", 1e5, 2e7),
        ("discharge_pressure", "pressure", 1e5, 5e7),
        ("efficiency", "fraction", 0.3, 0.9),
        ("surge_share", "fraction", 0.6, 0.9),
        ("rated_power", "power", 1e3, 1e8),
        ("drum_volume", "volume", 0.1, 1e3),
    ),
    Flare: (
        ("pressure", "pressure", 1.2e5, 2e7),
        ("rate", "volume rate", 1e-3, 1e3),
    ),
    InjectionPump: (
        ("rate", "volume rate", 1e-5, 2.0),
        ("pressure", "pressure", 1e5, 6e7),
        ("shut_in_pressure", "pressure", 1e5, 8e7),
        ("efficiency", "fraction", 0.2, 0.95),
    ),
    Generator: (
        ("rated_power", "power", 1e3, 1e9),
        ("efficiency", "fraction", 0.1, 0.6),
    ),
    **LIFT_NUMBERS,
}
# Optional lists of a field's file: key, class, texts of a row besides its code.
FACILITIES: tuple[tuple[str, type, tuple[str, ...]], ...] = (
    ("risers", Riser, ("manifold",)),
    ("heaters", Heater, ()),
    ("compressors", Compressor, ()),
    ("flares", Flare, ()),
    ("injection_pumps", InjectionPump, ()),
    ("generators", Generator, ()),
    *LIFTED,
)
MEASURED_DEPTH = ("md", "length", 0.0, 1.5e4)
DEPTHS = (("tvd", "length", 0.0, 1.5e4),)
ANGLES = (("inclination", "angle", 0.0, 2.2), ("azimuth", "angle", 0.0, 6.3))
CURVES = (
    ("rate", "volume rate", 0.0, 0.1),
    ("head", "length", 0.0, 1e4),
    ("shaft_power", "power", 1.0, 2e6),
    ("motor_efficiency", "fraction", 0.05, 0.99),
    ("power_factor", "fraction", 0.05, 0.999),
)
# How far a well may stray from its catalogue before the file is disbelieved.
FACTOR_BOUNDS = {"head": (0.6, 1.2), "power": (0.3, 2.5), "choke": (0.1, 2.0), "line": (0.2, 5.0)}


def load_field(source: str | Path) -> Field:
    """The field of that name among those delivered, or of the file at that path.

    Raises one :class:`~plant.error.ConfigError` that lists all mistakes.
    """
    field, mistakes = read_field(source)
    if mistakes:
        raise ConfigError(mistakes)
    return field


def read_field(source: str | Path) -> tuple[Field, list[Mistake]]:
    """The field as far as its file tells it, and every mistake in the file.

    Raises :class:`~plant.error.ConfigError` only where there is no file, or one that is no TOML.
    """
    file = Table.load(field_path(source))
    field = _field(file)
    check_field(file, field)
    return field, file.mistakes


def _field(file: Table) -> Field:
    rows = file.tables("wells")
    field = Field(
        name=file.text("name"),
        tenant=file.text("tenant"),
        surface_temperature=file.number("surface_temperature", "temperature", low=250.0, high=330.0),
        geothermal_gradient=file.number("geothermal_gradient", "temperature gradient", low=0.005, high=0.2),
        wellpads=tuple(_read(Wellpad, row, name=row.text("name")) for row in file.tables("wellpads")),
        wells=tuple(_well(row) for row in rows),
        manifolds=tuple(_read(Manifold, row, wellpad=row.text("wellpad")) for row in file.tables("manifolds")),
        flowlines=tuple(_flowline(row) for row in file.tables("flowlines")),
        separator=_separator(file.table("separator")),
        tanks=tuple(_read(Tank, row, content=row.text("content", choices=CONTENTS)) for row in file.tables("tanks")),
        **{key: _facilities(file, key, kind, texts) for key, kind, texts in FACILITIES},
    )  # fmt: skip
    file.no_others()
    for row, well in zip(rows, field.wells, strict=True):
        check_well(row, well, field)
    return field


def _read(kind: type, row: Table, /, **others: Any) -> Any:
    """One dataclass from its row of the table of numbers; what has a code is asked for it."""
    values = {name: row.number(name, quantity, low=low, high=high) for name, quantity, low, high in NUMBERS[kind]}
    if any(field.name == "code" for field in fields(kind)):
        others["code"] = row.text("code")
    one = kind(**values, **others)
    row.no_others()
    return one


def _facilities(file: Table, key: str, kind: type, texts: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_read(kind, row, **{text: row.text(text) for text in texts}) for row in file.tables(key, []))


def _separator(row: Table) -> Separator:
    return _read(
        Separator, row, relief_pressure=row.number("relief_pressure", "pressure", default=None, low=1.2e5, high=2e7)
    )


def _well(row: Table) -> Well:
    well = Well(
        code=row.text("code"),
        wellpad=row.text("wellpad"),
        x=row.number("x", "length"),
        y=row.number("y", "length"),
        tubing_diameter=row.number("tubing_diameter", "length", low=0.02, high=0.3),
        casing_diameter=row.number("casing_diameter", "length", low=0.05, high=0.6),
        pump_depth=row.number("pump_depth", "length", low=50.0, high=8e3),
        perforation_depth=row.number("perforation_depth", "length", low=50.0, high=1.5e4),
        has_check_valve=row.boolean("has_check_valve", False),
        gas_separator=row.number("gas_separator", "fraction", default=0.0, low=0.0, high=0.98),
        survey=_survey(row.table("survey")),
        fluid=_read(Fluid, row.table("fluid")),
        pump=_pump(row.table("pump")),
        motor=_motor(row.table("motor")),
        choke=_read(Choke, row.table("choke")),
        line=_read(Line, row.table("line")),
        inflow=_read(Inflow, row.table("inflow")),
        factors=_factors(row.table("factors")),
        measured=_measured(row.table("measured")),
    )
    row.no_others()
    return well


def _survey(row: Table) -> Survey:
    has_depths = any(key == "tvd" or split_key(key)[0] == "tvd" for key in row.data)
    md, *others = row.columns("stations", 2, MEASURED_DEPTH, *(DEPTHS if has_depths else ANGLES))
    row.no_others()
    return Survey(md, others[0] if has_depths or not md else tuple(minimum_curvature_tvd(md, *others)))


def _pump(row: Table) -> PumpCurve:
    pump = PumpCurve(
        row.number("frequency", "frequency", low=30.0, high=80.0),
        row.number("speed", "frequency", low=20.0, high=120.0),
        row.integer("stages", low=1, high=2000),
        *row.columns("points", 4, *CURVES),
    )
    row.no_others()
    return pump


def _motor(row: Table) -> Motor:
    return _read(Motor, row, is_measured=row.boolean("is_measured"))


def _measured(row: Table) -> Measured:
    return _read(Measured, row, current=row.number("current", "current", default=None, low=0.1, high=1e3))


def _factors(row: Table) -> Factors:
    factors = Factors(**{name: _factor(row.table(name), *bounds) for name, bounds in FACTOR_BOUNDS.items()})
    row.no_others()
    return factors


def _factor(row: Table, low: float, high: float) -> Factor:
    factor = Factor(row.number("value", low=low, high=high), row.text("reason"))
    row.no_others()
    return factor


def _flowline(row: Table) -> Flowline:
    flowline = Flowline(
        code=row.text("code"),
        manifold=row.text("manifold"),
        line=Line(*(row.number(name, quantity, low=low, high=high) for name, quantity, low, high in NUMBERS[Line])),
        factor=_factor(row.table("factor"), *FACTOR_BOUNDS["line"]),
        heat_transfer=row.number("heat_transfer", default=0.0, low=0.0, high=200.0),
        inhibitor=row.number("inhibitor", "fraction", default=0.0, low=0.0, high=0.5),
        wax_content=row.number("wax_content", "fraction", default=0.0, low=0.0, high=0.5),
        wax_temperature=row.number("wax_temperature", "temperature", default=300.0, low=260.0, high=350.0),
        is_metered=row.boolean("is_metered", False),
    )
    row.no_others()
    return flowline
