"""The foreign master, mbpoll, a Modbus client that shares no code with Gemelo; and the foreign drive on a bench."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plant.asset.bench import Bench, Device
from plant.asset.bench_file import load_bench
from tests.limit import HANGS

VALUE = re.compile(r"^\[(\d+)\]:\s+(\S+)", re.MULTILINE)
PATIENCE = HANGS
DEVICE, WELL = "RTU-CACB27A-P1", "Well.CACB27A-P1"  # whose place the foreign drive takes


class Refused(Exception):
    """What mbpoll says where the device answered with an exception."""


class Master:
    """mbpoll against one port. ``kind`` is mbpoll's -t: 0 coils, 1 discrete, 3 input, 4 holding, with :int or :float.

    ``high_first`` is its -B: 32-bit values lie most significant word first.
    """

    def __init__(self, program: str, port: int, high_first: bool):
        self.command = [program, "-0", "-p", str(port), "-a", "1", *(["-B"] if high_first else [])]

    def read(self, address: int, kind: str = "4", count: int = 1) -> list[float]:
        """``count`` values from ``address`` on. Raises :class:`Refused`."""
        return values(self._run("-1", "-t", kind, "-r", str(address), "-c", str(count), "127.0.0.1"))

    def write(self, address: int, value: float, kind: str = "4") -> None:
        """Write one value. Raises :class:`Refused`."""
        self._run("-1", "-t", kind, "-r", str(address), "127.0.0.1", str(value))

    def watch(self, address: int, until: Callable[[float], bool], kind: str = "4") -> list[float]:
        """Poll one value at 20 Hz until it is as wanted: all that was seen, in order."""
        command = ["stdbuf", "-oL", *self.command, "-l", "50", "-t", kind, "-r", str(address), "127.0.0.1"]
        patient = ["timeout", str(PATIENCE), *command]
        seen: list[float] = []
        with subprocess.Popen(patient, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as polling:
            assert polling.stdout is not None
            for line in polling.stdout:
                seen += values(line)
                if seen and until(seen[-1]):
                    polling.terminate()
                    return seen
        raise AssertionError(f"register {address} never became as wanted: {seen[:3]} … {seen[-3:]}")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run([*self.command, *arguments], capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode:
            raise Refused(done.stderr.strip())
        return done.stdout


def values(printed: str) -> list[float]:
    """Every value in mbpoll's output."""
    return [float(value) for _, value in VALUE.findall(printed)]


@pytest.fixture
def master(require_peer: Callable[[str], str]) -> Callable[..., Master]:
    """Makes a foreign master for a port."""
    program = require_peer("mbpoll")

    def make(port: int, *, high_first: bool = False) -> Master:
        return Master(program, port, high_first)

    return make


@pytest.fixture
def refused() -> type[Refused]:
    """What a master raises where the device answered with an exception."""
    return Refused


class ForeignDrive:
    """The drive of vsd.c as a process of its own, which a test may kill and start again."""

    profile = Path(__file__).with_name("libmodbus_vsd.toml")

    def __init__(self, program: Path, ramp: float):
        self.program, self.ramp, self.port = program, ramp, 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def endpoint(self) -> str:
        return f"modbus://127.0.0.1:{self.port}/1"

    def start(self) -> None:
        """Start it, at the port it had before if any; return when it listens."""
        command = [str(self.program), str(self.port), str(self.ramp)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if not said.startswith("listening"):
            raise RuntimeError(f"vsd ended: {self.process.wait(HANGS)}")
        self.port = int(said.rpartition(":")[2])

    def stop(self) -> int:
        """Stop it if it runs; its exit status."""
        if self.process is None:
            return 0
        self.process.terminate()
        status = self.process.wait(HANGS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return status


@pytest.fixture(scope="session")
def foreign_program(tmp_path_factory: pytest.TempPathFactory, require_peer: Callable[[str], str]) -> Path:
    """vsd.c, compiled without a warning."""
    compiler, config = require_peer("gcc"), require_peer("pkg-config")
    flags = subprocess.run([config, "--cflags", "--libs", "libmodbus"], capture_output=True, text=True, timeout=HANGS)
    if flags.returncode:
        require_peer("libmodbus-dev")  # a package rather than a program, but the same rule
    program = tmp_path_factory.mktemp("foreign") / "vsd"
    source = ForeignDrive.profile.with_name("vsd.c")
    warnings = ["-std=gnu11", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-O2"]
    subprocess.run(
        [compiler, *warnings, "-o", str(program), str(source), *flags.stdout.split(), "-lm"], check=True, timeout=HANGS
    )
    return program


@pytest.fixture(scope="session")
def new_drive(foreign_program: Path) -> Iterator[Callable[..., ForeignDrive]]:
    """Starts foreign drives, their wells at rest; stops what still runs."""
    made: list[ForeignDrive] = []

    def make(ramp: float = 100.0) -> ForeignDrive:
        made.append(ForeignDrive(foreign_program, ramp))
        made[-1].start()
        return made[-1]

    yield make
    for drive in made:
        drive.stop()


@pytest.fixture
def foreign_drive(new_drive: Callable[..., ForeignDrive]) -> Iterator[ForeignDrive]:
    """A running foreign drive that ramps at 100 Hz/s."""
    drive = new_drive()
    yield drive
    drive.stop()


@pytest.fixture(scope="session")
def on_bench() -> Callable[[ForeignDrive], Bench]:
    """What puts a foreign drive on a bench in one well's place: its endpoint, its profile, and that it is real."""

    def of(drive: ForeignDrive) -> Bench:
        theirs = Device.of(DEVICE, str(drive.profile), drive.endpoint, {"well": WELL}, is_simulated=False)
        return load_bench("shengli12").with_device(theirs)

    return of
