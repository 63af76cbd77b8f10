"""Whatever befalls a field, two at a time on each well and its facilities: numbers stay sane and nothing is lost."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.asset.field_file import load_field
from plant.process.field import FieldProcess
from plant.process.malfunction_file import malfunctions
from plant.process.settled import settled_field

HALF_HOUR, STRIDE = 1800, 3  # [s]
WELLS = 12
OF_WELL = sorted(name for kind, name in malfunctions() if kind == "Well")
OTHERS = sorted((kind, name) for kind, name in malfunctions() if kind in ("Manifold", "Separator", "Tank", "Field"))
SEVERITY = st.floats(0.0, 1.0)
PRESSURE, TEMPERATURE = (0.0, 100e6), (230.0, 1000.0)  # no motor would live so hot, but its model must
SANE = {
    "Well.IntakePressure": (-1e6, 100e6), "Well.DischargePressure": PRESSURE, "Well.WellheadPressure": PRESSURE,
    "Well.CasingPressure": PRESSURE, "Well.FlowlinePressure": PRESSURE, "Well.MotorTemperature": TEMPERATURE,
    "Well.IntakeTemperature": TEMPERATURE, "Well.Current": (0.0, 5e3), "Well.Flow": (0.0, 1.0),
    "Manifold.Pressure": PRESSURE, "Separator.Pressure": (5e4, 100e6), "Separator.Temperature": TEMPERATURE,
    "Separator.OilLevel": (0.0, 1.0 + 1e-9), "Separator.WaterLevel": (0.0, 1.0 + 1e-9), "Tank.Level": (0.0, 1.0 + 1e-9),
}  # fmt: skip


@cache
def process() -> FieldProcess:
    return settled_field(load_field("shengli12"), seed=None, dt=STRIDE)


@cache
def settled() -> dict[str, np.ndarray]:
    return process().save()


def balance() -> np.ndarray:
    """Oil, water and gas that the field holds and has given, less what it has taken: never changes [m³]."""
    wells, station = process().wells, process().station
    taken = np.array([getattr(wells.motion, f"in_{phase}").sum() for phase in "owg"])
    return wells.inventory() + station.inventory() + station.crossed() - taken


def passed() -> np.ndarray:
    return np.array([getattr(process().wells.motion, f"out_{phase}").sum() for phase in "owg"])


def look() -> None:
    one = process()
    one.publish()
    for name, values in one.signals.items():
        assert np.isfinite(values).all(), name
    for name, (low, high) in SANE.items():
        values = one.signals[name]
        assert np.all((values >= low) & (values <= high)), (name, values)


@settings(max_examples=3, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(OF_WELL), SEVERITY), min_size=2 * WELLS, max_size=2 * WELLS),
    st.lists(st.tuples(st.sampled_from(OTHERS), SEVERITY), min_size=2, max_size=2),
)
def test_any_two_malfunctions_of_each_asset_leave_half_an_hour_sane_and_its_mass_whole(of_wells, others):
    one = process()
    one.restore(settled())
    wells = [asset for asset in one.field.assets() if asset.startswith("Well.")]
    for k, (name, severity) in enumerate(of_wells):
        one.malfunctions.start(name, wells[k % WELLS], severity, ramp=60.0)
    for (kind, name), severity in others:
        can = [asset for asset in (*one.field.assets(), "Field") if asset.partition(".")[0] == kind]
        if any(row.name == name and row.asset_type == kind for row, _ in one.malfunctions.available()):
            one.malfunctions.start(name, can[0], severity, ramp=60.0)
    before = balance()
    for seconds in range(STRIDE, HALF_HOUR + 1, STRIDE):
        one.step(STRIDE)
        if seconds % 60 == 0:
            look()
    assert balance() == pytest.approx(before, abs=1e-9 * max(passed().max(), before.max()))
    one.malfunctions.clear_all()
    one.step(STRIDE)
    look()
