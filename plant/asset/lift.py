"""Wells other than those with pumps: lifted with gas, flowing by themselves, or injecting; SI, as
:mod:`plant.asset.field`.

They are asset types of their own, each with its own signals, beside ``Well``, which is the well with an electric
submersible pump: what shows a frequency and a motor temperature there is not to be had here. ``KINDS`` maps each to
the kinds of well that engineers file them under.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {  # of an asset type, the first is the default
    "GasLiftWell": ("PROD_OIL",),
    "NaturalWell": ("PROD_OIL", "PROD_GAS"),
    "Injector": ("INJ_WATER", "INJ_GAS"),
}


@dataclass(frozen=True)
class FlowingWell:
    """What gas-lifted and naturally flowing wells have in common. Depths are true vertical; volumes surface."""

    code: str
    wellpad: str
    x: float
    y: float
    tubing_depth: float  # of its foot, where a gas-lift valve is
    tubing_length: float
    tubing_diameter: float
    casing_diameter: float  # inner
    perforation_depth: float
    water_cut: float
    gor: float  # gas per oil
    oil_viscosity: float  # in the tubing
    oil_density: float
    water_density: float
    gas_gravity: float  # density over that of air
    bubble_point: float
    reservoir_pressure: float
    choke_bean: float  # diameter, fully open
    choke_slew: float
    line_length: float  # from the wellhead to the manifold
    line_diameter: float
    rate: float  # of liquid, as measured …
    wellhead_temperature: float  # … with the temperature at which it arrived
    opening: float  # of the choke then


@dataclass(frozen=True)
class GasLiftWell(FlowingWell):
    """An oil producer lifted with gas through its annulus."""

    productivity: float
    orifice: float  # of the operating valve, diameter
    unloading_port: float  # of the valve halfway down that kicks the well off …
    unloading_pressure: float  # … and shuts when the casing's falls under this, that in its dome
    lift_choke: float  # diameter, fully open
    lift_opening: float
    supply_pressure: float  # of the lift gas before that choke


@dataclass(frozen=True)
class NaturalWell(FlowingWell):
    """A producer that flows by its own pressure: oil, or gas with water and condensate."""

    kind: str
    productivity: float  # of liquid, of an oil well
    back_pressure: float  # of a gas well: C and n of its test, in m³/s and Pa
    exponent: float
    water_gas: float  # water and condensate per gas of a gas well
    condensate_gas: float


@dataclass(frozen=True)
class Injector:
    """A well that takes water or gas from the injection header."""

    code: str
    wellpad: str
    kind: str
    x: float
    y: float
    depth: float
    tubing_length: float
    tubing_diameter: float
    density: float  # of what it takes, in the well
    viscosity: float
    reservoir_pressure: float
    injectivity: float
    fracture_pressure: float
    choke_bean: float
    choke_slew: float
    opening: float
    rate: float  # as measured


_FLOWING = (
    ("x", "length", -1e7, 1e7),
    ("y", "length", -1e7, 1e7),
    ("tubing_depth", "length", 100.0, 8e3),
    ("tubing_length", "length", 100.0, 1.5e4),
    ("tubing_diameter", "length", 0.02, 0.3),
    ("casing_diameter", "length", 0.05, 0.6),
    ("perforation_depth", "length", 100.0, 9e3),
    ("water_cut", "fraction", 0.0, 1.0),
    ("gor", "gas-oil ratio", 0.0, 1e4),
    ("oil_viscosity", "viscosity", 1e-4, 20.0),
    ("oil_density", "density", 600.0, 1050.0),
    ("water_density", "density", 950.0, 1300.0),
    ("gas_gravity", "number", 0.5, 1.6),
    ("bubble_point", "pressure", 1e5, 8e7),
    ("reservoir_pressure", "pressure", 1e6, 1.5e8),
    ("choke_bean", "length", 2e-3, 0.15),
    ("choke_slew", "fraction rate", 1e-4, 1.0),
    ("line_length", "length", 1.0, 1e5),
    ("line_diameter", "length", 0.01, 1.5),
    ("rate", "volume rate", 1e-6, 0.1),
    ("wellhead_temperature", "temperature", 250.0, 450.0),
    ("opening", "fraction", 0.0, 1.0),
)
# Per class: name, quantity, lowest, highest (SI, inclusive).
LIFT_NUMBERS: dict[type, tuple[tuple[str, str, float, float], ...]] = {
    GasLiftWell: (
        *_FLOWING,
        ("productivity", "productivity", 1e-13, 1e-6),
        ("orifice", "length", 1e-3, 0.03),
        ("unloading_port", "length", 0.0, 0.03),
        ("unloading_pressure", "pressure", 5e5, 5e7),
        ("lift_choke", "length", 1e-3, 0.1),
        ("lift_opening", "fraction", 0.0, 1.0),
        ("supply_pressure", "pressure", 5e5, 5e7),
    ),
    NaturalWell: (
        *_FLOWING,
        ("productivity", "productivity", 0.0, 1e-6),
        ("back_pressure", "number", 0.0, 1e-6),
        ("exponent", "number", 0.5, 1.0),
        ("water_gas", "number", 0.0, 0.1),
        ("condensate_gas", "number", 0.0, 0.1),
    ),
    Injector: (
        ("x", "length", -1e7, 1e7),
        ("y", "length", -1e7, 1e7),
        ("depth", "length", 50.0, 9e3),
        ("tubing_length", "length", 50.0, 1.5e4),
        ("tubing_diameter", "length", 0.02, 0.3),
        ("density", "density", 1.0, 1300.0),
        ("viscosity", "viscosity", 1e-6, 1e-2),
        ("reservoir_pressure", "pressure", 1e6, 1.5e8),
        ("injectivity", "productivity", 1e-13, 1e-6),
        ("fracture_pressure", "pressure", 1e6, 2e8),
        ("choke_bean", "length", 2e-3, 0.15),
        ("choke_slew", "fraction rate", 1e-4, 1.0),
        ("opening", "fraction", 0.0, 1.0),
        ("rate", "volume rate", 1e-6, 0.5),
    ),
}
# Lists of a field's file: key, class, texts of a row besides its code.
LIFTED: tuple[tuple[str, type, tuple[str, ...]], ...] = (
    ("gas_lift_wells", GasLiftWell, ("wellpad",)),
    ("natural_wells", NaturalWell, ("wellpad", "kind")),
    ("injectors", Injector, ("wellpad", "kind")),
)
