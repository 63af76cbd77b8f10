"""The pumped wells by themselves, each against a constant line pressure."""

import numpy as np
import pytest

from plant.asset.field_file import load_field
from plant.physics.pvt.z_table import z_table
from plant.process.esp import kernel
from plant.process.esp.freshness import seen_of
from plant.process.esp.liquid import leaving, liquid_of
from plant.process.esp.parameter import well_parameters
from plant.process.esp.row import Liquid
from plant.process.esp.step_size import Setting
from plant.process.esp.stride import parts_of, present, stride
from plant.process.esp.wells import Wells


class Bench:
    """The twelve wells of the demo field, nominal, in steps of a second."""

    def __init__(self, setting=None):
        field = load_field("shengli12")
        parameters, table = well_parameters(field)
        self.wells = Wells(field, parameters, table, setting or Setting())
        self.inputs = {
            "Well.Energised": np.ones(12),
            "Well.Attached": np.ones(12),
            "Well.FrequencyTarget": np.array([well.measured.frequency for well in field.wells]),
            "Well.ChokeTarget": np.array([well.choke.opening for well in field.wells]),
        }
        self.p_manifold = np.array([well.measured.flowline_pressure for well in field.wells]) - 1e5

    def run(self, seconds, dt=1.0):
        seen = []
        for _ in range(round(seconds / dt)):
            self.wells.step(dt, self.inputs, self.p_manifold)
            seen.append({name: values.copy() for name, values in self.wells.signals().items()})
        return seen

    def trip(self, seconds=20, dt=1.0):
        self.run(5, dt)
        self.inputs["Well.Energised"][:] = 0.0
        return self.run(seconds, dt)


@pytest.fixture
def bench():
    return Bench()


def held(wells):
    m = wells.motion
    return np.array([m.h_o + m.t_o, m.h_w + m.t_w, m.h_g + m.t_g + m.c_g])


def matrices(wells):
    return kernel.Matrices(wells._m, wells._o, wells._w, wells._l, wells._seen, wells._u)


def passed(wells):
    m = wells.motion
    return np.array([m.in_o - m.out_o, m.in_w - m.out_w, m.in_g - m.out_g])


def test_what_the_reservoir_gave_is_in_the_well_or_went_down_the_line(bench):
    before = held(bench.wells) - passed(bench.wells)
    bench.trip()
    bench.inputs["Well.Energised"][:] = 1.0
    bench.inputs["Well.ChokeTarget"][::2] = 0.1
    bench.run(60)
    assert held(bench.wells) - passed(bench.wells) == pytest.approx(before, rel=1e-12)


def test_the_work_of_the_motor_is_in_the_pump_the_bearings_and_the_turning_shaft(bench):
    def unaccounted():
        m, w = bench.wells.motion, bench.wells.parameters
        kinetic = 0.5 * w.inertia * w.test_turn * m.n * m.n
        return m.turned - m.taken - m.rubbed - kinetic

    before = unaccounted()
    bench.trip()
    bench.inputs["Well.Energised"][:] = 1.0
    bench.run(30)
    scale = np.abs(bench.wells.motion.taken)
    assert unaccounted() == pytest.approx(before, abs=1e-9 * scale.max())


def test_a_tripped_pump_lets_the_column_fall_and_turns_backwards(bench):
    # fault signature 18: intake pressure up, discharge down, current 0, rate negative
    before = bench.run(5)[-1]
    after = bench.trip()[-1]
    assert np.all(after["Current"] == 0.0)
    assert np.all(after["PumpFlow"] < 0.0)
    assert np.all(after["ShaftSpeed"] < 0.0)
    assert np.all(after["IntakePressure"] > before["IntakePressure"])
    assert np.all(after["DischargePressure"] < before["DischargePressure"])


def test_a_check_valve_holds_the_column_and_the_shaft(bench):
    bench.wells.parameters.check_leak[:] = 0.0
    last = bench.trip(60)[-1]
    assert np.all(np.abs(last["PumpFlow"]) < 3e-6)  # what seeps past a tight seat
    assert np.all(np.abs(last["ShaftSpeed"]) < 1.0)


def test_the_liquid_in_the_annulus_rises_by_what_the_pump_does_not_take(bench):
    bench.run(2)
    before, m = bench.wells.signals()["AnnulusLevel"].copy(), bench.wells.motion
    came = m.in_o + m.in_w
    bench.inputs["Well.Attached"][:] = 0.0
    bench.wells.parameters.check_leak[:] = 0.0
    bench.run(600)
    rise = (bench.wells.signals()["AnnulusLevel"] - before) * bench.wells.parameters.annulus_area
    assert rise == pytest.approx(bench.wells.motion.in_o + bench.wells.motion.in_w - came, rel=0.15)


def test_a_step_in_parts_is_near_the_same_step_in_many_more():
    coarse = Bench().trip()[-1]
    fine = Bench(Setting(substep=0.0025, agreement=1e-7, refresh=0.2, changed=1e-5)).trip(20, 0.5)[-1]
    for name, share in (("PumpFlow", 0.02), ("ShaftSpeed", 0.02), ("IntakePressure", 1e-3), ("MotorTemperature", 1e-4)):
        assert coarse[name] == pytest.approx(fine[name], rel=share), name


def test_a_trip_and_a_start_of_a_small_field_are_those_in_many_more_strides():
    """Or operators would see currents that no motor takes: a shaft that lags its ramp slips."""
    starts = [Bench(), Bench(Setting(substep=0.0004, agreement=1e-7, refresh=0.1, fresh=0.01, changed=1e-5))]
    seen = []
    for bench in starts:
        tripping = bench.trip(60, 0.2)
        bench.inputs["Well.Energised"][:] = 1.0
        seen.append(tripping + bench.run(8, 0.2))
    for name, share in (("ShaftSpeed", 1e-3), ("PumpFlow", 1e-3), ("IntakePressure", 1e-3), ("Current", 5e-3)):
        ours, theirs = (np.array([step[name] for step in one]) for one in seen)
        assert np.all(np.abs(ours - theirs).max(axis=0) < share * np.ptp(theirs, axis=0)), name


def test_the_compiled_equations_are_those_that_numpy_runs(bench):
    other = Bench()
    wells, strides = bench.wells, other.wells
    for _ in range(3):
        bench.inputs["Well.Energised"][::3] = other.inputs["Well.Energised"][::3] = 0.0
        strides._take(other.inputs, other.p_manifold, 1.0)
        m, o, w, li, u = strides.motion, strides.slow, strides.parameters, strides.liquid, strides.outside
        then = stride(m, o, w, li, u, 0.025, strides.table)
        strides._m[:], strides._o[:] = np.stack(then[0]), np.stack(then[1])
        wells._take(bench.inputs, bench.p_manifold, 1.0)
        kernel.step(matrices(wells), Setting(substep=0.025), 0.025, wells.table, z_table())
    assert wells._m == pytest.approx(strides._m, rel=1e-12, abs=1e-15)
    assert wells._o == pytest.approx(strides._o, rel=1e-12, abs=1e-15)


def test_the_compiled_properties_are_those_that_numpy_works_out(bench):
    wells = bench.wells
    bench.trip(10)
    wells._seen[:] = 0.0
    m, o, w, li = wells.motion, wells.slow, wells.parameters, present(wells.liquid, wells.slow)
    expected = np.stack(liquid_of(m, o, w, li, leaving(m, o, w, li), z_table()))
    kernel.refresh(matrices(wells), 1e-4, z_table())
    for name, ours, theirs in zip(Liquid._fields, wells._l, expected, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9 * np.abs(theirs).max()), name
    assert wells._seen == pytest.approx(np.stack(seen_of(m, o, w)), rel=1e-12)


def test_a_stride_whose_disagreement_is_no_number_is_cut_as_finely_as_may_be():
    assert parts_of(float("nan"), 1e-5, 50) == 50
    assert parts_of(1e-5, 1e-5, 50) == 1
    assert parts_of(4e-5, 1e-5, 50) == 2
    assert parts_of(1.0, 1e-5, 50) == 50
