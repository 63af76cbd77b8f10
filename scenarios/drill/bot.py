"""Bots: players of known skill, beside whom a trainee's try is judged, and who say whether a drill is a fair one.

The expert knows the plant's true state, acts as soon as an act's conditions hold, and where the choice is numeric tries
each on a clone of the field. The novice goes by what the instruments show, is slow, does one wrong thing, and guesses.
Doing nothing is a player too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from scenarios.drill.cost import Meter, Sight
from scenarios.drill.drill import Act, Deed, Drill
from scenarios.drill.ground import Ground

AGAIN = 10.0  # s after which what a device refused is tried again
THINKS = 5.0  # s that an expert takes
SLOW = (40.0, 150.0)  # s that a novice takes
LOOK = 5.0  # s between steps in which choices are tried


@dataclass
class Bot:
    """A player: does the drill's acts in their order, each once it has seen its conditions hold for so long."""

    name: str
    drill: Drill
    is_expert: bool
    seed: int = 0
    _next: int = 0
    _seen: float | None = None  # since when the next act's conditions hold
    _pause: float = THINKS
    _again: float = 0.0
    _random: random.Random = field(init=False)
    _blunder: tuple[float, Act] | None = None

    def __post_init__(self) -> None:
        # Of the drill's name too, so that one seed is not the same luck in every drill.
        self._random = random.Random(f"{self.drill.name}/{self.name}/{self.seed}")
        if not self.is_expert:
            self._pause = self._random.uniform(*SLOW)
            self._blunder = self._drawn_blunder()

    def play(self, ground: Ground, done: Mapping[str, float]) -> Iterator[tuple[str | None, Deed]]:
        """What it does now, each with the name of the act that it takes it for; ``done`` is what was, and when."""
        if (wrong := self._blunder) and ground.time >= wrong[0]:
            self._blunder = None
            yield None, self._written(ground, wrong[1])
        if self._next == len(self.drill.expected) or ground.time < self._again:
            return
        expected = self.drill.expected[self._next]
        if expected.after not in done or not self._sees(ground, expected.act):
            self._seen = None
            return
        self._seen = ground.time if self._seen is None else self._seen
        if ground.time - self._seen >= self._pause:
            yield self._do(ground, expected.act)

    def answer(self) -> tuple[str, float]:
        """What it says is wrong, and when it says so [s]."""
        question, at = self.drill.question, self.drill.events[0].at
        if self.is_expert:
            return question.truth, at + 60.0
        return self._random.choice(question.choices), at + 300.0

    def _do(self, ground: Ground, act: Act) -> tuple[str | None, Deed]:
        deed = self._written(ground, act)
        if deed.refused:
            self._again = ground.time + AGAIN
            return None, deed
        self._next, self._seen = self._next + 1, None
        self._pause = THINKS if self.is_expert else self._random.uniform(*SLOW)
        return act.name, deed

    def _sees(self, ground: Ground, act: Act) -> bool:
        look: Callable[[str], float] = ground.truth if self.is_expert else ground.reading
        return all(condition.holds(look(condition.tag.name)) for condition in act.when)

    def _written(self, ground: Ground, act: Act) -> Deed:
        deeds = [ground.write(tag, self._value(ground, act)) for tag in act.tags]
        return next((deed for deed in deeds if deed.refused), deeds[0])

    def _value(self, ground: Ground, act: Act) -> float:
        if not act.choices:
            return act.high
        if not self.is_expert:
            return self._random.choice(act.choices)
        return min(act.choices, key=lambda value: _tried(ground, act, value))

    def _drawn_blunder(self) -> tuple[float, Act] | None:
        if not self.drill.forbidden:
            return None
        wrong = self._random.choice([one for one in self.drill.forbidden if not one.is_hard] or self.drill.forbidden)
        begun = self.drill.events[0].at
        return begun + self._random.uniform(20.0, 0.3 * (self.drill.length - begun)), wrong.act


def _tried(ground: Ground, act: Act, value: float) -> float:
    """What it costs to do so, over the act's horizon, on a clone."""
    clone = ground.clone()
    meter = Meter(clone.field, Sight.of(clone))
    for tag in act.tags:
        clone.write(tag, value)
    while clone.time < act.horizon:
        clone.let_pass(clone.time + LOOK)
        meter.take(Sight.of(clone), LOOK)
    return meter.totals.cost


def bots(drill: Drill, seed: int = 0) -> dict[str, Bot | None]:
    """The players there are, by name; nobody for the one that does nothing."""
    return {
        "expert": Bot("expert", drill, True, seed),
        "novice": Bot("novice", drill, False, seed),
        "nothing": None,
    }
