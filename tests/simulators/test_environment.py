"""The environment that simulated fields run on."""

import simpy

from simulators.environment import Every, MeteredEnvironment


def counting(env: simpy.Environment, period: float) -> list[float]:
    """The times at which something that is done every ``period`` was done."""
    done: list[float] = []
    Every(env, period, lambda _: done.append(env.now))
    return done


def test_a_moment_is_never_seen_half_done() -> None:
    """Binary fractions (IEEE 754): fifteen times 0.2 is not six times 0.5, in the last bit, yet both are 3 s."""
    env = MeteredEnvironment()
    plant, control = counting(env, 0.2), counting(env, 0.5)
    while env.now < 60.0:
        env.step()
        assert len(control) == int((env.now + 1e-6) / 0.5)
        assert len(plant) == int((env.now + 1e-6) / 0.2)
    assert set(plant[4::5]) != set(control[1::2])


def test_events_that_are_apart_are_steps_of_their_own() -> None:
    env = MeteredEnvironment()
    first, second = counting(env, 1.0), counting(env, 1.01)
    while not second:
        before = len(first), len(second)
        env.step()
        assert sum(before) + 1 >= len(first) + len(second)
    assert env.busy > 0.0
