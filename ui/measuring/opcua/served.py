"""An OPC UA server to be measured, in a process of its own: ours, of simulated devices, or a bare one of asyncua.

``python -m ui.measuring.opcua.served ours|bare PORT DEVICES PERIOD_S`` prints the ids of its moving variables as a line
of JSON and serves until it is ended. Both show as many Doubles, and change them all once a period.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from dataclasses import replace
from datetime import UTC

import uvloop
from asyncua import Server, ua

from plant.asset.bench import Device
from ui.measuring.moving import Moving

PROFILE = "well_opcua"


def _device(i: int, port: int, period: float) -> Device:
    endpoint = f"opc.tcp://127.0.0.1:{port}/nexus/pf"
    device = Device.of(f"OPC-{i}", PROFILE, endpoint, {"well": f"Well.W{i}"}, scan=period)
    moving = tuple(point for point in device.profile.points if point.signal.kind == "measurement")
    return replace(device, profile=replace(device.profile, points=moving))


async def ours(port: int, devices: int, period: float) -> list[str]:
    """Serve simulated devices; the ids of their variables."""
    from plant.asset.protocol.opcua import Node
    from simulators.opcua.wire import OpcUaWire

    wire, ids = OpcUaWire("127.0.0.1", port, "the bench"), []
    KEPT.append(wire)
    for i in range(devices):
        place = _device(i, port, period)
        await wire.add(place, Moving(place.profile))
        for point in place.profile.points:
            assert isinstance(point.address, Node)
            ids.append(point.address.of(f"Well.W{i}.{point.signal.name}"))
        await asyncio.sleep(period / devices)  # no two of them begin at the same moment
    return ids


async def bare(port: int, devices: int, period: float) -> list[str]:
    """Serve plain variables, as asyncua's examples write a server; their ids."""
    server = Server()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}/nexus/pf")
    space = await server.register_namespace("urn:bare")
    count = len(_device(0, port, period).profile.points)
    nodes = []
    for i in range(devices):
        folder = await server.nodes.objects.add_folder(space, f"W{i}")
        nodes.append([await folder.add_variable(space, f"V{k}", 0.0) for k in range(count)])
    await server.start()
    KEPT.append(server)
    KEPT.append(asyncio.create_task(_change(server, [[n.nodeid for n in of] for of in nodes], period)))
    return [node.nodeid.to_string() for of in nodes for node in of]


async def _change(server: Server, devices: list[list[ua.NodeId]], period: float) -> None:
    while True:
        began = time.monotonic()
        for nodes in devices:
            shown = ua.Variant(time.time_ns() / 1e6 % 3.6e6, ua.VariantType.Double)
            value = ua.DataValue(shown, SourceTimestamp=ua.DateTime.now(UTC))
            for node in nodes:
                await server.write_attribute_value(node, value)
        await asyncio.sleep(max(period - (time.monotonic() - began), 0.0))


KEPT: list[object] = []  # what only its caller would keep from being collected


async def _serve(kind: str, port: int, devices: int, period: float) -> None:
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    print(json.dumps(await {"ours": ours, "bare": bare}[kind](port, devices, period)), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
