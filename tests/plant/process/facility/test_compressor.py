import numpy as np

from plant.process.facility import protection


def machines(trial):
    return trial.station.compressors


def test_two_machines_share_the_gas_and_hold_the_suction_pressure(trial):
    trial.run(900.0)
    k = machines(trial)
    assert k.flow[0] == k.flow[1] > 0.0
    assert abs(k.drum.pressure / k.parameters.suction_pressure[0] - 1.0) < 0.03
    assert np.all(k.protection.code == 0.0)


def test_when_one_trips_the_other_takes_what_it_can(trial):
    trial.run(300.0)
    k = machines(trial)
    k.parameters.trip[0] = 1.0
    before = k.flow[1]
    trial.run(300.0)
    assert k.protection.code.tolist() == [1.0, 0.0]
    assert k.speed[0] < 0.05
    assert k.flow[1] > before


def test_a_tripped_machine_stays_so_until_it_is_reset(trial):
    k = machines(trial)
    k.parameters.trip[:] = 1.0
    trial.run(60.0)
    k.parameters.trip[:] = 0.0
    trial.run(60.0)
    assert np.all(k.protection.code == 1.0)
    trial.inputs["Compressor.Reset"][:] = True
    trial.run(1.0)
    trial.inputs["Compressor.Reset"][:] = False
    trial.run(120.0)
    assert np.all(k.protection.code == 0.0)
    assert np.all(k.speed > 0.8)


def starve(trial):
    """Block the way to the header, so that the machine is driven to its crest."""
    gas = trial.station.gas
    gas.parameters.sales[:] = 0.0


def test_the_guard_opens_the_recycle_valve_before_the_machine_surges(lone):
    lone.dt = 0.2  # for it sees the machine once a step, and hunts where it sees it seldom
    lone.run(100.0)
    starve(lone)
    seen = lone.run(150.0, lambda station: (station.compressors.flow[0], station.compressors.recycle_valve.opening[0]))
    flows, openings = seen.T
    assert openings[-100:].mean() > 0.3
    assert flows.min() > 0.0


def surge(lone):
    """Flows of a machine that is throttled without its guard."""
    lone.run(300.0)
    machines(lone).parameters.surge_guard[:] = 0.0
    starve(lone)
    return lone.run(150.0, lambda station: station.compressors.flow[0])


def test_without_guard_and_protection_a_throttled_machine_surges_in_a_cycle(lone, monkeypatch):
    """Moore and Greitzer: left of the crest, with a volume behind, the flow reverses and returns, again and again."""
    monkeypatch.setattr(protection, "CAUSES", ())
    flows = surge(lone)
    assert flows[:100].min() > 0.0
    assert np.sum((flows[1:] < 0.0) & (flows[:-1] >= 0.0)) > 4


def test_a_machine_that_surges_is_tripped_by_its_protection(lone):
    assert surge(lone).min() < 0.0
    assert machines(lone).protection.code[0] in (3.0, 4.0)  # surge heats the gas: either limit may be met first


def test_gas_that_flows_backwards_for_longer_than_a_surge_may_trips_the_machine(lone):
    lone.run(60.0)
    machines(lone).protection.reversed[:] = 2.5
    lone.run(1.0)
    assert machines(lone).protection.code[0] == 4.0


def test_a_fouled_machine_turns_faster_for_the_same_gas(lone):
    lone.run(900.0)
    before = machines(lone).speed[0], machines(lone).T_2[0]
    machines(lone).parameters.fouling[:] = 0.08
    lone.run(900.0)
    assert machines(lone).speed[0] > before[0] + 0.01
    assert machines(lone).protection.code[0] == 0.0


def test_liquid_that_gathers_in_the_drum_trips_the_machines(trial):
    k = machines(trial)
    k.drum.parameters.dump[:] = 0.0
    k.drum.liquid[:] = 0.65 * k.drum.volume, 0.0
    trial.run(5.0)
    assert np.all(k.protection.code == 2.0)


def test_a_dirty_cooler_lets_hot_gas_through(lone):
    lone.run(600.0)
    before = machines(lone).T_3[0]
    machines(lone).parameters.cooler[:] = 0.3
    lone.run(300.0)
    assert machines(lone).T_3[0] > before + 10.0


def test_power_that_fails_trips_the_machines(lone):
    lone.station.power.parameters.sag[:] = 0.7
    lone.run(5.0)
    assert machines(lone).protection.code[0] == 6.0
