"""A field: its wells, the gathering between them and the separator, and the tanks behind it.

What is written here is what an engineer knows of a field from its files: nameplates, surveys, factory
tests, measured rates. Everything is SI: absolute Pa, K, m³/s, fractions. How it behaves over time is
:mod:`plant.process`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plant.asset.facility import Compressor, Flare, Generator, Heater, InjectionPump, Riser
from plant.asset.lift import GasLiftWell, Injector, NaturalWell
from plant.asset.place import Place
from plant.error import Unknown


@dataclass(frozen=True)
class Survey:
    """The path of a hole: true vertical depth against measured depth, both from the surface [m]."""

    md: tuple[float, ...]
    tvd: tuple[float, ...]


@dataclass(frozen=True)
class Fluid:
    """What a well produces, at surface conditions."""

    water_cut: float
    gor: float  # gas per oil, at standard conditions [m³/m³]
    oil_viscosity: float  # dead oil at 50 °C [Pa·s]
    oil_density: float
    water_density: float


@dataclass(frozen=True)
class PumpCurve:
    """The factory test of a whole pump and its motor on water, point by point over the rate."""

    frequency: float  # of the supply during the test [Hz]
    speed: float  # of the shaft during the test [1/s]
    stages: int
    rate: tuple[float, ...]
    head: tuple[float, ...]
    shaft_power: tuple[float, ...]
    motor_efficiency: tuple[float, ...]
    power_factor: tuple[float, ...]


@dataclass(frozen=True)
class Motor:
    """A submersible motor and how its drive may ramp it."""

    rated_power: float
    rated_voltage: float  # at the test frequency; the drive holds volts per hertz
    frequency_slew: float  # while running [Hz/s]
    start_ramp: float  # from standstill to the least running frequency [Hz/s]
    least_frequency: float
    is_measured: bool  # False: voltage and current were not published and are assumed


@dataclass(frozen=True)
class Choke:
    """An adjustable choke, known by the bean in service and the opening taken to be equal to it."""

    bean: float  # diameter [m]
    opening: float  # position at which the choke passes as much as the bean
    slew: float  # full strokes per second


@dataclass(frozen=True)
class Line:
    """A pipe on the surface."""

    length: float
    diameter: float


@dataclass(frozen=True)
class Inflow:
    """What the reservoir gives: pressure at the perforations when shut in, and rate per drawdown."""

    reservoir_pressure: float
    productivity: float  # [m³/s/Pa]


@dataclass(frozen=True)
class Factor:
    """A correction of one well's catalogue value, with the reason why it is needed."""

    value: float
    reason: str


@dataclass(frozen=True)
class Factors:
    """The corrections of one well, each a multiplier on what nameplate and formula give."""

    head: Factor
    power: Factor
    choke: Factor
    line: Factor


@dataclass(frozen=True)
class Measured:
    """The operating point that was measured on a well."""

    rate: float
    frequency: float
    wellhead_pressure: float
    casing_pressure: float
    flowline_pressure: float
    wellhead_temperature: float
    current: float | None  # None: not published


@dataclass(frozen=True)
class Well:
    """An oil producer lifted by an electric submersible pump."""

    code: str
    wellpad: str
    x: float  # surface coordinates, for a map [m]
    y: float
    tubing_diameter: float
    casing_diameter: float
    pump_depth: float  # measured depth of the pump setting [m]
    perforation_depth: float  # measured depth [m]
    has_check_valve: bool  # above the pump, which holds the column when it stops
    gas_separator: float  # share of the free gas that a rotary separator keeps out of the pump; 0: there is none
    survey: Survey
    fluid: Fluid
    pump: PumpCurve
    motor: Motor
    choke: Choke
    line: Line  # from the wellhead to the manifold
    inflow: Inflow
    factors: Factors
    measured: Measured


@dataclass(frozen=True)
class Wellpad:
    """A place where wells stand together."""

    code: str
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Manifold:
    """Where the lines of one wellpad meet."""

    code: str
    wellpad: str
    design_pressure: float  # at the measured rates [Pa]


@dataclass(frozen=True)
class Flowline:
    """The line that carries a manifold's production to the separator."""

    code: str
    manifold: str
    line: Line
    factor: Factor
    heat_transfer: float = 0.0  # to sea or ground [W/m²/K]; 0 = so well insulated that nothing is lost
    inhibitor: float = 0.0  # methanol in its water, mass share
    wax_content: float = 0.0  # of its oil, mass share …
    wax_temperature: float = 300.0  # … and where it appears [K]
    is_metered: bool = False  # has meters at both ends, which leak detection needs


@dataclass(frozen=True)
class Separator:
    """A three-phase separator: a gas space over an oil and a water compartment."""

    code: str
    volume: float
    oil_volume: float  # of its compartment; its level is the filled fraction
    water_volume: float
    pressure: float
    gas_header_pressure: float
    valve_opening: float  # of each of its three valves at the measured rates
    relief_pressure: float | None = None  # at which its relief valve lifts; None: well above all it will see


@dataclass(frozen=True)
class Tank:
    """A stock tank that a transfer pump empties between two levels."""

    code: str
    content: str  # "oil" or "water"
    volume: float
    level: float  # at the start
    pump_rate: float
    pump_start: float  # level at which the transfer pump starts …
    pump_stop: float  # … and stops


@dataclass(frozen=True)
class Field:
    """A whole field, as its file describes it."""

    name: str
    tenant: str
    surface_temperature: float  # of the ground or sea floor [K]
    geothermal_gradient: float  # [K/m]
    wellpads: tuple[Wellpad, ...]
    wells: tuple[Well, ...]
    manifolds: tuple[Manifold, ...]
    flowlines: tuple[Flowline, ...]
    separator: Separator
    tanks: tuple[Tank, ...]
    risers: tuple[Riser, ...] = ()
    heaters: tuple[Heater, ...] = ()
    compressors: tuple[Compressor, ...] = ()
    flares: tuple[Flare, ...] = ()
    injection_pumps: tuple[InjectionPump, ...] = ()
    generators: tuple[Generator, ...] = ()
    gas_lift_wells: tuple[GasLiftWell, ...] = ()
    natural_wells: tuple[NaturalWell, ...] = ()
    injectors: tuple[Injector, ...] = ()

    @property
    def place(self) -> Place:
        """Whose it is, and its name."""
        return Place(self.tenant, self.name)

    @cached_property
    def _positions(self) -> dict[str, int]:
        groups: dict[str, tuple[Any, ...]] = {
            "Well": self.wells,
            "Manifold": self.manifolds,
            "Separator": (self.separator,),
            "Tank": self.tanks,
            "Flowline": tuple(flowline for flowline in self.flowlines if flowline.is_metered),
            "Riser": self.risers,
            "Heater": self.heaters,
            "Compressor": self.compressors,
            "Flare": self.flares,
            "InjectionPump": self.injection_pumps,
            "Generator": self.generators,
            "GasLiftWell": self.gas_lift_wells,
            "NaturalWell": self.natural_wells,
            "Injector": self.injectors,
        }
        return {f"{kind}.{one.code}": i for kind, group in groups.items() for i, one in enumerate(group)}

    def assets(self) -> list[str]:
        """Every asset that has signals, as ``{AssetType}.{AssetCode}``."""
        return list(self._positions)

    def index(self, asset: str) -> int:
        """Position of an asset among those of its type."""
        try:
            return self._positions[asset]
        except KeyError:
            raise Unknown("asset", asset) from None
