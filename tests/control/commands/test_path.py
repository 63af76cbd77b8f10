"""The command path from request to register and back, over a real Modbus device and a real bus."""

import asyncio
import json
import math

import pytest

from control.acquisition.link import Link
from control.acquisition.modbus.driver import ModbusDriver
from control.bus.cancel import end
from control.bus.clock import WallClock
from control.bus.connection import Bus
from control.bus.message.command import Command
from control.commands.log import CommandLog
from control.commands.path import CommandPath
from plant.asset.tag import tags_of
from plant.error import CommandRefused, Unknown
from tests.place import DEMO

pytestmark = pytest.mark.anyio

POINTS = """
[[point]]
signal = "well.FrequencyReference"
area = "holding"
address = 0
type = "uint16"
scale = 0.01
[[point]]
signal = "well.ChokeReference"
area = "holding"
address = 1
type = "float32"
[[point]]
signal = "well.RunState"
area = "input"
address = 0
type = "uint16"
[[point]]
signal = "well.Start"
area = "coil"
address = 0
[[point]]
signal = "well.Inhibit"
area = "input"
address = 1
type = "uint16"
[[point]]
signal = "well.InhibitTime"
area = "input"
address = 2
type = "uint16"
"""
REFERENCE = "Well.A.FrequencyReference"


class Desk:
    """Where the link publishes; these tests do not look at it."""

    def batch(self, device, batch) -> None: ...

    def event(self, device, state, detail) -> None: ...


@pytest.fixture
async def bus(bus_server):
    connected = await Bus.connect(bus_server.url, DEMO)
    yield connected
    await connected.close()


@pytest.fixture
async def link(peer, bench_of):
    peer.holdings[0] = 4500
    bench = bench_of(peer.port, POINTS, device='scan = "fast"\ntimeout_s = 0.5', bench="scan = { fast_s = 0.05 }")
    running = Link(bench.devices[0], ModbusDriver(bench.devices[0], WallClock()), WallClock(), Desk(), lambda _: 0.02)
    task = asyncio.create_task(running.run())
    await running.following()
    yield running
    await end(task)


async def path_over(bus, link, patience: float = 5.0) -> CommandPath:
    primary = dict.fromkeys(link.device.tags(), "RTU")
    path = CommandPath(tags_of(["Well.A"]), primary, {"RTU": link}, CommandLog(bus), WallClock(), patience)
    await path.restore()
    return path


def ask(value: float, tag: str = REFERENCE, **more) -> Command:
    return Command(tag, value, "ana", "test", **more)


async def said(path, command) -> dict:
    return (await path.handle(command)).plain()


async def logged(bus) -> list[tuple[str, object]]:
    assert await CommandLog(bus).verify() is None
    return [(record["outcome"], record["value"]) for record in await CommandLog(bus).read()]


async def test_a_setpoint_is_written_read_back_and_logged_with_the_value_before(bus, link, peer):
    reply = await said(await path_over(bus, link), ask(47.5, id="c1"))
    assert peer.writes == [(6, 0, [4750])]
    assert (reply["outcome"], reply["readback"], reply["id"], reply["detail"]) == (
        "done",
        pytest.approx(47.5),
        "c1",
        "",
    )
    records = await CommandLog(bus).read()
    assert [r["outcome"] for r in records] == ["started", "done"]
    assert {key: records[1][key] for key in ("by", "reason", "device", "previous", "value", "id")} == {
        "by": "ana", "reason": "test", "device": "RTU", "previous": 45.0, "value": 47.5, "id": "c1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("points", "tag", "detail"),
    [(POINTS.replace("RunState", "TripCode"), "Well.A.Start", "no device shows Well.A.RunState"),
     (POINTS.replace("scale = 0.01", "scale = 0.01\nwrite_only = true"), REFERENCE, "its register cannot be read")],
)  # fmt: skip
async def test_what_nothing_can_show_ends_as_written_its_effect_not_observable(
    bus, peer, bench_of, points, tag, detail
):
    device = bench_of(peer.port, points, device="timeout_s = 0.5").devices[0]
    link = Link(device, ModbusDriver(device, WallClock()), WallClock(), Desk())
    running = asyncio.create_task(link.run())
    await link.following()
    reply = await said(await path_over(bus, link), ask(1.0 if tag != REFERENCE else 45.0, tag))
    assert (reply["outcome"], reply["detail"]) == ("written", f"effect not observable: {detail}")
    assert len(peer.writes) == 1
    await end(running)


async def test_a_value_finer_than_the_register_counts_as_read_back(bus, link):
    reply = await said(await path_over(bus, link), ask(47.5049))
    assert (reply["outcome"], reply["readback"]) == ("done", pytest.approx(47.5))


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (ask(75.0), CommandRefused),
        (ask(math.nan), CommandRefused),
        (ask(50.0, tag="Well.A.RunState"), CommandRefused),
        (ask(0.5, tag="Well.B.ChokeReference"), Unknown),
    ],
)
async def test_what_the_guard_refuses_is_not_written(bus, link, peer, request_, error):
    path = await path_over(bus, link)
    with pytest.raises(error):
        await path.handle(request_)
    assert peer.writes == []


async def test_a_refusal_is_logged_and_a_number_that_is_none_is_null_there(bus, link):
    path = await path_over(bus, link)
    for value in (75.0, math.nan):
        with pytest.raises(CommandRefused):
            await path.handle(ask(value))
    assert await logged(bus) == [("refused", 75.0), ("refused", None)]


async def test_a_device_that_refuses_is_a_failure_with_its_reason(bus, link, peer):
    peer.refused[6] = 3
    reply = await said(await path_over(bus, link), ask(50.0))
    assert reply["outcome"] == "failed"
    assert "exception 3, illegal data value" in reply["detail"]
    assert await logged(bus) == [("started", 50.0), ("failed", 50.0)]


async def test_a_register_that_keeps_another_value_is_a_failure_that_says_which(bus, link, peer, monkeypatch):
    monkeypatch.setattr(peer, "_write", lambda *request: request[-1][:5])  # echoed, as if it were
    reply = await said(await path_over(bus, link, patience=0.3), ask(50.0))
    assert (reply["outcome"], reply["readback"]) == ("failed", 45.0)
    assert reply["detail"] == "written, but reads back 45 Hz"


async def test_a_device_that_is_gone_is_a_failure(bus, link, peer):
    """Before control has noticed it tries and fails; from then on it refuses. Either may come first here."""
    path = await path_over(bus, link, patience=1.0)
    await peer.stop()
    try:
        outcome = await said(path, ask(50.0))
    except CommandRefused as refused:
        outcome = {"outcome": "refused", "detail": str(refused)}
    assert outcome["outcome"] in ("failed", "refused")
    assert outcome["detail"]


async def test_a_command_is_done_when_its_effect_shows(bus, link, peer):
    path = await path_over(bus, link)
    asked = asyncio.create_task(said(path, ask(1, tag="Well.A.Start")))
    while not peer.writes:
        await link.following()
    assert not asked.done()
    peer.inputs[0] = 1  # Starting
    assert (await asked)["outcome"] == "done"
    assert peer.writes == [(5, 0, [1])]


async def test_a_command_whose_effect_does_not_show_failed(bus, link):
    reply = await said(await path_over(bus, link, patience=0.3), ask(1, tag="Well.A.Start"))
    assert (reply["outcome"], reply["detail"]) == ("failed", "written, but Well.A.RunState is 0")


async def test_the_same_id_has_the_same_answer_and_is_written_once(bus, link, peer):
    path = await path_over(bus, link)
    first, second = await asyncio.gather(said(path, ask(50.0, id="x")), said(path, ask(50.0, id="x")))
    assert first == second == await said(path, ask(50.0, id="x"))
    assert len(peer.writes) == 1


async def test_the_same_id_has_the_same_answer_after_a_restart(bus, link, peer):
    first = await said(await path_over(bus, link), ask(50.0, id="x"))
    again = await said(await path_over(bus, link), ask(50.0, id="x"))
    assert again == first | {"duration_s": None}
    assert len(peer.writes) == 1


async def test_a_drive_s_own_reason_is_the_refusal_in_each_language_and_after_a_restart(bus, link, peer):
    """Exception 6 says neither why nor for how long; the points beside it do."""
    peer.refused[5] = 6
    peer.inputs[1], peer.inputs[2] = 2, 12  # backspin, minutes
    for _ in "again":
        path = await path_over(bus, link)
        with pytest.raises(CommandRefused) as refusal:
            await path.handle(ask(1.0, "Well.A.Start", id="start"))
        assert refusal.value.rules == {
            "en": "the shaft still turns back: wait until it stands, about 12 min left",
            "es": "el eje aún gira en reversa: espere a que se detenga, faltan unos 12 min",
        }
    assert [outcome for outcome, _ in await logged(bus)] == ["started", "refused"]


async def test_what_cannot_arrive_is_refused_before_anything_is_written(bus, link, peer):
    path = await path_over(bus, link)
    await peer.stop()
    while link.health.connected:
        await asyncio.sleep(0)
    with pytest.raises(CommandRefused) as refusal:
        await path.handle(ask(46.0))
    assert refusal.value.rules["es"].startswith("su equipo no responde")
    assert [outcome for outcome, _ in await logged(bus)] == ["refused"]


async def test_a_refusal_repeats_word_for_word_after_a_restart(bus, link):
    messages = []
    for _ in range(2):
        path = await path_over(bus, link)
        with pytest.raises(CommandRefused) as refusal:
            await path.handle(ask(75.0, id="x"))
        messages.append(str(refusal.value))
    assert messages[0] == messages[1]
    assert await logged(bus) == [("refused", 75.0)]


async def test_one_id_does_not_serve_two_commands(bus, link, peer):
    path = await path_over(bus, link)
    await path.handle(ask(50.0, id="x"))
    with pytest.raises(CommandRefused, match="has the id of another command, x"):
        await path.handle(ask(55.0, id="x"))
    assert len(peer.writes) == 1


async def test_a_command_cut_short_by_a_kill_is_closed_as_of_unknown_fate_and_not_written_again(bus, link, peer):
    path = await path_over(bus, link)
    path._log.append = _first_only(path._log.append)
    task = asyncio.create_task(path.handle(ask(50.0, id="x")))
    while not peer.writes:
        await link.following()
    task.cancel()
    reply = await said(await path_over(bus, link), ask(50.0, id="x"))
    assert (reply["outcome"], len(peer.writes)) == ("failed", 1)
    assert "its outcome was not seen" in reply["detail"]
    assert await logged(bus) == [("started", 50.0), ("failed", 50.0)]


def _first_only(append):
    """As when the process is killed after the first record."""
    calls = []

    async def appending(record, insist=False):
        calls.append(record)
        if len(calls) > 1:
            await asyncio.Event().wait()
        return await append(record, insist)

    return appending


async def test_requests_over_the_bus_are_answered_side_by_side_with_errors_as_errors(bus, link):
    path = await path_over(bus, link, patience=1.0)
    await bus.answer(bus.subjects.commands("*"), path.handle, Command.decode, side_by_side=True)
    subject = bus.subjects.commands("Well.A")
    slow = asyncio.create_task(bus.request(subject, ask(1, tag="Well.A.Start")))  # nothing starts here
    with pytest.raises(CommandRefused) as refused:
        await bus.request(subject, ask(75.0))
    assert not slow.done()
    assert str(refused.value) == f"{REFERENCE} = 75 Hz: must be between 30 Hz and 60 Hz"
    assert json.loads(await slow)["outcome"] == "failed"
    raw = await bus.client.request(subject, b"not json", timeout=5)
    assert "is no JSON" in json.loads(raw.data)["error"]["detail"]
