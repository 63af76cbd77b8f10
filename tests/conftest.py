import asyncio
import functools
import inspect
import logging
import os
import shutil
import subprocess
import threading
from asyncio import sleep  # the real one, whatever a test puts in its place
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from control.bus import server
from control.bus.keyring import Ring
from hil.patience import Patience
from hil.port import RESERVATION
from plant.asset.bench import Bench
from tests.stack import Stack

# Hypothesis would fail an example that takes longer than 0.2 s: a loaded machine is no mistake of ours.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the services do."""
    return "asyncio"


PATIENCE = 150.0  # s of an idle machine that an async test may take: less than pytest-timeout grants
GRACE = 60.0  # s that a process may take to end


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    """Give every async test its limit within its own task, so that what it began is ended in order.

    A timeout around the ``yield`` of an async fixture would end the task that runs the test and all its fixtures, and
    no teardown would be run; after one from outside (pytest-timeout) the teardowns would wait behind the test.
    """
    if inspect.iscoroutinefunction(test := pyfuncitem.obj):

        @functools.wraps(test)
        async def limited(*arguments: object, **named: object) -> None:
            async with asyncio.timeout(None) as limit:
                watching = asyncio.create_task(_ending(limit, Patience(PATIENCE)))
                try:
                    await test(*arguments, **named)
                finally:
                    watching.cancel()

        pyfuncitem.obj = limited


async def _ending(limit: asyncio.Timeout, patience: Patience) -> None:
    """End what ``limit`` is around when ``patience`` is over."""
    while not patience.is_over():
        await sleep(1.0)
    limit.reschedule(asyncio.get_running_loop().time())


def ended(process: "subprocess.Popen[Any]", within: float = GRACE) -> int:
    """Exit status of a process that was told to end. One that does not is killed, and raises ``TimeoutExpired``."""
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def free_port() -> int:
    """A loopback port that nobody listens on, and that no other run of tests beside this one chooses."""
    return RESERVATION.ports(1)[0]


@pytest.fixture(name="free_port")
def free_port_() -> int:
    """A loopback port that nobody listens on."""
    return free_port()


class BusServer:
    """A real nats-server with JetStream that a test may kill and start again on the same store."""

    def __init__(self, store: Path, mqtt_port: int | None = None, ring: Ring | None = None):
        self.store, self.port, self.mqtt_port, self.ring = store, free_port(), mqtt_port, ring
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and return when it is ready."""
        command = server.command(self.port, self.store, mqtt_port=self.mqtt_port, ring=self.ring)
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        log = self.process.stderr
        assert log is not None
        for line in log:
            if "Server is ready" in line:
                break
        else:
            raise RuntimeError(f"nats-server ended: {ended(self.process)}")
        threading.Thread(target=log.read, daemon=True).start()  # a full pipe would block the server

    def kill(self) -> None:
        """As kill -9 does: nothing is flushed, nobody is told."""
        assert self.process is not None
        self.process.kill()
        ended(self.process)
        self.process = None

    def stop(self) -> None:
        """Stop it if it runs."""
        if self.process is not None:
            process, self.process = self.process, None
            process.terminate()
            ended(process)


@pytest.fixture
def bus_server(tmp_path: Path) -> Iterator[BusServer]:
    """A running bus server of the test's own, which it may kill."""
    running = BusServer(tmp_path / "bus")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def bus_url(bus_server: BusServer) -> str:
    """URL of a running bus server of the test's own."""
    return bus_server.url


class MqttBroker:
    """amqtt, a broker that is no kin of the bus server's, which a test may stop and start again."""

    def __init__(self) -> None:
        self.port, self._broker = free_port(), None

    async def start(self) -> None:
        """Start it on its port."""
        from amqtt.broker import Broker

        for name in ("amqtt", "transitions"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        listener = {"type": "tcp", "bind": f"127.0.0.1:{self.port}"}
        anyone = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
        self._broker = Broker({"listeners": {"default": listener}, "plugins": anyone})
        await self._broker.start()

    async def stop(self) -> None:
        """Stop it if it runs; what it retained is forgotten."""
        if self._broker is not None:
            broker, self._broker = self._broker, None
            await asyncio.wait_for(broker.shutdown(), GRACE)


@pytest.fixture
async def mqtt_broker() -> AsyncIterator[MqttBroker]:
    """A running MQTT broker of the test's own."""
    running = MqttBroker()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture(scope="session")
def require_peer() -> Callable[[str], str]:
    """Path of a foreign program. Where it is not installed the test is left out; with CI=true it fails."""
    return _require_peer


def _require_peer(name: str) -> str:
    if path := shutil.which(name, path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin"):  # where Debian keeps servers
        return path
    reason = f"{name} is not installed (`make test` installs it where it may)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def new_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Stack]]:
    """Makes whole fields, each on free ports and a folder of its own (not started); stops what still runs."""
    made: list[Stack] = []

    def make(*options: str, bench: Bench | str = "shengli12") -> Stack:
        made.append(Stack(bench, *options, folder=tmp_path_factory.mktemp("stack")))
        return made[-1]

    yield make
    for stack in made:
        stack.close()


@pytest.fixture(scope="session")
def shared_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo field, running, until the last test that asks for it."""
    RUNNING.append(Stack(folder=tmp_path_factory.mktemp("stack")))
    yield RUNNING[0].start()
    _stop_shared()


@pytest.fixture(scope="module")
def stack(shared_stack: Stack) -> Stack:
    """The demo field, running; shared by all tests that ask for it, which leave it so.

    The README's writes a setpoint and does not take it back, so none may count on what another has set.
    """
    return shared_stack


RUNNING: list[Stack] = []  # the shared field, if it runs


def _stop_shared() -> None:
    while RUNNING:
        RUNNING.pop().close()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Function) -> None:
    """Stop the shared field after the last test that uses it: beside others it would be one process too many."""
    items = item.session.items
    if RUNNING and not any("shared_stack" in later.fixturenames for later in items[items.index(item) + 1 :]):
        _stop_shared()
