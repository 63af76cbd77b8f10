"""A day of a field with trips and restarts, and what its books leave unaccounted for."""

from __future__ import annotations

from collections.abc import Iterator

from plant.asset.field import Field
from plant.process.energy import Meter, energy, energy_closure
from plant.process.field import FieldProcess
from plant.process.ledger import closure, ledger
from plant.process.settled import settled_field

DAY, STEP = 86_400, 1.0  # [s]
# hour, wells of so many counted round, whether they get power
STORY = (
    (1.0, 0, 4, False), (1.5, 0, 4, True), (5.0, 1, 2, False), (5.75, 1, 2, True), (9.0, 0, 1, False),
    (10.0, 0, 1, True), (15.0, 2, 3, False), (15.05, 2, 3, True), (20.0, 0, 6, False), (23.0, 0, 6, True),
)  # fmt: skip


def day(field: Field, seconds: int = DAY) -> dict[str, float]:
    """Run a nominal field for a day with trips and restarts; the worst of each closure.

    A shorter time tells the same story in it.
    """
    process = settled_field(field, seed=None, dt=STEP)
    before, drawn, meter = ledger(process), energy(process.wells), Meter(process.wells)
    for _ in told(process, seconds):
        meter.read(STEP)
    return {
        "closure": float(closure(before, ledger(process)).max()),
        "energy_closure": float(energy_closure(drawn, energy(process.wells)).max()),
        "thermal_closure": float(meter.thermal_closure().max()),
        "power_closure": float(meter.power_closure().max()),
    }


def told(process: FieldProcess, seconds: float = DAY, dt: float = STEP) -> Iterator[float]:
    """Take a field through the story by steps of ``dt`` [s]; the time after each [s]."""
    events = [(hour / 24.0 * seconds, first, of, on) for hour, first, of, on in STORY]
    for n in range(round(seconds / dt)):
        while events and events[0][0] <= n * dt + 1e-9:
            _, first, of, on = events.pop(0)
            process.inputs["Well.Energised"][first::of] = on
        process.step(dt)
        yield (n + 1) * dt
