"""The demo field in motion, against what was measured on its wells."""

import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.asset.field_file import load_field
from plant.asset.signal import signals as signal_table
from plant.error import Unknown
from plant.process.field import FieldProcess
from plant.process.settled import settled_field

SOME_TIME = 300.0
UNMETERED = {"ShaftSpeed", "GasFlow", "WaterCut", "PumpFlow", "AnnulusLevel", "GasInPump"}  # true, and shown by nobody
FILLING = 2e-2  # of what follows the gas: annuli and tubings are still filling with it when the field starts


def measured(field, name):
    return np.array([getattr(well.measured, name) or np.nan for well in field.wells], float)


def run(process, seconds=SOME_TIME):
    process.env.run(until=process.env.now + seconds)
    return process.signals


def test_every_well_flows_its_measured_rate_at_its_measured_frequency(nominal, field):
    # grade M: the rates published with the wells
    assert nominal.signals["Well.Flow"] == pytest.approx(measured(field, "rate"), rel=3e-3)
    assert nominal.signals["Well.Frequency"] == pytest.approx(measured(field, "frequency"))


@pytest.mark.parametrize(
    ("signal", "name", "off"),
    [
        ("Well.WellheadPressure", "wellhead_pressure", 3e-3),  # a choke's drop goes with the square of the rate
        ("Well.FlowlinePressure", "flowline_pressure", 1e-3),
        ("Well.WellheadTemperature", "wellhead_temperature", 1e-3),
    ],
)
def test_surface_measurements_are_met_at_the_measured_rate(nominal, field, signal, name, off):
    # grade M: medians over 172 days, published with the wells
    assert nominal.signals[signal] == pytest.approx(measured(field, name), rel=off)


def test_motors_take_their_measured_current(nominal, field):
    # grade M, for the nine wells whose current was published
    expected = measured(field, "current")
    is_known = ~np.isnan(expected)
    assert is_known.sum() == 9
    assert nominal.signals["Well.Current"][is_known] == pytest.approx(expected[is_known], rel=2e-3)


def test_a_field_left_alone_stays_where_it_started(coarse):
    # but for the gas, which spreads over annuli that settled as if packers stood above their pumps
    gas = ("Well.GasFlow", "Well.GasInPump", "Well.Vibration", "Well.CasingPressure")
    start = {key: values.copy() for key, values in coarse.signals.items() if not key.startswith("Tank")}
    after = run(coarse)
    for key, values in start.items():
        if key.startswith("Well.") and key not in gas:
            assert after[key] == pytest.approx(values, rel=5e-3), key
    assert after["Well.CasingPressure"] == pytest.approx(start["Well.CasingPressure"], rel=FILLING)
    for key in (key for key in start if not key.startswith("Well.")):
        assert after[key] == pytest.approx(start[key], rel=2e-3), key


def test_every_measurement_of_the_signal_table_is_there_and_believable(truth):
    there = {kind.partition(".")[0] for kind in truth.signals}
    rows = {
        f"{kind}.{name}": row
        for (kind, name), row in signal_table().items()
        if row.kind == "measurement" and kind in there
    }
    assert set(rows) | {f"Well.{name}" for name in UNMETERED} == set(truth.signals)
    for key, row in rows.items():
        assert np.all((truth.signals[key] >= row.low) & (truth.signals[key] <= row.high)), key


def test_signals_are_the_same_arrays_for_ever(truth):
    before = dict(truth.signals)
    run(truth, 10.0)
    assert all(truth.signals[key] is values for key, values in before.items())


def test_same_seed_and_inputs_give_the_same_field_to_the_last_bit(field):
    def story():
        process = FieldProcess(field, seed=7)
        process.settle()
        process.start()
        process.inputs["Well.FrequencyTarget"][2] -= 4.0
        process.inputs["Well.Energised"][5] = False
        return run(process, 60.0)

    one, other = story(), story()
    assert all(np.array_equal(one[key], other[key]) for key in one)


def test_another_seed_gives_another_field_within_its_bounds(field):
    flows = [settled_field(field, seed=seed).signals["Well.Flow"] for seed in (0, 1)]
    assert not np.allclose(*flows)
    for flow in flows:
        assert flow == pytest.approx(measured(field, "rate"), rel=0.15)


def test_it_runs_on_an_environment_shared_with_others(field):
    env = simpy.Environment()
    process = settled_field(field, env=env, dt=0.5)
    seen = []

    def watch():
        while True:
            yield env.timeout(1.0)
            seen.append(process.signals["Well.Flow"][0])

    env.process(watch())
    env.run(until=5.5)
    assert len(seen) == 5


def test_an_asset_has_the_position_of_its_file(truth, field):
    assert truth.index("Well.CASH201A-9") == 4
    assert field.assets()[truth.index("Well.CASH201A-9")] == "Well.CASH201A-9"
    with pytest.raises(Unknown, match=r"Well\.NONE"):
        truth.index("Well.NONE")


def test_more_frequency_gives_more_flow_and_draws_the_intake_down(nominal):
    before = {key: nominal.signals[key].copy() for key in ("Well.Flow", "Well.IntakePressure", "Well.Current")}
    nominal.inputs["Well.FrequencyTarget"][:] += 2.0
    after = run(nominal)
    assert np.all(after["Well.Flow"] > before["Well.Flow"])
    assert np.all(after["Well.IntakePressure"] < before["Well.IntakePressure"])
    assert np.all(after["Well.Current"] > before["Well.Current"])


def test_a_choke_that_closes_raises_wellhead_and_intake_pressure_and_takes_flow(nominal):
    before = {key: values.copy() for key, values in nominal.signals.items()}
    nominal.inputs["Well.ChokeTarget"][0] = 0.3
    after = run(nominal)
    assert after["Well.WellheadPressure"][0] > before["Well.WellheadPressure"][0]
    assert after["Well.IntakePressure"][0] > before["Well.IntakePressure"][0]
    assert after["Well.Flow"][0] < before["Well.Flow"][0]


def test_a_dead_headed_pump_comes_to_rest_at_shut_off_and_heats_its_motor(coarse):
    # fault signature 7: discharge pressure to shut-off, motor temperature up, wellhead pressure up, no flow
    before = {key: values.copy() for key, values in coarse.signals.items()}
    coarse.inputs["Well.ChokeTarget"][:] = 0.0
    after = run(coarse, 900.0)
    assert after["Well.Flow"] == pytest.approx(0.0, abs=1e-9)
    assert np.all(after["Well.DischargePressure"] > before["Well.DischargePressure"])
    assert np.all(after["Well.WellheadPressure"] > before["Well.WellheadPressure"])
    assert np.all(after["Well.MotorTemperature"] > before["Well.MotorTemperature"])
    at_rest = after["Well.WellheadPressure"].copy()
    assert run(coarse, 60.0)["Well.WellheadPressure"] == pytest.approx(at_rest, rel=0.02)


def test_frequency_and_choke_move_no_faster_than_their_slew(nominal):
    nominal.inputs["Well.FrequencyTarget"][0] = 37.0
    nominal.inputs["Well.ChokeTarget"][0] = 0.4
    assert run(nominal, 10.1)["Well.Frequency"][0] == pytest.approx(47.0 - 10.0 * 0.5)
    assert nominal.signals["Well.Choke"][0] == pytest.approx(0.5 - 10.0 * 0.005)
    assert run(nominal, 60.0)["Well.Frequency"][0] == 37.0
    assert nominal.signals["Well.Choke"][0] == pytest.approx(0.4)


def test_voltage_over_frequency_is_held(nominal):
    ratio = nominal.signals["Well.Voltage"] / nominal.signals["Well.Frequency"]
    nominal.inputs["Well.FrequencyTarget"][:] = 40.0
    after = run(nominal)
    assert after["Well.Voltage"] / after["Well.Frequency"] == pytest.approx(ratio)


def test_a_trip_spins_the_pump_backwards_and_the_spin_dies_with_the_column(nominal):
    # fault signature 18: intake pressure up fast, discharge down fast, current 0, flow backwards
    before = {key: values.copy() for key, values in nominal.signals.items()}
    nominal.inputs["Well.Energised"][:] = False
    after = run(nominal, 10.0)
    assert np.all(after["Well.ShaftSpeed"] < -10.0)
    assert np.all(after["Well.Current"] == 0.0)
    assert np.all(nominal.wells.motion.q < 0.0)
    assert np.all(after["Well.IntakePressure"] > before["Well.IntakePressure"])
    assert np.all(after["Well.DischargePressure"] < before["Well.DischargePressure"])


def test_backspin_slows_over_tens_of_minutes_as_the_annulus_fills(coarse):
    # the tubing's column falls into the annulus, whose level must come up to it before the shaft stands
    coarse.inputs["Well.Energised"][:] = False
    fast = run(coarse, 30.0)["Well.ShaftSpeed"].copy()
    intake = coarse.signals["Well.IntakePressure"].copy()
    after = run(coarse, 570.0)
    assert np.all(after["Well.ShaftSpeed"] > 0.95 * fast)
    assert np.all(after["Well.ShaftSpeed"] <= 0.0)
    assert np.all(after["Well.IntakePressure"] > 1.03 * intake)


def test_wells_that_were_off_fill_their_tubings_and_come_back(coarse, field):
    coarse.inputs["Well.Energised"][:] = False
    assert run(coarse, 600.0)["Well.Flow"] == pytest.approx(0.0, abs=1e-9)
    coarse.inputs["Well.Energised"][:] = True
    filling = run(coarse, 5.0)
    assert filling["Well.Flow"] == pytest.approx(0.0, abs=1e-9)  # the column is not up yet
    assert np.all(filling["Well.Frequency"] > 24.0)
    after = run(coarse, 3600.0)
    assert after["Well.Flow"] == pytest.approx(measured(field, "rate"), rel=0.05)


def test_pumping_off_draws_the_intake_down_and_the_current_falls(coarse, field):
    # fault signature 3: the reservoir gives less than the pump takes
    i = coarse.index("Well.CACB1HB-P2")
    before = {key: coarse.signals[key][i] for key in ("Well.IntakePressure", "Well.Current", "Well.Flow")}
    coarse.wells.parameters.productivity[i] *= 0.5
    after = run(coarse, 1200.0)
    for key, value in before.items():
        assert after[key][i] < value, key
    assert after["Well.IntakePressure"][i] > 0.0


def test_back_pressure_of_a_header_moves_all_its_wells_and_no_others(coarse, field):
    # fault signature 8
    before = coarse.signals["Well.Flow"].copy()
    coarse.gathering.lines.factor[0] *= 3.0
    after = run(coarse, 600.0)["Well.Flow"]
    is_behind = coarse.gathering.manifold_of == 0
    assert np.all(after[is_behind] < before[is_behind])
    assert after[~is_behind] == pytest.approx(before[~is_behind], rel=5e-3)


def test_a_detached_well_contributes_nothing_and_takes_nothing_from_the_others(coarse):
    coarse.inputs["Well.Attached"][3] = False
    after = run(coarse, 600.0)
    assert after["Well.Flow"][3] == 0.0
    assert after["Well.Current"][3] == 0.0
    assert np.all(np.delete(after["Well.Flow"], 3) > 0.0)


ACTION = st.tuples(
    st.integers(0, 11),
    st.booleans(),
    st.floats(0.0, 70.0),
    st.floats(0.0, 1.0),
    st.booleans(),
    st.tuples(*[st.floats(0.0, 1.0)] * 3),
    st.floats(1.0, 60.0),
)


@given(st.lists(ACTION, min_size=3, max_size=8), st.booleans())
@settings(max_examples=6, deadline=None)
def test_nothing_anyone_may_ask_for_makes_a_signal_absurd(field, actions, is_nominal):
    process = settled_field(field, seed=None if is_nominal else 3, dt=1.0)
    with np.errstate(all="raise", under="ignore"):
        for i, energised, frequency, choke, attached, valves, seconds in actions:
            process.inputs["Well.Energised"][[i, i - 5]] = energised
            process.inputs["Well.FrequencyTarget"][[i, i - 6]] = frequency
            process.inputs["Well.ChokeTarget"][[i, i - 7]] = choke
            process.inputs["Well.Attached"][i] = attached
            for name, opening in zip(("OilValve", "WaterValve", "GasValve"), valves, strict=True):
                process.inputs[f"Separator.{name}"][0] = opening
            run(process, seconds)
            _assert_sane(process.signals)


@pytest.mark.parametrize("seed", [None, 3])
@pytest.mark.parametrize("name", ["shengli12", "island"])
def test_a_field_that_starts_where_another_settled_is_that_field_to_the_last_bit(name, seed):
    fresh = FieldProcess(load_field(name), seed=seed)
    fresh.settle()
    fresh.start()
    short = [settled_field(load_field(name), seed=seed) for _ in range(2)]
    for process in (fresh, *short):
        process.inputs["Well.FrequencyTarget"][0] -= 4.0
        run(process, 10.0)
    for key in fresh.signals:
        assert all(np.array_equal(fresh.signals[key], process.signals[key]) for process in short), key


def _assert_sane(signals):
    assert all(np.isfinite(values).all() for values in signals.values())
    for name in ("Intake", "Discharge", "Wellhead", "Flowline"):
        assert np.all((signals[f"Well.{name}Pressure"] > -2e5) & (signals[f"Well.{name}Pressure"] < 6e7)), name
    for key in ("Separator.OilLevel", "Separator.WaterLevel", "Tank.Level"):
        assert np.all((signals[key] >= -1e-9) & (signals[key] <= 1.01)), key
    assert np.all(np.abs(signals["Well.ShaftSpeed"]) < 100.0)
    assert np.all((signals["Well.MotorTemperature"] > 270.0) & (signals["Well.MotorTemperature"] < 700.0))
