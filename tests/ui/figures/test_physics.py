import json

from ui.figures.physics import run


def test_a_short_run_has_every_figure_and_its_peer():
    measured = run(1.0)
    assert measured["bench"] == "physics"
    assert measured["figures"]["well_steps_per_s_1000"] > 0
    assert measured["peers"]["numpy_rk4_three_state_1000"] > 0
    assert measured["ratios"]["well_over_three_state_1000"] > 0
    assert json.loads(json.dumps(measured)) == measured
