import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from control.bus import server
from ui.figures.stack import Stack


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the services do."""
    return "asyncio"


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(name="free_port")
def free_port_() -> int:
    """A loopback port that nobody listens on."""
    return free_port()


class BusServer:
    """A real nats-server with JetStream that a test may kill and start again on the same store."""

    def __init__(self, store: Path):
        self.store, self.port = store, free_port()
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and return when it is ready."""
        command = server.command(self.port, self.store)
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        log = self.process.stderr
        assert log is not None
        for line in log:
            if "Server is ready" in line:
                break
        else:
            raise RuntimeError(f"nats-server ended: {self.process.wait()}")
        threading.Thread(target=log.read, daemon=True).start()  # a full pipe would block the server

    def kill(self) -> None:
        """As kill -9 does: nothing is flushed, nobody is told."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        """Stop it if it runs."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None


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


@pytest.fixture(scope="session")
def require_peer() -> Callable[[str], str]:
    """Path of a foreign program. Where it is not installed the test is left out; with CI=true it fails."""
    return _require_peer


def _require_peer(name: str) -> str:
    if path := shutil.which(name):
        return path
    reason = f"{name} is not installed (`make test` installs it where it may)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


class ForeignDrive:
    """The drive of tests/foreign/vsd.c as a process of its own, which a test may kill and start again."""

    profile = Path(__file__).parent / "foreign" / "libmodbus_vsd.toml"

    def __init__(self, program: Path):
        self.program, self.port = program, 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def endpoint(self) -> str:
        return f"modbus://127.0.0.1:{self.port}/1"

    def start(self, ramp: float = 100.0) -> None:
        """Start it, at the port it had before if any; return when it listens."""
        command = [str(self.program), str(self.port), str(ramp)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if not said.startswith("listening"):
            raise RuntimeError(f"vsd ended: {self.process.wait()}")
        self.port = int(said.rpartition(":")[2])

    def stop(self) -> int:
        """Stop it if it runs; its exit status."""
        if self.process is None:
            return 0
        self.process.terminate()
        status = self.process.wait(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return status


@pytest.fixture(scope="session")
def foreign_program(tmp_path_factory: pytest.TempPathFactory, require_peer: Callable[[str], str]) -> Path:
    """tests/foreign/vsd.c, compiled without a warning."""
    compiler, config = require_peer("gcc"), require_peer("pkg-config")
    flags = subprocess.run([config, "--cflags", "--libs", "libmodbus"], capture_output=True, text=True)
    if flags.returncode:
        require_peer("libmodbus-dev")  # a package rather than a program, but the same rule
    program = tmp_path_factory.mktemp("foreign") / "vsd"
    source = ForeignDrive.profile.with_name("vsd.c")
    warnings = ["-std=gnu11", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-O2"]
    subprocess.run([compiler, *warnings, "-o", str(program), str(source), *flags.stdout.split(), "-lm"], check=True)
    return program


@pytest.fixture
def foreign_drive(foreign_program: Path) -> Iterator[ForeignDrive]:
    """A running foreign drive, stopped well, that ramps at 100 Hz/s."""
    drive = ForeignDrive(foreign_program)
    drive.start()
    yield drive
    drive.stop()


@pytest.fixture(scope="session")
def new_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Stack]]:
    """Makes whole fields, each on free ports and a folder of its own (not started); stops what still runs."""
    made: list[Stack] = []

    def make(*options: str, bench: str = "shengli12", edit: Callable[[str], str] = lambda text: text) -> Stack:
        made.append(Stack(tmp_path_factory.mktemp("stack"), bench, edit, *options))
        return made[-1]

    yield make
    for stack in made:
        stack.stop()


@pytest.fixture(scope="session")
def stack(new_stack: Callable[..., Stack]) -> Stack:
    """The demo field, running; shared by all tests that leave it running as it was."""
    return new_stack().start()
