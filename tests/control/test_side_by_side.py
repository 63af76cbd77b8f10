"""Two fields of one tenant, and a second tenant with a field of the same name, on one bus: nothing crosses.

On a real bus server with its users, each field with a control, a historian and a device of its own.
"""

import asyncio
import contextlib
from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from control import service
from control.bus.connection import Bus
from control.bus.keyring import Ring
from control.bus.message.command import Command
from control.bus.service import Pulse
from control.bus.subject import Subjects
from control.client import Control
from control.commands.log import CommandLog
from historian.client import History
from historian.service import serve
from plant.asset.place import field_path
from tests.conftest import BusServer
from tests.control.conftest import ModbusPeer
from tests.historian.running import until

pytestmark = pytest.mark.anyio

WELL = "Well.CACB27A-P1"
REFERENCE, TRIP = f"{WELL}.FrequencyReference", f"{WELL}.TripCode"
PLACES = (Subjects("demo", "shengli12"), Subjects("demo", "other"), Subjects("acme", "shengli12"))


@dataclass
class Field:
    """One field with all that runs for it, and a connection of a story's."""

    subjects: Subjects
    peer: ModbusPeer
    pulse: Pulse
    bus: Bus

    @property
    def control(self) -> Control:
        return Control(self.bus)

    async def reference(self) -> list[float]:
        """Every value of the setpoint that its history holds."""
        return (await History(self.bus).raw([REFERENCE], 0, 2**62))["value"].to_pylist()


def written(folder: Path, subjects: Subjects, peer: ModbusPeer) -> Namespace:
    """The files of a field like the demo's, with one device."""
    folder.mkdir()
    text = (
        field_path("shengli12").read_text(encoding="utf-8").replace('tenant = "demo"', f'tenant = "{subjects.tenant}"')
    )
    (folder / "field.toml").write_text(
        text.replace('name = "shengli12"', f'name = "{subjects.field}"'), encoding="utf-8"
    )
    (folder / "field.alarms.toml").write_text(f'[[alarm]]\ntags = "{TRIP}"\nhigh_1 = 0.5\npriority = 1\n')
    (folder / "bench.toml").write_text(f"""
        field = "{subjects.field}"
        scan = {{ quick_s = 0.1 }}
        [[device]]
        name = "RTU"
        profile = "well_rtu"
        endpoint = "modbus://127.0.0.1:{peer.port}/1"
        scan = "quick"
        timeout_s = 5.0
        assets = {{ well = "{WELL}" }}
    """)
    return Namespace(field=folder / "field.toml", bench=folder / "bench.toml", data=folder / "data", raw_days=30.0)


@contextlib.asynccontextmanager
async def running(server: BusServer, ring: Ring, subjects: Subjects, folder: Path, hertz: int) -> AsyncIterator[Field]:
    """Control and historian of a field on the test's loop, each with its own key."""
    peer, stop, pulse = ModbusPeer(), asyncio.Event(), Pulse("control")
    peer.holdings[0] = 100 * hertz
    await peer.start()
    settings = written(folder, subjects, peer)
    roles = ("control", "historian", "hil")
    buses = {role: await Bus.connect(server.url, subjects, role, key=ring.key(subjects, role)) for role in roles}
    tasks = [
        asyncio.create_task(service.live(buses["control"], settings, pulse, stop)),
        asyncio.create_task(serve(buses["historian"], settings, Pulse("historian"), stop)),
    ]
    yield Field(subjects, peer, pulse, buses["hil"])
    stop.set()
    await asyncio.gather(*tasks)
    for bus in buses.values():
        await bus.close()
    await peer.stop()


@pytest.fixture
async def fields(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Field, ...]]:
    """All three, each having stored a value."""
    monkeypatch.setattr(service, "PULSE_PERIOD", 0.1)
    ring = Ring({}, {})
    for subjects in PLACES:
        ring = ring.with_field(subjects)
    server = BusServer(tmp_path / "bus", ring=ring)
    server.start()
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(server.stop)
        found = [
            await stack.enter_async_context(running(server, ring, subjects, tmp_path / f"{i}", 41 + i))
            for i, subjects in enumerate(PLACES)
        ]
        for field in found:
            await until(field.reference, len)
        yield tuple(found)


async def test_nothing_crosses_between_fields_of_one_tenant_or_of_two_and_none_loses_a_device_or_a_batch(
    fields: tuple[Field, ...],
) -> None:
    one, other, foreign = fields
    for hertz in range(46, 56):
        outcome = await one.control.write(Command(REFERENCE, float(hertz), "ana", "test"))
        assert (outcome.outcome, outcome.readback) == ("done", pytest.approx(hertz))
    assert len(one.peer.writes) == 10
    assert other.peer.writes == foreign.peer.writes == []
    assert [len(await CommandLog(field.bus).events()) for field in fields] == [20, 0, 0]
    assert await CommandLog(one.bus).verify() is None

    other.peer.inputs[18] = 2  # its drive trips
    (raised,) = await until(other.control.alarms, len)
    assert (raised.tag, raised.field, raised.state) == (TRIP, "other", "UNACK")
    assert await one.control.alarms() == await foreign.control.alarms() == []
    assert not (await one.control.handle(raised.id, "acknowledge", "ana")).changed
    assert (await other.control.handle(raised.id, "acknowledge", "ana")).changed
    assert [change.state for change in await other.control.alarms()] == ["ACKED"]

    await until(one.reference, lambda values: values[-1] == pytest.approx(55.0))
    assert {round(value, 6) for value in await other.reference()} == {42.0}
    assert {round(value, 6) for value in await foreign.reference()} == {43.0}
    assert [len(await History(field.bus).alarms()) for field in (one, foreign)] == [0, 0]
    for field in fields:
        shown = field.pulse.devices["RTU"]
        assert (shown["connected"], shown["losses"], field.pulse.counts["lost_batches"]) == (True, 0, 0)
