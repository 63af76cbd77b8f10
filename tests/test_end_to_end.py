"""The whole field as a person starts it: plant, wire, control, bus, history and API, each in its own process."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import numpy as np
import pytest

from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.quality import is_bad
from historian.client import History
from plant.error import GemeloError
from tests.limit import HANGS
from tests.stack import Stack

WELL = "Well.CACB27A-P1"
DEVICE = "RTU-CACB27A-P1"
OTHER = "Well.XBKD47-X2"
SECOND = 1_000_000_000
FOREVER = 2**62
T = TypeVar("T")


def on_bus(stack: Stack, work: Callable[[Bus], Awaitable[T]]) -> T:
    """What ``work`` finds on the stack's bus."""

    async def run() -> T:
        bus = await stack.connect()
        try:
            return await work(bus)
        finally:
            await bus.close()

    return asyncio.run(run())


def history(stack: Stack, tag: str, start: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times [ns], values and qualities of every stored sample of a tag."""
    table = on_bus(stack, lambda bus: History(bus).every_sample([tag], start, FOREVER))
    return tuple(table[column].to_numpy() for column in ("time", "value", "quality"))  # type: ignore[return-value]


def value(stack: Stack, tag: str) -> dict[str, Any]:
    """The latest value of a tag, as the API has it."""
    found: dict[str, Any] = stack.api.get(f"/values/{tag}")
    return found


def simulate(stack: Stack, **request: Any) -> None:
    """Say something on the simulated field's control channel."""
    on_bus(stack, lambda bus: bus.request(bus.subjects.sim_control(), request))


def acknowledged(stack: Stack) -> dict[str, set[int]]:
    """The sample times of every device that the bus has acknowledged, as its stream holds them."""

    async def read(bus: Bus) -> dict[str, set[int]]:
        times: dict[str, set[int]] = {}
        last = (await bus.stream.stream_info(bus.telemetry_stream)).state.messages
        follower = await bus.stream.subscribe("", stream=bus.telemetry_stream, ordered_consumer=True)
        for _ in range(last):
            batch = Batch.decode((await follower.next_msg(timeout=HANGS)).data)
            for source, moment in zip(
                batch.source.tolist(), batch.time.tolist(), strict=True
            ):  # devices share messages
                times.setdefault(batch.sources[source], set()).add(moment)
        await follower.unsubscribe()  # closing would wait half a minute for what has come since and nobody reads
        return times

    return on_bus(stack, read)


def is_alive(pid: int) -> bool:
    """Whether there is such a process (a zombie is none)."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_written_setpoint_changes_the_pump_and_is_seen_back_through_the_wire_in_history(stack: Stack) -> None:
    """The reference goes out by Modbus, the drive ramps, the frequency comes back by Modbus and is stored."""
    before = value(stack, f"{WELL}.Frequency")["value"]
    wanted, began = round(before - 2.0, 1), time.time_ns()
    written = stack.api.post(
        "/commands", {"tag": f"{WELL}.FrequencyReference", "value": wanted, "reason": "end-to-end test"}
    )
    assert written["outcome"] == "done", written
    stack.until(lambda: abs(value(stack, f"{WELL}.Frequency")["value"] - wanted) < 0.05)
    stack.until(lambda: abs(history(stack, f"{WELL}.Frequency", began)[1][-1] - wanted) < 0.05)
    _, frequency, quality = history(stack, f"{WELL}.Frequency", began)
    assert (quality == 0).all()
    between = (frequency < before - 0.2) & (frequency > wanted + 0.2)
    assert between.any(), "a drive ramps, it does not jump"
    log = stack.api.get("/commands")["commands"]
    assert any(entry["reason"] == "end-to-end test" and entry["outcome"] == "done" for entry in log)
    stack.api.post("/commands", {"tag": f"{WELL}.FrequencyReference", "value": before, "reason": "back as it was"})


def test_a_device_that_dies_is_bad_within_two_scans_and_returns_by_itself_and_the_rest_is_unaffected(
    stack: Stack,
) -> None:
    """Two scans of 1 s lie between its last good sample and its first bad one."""
    began = time.time_ns()
    stack.until(lambda: len(history(stack, f"{WELL}.Flow", began)[0]))
    simulate(stack, do="malfunction", malfunction="cut", on=DEVICE)
    stack.until(lambda: value(stack, f"{WELL}.Flow")["quality"].startswith("Bad"))
    simulate(stack, do="heal", malfunction="cut", on=DEVICE)
    stack.until(lambda: value(stack, f"{WELL}.Flow")["quality"] == "Good")
    stack.until(lambda: not is_bad(history(stack, f"{WELL}.Flow", began)[2][-1]))
    when, _, quality = history(stack, f"{WELL}.Flow", began)
    bad = is_bad(quality)
    first = int(np.argmax(bad))
    assert when[first] - when[first - 1] <= 2 * SECOND
    when, _, quality = history(stack, f"{OTHER}.Flow", began)
    assert not is_bad(quality).any()
    assert np.diff(when).max() < 2 * SECOND


def test_a_second_field_on_the_same_data_is_refused_and_told_who_has_it(stack: Stack) -> None:
    """And the first goes on."""
    assert stack.process is not None
    ended = subprocess.run(stack.command, capture_output=True, text=True, timeout=HANGS)
    assert ended.returncode == 1
    assert f"already runs on {stack.data} (process {stack.process.pid})" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert value(stack, f"{WELL}.Flow")["quality"] == "Good"


def test_taken_ports_are_all_named_and_nothing_starts(stack: Stack, new_stack: Callable[..., Stack]) -> None:
    """The API's port and a device's, taken by the field that runs already."""
    late = new_stack()
    late.bench.path.write_text(stack.bench.path.read_text())
    late.api_port = stack.api_port
    ended = subprocess.run(late.command, capture_output=True, text=True, timeout=HANGS)
    assert ended.returncode == 1
    assert f"127.0.0.1:{stack.api_port} is taken; choose another with --api-port" in ended.stderr
    assert f"is taken; {DEVICE} was to answer there; move everything with --ports-from" in ended.stderr
    assert not late.children()
    assert not list((late.data / "logs").iterdir())


def test_a_wrong_bench_is_told_in_full_and_nothing_starts(new_stack: Callable[..., Stack]) -> None:
    """Two mistakes, both told."""
    wrong = new_stack()
    text = wrong.bench.path.read_text()
    wrong.bench.path.write_text(text.replace('"wall"', '"sun"').replace("Tank.OIL", "Tank.NONE"))
    ended = subprocess.run(wrong.command, capture_output=True, text=True, timeout=HANGS)
    assert ended.returncode == 1
    assert f"{wrong.bench.path}: clock = 'sun': must be one of wall, field" in ended.stderr
    assert "'Tank.NONE': is no asset of the field" in ended.stderr
    assert not list((wrong.data / "logs").iterdir())


@pytest.mark.parametrize("name", ["api", "control", "field", "historian", "bus"])
def test_a_killed_process_returns_and_no_acknowledged_sample_is_missing(stack: Stack, name: str) -> None:
    """kill -9; then every sample time that the bus's stream holds is in history."""
    before = stack.children()[name]
    os.kill(before["pid"], signal.SIGKILL)
    stack.until(lambda: stack.children()[name]["pid"] not in (0, before["pid"]))
    moment = time.time_ns()
    stack.until(lambda: _stored_since(stack, moment))
    kept = acknowledged(stack)
    for device, well in ((DEVICE, WELL), ("RTU-XBKD47-X2", OTHER)):
        times = set(history(stack, f"{well}.Flow")[0].tolist())
        assert kept[device] - times == set()
    stack.until(lambda: _is_good(stack))


def _is_good(stack: Stack) -> bool:
    try:
        return bool(value(stack, f"{WELL}.Flow")["quality"] == "Good")
    except GemeloError:  # the API is what was killed, and is being started
        return False


def _stored_since(stack: Stack, moment: int) -> bool:
    try:
        _, _, quality = history(stack, f"{WELL}.Flow", moment)
    except GemeloError:  # what was killed is needed to ask
        return False
    return bool(len(quality)) and not is_bad(quality[-1])


def test_ctrl_c_stops_every_process_and_a_second_run_goes_on_with_the_history(new_stack: Callable[..., Stack]) -> None:
    """SIGINT; then none of the processes is there, and the samples of both runs are."""
    stack = new_stack().start()
    stack.until(lambda: len(history(stack, f"{WELL}.Flow")[0]) >= 2)
    first, pids = history(stack, f"{WELL}.Flow")[0], [child["pid"] for child in stack.children().values()]
    assert stack.stop(signal.SIGINT) == 0
    assert not any(map(is_alive, pids))
    assert not (stack.data / "run.json").exists()
    stack.start()
    stack.until(lambda: history(stack, f"{WELL}.Flow")[0][-1] > first[-1] + SECOND)
    assert set(first.tolist()) <= set(history(stack, f"{WELL}.Flow")[0].tolist())
    assert stack.stop(signal.SIGTERM) == 0


def test_nothing_outlives_a_killed_supervisor_and_the_next_start_goes_on(new_stack: Callable[..., Stack]) -> None:
    """kill -9 of the supervisor: the system tells all of its children, the bus among them."""
    stack = new_stack().start()
    assert stack.process is not None
    pids = {name: child["pid"] for name, child in stack.children().items()}
    stack.stop(signal.SIGKILL)
    stack.until(lambda: not any(map(is_alive, pids.values())))
    stack.start()
    assert "ended what a killed supervisor had left" not in stack.printed()
    assert stack.stop() == 0
