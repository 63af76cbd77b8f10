"""A plan: what is to befall a field once a tag crosses a value, or once the trainee has done an act."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from hil.scope import Scope
from plant.asset.table import Table
from scenarios.drill.drill import Condition
from scenarios.drill.drill_file import read_condition
from simulators.fault.order import read_start
from simulators.fault.target import Targets


@dataclass(frozen=True)
class Plan:
    """A ``request`` of the control channel, and what it waits for: a condition, or an act by name."""

    request: Mapping[str, Any]
    says: str
    condition: Condition | None = None
    act: str = ""

    def is_due(self, truth: Mapping[str, float], done: Collection[str]) -> bool:
        """Whether it is time."""
        if self.condition is None:
            return self.act in done
        return self.condition.holds(truth.get(self.condition.tag.name, math.nan))


def read_plan(request: Mapping[str, Any], when: Mapping[str, Any], scope: Scope, targets: Targets) -> Plan:
    """A plan, both parts checked as they are elsewhere. Raises :class:`ConfigError` with every mistake of both.

    ``when`` is ``{"act": NAME}``, or a condition as of a drill file: ``{"tag": …, "above_MPa": …}``.
    """
    asked, waits = Table(dict(request), "request"), Table(dict(when), "when")
    waits.mistakes = asked.mistakes
    read_start(asked, targets)
    act = waits.text("act") if "act" in when else ""
    condition = None if act else read_condition(waits, scope)
    waits.no_others()
    asked.finish()
    told = act or " ".join(f"{key} {value}" for key, value in when.items())
    return Plan({**request, "do": "malfunction"}, f"{request.get('malfunction')}: {told}", condition, act)
