"""The field's process: started as the supervisor starts it, on a real bus, and stopped by its signal."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pymodbus.client import AsyncModbusTcpClient

from control.bus.connection import Bus
from control.bus.message.run import OWN
from plant.error import ConfigError
from tests.limit import HANGS
from tests.place import DEMO

pytestmark = pytest.mark.anyio
BenchFile = Callable[..., Path]
Process = asyncio.subprocess.Process
Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def bus(bus_url: str) -> AsyncIterator[Bus]:
    bus = await Bus.connect(bus_url, DEMO)
    yield bus
    await bus.client.close()  # not drained: what nobody read would keep it waiting


@pytest.fixture
async def start(bus_url: str, tmp_path: Path) -> AsyncIterator[Start]:
    processes: list[Process] = []

    async def begin(bench: Path, *options: str) -> Process:
        command = [sys.executable, "-m", "simulators.service", "--bus", bus_url, "--bench", str(bench)]
        process = await asyncio.create_subprocess_exec(
            *command, "--data", str(tmp_path / "data"), *options, stderr=asyncio.subprocess.PIPE
        )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        if process.returncode is None:
            process.kill()
        await asyncio.wait_for(process.communicate(), 20)


async def heard(bus: Bus, subject: str) -> Callable[[], Awaitable[dict[str, Any]]]:
    subscription = await bus.client.subscribe(subject)
    await bus.client.flush()

    async def following() -> dict[str, Any]:
        return json.loads((await subscription.next_msg(timeout=HANGS)).data)

    return following


async def ask(bus: Bus, request: dict[str, Any]) -> dict[str, Any]:
    return json.loads(await bus.request(bus.subjects.sim_control(), request))


async def end(process: Process) -> tuple[int | None, str]:
    process.send_signal(signal.SIGTERM)
    said = (await asyncio.wait_for(process.communicate(), 60))[1].decode()
    return process.returncode, said


async def test_the_field_announces_its_time_answers_on_the_wire_and_stops_cleanly(
    bus: Bus, start: Start, bench_file: BenchFile
) -> None:
    clock = await heard(bus, bus.subjects.clock())
    status = await heard(bus, bus.subjects.status("field"))
    path = bench_file(lambda bench: replace(bench, clock="field"))
    process = await start(path, "--speed", "20")
    first, second = await clock(), await clock()
    assert 1.0 < first["speed"] <= 20.0  # what a busy machine reaches, and no more than was asked
    assert second["time_ns"] > first["time_ns"]

    port = int(path.read_text().partition("127.0.0.1:")[2].partition("/")[0])
    master = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=5, retries=0)
    await master.connect()
    assert (await master.read_input_registers(0, count=19, device_id=1)).registers[0] == pytest.approx(4700, abs=2)
    assert not (await master.write_register(0, 4650, device_id=1)).isError()
    master.close()

    while (pulse := await status())["devices"].get("RTU-CACB27A-P1", {}).get("requests") != 2:
        assert process.returncode is None
    assert pulse["gauges"]["speed"] > 0
    assert pulse["gauges"]["speed_asked"] == 20.0
    assert pulse["gauges"]["step_ms"] > 0
    assert pulse["counts"]["overruns"] >= 0
    code, said = await end(process)
    assert code == 0
    assert "Traceback" not in said


async def test_injections_are_done_once_and_told_as_ground_truth(bus: Bus, start: Start, bench_file: BenchFile) -> None:
    clock, truth = await heard(bus, bus.subjects.clock()), await heard(bus, bus.subjects.truth())
    await start(bench_file(lambda bench: bench.on_clock("field")))  # the wall's would be caught up with in between
    await clock()
    with pytest.raises(ConfigError, match=r"Well\.NONE"):
        await ask(bus, {"do": "malfunction", "malfunction": "trip", "on": "Well.NONE"})
    await ask(bus, {"do": "status"})
    done = await ask(bus, {"do": "malfunction", "malfunction": "trip", "on": "Well.CACB27A-P1"})
    assert await truth() == done
    await ask(bus, {"do": "malfunction", "malfunction": "frozen", "on": "Well.CACB27A-P1.Flow", "lasts": "1s"})
    told = [await truth() for _ in range(3)]
    assert [(one.get("what"), one["malfunction"], one["on"]) for one in told] == [
        (None, "frozen", "Well.CACB27A-P1.Flow"), ("began", "frozen", "Well.CACB27A-P1.Flow"),
        ("ended", "frozen", "Well.CACB27A-P1.Flow"),
    ]  # fmt: skip
    assert told[2]["time_ns"] - told[1]["time_ns"] == pytest.approx(1e9, abs=0.41e9)
    drives = (await ask(bus, {"do": "status"}))["drives"]
    assert drives["Well.CACB27A-P1"] == {"state": 3, "trip": 6}
    await ask(bus, {"do": "freeze"})
    while (await clock())["speed"] != 0.0:
        pass
    assert (await clock())["time_ns"] == (await clock())["time_ns"]


async def test_a_taken_port_ends_the_process_with_one_line_that_names_the_setting(
    start: Start, bench_file: BenchFile, bus_url: str
) -> None:
    path = bench_file()
    port = int(path.read_text().partition("127.0.0.1:")[2].partition("/")[0])
    other = await asyncio.start_server(lambda *_: None, "127.0.0.1", port)
    process = await start(path)
    said = (await asyncio.wait_for(process.communicate(), 60))[1].decode()
    other.close()
    assert process.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in said
    assert "device[RTU-CACB27A-P1].endpoint in" in said
    assert "Traceback" not in said


async def test_with_the_fields_own_clock_time_never_goes_back_over_a_restart(
    bus: Bus, start: Start, bench_file: BenchFile
) -> None:
    clock = await heard(bus, bus.subjects.clock())
    path = bench_file(lambda bench: bench.on_clock("field"))
    process = await start(path, "--speed", "inf")
    await clock()
    reached = (await clock())["time_ns"]
    await end(process)
    clock = await heard(bus, bus.subjects.clock())
    await start(path, "--speed", "0")
    again = await clock()
    assert again["time_ns"] >= reached
    assert again["speed"] == 0.0


async def test_a_speed_that_the_walls_clock_cannot_follow_is_refused_with_what_to_write(
    start: Start, bench_file: BenchFile
) -> None:
    process = await start(bench_file(), "--speed=30")
    said = (await asyncio.wait_for(process.communicate(), 60))[1].decode()
    assert process.returncode == 1
    assert 'field: --speed = 30: must be 0 or 1 on the wall\'s clock: write clock = "field" in a copy' in said
    assert "Traceback" not in said


@pytest.mark.parametrize("wrong", ["-1", "nan", "fast"])
async def test_a_speed_that_is_none_is_refused(start: Start, bench_file: BenchFile, wrong: str) -> None:
    process = await start(bench_file(), f"--speed={wrong}")
    said = (await asyncio.wait_for(process.communicate(), 60))[1].decode()
    assert process.returncode == 2
    assert "--speed" in said


async def test_a_killed_field_comes_back_with_its_setpoint_and_its_stopped_well(
    bus: Bus, start: Start, bench_file: BenchFile
) -> None:
    clock, path = await heard(bus, bus.subjects.clock()), bench_file()
    process = await start(path)
    await clock()
    port = int(path.read_text().partition("127.0.0.1:")[2].partition("/")[0])
    master = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=5, retries=0)
    await master.connect()
    assert not (await master.write_register(0, 4000, device_id=1)).isError()
    assert not (await master.write_coil(1, True, device_id=1)).isError()
    process.kill()  # at once: what was acknowledged is kept already
    master.close()
    await asyncio.wait_for(process.wait(), 20)

    clock = await heard(bus, bus.subjects.clock())
    process = await start(path)
    await clock()
    master = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=5, retries=0)
    await master.connect()
    assert (await master.read_holding_registers(0, count=1, device_id=1)).registers == [4000]
    master.close()
    assert (await ask(bus, {"do": "status"}))["drives"]["Well.CACB27A-P1"]["state"] in (0, 4)
    _, said = await end(process)
    assert "resumed_at_s=" in said


async def test_a_torn_state_is_warned_of_and_left_aside(
    bus: Bus, start: Start, bench_file: BenchFile, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "shengli12-state.npz"
    file.parent.mkdir()
    file.write_text("{")
    clock = await heard(bus, bus.subjects.clock())
    process = await start(bench_file())
    await clock()
    code, said = await end(process)
    assert code == 0
    assert [line for line in said.splitlines() if "level=warning event=state" in line and str(file) in line]
    assert "Traceback" not in said
    assert file.with_name("shengli12-state-1.npz").read_text() == "{"


async def test_a_moment_that_was_saved_is_returned_to_as_a_run_of_its_own(
    bus: Bus, start: Start, bench_file: BenchFile
) -> None:
    clock = await heard(bus, bus.subjects.clock())
    await start(bench_file(lambda bench: bench.on_clock("field")))
    assert (await clock())["run"] == OWN
    with pytest.raises(ConfigError, match=r"name = 'before': must be one of ring-000001"):
        await ask(bus, {"do": "restore", "name": "before"})
    with pytest.raises(ConfigError, match=r"name = '\.\./x': must be letters"):
        await ask(bus, {"do": "save", "name": "../x"})
    assert (await ask(bus, {"do": "save", "name": "before"}))["kept"] == ["before", "ring-000001"]
    running = (await ask(bus, {"do": "status"}))["drives"]
    await ask(bus, {"do": "malfunction", "malfunction": "trip", "on": "Well.CACB27A-P1"})
    done = await ask(bus, {"do": "restore", "name": "before"})
    back = await ask(bus, {"do": "status"})
    assert back["drives"] == running
    assert all(device["answers"] for device in back["devices"].values())
    while (said := await clock())["run"] == OWN:
        pass
    assert said["run"] == done["run"]
    assert said["time_ns"] >= done["time_ns"]
