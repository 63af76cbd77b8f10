"""Wires: which driver speaks which protocol. The one place that knows."""

from __future__ import annotations

from collections.abc import Callable

from control.acquisition.driver import Driver
from control.acquisition.modbus import ModbusDriver
from control.bus.clock import Clock
from plant.asset.bench import Device

DRIVERS: dict[str, Callable[[Device, Clock], Driver]] = {
    "modbus": ModbusDriver,
}


def driver_of(device: Device, clock: Clock) -> Driver:
    """The driver for a device, by the protocol of its profile."""
    return DRIVERS[device.profile.protocol](device, clock)
