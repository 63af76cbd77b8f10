"""Strangers at each door of the bus, and its own users beyond theirs. On a real server, as it runs in a field."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import aiomqtt
import nats
import pytest
from nats.aio.subscription import Subscription
from nats.js.errors import ServiceUnavailableError

from control.bus.access import ROLES
from control.bus.connection import Bus
from control.bus.keyring import Key, Ring
from control.bus.subject import Subjects
from plant.error import ServiceError
from tests.conftest import BusServer, free_port
from tests.limit import HANGS
from tests.place import DEMO

NEIGHBOUR, FOREIGNER = Subjects("demo", "other"), Subjects("acme", "shengli12")
RING = Ring({}, {}).with_field(DEMO, ["v1/devices/W1/#"]).with_field(NEIGHBOUR).with_field(FOREIGNER)
SAYABLE = ("sim.clock", "sim.control", "sim.truth", "pf.commands.x", "pf.handling", "pf.telemetry.raw.x",
           "pf.alarms.2", "pf.events.command", "historian.raw", "status.control")  # fmt: skip


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusServer]:
    """A bus with users, for all tests of the module."""
    server = BusServer(tmp_path_factory.mktemp("bus"), free_port(), RING)
    server.start()
    yield server
    server.stop()


class Ears:
    """Every process of the demo field, hearing all that it may."""

    def __init__(self, buses: dict[str, Bus], subscriptions: list[Subscription]):
        self._buses, self._subscriptions = buses, subscriptions

    async def heard(self) -> set[str]:
        """Subjects on which anything was said since this was asked before."""
        for bus in self._buses.values():
            await bus.client.flush()  # what was said before has been delivered then
        return {(await one.next_msg()).subject for one in self._subscriptions for _ in range(one.pending_msgs)}


@pytest.fixture(scope="module")
async def ears(guarded: BusServer) -> AsyncIterator[Ears]:
    buses = {role: await connected(guarded, DEMO, role) for role in ROLES}
    subscriptions = [
        await buses[name].client.subscribe(f"demo.shengli12.{end}")
        for name, role in ROLES.items()
        for end in role.hears
    ]
    yield Ears(buses, subscriptions)
    for bus in buses.values():
        await bus.client.close()


async def connected(server: BusServer, subjects: Subjects, role: str) -> Bus:
    return await Bus.connect(server.url, subjects, role, key=RING.key(subjects, role))


@pytest.mark.anyio
@pytest.mark.parametrize(
    "key",
    [
        None, Key("insider", ""), Key("demo.shengli12.control", ""), Key("demo.shengli12.control", "guess"),
        Key("$devices", ""), RING.key(DEMO, "control")._replace(user="demo.other.control"),
    ],
)  # fmt: skip
async def test_a_stranger_is_not_let_onto_the_bus(guarded: BusServer, key: Key | None) -> None:
    with pytest.raises(ServiceError, match="does not let"):
        await Bus.connect(guarded.url, DEMO, patience=HANGS, key=key)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("user", "password"),
    [("insider", None), ("insider", ""), ("$devices", "guess"), RING.key(DEMO, "control")],
    ids=["without password", "with an empty one", "as the devices", "with a process' key"],
)
async def test_over_mqtt_nobody_comes_in_under_another_name(guarded: BusServer, user: str, password: str) -> None:
    with pytest.raises(aiomqtt.MqttError):
        async with aiomqtt.Client("127.0.0.1", guarded.mqtt_port, identifier="W1", username=user, password=password):
            pass


@pytest.mark.anyio
@pytest.mark.parametrize("identifier", ["W1", "insider", "control"])
async def test_an_mqtt_client_reaches_the_topics_of_the_benchs_devices_whatever_it_calls_itself(
    guarded: BusServer, ears: Ears, identifier: str
) -> None:
    await ears.heard()
    async with aiomqtt.Client("127.0.0.1", guarded.mqtt_port, identifier=identifier) as client:
        for topic in (*SAYABLE, "pf.alarms.2"):
            await client.publish(f"demo/shengli12/{topic.replace('.', '/')}", b"{}", qos=0)
        codes = [code for topic in ("v1/devices/W1/telemetry", "v1/devices/#", "v1/devices/W2/telemetry", "demo/#",
                                    "#", "$JS/API/#", "$SYS/#") for code in await client.subscribe(topic)]  # fmt: skip
        await client.publish("v1/devices/W1/telemetry", b"{}", qos=1)
        message = await asyncio.wait_for(anext(aiter(client.messages)), 20)
    assert [code.is_failure for code in codes] == [False] + [True] * 6
    assert message.topic.value == "v1/devices/W1/telemetry"
    assert await ears.heard() == set()


@pytest.mark.anyio
@pytest.mark.parametrize("role", ROLES)
async def test_each_process_says_what_its_row_names_and_nothing_else(guarded: BusServer, ears: Ears, role: str) -> None:
    bus = await connected(guarded, DEMO, role)
    await ears.heard()
    for end in SAYABLE:
        await bus.client.publish(f"demo.shengli12.{end}", b"{}")
        await bus.client.publish(f"demo.other.{end}", b"{}")
        await bus.client.publish(f"acme.shengli12.{end}", b"{}")
    await bus.client.flush()
    heard = await ears.heard()
    said = {end for end in SAYABLE if f"demo.shengli12.{end}" in heard}
    assert said == {end for end in SAYABLE if any(_fits(end, row) for row in (*ROLES[role].says, f"status.{role}"))}
    assert all(subject.startswith("demo.shengli12.") for subject in heard)
    await bus.client.close()


@pytest.mark.anyio
@pytest.mark.parametrize("role", ROLES)
async def test_each_process_hears_what_its_row_names_and_nothing_else(guarded: BusServer, role: str) -> None:
    refused: list[str] = []

    async def note(error: Exception) -> None:
        refused.append(str(error))

    key = RING.key(DEMO, role)
    client = await nats.connect(
        guarded.url, user=key.user, password=key.password, inbox_prefix=key.inbox, error_cb=note
    )
    others = (">", "demo.>", "demo.other.>", "acme.>", "_INBOX.>", "$JS.>", "$SYS.>", f"_INBOX.{NEIGHBOUR.tenant}.>")
    rows = {row.replace("*", "x") for one in ROLES.values() for row in one.hears}
    own = {row for row in rows if any(_fits(row, hears) for hears in ROLES[role].hears)}
    for subject in (*others, *(f"demo.shengli12.{row}" for row in sorted(rows - own))):
        refused.clear()
        await client.subscribe(subject)
        async with asyncio.timeout(HANGS):
            while not any("violation" in text and subject.lower() in text.lower() for text in refused):
                await asyncio.sleep(0.01)
    refused.clear()
    for row in own:
        await client.subscribe(f"demo.shengli12.{row}")
    await client.flush()
    assert refused == []
    await client.close()


@pytest.mark.anyio
async def test_no_process_reaches_the_streams_and_buckets_of_another_field_or_tenant(guarded: BusServer) -> None:
    neighbour, foreigner = await connected(guarded, NEIGHBOUR, "hil"), await connected(guarded, FOREIGNER, "hil")
    bus = await connected(guarded, DEMO, "control")
    for other in (neighbour, foreigner):
        for name in (other.event_stream, other.telemetry_stream, f"KV_{other.subjects.stored('alarms')}"):
            for verb in ("INFO", "PURGE", "DELETE", "MSG.GET"):
                with pytest.raises((TimeoutError, nats.errors.Error, ServiceUnavailableError)):
                    await bus.client.request(f"$JS.API.STREAM.{verb}.{name}", b"{}", timeout=0.3)
        await other.client.close()
    for verb in ("PURGE", "DELETE", "UPDATE"):  # nor may it take from its own what was said
        with pytest.raises((TimeoutError, nats.errors.Error)):
            await bus.client.request(f"$JS.API.STREAM.{verb}.{bus.event_stream}", b"{}", timeout=0.3)
    await bus.client.close()


def _fits(end: str, row: str) -> bool:
    ours, theirs = end.split("."), row.split(".")
    return len(ours) == len(theirs) and all(b in ("*", a) for a, b in zip(ours, theirs, strict=True))
