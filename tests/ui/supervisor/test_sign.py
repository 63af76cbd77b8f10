"""Signs of life of real processes: a pipe that a service beats on, a server that greets."""

import os
import signal
from pathlib import Path

import pytest

from control.bus.lifeline import Lifeline
from tests.conftest import BusServer
from ui.supervisor.sign import Beat, Greeting

pytestmark = pytest.mark.anyio


async def test_a_beat_is_seen_once_and_silence_is_not() -> None:
    """Whatever came since the last look counts as one."""
    beat = Beat()
    _, (end,) = beat.open()
    service = Lifeline(os.dup(end))
    beat.opened()
    assert not await beat.seen()
    service.beat()
    service.beat()
    assert await beat.seen()
    assert not await beat.seen()
    beat.close()


async def test_a_service_beats_on_where_nobody_reads_and_where_nobody_is() -> None:
    """A full pipe and a broken one are no errors of the service's."""
    beat = Beat()
    _, (end,) = beat.open()
    service = Lifeline(os.dup(end))
    beat.opened()
    for _ in range(70_000):  # a pipe holds 64 KiB
        service.beat()
    assert await beat.seen()
    beat.close()
    service.beat()
    Lifeline(None).beat()


async def test_a_bus_that_runs_greets_and_one_that_ended_does_not(bus_server: BusServer) -> None:
    """Established by a real nats-server."""
    sign = Greeting("127.0.0.1", bus_server.port)
    assert await sign.seen()
    bus_server.kill()
    assert not await sign.seen()


async def test_a_frozen_bus_takes_the_connection_and_does_not_greet(
    bus_server: BusServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGSTOP: the system still accepts in its place."""
    monkeypatch.setattr("ui.supervisor.sign.ANSWER", 0.3)
    assert bus_server.process is not None
    bus_server.process.send_signal(signal.SIGSTOP)
    assert not await Greeting("127.0.0.1", bus_server.port).seen()
    bus_server.process.send_signal(signal.SIGCONT)
