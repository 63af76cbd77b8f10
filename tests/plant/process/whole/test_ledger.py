"""Nothing is lost: volumes to rounding, energy by its counters, heat as far as samples of a step tell it."""

import numpy as np
import pytest

from plant.process.energy import Meter, energy, energy_closure
from plant.process.esp import kernel, stride
from plant.process.esp.row import Liquid, Motion, Outside, Parameters, Slow
from plant.process.ledger import closure, ledger


def half_hour(process, seconds=1800):
    """Half an hour with trips and restarts of everything, moved chokes and malfunctions."""
    inputs, start, clear = process.inputs, process.malfunctions.start, process.malfunctions.clear

    def put(name, value, which=slice(None)):
        return lambda: inputs[name].__setitem__(which, value)

    story = (
        put("Well.Energised", False, slice(0, 2)), put("Well.ChokeTarget", 0.2),
        lambda: start("gas-lift orifice eroded", "GasLiftWell.GL-1", ramp=60.0),
        put("GasLiftWell.LiftChokeTarget", 0.0), put("NaturalWell.ChokeTarget", 0.0),
        put("Well.Energised", True), lambda: start("flowline leak", "Manifold.ME", ramp=60.0),
        put("Compressor.Energised", False), put("GasLiftWell.LiftChokeTarget", 0.8),
        put("InjectionPump.Energised", False), put("Separator.WaterValve", 1.0),
        put("Compressor.Energised", True), lambda: start("tubing leak", "GasLiftWell.GL-1", ramp=60.0),
        put("InjectionPump.Energised", True), put("NaturalWell.ChokeTarget", 1.0),
        put("Generator.Energised", False), lambda: clear("flowline leak", "Manifold.ME"),
        put("Generator.Energised", True), put("Generator.Reset", True), put("Well.ChokeTarget", 1.0),
    )  # fmt: skip
    for event in story:
        event()
        for _ in range(seconds // len(story)):
            process.step(1.0)
        yield


def test_half_an_hour_of_trips_with_every_lift_and_facility_loses_nothing(whole):
    process = whole.clone()
    before = ledger(process)
    for _ in half_hour(process):
        # Only the end of a malfunction that nobody has bounded is infinite.
        assert {n for n, array in process.save().items() if not np.isfinite(array).all()} <= {"malfunctions.until"}
    assert closure(before, ledger(process)) == pytest.approx(0.0, abs=1e-9)
    assert np.all(ledger(process).came > before.came)


@pytest.mark.parametrize(
    "lose",
    [
        lambda p: p.wells.motion.t_o.__isub__(1e-6),
        lambda p: p.gas_lift.state["water"].__isub__(1e-6),
        lambda p: p.natural.state["lost_gas"].__iadd__(1e-4),
        lambda p: p.lift_line.gas.__isub__(1e-4),
        lambda p: p.injectors.state["injected"].__iadd__(1e-6),
        lambda p: p.station.tanks.content.__isub__(1e-6),
        lambda p: p.station.gas.sold.__iadd__(1e-4),
    ],
)
def test_a_cupful_that_goes_missing_anywhere_is_seen(whole, lose):
    process = whole.clone()
    before = ledger(process)
    for _ in range(30):
        process.step(1.0)
    assert closure(before, ledger(process)).max() < 1e-9
    lose(process)
    assert closure(before, ledger(process)).max() > 1e-7


def tripped(process):
    """A trip of some wells, their restart, and a moved choke, with a meter that watches."""
    before, meter = energy(process.wells), Meter(process.wells)
    for seconds, on in ((120, True), (300, False), (1380, True)):
        process.inputs["Well.Energised"][::3] = on
        process.inputs["Well.ChokeTarget"][1] = 0.3 + 0.2 * on
        for _ in range(seconds):
            process.step(1.0)
            meter.read(1.0)
    return before, meter


def test_energy_drawn_is_work_and_losses_through_a_trip_and_a_restart(coarse):
    before, meter = tripped(coarse)
    now = energy(coarse.wells)
    assert energy_closure(before, now) == pytest.approx(0.0, abs=1e-6)
    # independent of the counters: the power and temperatures that anybody sees, sampled once a second
    assert meter.power_closure() == pytest.approx(0.0, abs=5e-3)
    assert meter.thermal_closure() == pytest.approx(0.0, abs=1e-3)
    # second law: a pump gives its liquid less than it takes, and the rest is heat
    share = (now.lifted - before.lifted) / (now.taken - before.taken)
    assert np.all((share > 0.0) & (share < 1.0))


@pytest.fixture
def by_numpy(monkeypatch):
    """Wells step by the functions themselves, which a test may then change: what is compiled from them stands."""

    def step(s, setting, dt, table, z):
        m, o, w, li, u = Motion(*s.motion), Slow(*s.slow), Parameters(*s.parameters), Liquid(*s.liquid), s.outside
        then = stride.stride(m, o, w, li, Outside(*u), dt, table)
        s.motion[:], s.slow[:] = np.stack(then[0]), np.stack(then[1])

    monkeypatch.setattr(kernel, "step", step)


@pytest.mark.parametrize("term", ["drawn", "cabled", "warmed"])
def test_a_term_that_is_counted_wrongly_opens_the_energy_ledger(coarse, by_numpy, monkeypatch, term):
    right = stride.settled

    def wrong(before, m, o, *rest):
        then = right(before, m, o, *rest)
        return then._replace(**{term: getattr(then, term) + 1e-3 * (getattr(then, term) - getattr(o, term))})

    monkeypatch.setattr(stride, "settled", wrong)
    before = energy(coarse.wells)
    for _ in range(60):
        coarse.step(1.0)
    assert energy_closure(before, energy(coarse.wells)).min() > 1e-6


def test_heat_that_does_not_reach_the_liquid_opens_the_thermal_ledger(coarse, by_numpy, monkeypatch):
    right = stride.warmed

    def wrong(*arguments):
        T_m, T_i, given = right(*arguments)
        return T_m, T_i - 1e-3, given

    monkeypatch.setattr(stride, "warmed", wrong)
    meter = Meter(coarse.wells)
    for _ in range(600):
        coarse.step(1.0)
        meter.read(1.0)
    assert meter.thermal_closure().max() > 1e-3
