"""A live drill: one try of a person at a field that runs, told from the outside what happens there.

It knows no bus and no clock. Commands and acknowledgements tick expected acts, count wrong ones, and are taken down;
looks at the field add up what it costs and how long limits are crossed. All goes to a record and comes back from it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from control.bus.message.command import CommandEvent
from hil.event import Event
from plant.asset.field import Field
from plant.error import CommandRefused
from scenarios.drill.cost import Meter, Sight, Totals
from scenarios.drill.drill import Deed, Drill, Expected, Forbidden
from scenarios.drill.play import Try

ENDED = ("done", "written", "failed", "refused")  # outcomes with which a command is over
LONGEST = 60.0  # s between two looks over which values are taken to have held; more was not seen


@dataclass
class LiveDrill:
    """A try by ``player``. Times in seconds of plant time from its beginning."""

    drill: Drill
    asset_field: Field
    player: str
    seed: int = 0
    time: float = 0.0
    done: dict[str, float] = field(default_factory=dict)  # events and expected acts, by name → when
    deeds: list[Deed] = field(default_factory=list)
    wrong: list[tuple[float, str]] = field(default_factory=list)  # names of forbidden acts
    acknowledged: list[tuple[float, str]] = field(default_factory=list)
    hints: list[float] = field(default_factory=list)  # when each was asked for, in the drill's order
    outside: list[float] = field(default_factory=list)
    answer: tuple[str, float] | None = None
    totals: Totals = field(default_factory=Totals)
    seen: list[list[float]] = field(default_factory=list)  # time, and the trends' tags
    _truth: dict[str, float] = field(default_factory=dict)
    _meter: Meter | None = None

    def __post_init__(self) -> None:
        self.outside = self.outside or [0.0] * len(self.drill.limits)

    @property
    def tags(self) -> tuple[str, ...]:
        """All whose true values its limits and conditions ask for."""
        asked = [limit.condition for limit in self.drill.limits]
        asked += [one for wrong in self.drill.forbidden for one in wrong.act.when]
        return tuple(dict.fromkeys(condition.tag.name for condition in asked))

    @property
    def is_over(self) -> bool:
        """Whether its time is."""
        return self.time >= self.drill.length

    def due(self) -> list[Event]:
        """The events whose time has come and that did not befall the field yet."""
        return [event for event in self.drill.events if event.at <= self.time and event.name not in self.done]

    def befallen(self, event: Event) -> None:
        """Take down that an event did."""
        self.done.setdefault(event.name, self.time)

    def look(self, at: float, told: Mapping[str, Any], shown: Mapping[str, float]) -> None:
        """Take what the field looks like in truth, as it answers ``look``, and what its instruments show, SI."""
        sight, dt = Sight.read(told), min(max(at - self.time, 0.0), LONGEST)
        if self._meter is None:
            self._meter = Meter(self.asset_field, sight, self.totals)
        self._meter.take(sight, dt)
        self.totals, self.time = self._meter.totals, max(at, self.time)
        self._truth = {tag: math.nan if value is None else float(value) for tag, value in told["truth"].items()}
        for i, limit in enumerate(self.drill.limits):
            self.outside[i] += dt * limit.condition.holds(self._truth.get(limit.condition.tag.name, math.nan))
        self.seen.append([self.time, *(shown.get(tag.name, math.nan) for tag in self.drill.trends)])

    def command(self, event: CommandEvent, at: float) -> None:
        """Take down a command that is over."""
        if event.outcome not in ENDED or event.value is None:
            return
        deed = Deed(at, event.tag, event.value, "" if event.outcome in ("done", "written") else event.detail)
        self.deeds.append(deed)
        expected = None if deed.refused else self._expected(deed)
        if expected is not None:
            self.done[expected.act.name] = at
            return
        for one in self.drill.forbidden:
            if one.act.is_tried_by(deed) and self._holds(one):
                self.wrong.append((at, one.act.name))

    def acknowledge(self, alarm: str, at: float) -> None:
        """Take down that an alarm was acknowledged."""
        self.acknowledged.append((at, alarm))

    def say(self, what: str) -> None:
        """Take the player's word on what is wrong. Raises :class:`CommandRefused` where it was said, or is none."""
        choices = self.drill.question.choices
        if what not in choices:
            raise CommandRefused("diagnosis", what, f"must be one of {', '.join(choices)}")
        if self.answer is not None:
            raise CommandRefused("diagnosis", what, f"was given already: {self.answer[0]}")
        self.answer = what, self.time

    def hint(self) -> Mapping[str, str]:
        """The next hint, at its cost. Raises :class:`CommandRefused` where all were given."""
        if len(self.hints) == len(self.drill.hints):
            raise CommandRefused("hint", self.drill.name, f"has no more than {len(self.drill.hints)}, all given")
        self.hints.append(self.time)
        return self.drill.hints[len(self.hints) - 1].says

    def tried(self) -> Try:
        """All that a score rests on."""
        drill, allowed = self.drill, Counter({one.act.name: one.allowed for one in self.drill.forbidden})
        wrong, times = [], Counter[str]()
        rows = {one.act.name: one for one in drill.forbidden}
        for at, name in self.wrong:
            times[name] += 1
            if times[name] > allowed[name]:
                wrong.append((at, rows[name]))
        seen = np.array(self.seen, float).reshape(-1, 1 + len(drill.trends))
        return Try(
            self.player, self.seed, self.done, tuple(self.deeds), tuple(wrong), tuple(self.outside), self.answer,
            self.totals, seen[:, 0], {tag.name: seen[:, i] for i, tag in enumerate(drill.trends, 1)},
            tuple(zip(self.hints, drill.hints, strict=False)), tuple(self.acknowledged),
        )  # fmt: skip

    def record(self) -> dict[str, Any]:
        """As plain values, from which :meth:`resumed` goes on."""
        kept = {name: getattr(self, name) for name in _PLAIN}
        return kept | {"deeds": [asdict(deed) for deed in self.deeds], "totals": asdict(self.totals)}

    @classmethod
    def resumed(cls, drill: Drill, asset_field: Field, record: Mapping[str, Any]) -> LiveDrill:
        """Go on from a record."""
        kept: dict[str, Any] = {name: record[name] for name in _PLAIN}
        kept |= {name: [(at, what) for at, what in record[name]] for name in ("wrong", "acknowledged")}
        kept |= {"answer": tuple(record["answer"]) if record["answer"] else None}
        deeds, totals = [Deed(**deed) for deed in record["deeds"]], Totals(**record["totals"])
        return cls(drill, asset_field, deeds=deeds, totals=totals, **kept)

    def _expected(self, deed: Deed) -> Expected | None:
        """The first act still to be done that this is, once that is done after which it is asked."""
        for one in self.drill.expected:
            if one.act.name not in self.done and one.after in self.done and one.act.is_tried_by(deed):
                return one
        return None

    def _holds(self, one: Forbidden) -> bool:
        """Whether it was wrong as things stood."""
        return all(condition.holds(self._truth.get(condition.tag.name, math.nan)) for condition in one.act.when)


_PLAIN = ("player", "seed", "time", "done", "wrong", "acknowledged", "hints", "outside", "answer", "seen")
