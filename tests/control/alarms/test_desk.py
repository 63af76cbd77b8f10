"""Alarms on a real bus: said once, kept over restarts, acknowledged by request."""

import asyncio
import json
import re

import pytest

from control.alarms.desk import AlarmDesk
from control.alarms.engine import AlarmEngine
from control.alarms.rule import Cause, Rule
from control.alarms.suppression import Suppression, Suppressor
from control.bus.batch import Batch
from control.bus.cancel import end
from control.bus.clock import SECOND, Steps, WallClock
from control.bus.connection import Bus
from control.bus.message.alarm import Handling
from control.bus.outbox import Outbox
from control.bus.subject import Subjects
from plant.asset.tag import tags_of
from plant.error import OutOfRange, Unknown
from tests.limit import HANGS
from tests.place import DEMO

pytestmark = pytest.mark.anyio

TAGS = tags_of(["Well.A", "Well.B"])
ALARM = "Well.A.Current.high"
RULES = [Rule(Cause(TAGS[f"Well.{w}.Current"], "high", 60.0, 1.0), 0.0, 0.0, 2, {"en": "Overload"}) for w in "AB"]


def seen(alarm: str, by: str, comment: str = "") -> Handling:
    return Handling(alarm, "acknowledge", by, comment)


def scan(value: float, well: str = "A") -> Batch:
    return Batch.snapshot([f"Well.{well}.Current"], 0, [value], 0, "RTU")


@pytest.fixture
async def bus(bus_server):
    connected = await Bus.connect(bus_server.url, DEMO)
    yield connected
    await connected.close()


class Shift:
    """Desks one after the other on the same bus, as control is started, killed, and started again."""

    def __init__(self, bus: Bus, url: str):
        self.bus, self.url, self.task, self.desk = bus, url, None, None

    async def start(self, rules=RULES) -> AlarmDesk:
        self.desk = AlarmDesk(self.bus, Outbox(self.bus), AlarmEngine(rules), WallClock())
        await self.desk.restore()
        self.task = asyncio.create_task(self.desk.run())
        return self.desk

    async def kill(self) -> None:
        await end(self.task)

    async def said(self, n: int) -> list[dict]:
        """The first ``n`` messages on the stream, in order; no more may be there."""
        reader = await Bus.connect(self.url, DEMO)
        subscription = await reader.stream.subscribe(reader.subjects.alarms("*"), ordered_consumer=True)
        messages = [json.loads((await subscription.next_msg(timeout=HANGS)).data) for _ in range(n)]
        info = await reader.stream.stream_info(reader.event_stream)
        await reader.close()
        assert info.state.messages == n
        return messages


@pytest.fixture
async def shift(bus, bus_url):
    one = Shift(bus, bus_url)
    yield one
    await one.kill()


async def test_a_transition_is_said_with_all_that_a_screen_needs(shift):
    desk = await shift.start()
    desk.hear(scan(61.5))
    [message] = await shift.said(1)
    assert message.pop("time_ns") == message.pop("raised_ns") > 0
    assert message == {
        "id": ALARM, "tag": "Well.A.Current", "kind": "high", "priority": 2, "before": "NORM", "state": "UNACK",
        "event": "raise", "value": 61.5, "limit": 60.0, "unit": "A", "message": {"en": "Overload"},
        "field": "shengli12", "by": None, "comment": None, "run": "own", "version": 1,
        "returned_ns": None, "acknowledged_ns": None, "acknowledged_by": None, "acknowledged_comment": None,
        "shelved_ns": None, "shelved_until_ns": None, "shelved_by": None, "shelved_comment": None,
        "removed_ns": None, "removed_by": None, "removed_comment": None, "aside": "",
    }  # fmt: skip


async def test_a_restart_neither_repeats_nor_forgets_a_standing_alarm(shift):
    desk = await shift.start()
    desk.hear(scan(61.5))
    await shift.said(1)
    await shift.kill()
    desk = await shift.start()
    assert desk.standing == 1
    desk.hear(scan(61.5))
    desk.hear(scan(50.0))
    assert [m["state"] for m in await shift.said(2)] == ["UNACK", "RTNUN"]


async def test_each_moment_of_an_alarm_is_kept_with_whoever_acknowledged_it_also_over_a_restart(shift):
    """A trip of 21:54 stays one of 21:54 when it is acknowledged at 21:56."""
    desk = await shift.start()
    desk.hear(scan(61.5))
    await desk.handle(seen(ALARM, "ana", "seen"))
    await shift.kill()
    desk = await shift.start()
    desk.hear(scan(50.0))
    raised, acknowledged, returned = await shift.said(3)
    assert returned["raised_ns"] == acknowledged["raised_ns"] == raised["time_ns"]
    assert returned["acknowledged_ns"] == acknowledged["time_ns"]
    assert (returned["acknowledged_by"], returned["acknowledged_comment"]) == ("ana", "seen")
    assert (returned["returned_ns"], returned["by"]) == (returned["time_ns"], None)
    desk.hear(scan(61.5))
    again = (await shift.said(4))[3]
    assert again["raised_ns"] == again["time_ns"]
    assert (again["returned_ns"], again["acknowledged_ns"], again["acknowledged_by"]) == (None, None, None)


async def test_a_transition_kept_but_not_said_when_control_was_killed_is_said_at_the_next_start(shift, monkeypatch):
    desk = await shift.start()
    kept = asyncio.Event()

    async def never(letter):
        kept.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(desk._outbox, "deliver", never)
    desk.hear(scan(61.5))
    await kept.wait()
    await shift.kill()
    await shift.start()
    assert [m["state"] for m in await shift.said(1)] == ["UNACK"]
    await shift.kill()
    await shift.start()
    await shift.said(1)


async def test_what_was_said_before_a_restart_is_not_sent_again_even_if_the_server_has_forgotten_its_id(shift):
    desk = await shift.start()
    desk.hear(scan(61.5))
    await shift.said(1)
    sent = []

    class Listening(Outbox):
        async def deliver(self, letter):
            sent.append(letter)

    again = AlarmDesk(shift.bus, Listening(shift.bus), AlarmEngine(RULES), WallClock())
    await again.restore()
    assert (sent, again.standing) == ([], 1)


async def test_an_acknowledgement_says_by_whom_and_is_on_disk_when_answered(shift):
    desk = await shift.start()
    desk.hear(scan(61.5))
    reply = await desk.handle(seen(ALARM, "ana", "seen"))
    assert (reply.id, reply.state, reply.changed, reply.by) == (ALARM, "ACKED", True, "ana")
    message = (await shift.said(2))[1]
    assert (message["state"], message["by"], message["comment"]) == ("ACKED", "ana", "seen")


async def test_an_alarm_may_be_named_by_tag_and_kind_too(shift):
    desk = await shift.start()
    reply = await desk.handle(seen("Well.A.Current/high", "ana"))
    assert (reply.state, reply.changed) == ("NORM", False)


async def test_an_alarm_that_there_is_not_is_unknown(shift):
    desk = await shift.start()
    with pytest.raises(Unknown):
        await desk.handle(seen("x", "ana"))


async def test_a_standing_alarm_whose_row_left_the_table_is_taken_off(shift):
    desk = await shift.start()
    desk.hear(scan(61.5, "B"))
    await shift.said(1)
    await shift.kill()
    await shift.start(RULES[:1])
    assert [(m["id"], m["state"], m["event"]) for m in await shift.said(2)][1] == (
        "Well.B.Current.high", "NORM", "removed",
    )  # fmt: skip


async def test_the_alarms_of_another_field_are_left_alone(shift):
    desk = await shift.start()
    desk.hear(scan(61.5))
    await shift.said(1)
    bus = await Bus.connect(shift.url, Subjects("demo", "other"))
    other = AlarmDesk(bus, Outbox(bus), AlarmEngine(RULES), WallClock())
    await other.restore()
    assert other.standing == 0
    await bus.close()


async def test_alarms_outlive_a_killed_bus(shift, bus_server):
    desk = await shift.start()
    bus_server.kill()
    desk.hear(scan(61.5))
    desk.hear(scan(50.0))
    bus_server.start()
    assert [m["state"] for m in await shift.said(2)] == ["UNACK", "RTNUN"]


SHELVE = Handling(ALARM, "shelve", "ana", "sensor is being changed", 600.0)


class Wall:
    """A machine's clock that the test sets."""

    def __init__(self) -> None:
        self.seconds = 1_750_000_000

    def desk(self, bus: Bus, *suppressions: Suppression) -> AlarmDesk:
        clock = WallClock(lambda: self.seconds * SECOND)
        return AlarmDesk(bus, Outbox(bus), AlarmEngine(RULES), clock, Suppressor(suppressions))


async def test_a_shelved_alarm_comes_back_when_its_time_is_over_and_says_so(bus):
    wall = Wall()
    desk = wall.desk(bus)
    await desk.restore()
    work = asyncio.create_task(desk.run())
    desk.hear(scan(61.5))
    shelved = await desk.handle(SHELVE)
    assert (shelved.state, shelved.changed, desk.standing) == ("SHLVD", True, 0)
    wall.seconds += 599
    desk.look()
    assert desk.standing == 0
    wall.seconds += 1
    desk.look()
    assert desk.standing == 1
    seen = await desk.handle(Handling(ALARM, "acknowledge", "ana"))
    assert (seen.state, seen.changed) == ("ACKED", True)
    await end(work)


async def test_a_clock_that_is_set_forward_does_not_end_a_shelf_early(bus, monkeypatch):
    """Time on the shelf is time that passes, not what the machine's clock was set by."""
    wall = Wall()
    desk = wall.desk(bus)
    monkeypatch.setattr(desk, "_steps", Steps(lambda: wall.seconds, lambda: 0.0))
    await desk.restore()
    work = asyncio.create_task(desk.run())
    desk.hear(scan(61.5))
    await desk.handle(SHELVE)
    wall.seconds += 3600
    desk.look()
    assert desk.standing == 0
    await end(work)


async def test_what_sets_an_alarm_aside_outlives_a_restart_with_who_and_why(shift):
    desk = await shift.start()
    desk.hear(scan(61.5))
    await desk.handle(SHELVE)
    await desk.handle(Handling(ALARM, "remove", "luis", "workover"))
    await shift.kill()
    desk = await shift.start()
    desk.hear(scan(61.5))
    assert desk.standing == 0
    assert (await desk.handle(Handling(ALARM, "return", "luis"))).state == "SHLVD"
    assert (await desk.handle(Handling(ALARM, "unshelve", "ana"))).state == "UNACK"
    raised, shelved, removed, returned, unshelved = await shift.said(5)
    assert (removed["shelved_by"], removed["removed_comment"], removed["aside"]) == ("ana", "workover", "OOSRV SHLVD")
    assert (returned["shelved_comment"], returned["removed_by"]) == ("sensor is being changed", None)
    assert shelved["shelved_until_ns"] == shelved["time_ns"] + 600 * SECOND
    assert (unshelved["raised_ns"], unshelved["shelved_ns"]) == (unshelved["time_ns"], None)
    assert unshelved["raised_ns"] > raised["raised_ns"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Handling(ALARM, "silence", "ana"), "verb = silence: must be one of acknowledge, reset, shelve"),
        (Handling(ALARM, "reset", "ana"), f"{ALARM} = NORM: only a latched alarm that has returned"),
        (Handling(ALARM, "shelve", "ana", "  ", 600.0), "comment =   : must say why, to shelve an alarm"),
        (Handling(ALARM, "remove", "ana"), "comment = : must say why, to remove an alarm"),
        (Handling(ALARM, "shelve", "ana", "why", 5.0), "for_s = 5.0: must be between 60 and 86400"),
    ],
)
async def test_what_may_not_be_done_with_an_alarm_is_refused_with_its_rule(shift, asked, said):
    desk = await shift.start()
    with pytest.raises(OutOfRange, match=re.escape(said)):
        await desk.handle(asked)


async def test_what_is_shelved_is_not_shelved_again(shift):
    desk = await shift.start()
    await desk.handle(SHELVE)
    with pytest.raises(OutOfRange, match="is shelved already; unshelve it first"):
        await desk.handle(SHELVE)


async def test_a_suppressed_alarm_stays_so_over_a_restart_until_its_reason_has_gone(bus, bus_url):
    """State-based suppression: what suppressed it is taken to be so until it is heard of."""
    stopped = Suppression(Rule(Cause(TAGS["Well.A.RunState"], "discrete", states=(0.0,)), 0.0, 0.0, 1, {}), (ALARM,))

    def state(code: float) -> Batch:
        return Batch.snapshot(["Well.A.RunState"], 0, [code], 0, "RTU")

    before = Wall().desk(bus, stopped)
    await before.restore()
    work = asyncio.create_task(before.run())
    before.hear(state(0.0))
    before.hear(scan(61.5))
    assert before.standing == 0
    await before.handle(Handling("Well.B.Current.high", "shelve", "ana", "so that all before it is kept"))
    await end(work)
    after = Wall().desk(bus, stopped)
    await after.restore()
    after.hear(scan(61.5))
    assert after.standing == 0
    after.hear(state(2.0))
    assert after.standing == 1
    removed = Wall().desk(bus)
    await removed.restore()
    removed.hear(scan(61.5))
    assert removed.standing == 1
