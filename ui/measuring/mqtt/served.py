"""Publishers to be measured, in a process of their own: simulated devices, or bare clients with a message made before.

``python -m ui.measuring.mqtt.served ours|bare PORT DEVICES PERIOD_S`` says "ready", and publishes at QoS 1 until it is
ended: each client waits for the broker's word before it sends the next.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace

import aiomqtt
import uvloop

from plant.asset.bench import Device
from plant.asset.topic import Topics
from simulators.mqtt.message import Messages
from simulators.mqtt.wire import MqttWire
from ui.measuring.moving import Moving


def device(i: int, port: int, period: float) -> Device:
    """One well's device, of nothing but measurements."""
    endpoint = f"mqtt://127.0.0.1:{port}/W{i}"
    found = Device.of(f"MQTT-{i}", "well_mqtt", endpoint, {"well": f"Well.W{i}"}, scan=period)
    moving = tuple(point for point in found.profile.points if point.signal.kind == "measurement")
    return replace(found, profile=replace(found.profile, points=moving))


async def ours(port: int, devices: int, period: float) -> None:
    """Let simulated devices speak."""
    wire = MqttWire()
    places = [device(i, port, period) for i in range(devices)]
    for place in places:
        await wire.add(place, Moving(place.profile))
    while not all(wire.answers(place) for place in places):
        await asyncio.sleep(0.05)
    print("ready", flush=True)
    await asyncio.Event().wait()


async def bare(port: int, devices: int, period: float) -> None:
    """Let clients say over and over what such a device would."""
    place = device(0, port, period)
    said = Messages(place, Moving(place.profile)).telemetry()

    async def speak(i: int) -> None:
        async with aiomqtt.Client("127.0.0.1", port, identifier=f"bare-{i}", timeout=60.0) as client:
            joined.append(i)
            while True:
                await client.publish(Topics(f"W{i}").telemetry, said, qos=1)

    joined: list[int] = []
    async with asyncio.TaskGroup() as group:
        for i in range(devices):
            group.create_task(speak(i))
        while len(joined) < devices:
            await asyncio.sleep(0.05)
        print("ready", flush=True)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    uvloop.run({"ours": ours, "bare": bare}[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
