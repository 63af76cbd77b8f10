"""What each fault of a device lets a master see, on every protocol on which it shows, and that it leaves nothing."""

import asyncio
import struct
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from asyncua import Server, ua

from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.asset.profile.file import load_profile
from plant.error import Unknown
from simulators.device import Indication
from simulators.fault.device import EFFECTS, SECOND, DeviceFaults
from simulators.fault.row import DEVICE
from simulators.fault.table import faults
from simulators.field import SimulatedField
from simulators.injection import inject
from simulators.manner import SOUND
from simulators.modbus.bridge import Bridge
from simulators.modbus.server import ModbusServer
from simulators.modbus.temper import Reply
from simulators.mqtt.message import Messages
from simulators.opcua.nodes import DeviceNodes

pytestmark = pytest.mark.anyio
GIVEN = {"clock skew": {"by": 3600.0}, "slow": {"delay": 0.001, "share": 1.0}}  # what has no usual value
PROFILES = {"modbus": "well_rtu", "opcua": "well_opcua", "mqtt": "well_mqtt"}
ROWS = [
    (fault.name, protocol)
    for (of, _), fault in faults().items()
    for protocol in (fault.protocols or PROFILES)
    if of == DEVICE and fault.name != "reboot"
]


class Shown:
    """A device that shows a number of its own for every signal, and takes setpoints unless it ignores them."""

    def __init__(self, protocol: str):
        self.manner, self.time, self.reference = SOUND, 1_700_000_000 * SECOND, 50.0
        points = load_profile(PROFILES[protocol]).points
        names = [f"{p.role}.{p.signal.name}" for p in points if p.signal.kind != "command"]
        self.shown = {name: float(i % 4) for i, name in enumerate(names)}

    @property
    def stamp(self) -> int:
        stood = self.manner.stood_at
        return (self.time if stood is None else round(stood * SECOND)) + self.manner.clock_error

    def readings(self) -> dict[str, Indication]:
        return {
            key: Indication(value) for key, value in (self.shown | {"well.FrequencyReference": self.reference}).items()
        }

    def check(self, signal: str, value: float) -> None:
        """It takes anything."""

    def write(self, _: str, value: float) -> None:
        self.reference = self.reference if self.manner.ignores_setpoints else value


async def modbus(device: Shown) -> Callable[[], Any]:
    server = ModbusServer("127.0.0.1", 0)
    server.units[1] = Bridge(device, load_profile("well_rtu", None, {"well.Vibration": {"address": 60}}))  # type: ignore[arg-type]
    moments = count(1)
    asked = [
        struct.pack(">BHH", 4, 3, 6), struct.pack(">BHH", 4, 0, 40), struct.pack(">BHH", 3, 0, 1),
        struct.pack(">BHH", 6, 0, 4500), struct.pack(">BHH", 3, 0, 1),
    ]  # fmt: skip

    async def look() -> Any:
        device.reference, device.time = 50.0, device.time + next(moments)
        return [
            Reply(r) if isinstance(r := server.answer(1, each), bytes) else r for each in asked
        ], server.most_masters

    return look


async def mqtt(device: Shown) -> Callable[[], Any]:
    place = next(d for d in load_bench("shengli12").devices if d.profile.protocol == "mqtt")
    messages = Messages(place, device)  # type: ignore[arg-type]

    async def look() -> Any:
        device.reference = 50.0
        said = messages.answer(b'{"method": "write", "params": {"key": "FrequencyReference", "value": 45.0}}')
        return said, messages.telemetry(), device.manner.wait(1), device.manner.is_silent

    return look


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def server() -> Server:
    server = Server()
    await server.init()
    await server.register_namespace("urn:test")
    return server


async def opcua(device: Shown, server: Server) -> Callable[[], Any]:
    place = next(d for d in load_bench("shengli12").devices if d.profile.protocol == "opcua" and "well" in d.assets)
    nodes = DeviceNodes(place, device)  # type: ignore[arg-type]
    await nodes.create(server, {})

    async def look() -> Any:
        device.reference = 50.0
        began = asyncio.get_running_loop().time()
        setpoint = server.get_node(nodes._variables["well.FrequencyReference"][1])
        try:
            await setpoint.write_value(45.0)
            wrote = 0
        except ua.UaStatusCodeError as error:
            wrote = error.code
        await nodes.refresh(server)
        is_late = asyncio.get_running_loop().time() - began >= 0.5
        values = [await server.get_node(n).read_data_value(False) for _, n, _ in nodes._variables.values()]
        return wrote, is_late, [(v.Value.Value, v.StatusCode.value, v.SourceTimestamp) for v in values]

    return look


@pytest.mark.parametrize(("name", "protocol"), ROWS)
async def test_it_shows_while_it_lasts_and_leaves_nothing_behind(name: str, protocol: str, server: Server) -> None:
    device, now = Shown(protocol), [10.0]
    look = await {"modbus": modbus, "mqtt": mqtt, "opcua": lambda one: opcua(one, server)}[protocol](device)
    bank = DeviceFaults(1, lambda: now[0])
    (row,) = [fault for (of, each), fault in faults().items() if (of, each) == (DEVICE, name)]
    usual = {p.name: p.default for p in row.own}
    given = usual | GIVEN.get(name, {}) | ({"delay": 0.5} if (name, protocol) == ("slow", "opcua") else {})

    async def seen() -> Any:
        bank.apply()
        device.manner, device.time = bank.manners[0], 1_700_000_000 * SECOND
        return await look()

    sound = await seen()
    bank.start(name, 0, given)
    assert await seen() != sound
    assert not device.manner.is_sound
    bank.heal(name, 0, {})
    assert await seen() == sound
    assert device.manner is SOUND or device.manner == SOUND


async def test_every_fault_of_devices_has_an_effect_or_cuts_them_off() -> None:
    assert {name for of, name in faults() if of == DEVICE} == set(EFFECTS) | {"reboot"}


async def test_every_beginning_and_end_is_told_with_how_bad_it_is(bench_file: Callable[..., Any]) -> None:
    """Of every fault that can befall this field: who, what, when and how severe."""
    asset_field = load_field("shengli12")
    field = SimulatedField(asset_field, load_bench(bench_file(), asset_field.assets()))
    orders = {}
    for (of, name), fault in faults().items():
        on = {"Instrument": "Well.CACB27A-P1.Flow", "Device": "RTU-CACB27A-P1", "Link": "RTU-XBKD47-X2"}.get(of)
        on = on or next((asset for asset in asset_field.assets() if asset.startswith(f"{of}.")), None)
        if (
            fault.is_momentary
            or (fault.protocols and "modbus" not in fault.protocols)
            or (of != "Field" and on is None)
        ):
            continue
        needed = {p.name: 1.0 for p in fault.own if p.default is None and not p.is_optional and not p.choices}
        orders[name, on or "Field"] = {"malfunction": name, **({"on": on} if on else {}), **needed}
    for key, order in list(orders.items()):
        try:
            await inject(field, {"do": "malfunction", **order, "lasts": "1h"})
        except Unknown:  # of a machine that this field lacks
            del orders[key]
    assert len(orders) > 100
    began = {(n["malfunction"], n["on"]): n for n in field.news.take() if n["what"] == "began"}
    field.env.run(until=0.5)  # those that ramp have come some way
    began |= {(n["malfunction"], n["on"]): n for n in field.news.take() if n["what"] == "began"}
    await inject(field, {"do": "heal"})
    ended = {(n["malfunction"], n["on"]): n for n in field.news.take() if n["what"] == "ended"}
    assert began.keys() == ended.keys() == orders.keys()
    for told in (*began.values(), *ended.values()):
        assert 0.0 < told["severity"] <= told["target"] == 1.0
        assert told["time_ns"] >= 0
    await field.stop()
