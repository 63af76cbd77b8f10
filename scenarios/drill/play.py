"""A play: a drill from its beginning to its end, and everything about it that a score rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from plant.asset.bench import Bench
from plant.asset.field import Field
from plant.process.array_file import Arrays
from scenarios.drill.bot import Bot, bots
from scenarios.drill.cost import Meter, Sight, Totals
from scenarios.drill.drill import Deed, Drill, Forbidden, Hint
from scenarios.drill.ground import Ground

STEP = 1.0  # s between looks


@dataclass(frozen=True)
class Try:
    """What was done in a drill, by whom, and what came of it. Times in seconds from its beginning."""

    player: str
    seed: int
    done: dict[str, float]  # events and expected acts, by name → when
    deeds: tuple[Deed, ...]
    wrong: tuple[tuple[float, Forbidden], ...]
    outside: tuple[float, ...]  # s beyond each limit of the drill
    answer: tuple[str, float] | None
    totals: Totals
    time: np.ndarray  # of the trends
    trends: dict[str, np.ndarray]  # by tag, as the instruments showed them, SI
    hints: tuple[tuple[float, Hint], ...] = ()  # that were asked for, and when
    acknowledged: tuple[tuple[float, str], ...] = ()  # alarms, by id, and when


class Play:
    """One try at a drill by a bot, or by nobody."""

    def __init__(
        self, drill: Drill, field: Field, bench: Bench, player: str, bot: Bot | None, seed: int = 0,
        saved: Arrays | None = None,
    ):  # fmt: skip
        self.drill, self.player, self.bot, self.seed = drill, player, bot, seed
        self.ground = Ground(field, bench, seed, saved)
        self.meter = Meter(field, Sight.of(self.ground))
        self.done: dict[str, float] = {}
        self.deeds: list[Deed] = []
        self.wrong: list[tuple[float, Forbidden]] = []
        self.outside = [0.0] * len(drill.limits)
        self._due = list(drill.events)
        self._times: Counter[str] = Counter()  # of what is wrong when done too often
        self._seen: list[list[float]] = []

    def run(self) -> Try:
        """Play it to its end."""
        for _, until in pairwise(np.arange(0.0, self.drill.length + STEP / 2, STEP).tolist()):
            self._step(until)
        drill = self.drill
        seen = np.array(self._seen).reshape(-1, 1 + len(drill.trends))
        return Try(
            self.player, self.seed, self.done, tuple(self.deeds), tuple(self.wrong), tuple(self.outside),
            self.bot.answer() if self.bot else None, self.meter.totals, seen[:, 0],
            {tag.name: seen[:, i] for i, tag in enumerate(drill.trends, 1)},
        )  # fmt: skip

    def _step(self, until: float) -> None:
        self._befall()
        for name, deed in self.bot.play(self.ground, self.done) if self.bot else ():
            self._note(name, deed)
        self.ground.let_pass(until)
        self.meter.take(Sight.of(self.ground), STEP)
        for i, limit in enumerate(self.drill.limits):
            self.outside[i] += STEP * limit.condition.holds(self.ground.truth(limit.condition.tag.name))
        self._seen.append([until, *(self.ground.reading(tag.name) for tag in self.drill.trends)])

    def _befall(self) -> None:
        while self._due and self._due[0].at <= self.ground.time:
            event = self._due.pop(0)
            self.ground.befall(event)
            self.done.setdefault(event.name, self.ground.time)

    def _note(self, name: str | None, deed: Deed) -> None:
        """Take down what was done: wrong acts also where the device refused them."""
        self.deeds.append(deed)
        if name is not None:
            self.done.setdefault(name, deed.at)
            return
        for one in self.drill.forbidden:
            if one.act.is_tried_by(deed) and self._holds(one):
                self._times[one.act.name] += 1
                if self._times[one.act.name] > one.allowed:
                    self.wrong.append((deed.at, one))

    def _holds(self, one: Forbidden) -> bool:
        """Whether it was wrong as things stood."""
        return all(condition.holds(self.ground.truth(condition.tag.name)) for condition in one.act.when)


def tries(drill: Drill, field: Field, bench: Bench, seed: int, players: Sequence[str]) -> dict[str, Try]:
    """What these players make of a drill, and the expert, beside whom all are judged: the same field for each."""
    found = bots(drill, seed)
    wanted = dict.fromkeys(("expert", *players))
    return {name: Play(drill, field, bench, name, found[name], seed).run() for name in wanted}
