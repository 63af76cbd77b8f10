"""The row of a protocol: all that a bench, a driver or a simulator must know of it before any byte is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plant.asset.endpoint import Endpoint
from plant.asset.profile.option import Option
from plant.asset.signal import Signal
from plant.asset.table import Table

Rules = Iterator[tuple[str, str, str]]  # key of the device, what stands there, the rule it breaks


@dataclass(frozen=True)
class Protocol:
    """One protocol. Its driver and its simulated wire stand under its name in tables of their own rooms."""

    name: str  # as profiles say it
    ports: Mapping[str, int]  # scheme of an endpoint → port where it names none; 0: a serial line, which has none
    timeout: float  # how long a device may take to answer if the bench does not say [s]
    listens: bool  # whether a device listens at its endpoint; else it connects there, to a broker
    # Of a point's row, with the profile's settings, its signal, and whether it is written there.
    read_address: Callable[[Table, Any, Signal, bool], Any]
    # What two devices may not both have; empty where nothing is.
    place: Callable[[Endpoint, str], str] = lambda *_: ""
    rules: Callable[[Endpoint, Mapping[str, str], str], Rules] = lambda *_: iter(())
    read_settings: Callable[[Table], Any] = lambda _: {}  # of a profile, for all of its points
    has_stamps: Callable[[Any], bool] = lambda _: True  # whether devices of these settings stamp their values
    # What all devices at one host and port, or serial port, must say alike, in words; empty where nothing is.
    alike: Callable[[Endpoint, Any], str] = lambda *_: ""
    is_polled: bool = False  # whether a device is asked once a scan
    simulated: tuple[str, ...] = ()  # schemes in which the field's simulators answer; empty: all
    options: tuple[Option, ...] = ()  # words of its own
