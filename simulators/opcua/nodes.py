"""The nodes of one device: a variable per point, under a folder per asset.

A variable shows the reading's value in the profile's unit, its quality as the status code, and plant time
as the source timestamp. Writing a setpoint or command asks the device, and its refusal is the answer.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from datetime import UTC, timedelta
from typing import Any
from urllib.parse import unquote

from asyncua import Server, ua
from asyncua.common.node import Node

from control.bus import quality
from plant.asset.bench import Device as BenchDevice
from plant.asset.profile.point import Point
from plant.asset.protocol.opcua import Node as NodeAddress
from plant.error import CommandRefused, OutOfRange, Unknown
from simulators.device import Device, Indication
from simulators.manner import moved

EPOCH = ua.DateTime(1970, 1, 1, tzinfo=UTC)
NAMESPACE = ua.Int16(2)  # the first that is ours
# Whether a value is being shown by this task: a setpoint that the device shows is not one that a client writes.
_SHOWING: ContextVar[bool] = ContextVar("showing", default=False)
REFUSALS = {  # what a device raises → what a client is told
    OutOfRange: ua.StatusCodes.BadOutOfRange,
    CommandRefused: ua.StatusCodes.BadInvalidState,
    Unknown: ua.StatusCodes.BadNotWritable,
}
TYPES = {"state": ua.VariantType.Int32, "command": ua.VariantType.Boolean}  # of kinds of signal; others are Double


class DeviceNodes:
    """The variables of one device. :meth:`refresh` when plant time has moved."""

    def __init__(self, place: BenchDevice, device: Device):
        self.place, self.device = place, device
        self.time = 0  # plant time that is shown, UTC ns
        self.writes = self._looks = 0
        self._is_silent = False
        self._variables: dict[str, tuple[Point, ua.NodeId, ua.VariantType]] = {}

    async def create(self, server: Server, folders: dict[str, Node]) -> None:
        """Make the nodes that are not there yet."""
        for point in self.place.profile.points:
            asset, key = self.place.assets[point.role], f"{point.role}.{point.signal.name}"
            assert isinstance(point.address, NodeAddress)
            node = await _node_id(server, point.address.of(f"{asset}.{point.signal.name}"))
            kind = _type(point)
            if node not in server.iserver.aspace:
                await self._variable(await _folder(server, folders, asset), node, point, kind)
            self._variables[key] = (point, node, kind)
            if point.signal.is_writable:
                server.set_attribute_value_setter(node, self._setter(key, point))
        await self.refresh(server)

    async def refresh(self, server: Server) -> None:
        """Show what the device shows now; a slow one, once that is over."""
        self.time, self._is_silent, manner = self.device.time, False, self.device.manner
        self._looks += 1
        moment, readings = _moment(self.device.stamp), moved(self.device.readings(), manner.moved_by)
        if late := manner.wait(self._looks):
            await asyncio.sleep(late)
        for key, (point, node, kind) in () if self._is_silent else self._variables.items():
            reading = readings.get(key, Indication(0.0))  # a command is momentary: it shows nothing
            await _show(server, node, _variant(reading, point, kind), manner.status or reading.quality, moment)

    async def silence(self, server: Server) -> None:
        """Show that the device is out of reach, and let nothing be written to it."""
        self._is_silent = True
        for _, node, _ in self._variables.values():
            await _show(server, node, ua.Variant(), quality.BAD_COMMUNICATION, _moment(self.device.stamp))

    async def _variable(self, parent: Node, node: ua.NodeId, point: Point, kind: ua.VariantType) -> None:
        name = ua.QualifiedName(point.signal.name, node.NamespaceIndex)
        variable = await parent.add_variable(node, name, _zero(kind), kind)
        if point.signal.is_writable:
            await variable.set_writable()
        if point.signal.states:
            names = [ua.LocalizedText(text) for _, text in sorted(point.signal.states.items())]
            await variable.add_property(ua.NodeId(), ua.QualifiedName("EnumStrings"), names)
        elif kind == ua.VariantType.Double:
            await _add_range(variable, point)

    def _setter(self, key: str, point: Point) -> Any:
        def write(node: Any, attribute: ua.AttributeIds, value: ua.DataValue) -> None:
            if not _SHOWING.get():
                self._take(key, point, value)
            node.attributes[attribute].value = value

        return write

    def _take(self, key: str, point: Point, value: ua.DataValue) -> None:
        self.writes += 1
        raw = value.Value.Value if value.Value else None
        if self._is_silent:
            raise ua.UaStatusCodeError(ua.StatusCodes.BadCommunicationError)
        if self.device.manner.is_silent:
            raise ua.UaStatusCodeError(ua.StatusCodes.BadTimeout)
        if not isinstance(raw, (bool, int, float)):
            raise ua.UaStatusCodeError(ua.StatusCodes.BadTypeMismatch)
        try:
            self.device.manner.check(key, self.writes)
            self.device.write(key, float(point.unit.to_si(float(raw))))
        except (OutOfRange, CommandRefused, Unknown) as error:
            raise ua.UaStatusCodeError(REFUSALS[type(error)]) from None


async def _show(server: Server, node: ua.NodeId, shown: ua.Variant, code: int, moment: ua.DateTime) -> None:
    value = ua.DataValue(shown, ua.StatusCode(ua.UInt32(code)), moment, ServerTimestamp=ua.DateTime.now(UTC))
    showing = _SHOWING.set(True)
    try:
        await server.write_attribute_value(node, value)
    finally:
        _SHOWING.reset(showing)


async def _node_id(server: Server, text: str) -> ua.NodeId:
    """A node id whose namespace may be named by its URI, which the server then has."""
    if text.startswith("nsu="):
        uri, _, rest = text.removeprefix("nsu=").partition(";")
        text = f"ns={await server.register_namespace(unquote(uri))};{rest}"
    return ua.NodeId.from_string(text)


async def _folder(server: Server, folders: dict[str, Node], asset: str) -> Node:
    """The folder of an asset, within one of its type: flat folders cost the square of their size."""
    kind, _, code = asset.partition(".")
    for name, parent, shown in ((kind, "", kind), (asset, kind, code)):
        if name not in folders:
            above = folders[parent] if parent else server.nodes.objects
            folders[name] = await above.add_folder(
                ua.NodeId(ua.String(name), NAMESPACE), ua.QualifiedName(shown, NAMESPACE)
            )
    return folders[asset]


async def _add_range(variable: Node, point: Point) -> None:
    low, high = (float(point.unit.from_si(x)) for x in (point.signal.low, point.signal.high))
    await variable.add_property(ua.NodeId(), ua.QualifiedName("EURange"), ua.Range(low, high))
    unit = ua.EUInformation(DisplayName=ua.LocalizedText(point.unit.symbol))
    await variable.add_property(ua.NodeId(), ua.QualifiedName("EngineeringUnits"), unit)


def _type(point: Point) -> ua.VariantType:
    is_number = point.signal.kind == "state" and point.signal.states is None
    return ua.VariantType.Double if is_number else TYPES.get(point.signal.kind, ua.VariantType.Double)


def _variant(reading: Indication, point: Point, kind: ua.VariantType) -> ua.Variant:
    value = float(point.unit.from_si(reading.value))
    if kind == ua.VariantType.Boolean:
        return ua.Variant(bool(value), kind)
    return ua.Variant(value if kind == ua.VariantType.Double else round(value), kind)


def _moment(time: int) -> ua.DateTime:
    return EPOCH + timedelta(microseconds=time // 1000)


def _zero(kind: ua.VariantType) -> Any:
    return {ua.VariantType.Double: 0.0, ua.VariantType.Int32: 0, ua.VariantType.Boolean: False}[kind]
