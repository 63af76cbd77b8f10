"""What comes into the lines, the separator and the tanks is still there, or has left."""

import numpy as np
import pytest


def stocks(process):
    lines, vessel, tanks = process.gathering, process.separator, process.tanks
    is_oil = np.array([tank.content == "oil" for tank in process.field.tanks])
    handled = tanks.content + tanks.shipped + tanks.spilled
    return np.array([
        lines.oil.sum() + vessel.oil + handled[is_oil].sum(),
        lines.water.sum() + vessel.water + handled[~is_oil].sum(),
    ])  # fmt: skip


def disturb(process):
    process.inputs["Well.FrequencyTarget"][:6] -= 5.0
    process.inputs["Well.ChokeTarget"][8:] = 0.8
    process.inputs["Well.Energised"][7] = False
    process.inputs["Separator.OilValve"][0] *= 0.7


def test_oil_and_water_from_the_wells_are_in_the_lines_the_separator_or_the_tanks(truth):
    before, came = stocks(truth), np.zeros(2)
    disturb(truth)
    water_cut = truth.wells.parameters.water_cut
    for _ in range(5000):
        truth.step(0.2)
        flow = truth.wells.outflow
        came += np.array([flow @ (1.0 - water_cut), flow @ water_cut]) * 0.2
    assert stocks(truth) - before == pytest.approx(came, rel=1e-9)


def test_gas_from_the_wells_is_in_the_lines_the_separator_or_the_gas_header(truth):
    def held():
        return truth.gathering.gas.sum() + truth.separator.gas

    before, balance = held(), 0.0
    disturb(truth)
    wells = truth.wells.parameters
    for _ in range(5000):
        truth.step(0.2)
        balance += (truth.wells.outflow @ ((1.0 - wells.water_cut) * wells.gor) - truth.separator.outflow.gas) * 0.2
    assert held() - before == pytest.approx(balance, rel=1e-6, abs=1e-9)


def test_manifolds_stand_between_their_wells_and_the_separator(truth):
    signals = truth.signals
    behind = signals["Manifold.Pressure"][truth.gathering.manifold_of]
    assert np.all(signals["Well.FlowlinePressure"] > behind)
    assert np.all(signals["Manifold.Pressure"] > signals["Separator.Pressure"][0])


def test_manifold_flow_is_that_of_its_wells(truth):
    sums = np.bincount(truth.gathering.manifold_of, truth.signals["Well.Flow"])
    assert truth.signals["Manifold.Flow"] == pytest.approx(sums)
