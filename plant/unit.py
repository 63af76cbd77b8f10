"""Units: the one border between SI inside and what files, devices and people use.

Multiply-and-shift in (:meth:`Unit.to_si`), and back out (:meth:`Unit.from_si`). A difference
of two readings (a noise, a deadband, a span) has no offset: :meth:`Unit.delta_to_si`.
In a file the unit stands in the key, ``p_wh_psig = 220``; :func:`split_key` takes it apart.
The list is closed on purpose: general unit parsers read ``md`` as milli-day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from plant.error import OutOfRange

# CODATA and NIST SP 811 values, as in scipy.constants, which costs every process 0.3 s to import.
atm, bar, psi = 101_325.0, 1e5, 6894.757293168361
minute, hour, day = 60.0, 3600.0, 86_400.0
inch, foot, bbl = 0.0254, 0.3048, 0.158987294928
hp, zero_Celsius = 745.6998715822702, 273.15
kilogram_force, water_60_degF = 9.80665, 999.016


@dataclass(frozen=True)
class Unit:
    """A unit of one quantity: ``SI value = scale * value + offset``."""

    key: str  # as a suffix of file keys
    symbol: str  # as people read it
    quantity: str
    scale: float = 1.0
    offset: float = 0.0

    def to_si(self, value: Any) -> Any:
        """Value (or array) in this unit → SI."""
        return value * self.scale + self.offset

    def from_si(self, value: Any) -> Any:
        """SI value (or array) → this unit."""
        return (value - self.offset) / self.scale

    def delta_to_si(self, value: Any) -> Any:
        """Difference of two values in this unit → SI."""
        return value * self.scale


@dataclass(frozen=True)
class Gravity(Unit):
    """API gravity, in which what is lighter has more: ``SI value = scale / (value + offset)``."""

    def to_si(self, value: Any) -> Any:
        """Gravity (or array) → density."""
        return self.scale / (value + self.offset)

    def from_si(self, value: Any) -> Any:
        """Density (or array) → gravity."""
        return self.scale / value - self.offset

    def delta_to_si(self, value: Any) -> Any:
        """NaN, for what a difference is worth depends on where it is."""
        return value * float("nan")


_TABLE = (
    # key, symbol, quantity, scale, offset
    ("Pa", "Pa", "pressure"),
    ("kPa", "kPa", "pressure", 1e3),
    ("MPa", "MPa", "pressure", 1e6),
    ("bar", "bar", "pressure", bar),
    ("psi", "psi", "pressure", psi),
    ("atm", "atm", "pressure", atm),
    ("kgf_cm2", "kgf/cm²", "pressure", kilogram_force * 1e4),
    ("kPag", "kPa(g)", "pressure", 1e3, atm),
    ("MPag", "MPa(g)", "pressure", 1e6, atm),
    ("barg", "bar(g)", "pressure", bar, atm),
    ("psig", "psi(g)", "pressure", psi, atm),
    ("kgf_cm2g", "kgf/cm²(g)", "pressure", kilogram_force * 1e4, atm),
    ("K", "K", "temperature"),
    ("degC", "°C", "temperature", 1.0, zero_Celsius),
    ("degF", "°F", "temperature", 5 / 9, zero_Celsius - 32 * 5 / 9),
    ("K_m", "K/m", "temperature gradient"),
    ("K_100m", "K/100 m", "temperature gradient", 1e-2),
    ("degF_100ft", "°F/100 ft", "temperature gradient", 5 / 9 / (100 * foot)),
    ("Hz", "Hz", "frequency"),
    ("rpm", "rpm", "frequency", 1 / minute),
    ("Hz_s", "Hz/s", "frequency rate"),
    ("A", "A", "current"),
    ("mA", "mA", "current", 1e-3),
    ("V", "V", "voltage"),
    ("kV", "kV", "voltage", 1e3),
    ("W", "W", "power"),
    ("kW", "kW", "power", 1e3),
    ("hp", "hp", "power", hp),
    ("m", "m", "length"),
    ("mm", "mm", "length", 1e-3),
    ("ft", "ft", "length", foot),
    ("in", "in", "length", inch),
    ("m_s", "m/s", "velocity"),
    ("mm_s", "mm/s", "velocity", 1e-3),
    ("m2", "m²", "area"),
    ("m3", "m³", "volume"),
    ("bbl", "bbl", "volume", bbl),
    ("m3_s", "m³/s", "volume rate"),
    ("m3_h", "m³/h", "volume rate", 1 / hour),
    ("m3_d", "m³/d", "volume rate", 1 / day),
    ("bpd", "bbl/d", "volume rate", bbl / day),
    ("scf_d", "scf/d", "volume rate", foot**3 / day),
    ("Mscf_d", "Mscf/d", "volume rate", 1e3 * foot**3 / day),
    ("MMscf_d", "MMscf/d", "volume rate", 1e6 * foot**3 / day),
    ("m3_s_Pa", "m³/s/Pa", "productivity"),
    ("m3_d_MPa", "m³/d/MPa", "productivity", 1 / day / 1e6),
    ("m3_d_bar", "m³/d/bar", "productivity", 1 / day / bar),
    ("bpd_psi", "bbl/d/psi", "productivity", bbl / day / psi),
    ("m3_m3", "m³/m³", "gas-oil ratio"),
    ("scf_stb", "scf/stb", "gas-oil ratio", foot**3 / bbl),
    ("kg_m3", "kg/m³", "density"),
    ("g_cm3", "g/cm³", "density", 1e3),
    ("lb_ft3", "lb/ft³", "density", 0.45359237 / foot**3),
    ("Pas", "Pa·s", "viscosity"),
    ("cP", "cP", "viscosity", 1e-3),
    ("frac", "", "fraction"),
    ("pct", "%", "fraction", 1e-2),
    ("pct_s", "%/s", "fraction rate", 1e-2),
    ("s", "s", "time"),
    ("min", "min", "time", minute),
    ("h", "h", "time", hour),
    ("d", "d", "time", day),
    ("deg", "°", "angle", 0.017453292519943295),
    ("1", "", "number"),
)

UNITS: dict[str, Unit] = {row[0]: Unit(*row) for row in _TABLE}
SYNONYMS = {
    "kPaa": "kPa", "MPaa": "MPa", "bara": "bar", "psia": "psi", "bbl_d": "bpd", "stb_d": "bpd", "Sm3_d": "m3_d",
    "stb_d_psi": "bpd_psi", "Sm3_Sm3": "m3_m3", "scf_bbl": "scf_stb", "mPas": "cP",
}  # fmt: skip
# What a key of a file may end in: also in what no register and no screen counts.
IN_KEYS: dict[str, Unit] = UNITS | {key: replace(UNITS[same], key=key) for key, same in SYNONYMS.items()}
IN_KEYS["degAPI"] = Gravity("degAPI", "°API", "density", 141.5 * water_60_degF, 131.5)


def units_of(quantity: str) -> list[Unit]:
    """The units of a quantity that a key of a file may end in; the plain number has none.

    >>> [unit.key for unit in units_of("temperature")]
    ['K', 'degC', 'degF']
    """
    return [unit for unit in IN_KEYS.values() if unit.quantity == quantity and unit.symbol + unit.key != "1"]


def unit_named(text: str, quantity: str) -> Unit:
    """The unit of a quantity that a person means: by key (``psig``) or symbol (``psi(g)``).

    Raises :class:`OutOfRange` with those that there are.

    >>> unit_named("psi(g)", "pressure").key, unit_named("%", "fraction").key
    ('psig', 'pct')
    """
    fitting = [unit for unit in IN_KEYS.values() if unit.quantity == quantity]
    for unit in fitting:
        if text in (unit.key, unit.symbol):
            return unit
    keys = ", ".join(unit.key for unit in fitting)
    raise OutOfRange("unit", text, f"must be a unit of {quantity}: {keys}")


def units_asked(keys: Iterable[str]) -> dict[str, Unit]:
    """The unit that somebody wants to see for each quantity, by key or symbol. Raises :class:`OutOfRange`.

    >>> {quantity: unit.symbol for quantity, unit in units_asked(["psig", "bpd"]).items()}
    {'pressure': 'psi(g)', 'volume rate': 'bbl/d'}
    """
    asked: dict[str, Unit] = {}
    for key in keys:
        found = next((unit for unit in IN_KEYS.values() if key in (unit.key, unit.symbol)), None)
        if found is None:
            raise OutOfRange("unit", key, f"must be one of {', '.join(UNITS)}")
        if found.quantity in asked:
            raise OutOfRange("unit", key, f"must not be asked beside {asked[found.quantity].key}, of the same quantity")
        asked[found.quantity] = found
    return asked


def split_key(key: str) -> tuple[str, Unit | None]:
    """Name and unit of a file key; ``None`` where the key carries no unit and so is SI.

    >>> split_key("q_oil_m3_d")[0], split_key("q_oil_m3_d")[1].key
    ('q_oil', 'm3_d')
    >>> split_key("stages")
    ('stages', None)
    """
    parts = key.split("_")
    for cut in range(1, len(parts)):
        unit = IN_KEYS.get("_".join(parts[cut:]))
        if unit is not None:
            return "_".join(parts[:cut]), unit
    return key, None
