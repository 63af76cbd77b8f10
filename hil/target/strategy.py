"""A strategy: how a target is brought from where it is to a named state, step by step.

Each state lies one row of steps above the one before it. A step that fails is told with the state that it led to, and
is a fault of the bench: the test it was for has not begun.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from control.bus import quality
from hil.access.expression import Expression
from hil.outcome import BenchFault, Inconclusive
from hil.patience import Patience
from plant.error import DeviceError, DeviceRefused, Unknown

if TYPE_CHECKING:
    from hil.target.rig import Rig

STATES = ("off", "comms_up", "stopped", "running")
SPEED = 50.0  # of a drive that is running [Hz]
CONNECTING, STOPPING, STARTING = 10.0, 7200.0, 300.0  # s that they may take, backspin included
OFF_FOR = 2.0  # s before its power may return
PAUSE = 0.05  # s between two attempts to reach a device


class StepFailed(BenchFault):
    """A target could not be brought to a state."""

    def __init__(self, target: str, state: str, step: str, why: object):
        self.target, self.state, self.step = target, state, step
        super().__init__(f"{target} cannot be brought to {state}: {step}: {why}")


async def bring(rig: Rig, state: str) -> None:
    """Bring it there. Raises :class:`StepFailed`, or :class:`Unknown` where there is no such state."""
    if state not in STATES:
        raise Unknown("state", f"{state} (there are {', '.join(STATES)})")
    for name, step in [step for row in ROWS[state] for step in STEPS[row].items()]:
        try:
            await step(rig)
        except (DeviceError, BenchFault, Inconclusive, AssertionError, Unknown) as error:
            raise StepFailed(rig.target.name, state, name, error) from error


async def _power_off(rig: Rig) -> None:
    await rig.power(False)
    await rig.timing.let_pass(OFF_FOR)


async def _power_on(rig: Rig) -> None:
    await rig.power(True)


async def _connect(rig: Rig) -> None:
    patience = Patience(CONNECTING)
    while True:
        try:
            await rig.connect()
            return
        except DeviceError as error:
            if fault := " ".join(rig.faults()):
                raise BenchFault(fault) from error
            if patience.is_over():
                raise
            await rig.timing.let_pass(PAUSE)


async def _first_values(rig: Rig) -> None:
    samples = await rig.ports.scanned()
    if all(quality.is_bad(sample.quality) for sample in samples.values()):
        raise Inconclusive("all its values are Bad")


async def _reset(rig: Rig) -> None:
    if "RunState" in rig.ports.signals and await _is(rig, 'RunState == "Tripped"'):
        await rig.ports.set("Reset", 1)


async def _stop(rig: Rig) -> None:
    if "Stop" in rig.ports.signals:
        await rig.ports.set("Stop", 1)


async def _stand(rig: Rig) -> None:
    ports = rig.ports
    if "RunState" in ports.signals:
        await ports.until(Expression('RunState == "Stopped" and Frequency_Hz < 0.5', ports.signals), STOPPING)


async def _start(rig: Rig) -> None:
    if await _is(rig, 'RunState == "Running"'):
        return
    for attempt in range(3):  # a drive that has just come to rest may refuse once more
        try:
            await rig.ports.set("Start", 1)
            return
        except DeviceRefused:
            if attempt == 2:
                raise
            await rig.timing.let_pass(rig.ports.scan)


async def _ready(rig: Rig) -> None:
    """Whatever keeps it from starting is waited for: a trip is reset, and the shaft comes to rest."""
    if not await _is(rig, 'RunState == "Running" or RunState == "Starting"'):
        await _reset(rig)
        await _stand(rig)


async def _reference(rig: Rig) -> None:
    await rig.ports.set("FrequencyReference_Hz", SPEED)


async def _run(rig: Rig) -> None:
    ports = rig.ports
    running = Expression(f'RunState == "Running" and abs(Frequency_Hz - {SPEED:g}) < 0.3', ports.signals)
    await ports.until(running, STARTING)


async def _is(rig: Rig, expression: str) -> bool:
    wanted = Expression(expression, rig.ports.signals)
    samples = await rig.ports.scanned()
    return bool(
        wanted({name: samples[tag.name].value for name, tag in rig.ports.signals.items() if tag.name in samples})
    )


Step = Callable[["Rig"], Awaitable[None]]
STEPS: Mapping[str, Mapping[str, Step]] = {
    "off": {"switch its power off": _power_off},
    "comms_up": {"switch its power on": _power_on, "connect": _connect, "read its first values": _first_values},
    "stopped": {"reset its trip": _reset, "stop it": _stop, "wait until it stands": _stand},
    "running": {
        "wait until it may start": _ready,
        "set its reference": _reference,
        "start it": _start,
        "wait until it is at speed": _run,
    },
}
ROWS: Mapping[str, tuple[str, ...]] = {  # what leads to each; one that runs is not stopped first
    "off": ("off",), "comms_up": ("comms_up",), "stopped": ("comms_up", "stopped"), "running": ("comms_up", "running"),
}  # fmt: skip
