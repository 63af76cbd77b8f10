"""The foreign master, mbpoll, a Modbus client that shares no code with Gemelo; and the foreign drive on a bench."""

import re
import subprocess
from collections.abc import Callable

import pytest

VALUE = re.compile(r"^\[(\d+)\]:\s+(\S+)", re.MULTILINE)
PATIENCE = 20.0  # s
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


@pytest.fixture
def on_bench(foreign_drive) -> Callable[[str], str]:
    """Puts the foreign drive on a bench in one well's place: its endpoint, its profile, and that it is real."""

    def put(text: str) -> str:
        block = re.search(rf'name = "{DEVICE}"\n(?:.+\n)+', text)
        theirs = f"""name = "{DEVICE}"
profile = "{foreign_drive.profile}"
endpoint = "{foreign_drive.endpoint}"
assets = {{ well = "{WELL}" }}
answers = "real"
"""
        return text.replace(block[0], theirs)

    return put
