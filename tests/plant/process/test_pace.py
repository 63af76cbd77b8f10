"""A field by longer steps is that by steps of a fifth of a second, at rest and while wells trip and restart."""

import numpy as np
import pytest

from plant.process.settled import settled_field

OFF, ON, END, FINE = 20.0, 80.0, 240.0, 0.2  # [s]
AT_REST, AFTER_EVENTS = 0.005, 0.02  # of what a well usually does


def told(field, dt, look):
    """Mean flow of every well over each look, and intake pressure at its end, while a quarter of them trips."""
    process, flows, pressures = settled_field(field, seed=None, dt=dt), [], []
    per_look = round(look / dt)
    for n in range(round(END / dt)):
        process.inputs["Well.Energised"][::4] = not OFF <= n * dt + 1e-9 < ON
        process.step(dt)
        flows.append(process.wells.outflow[:2].sum(axis=0))
        if (n + 1) % per_look == 0:
            pressures.append(process.wells.signals()["IntakePressure"].copy())
    return np.array(flows).reshape(len(pressures), per_look, -1).mean(axis=1), np.array(pressures)


@pytest.mark.parametrize("dt", [1.0, 5.0])
def test_a_trip_and_a_restart_look_alike_by_long_steps_and_by_fine_ones(field, dt):
    for coarse, fine in zip(told(field, dt, dt), told(field, FINE, dt), strict=True):
        apart = np.abs(coarse - fine) / fine[0]
        assert apart[: round(OFF / dt)].max() < AT_REST
        assert apart.max() < AFTER_EVENTS
        assert np.abs(fine[:, ::4] / fine[0, ::4] - 1.0).max() > 0.01  # something did happen
