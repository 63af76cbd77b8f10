"""Wires by protocol: the server that answers for simulated devices on each."""

from __future__ import annotations

from collections.abc import Callable

from plant.asset.listener import Listener
from simulators.modbus.wire import ModbusWire
from simulators.wire import Wire


def _modbus_wire(host: str, port: int, origin: str, _: Listener | None) -> Wire:
    return ModbusWire(host, port, origin)


def _opcua_wire(host: str, port: int, origin: str, listener: Listener | None) -> Wire:
    from simulators.opcua.wire import OpcUaWire  # half a second and 60 MB, for benches that have one

    return OpcUaWire(host, port, origin, listener)


def _mqtt_wire(_host: str, _port: int, _origin: str, _: Listener | None) -> Wire:
    from simulators.mqtt.wire import MqttWire  # likewise; each device connects by itself

    return MqttWire()


# Protocol → the server that speaks it, at host and port, the setting that chose them, and whom it lets in.
WIRES: dict[str, Callable[[str, int, str, Listener | None], Wire]] = {
    "modbus": _modbus_wire, "opcua": _opcua_wire, "mqtt": _mqtt_wire,
}  # fmt: skip
