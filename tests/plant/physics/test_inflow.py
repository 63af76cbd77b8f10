from plant.physics.inflow import productivity_rate


def test_rate_vanishes_when_flowing_pressure_reaches_reservoir_pressure():
    assert float(productivity_rate(1.2e7, 1.2e7, 1e-9)) == 0.0


def test_a_well_takes_liquid_above_reservoir_pressure():
    assert float(productivity_rate(1.3e7, 1.2e7, 1e-9)) < 0.0
