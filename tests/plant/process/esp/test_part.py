"""Parts that a well's file says it has: a check valve above its pump, a rotary separator below."""

from dataclasses import replace

import numpy as np
import pytest

from plant.process.settled import settled_field

WELL = "Well.CACB27A-P1"


def stopped(field, malfunction=None, **parts):
    """Signals of the first well two minutes after it lost its supply."""
    process = settled_field(replace(field, wells=tuple(replace(well, **parts) for well in field.wells)), seed=None)
    if malfunction:
        process.malfunctions.start(malfunction, WELL, ramp=0.0)
    process.env.run(until=10)
    process.inputs["Well.Energised"][:] = False
    process.env.run(until=130)
    return {name: values[0] for name, values in process.signals.items() if name.startswith("Well.")}


def test_a_check_valve_holds_the_column_and_the_shaft(field):
    # what it is built for: no backspin, and a discharge pressure that stays that of a full tubing
    bare, held = stopped(field), stopped(field, has_check_valve=True)
    assert bare["Well.ShaftSpeed"] < -5.0
    assert held["Well.ShaftSpeed"] == pytest.approx(0.0, abs=0.1)
    assert held["Well.DischargePressure"] > bare["Well.DischargePressure"] + 1e6


def test_a_check_valve_that_leaks_lets_the_column_spin_the_pump(field):
    assert stopped(field, "check valve leaks", has_check_valve=True)["Well.ShaftSpeed"] < -5.0


def test_a_rotary_separator_keeps_its_share_of_the_gas_out_of_the_pump(field):
    gassy = tuple(replace(well, fluid=replace(well.fluid, gor=150.0)) for well in field.wells)
    bare, sharing = (
        settled_field(
            replace(field, wells=tuple(replace(well, gas_separator=share) for well in gassy)), seed=None
        ).signals["Well.GasInPump"].copy()
        for share in (0.0, 0.8)
    )  # fmt: skip
    some = (bare > 0.02) & (bare < 0.15)  # with more, wells stand elsewhere
    assert some.sum() > 2
    assert np.all(sharing[some] < 0.4 * bare[some])
