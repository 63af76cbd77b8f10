"""Wires by protocol: the server that answers for simulated devices on each."""

from __future__ import annotations

from collections.abc import Callable

from simulators.modbus.wire import ModbusWire
from simulators.wire import Wire


def _opcua_wire(host: str, port: int, origin: str) -> Wire:
    from simulators.opcua.wire import OpcUaWire  # half a second and 60 MB, for benches that have one

    return OpcUaWire(host, port, origin)


def _mqtt_wire(_host: str, _port: int, _origin: str) -> Wire:
    from simulators.mqtt.wire import MqttWire  # likewise; each device connects by itself

    return MqttWire()


# Protocol → the server that speaks it, at host and port, and the setting that chose them.
WIRES: dict[str, Callable[[str, int, str], Wire]] = {
    "modbus": ModbusWire, "opcua": _opcua_wire, "mqtt": _mqtt_wire,
}  # fmt: skip
