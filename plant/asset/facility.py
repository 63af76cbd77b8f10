"""Facilities that a field may have besides its separator and tanks; SI, as :mod:`plant.asset.field`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Riser:
    """The pipe that lifts a manifold's flowline to the separator's deck, choked at its top."""

    code: str
    manifold: str
    height: float
    diameter: float
    base_volume: float  # of the gas that gathers before its foot [m³]
    top_opening: float  # of the choke at its top, 0 to 1
    base_gas: float  # injected at its foot, at standard conditions [m³/s]


@dataclass(frozen=True)
class Heater:
    """A fired heater before the separator."""

    code: str
    rated_power: float  # into the stream
    efficiency: float
    temperature: float  # that it heats to


@dataclass(frozen=True)
class Compressor:
    """A centrifugal machine between the separator's gas outlet and the gas header; several run in parallel."""

    code: str
    rate: float  # at standard conditions [m³/s]
    suction_pressure: float
    discharge_pressure: float
    efficiency: float  # polytropic, at its best
    surge_share: float  # rate at which it surges over the rated one
    rated_power: float  # of its driver
    drum_volume: float  # of the suction drum


@dataclass(frozen=True)
class Flare:
    """A flare with the valve that opens to it when the separator's pressure passes a limit."""

    code: str
    pressure: float  # at which it begins to open
    rate: float  # fully open at a tenth above, at standard conditions [m³/s]


@dataclass(frozen=True)
class InjectionPump:
    """A water injection pump between the water tank and the injection header; several run in parallel."""

    code: str
    rate: float  # rated
    pressure: float  # gained at that rate
    shut_in_pressure: float  # gained at none
    efficiency: float


@dataclass(frozen=True)
class Generator:
    """A generator of the field's own grid; without any, the grid is another's and as strong as it need be."""

    code: str
    rated_power: float
    efficiency: float
