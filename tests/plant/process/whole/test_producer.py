"""Wells of every lift on one field: they start flowing, take what the facilities give, and leave each other alone."""

import numpy as np
import pytest

from plant.process.field import FieldProcess


def steps(process, seconds):
    for _ in range(seconds):
        process.step(1.0)
    process.restore(process.save())  # publishes
    return process.signals


def test_a_field_starts_with_all_its_wells_flowing(whole):
    # invented wells, so sizes only: a gas-lifted one that lives on its gas, a natural one, and an injector
    assert np.all(whole.signals["Well.Flow"] * 86_400 > 100.0)
    assert whole.signals["GasLiftWell.Flow"][0] * 86_400 > 30.0
    assert whole.signals["GasLiftWell.LiftGasFlow"][0] * 86_400 == pytest.approx(10_300, rel=0.05)
    assert whole.signals["NaturalWell.Flow"][0] * 86_400 > 60.0
    assert whole.signals["Injector.Flow"][0] * 86_400 > 150.0
    assert np.all(whole.station.power.shed == 0.0)


def test_what_all_wells_give_is_what_the_manifolds_get(whole):
    # invariant
    given = [whole.signals[f"{kind}.Flow"].sum() for kind in ("Well", "GasLiftWell", "NaturalWell")]
    arriving, _ = whole.producers.arriving(whole.gathering)
    assert arriving[:2].sum() == pytest.approx(sum(given))
    gas = sum(whole.signals[f"{kind}.GasFlow"].sum() for kind in ("Well", "GasLiftWell", "NaturalWell"))
    assert arriving[2].sum() == pytest.approx(gas)


def test_a_hole_in_the_gas_header_takes_the_lift_gas_and_the_well_that_lives_on_it(whole):
    process = whole.clone()
    process.inputs["Compressor.Energised"][:] = False
    process.station.gas.parameters.leak_area[:] = 1e-3
    casing, given = (process.signals[f"GasLiftWell.{name}"][0] for name in ("CasingPressure", "LiftGasFlow"))
    after = steps(process, 900)
    assert process.lift_line.level < 0.7
    assert after["GasLiftWell.LiftGasFlow"][0] < 0.05 * given  # what is left in the header still trickles in, or not
    assert after["GasLiftWell.CasingPressure"][0] < 0.98 * casing
    assert after["NaturalWell.Flow"][0] * 86_400 > 60.0


def test_an_injector_stops_with_its_pump_and_the_header_holds_no_less_than_nothing(whole):
    process = whole.clone()
    process.inputs["InjectionPump.Energised"][:] = False
    after = steps(process, 300)
    assert after["Injector.Flow"][0] == pytest.approx(0.0, abs=1e-9)
    assert process.station.injection.inventory().min() >= 0.0


def test_an_injector_that_the_column_sucks_dry_takes_no_more_than_there_is(whole):
    # a reservoir that holds less than its well's column would take water from an empty header for ever
    process = whole.clone()
    process.injectors.parameters.reservoir_pressure[:] = 5e6
    process.inputs["InjectionPump.Energised"][:] = False
    before = process.station.injection.injected.sum()
    taken = process.injectors.state["injected"].sum() + process.injectors.inventory().sum()
    steps(process, 300)
    given = process.station.injection.injected.sum() - before
    taken = process.injectors.state["injected"].sum() + process.injectors.inventory().sum() - taken
    assert given == pytest.approx(taken, rel=1e-9)
    assert process.station.injection.inventory().min() >= 0.0


def test_water_that_a_failed_check_lets_back_lands_in_the_header(whole):
    process = whole.clone()
    process.injectors.parameters.check_leak[:] = 1.0
    process.inputs["InjectionPump.Energised"][:] = False
    process.injectors.parameters.reservoir_pressure[:] = 25e6
    after = steps(process, 120)
    assert after["Injector.Flow"][0] < 0.0 or after["InjectionPump.DischargePressure"][0] > 5e6
    assert process.station.injection.inventory().min() >= 0.0


def test_a_sag_that_reaches_one_drive_takes_voltage_from_that_well_alone(nominal):
    before = nominal.signals["Well.Voltage"].copy()
    nominal.inputs["Well.Supply"][2] = 0.8
    steps(nominal, 5)
    share = nominal.signals["Well.Voltage"] / before
    assert share[2] == pytest.approx(0.8, rel=1e-3)
    assert np.delete(share, 2) == pytest.approx(1.0, rel=1e-3)


def test_a_seed_moves_every_kind_of_well_and_the_same_seed_alike(whole_field, whole):
    one, other = (FieldProcess(whole_field, seed=4) for _ in range(2))
    for kind, name in (("gas_lift", "productivity"), ("natural", "productivity"), ("injectors", "injectivity")):
        values = [getattr(getattr(process, kind).parameters, name) for process in (whole, one, other)]
        assert values[0] != pytest.approx(values[1], rel=1e-6)
        assert values[0] == pytest.approx(values[1], rel=0.1)
        assert np.array_equal(values[1], values[2])
    assert np.array_equal(one.signals["GasLiftWell.Flow"], other.signals["GasLiftWell.Flow"])


def test_a_field_without_other_wells_has_none_of_their_parts(nominal):
    assert (nominal.gas_lift, nominal.natural, nominal.injectors, nominal.lift_line, nominal.feed) == (None,) * 5
    assert nominal.signals["GasLiftWell.Flow"].size == 0
