"""Wires: which driver speaks which protocol. The one place that knows."""

from __future__ import annotations

from collections.abc import Callable

from control.acquisition.driver import Driver
from control.acquisition.modbus.driver import ModbusDriver
from control.bus.clock import Clock
from plant.asset.bench import Device


def _opcua(device: Device, clock: Clock) -> Driver:
    from control.acquisition.opcua.driver import OpcUaDriver  # half a second and 40 MB, for benches that have one

    return OpcUaDriver(device, clock)


def _mqtt(device: Device, clock: Clock) -> Driver:
    from control.acquisition.mqtt import MqttDriver  # likewise

    return MqttDriver(device, clock)


DRIVERS: dict[str, Callable[[Device, Clock], Driver]] = {
    "modbus": ModbusDriver,
    "opcua": _opcua,
    "mqtt": _mqtt,
}


def driver_of(device: Device, clock: Clock) -> Driver:
    """The driver for a device, by the protocol of its profile."""
    return DRIVERS[device.profile.protocol](device, clock)
