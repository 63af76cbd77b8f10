"""What if: where a field settles as it is, and where with some setpoints changed; and which limits that crosses.

Both answers come from the field's file (:func:`plant.process.steady.field.steady`), not from a field that runs. What
a running field measures says where its setpoints stand; beside each measured value the study expects it to move by
as much as the model does, for a model that is off by a constant is right about differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from control.alarms.condition import SIGNS
from control.alarms.limit import is_beyond
from control.alarms.rule import Rule
from plant.asset.field import Field
from plant.asset.tag import Tag, tags_of
from plant.process.steady.field import SteadyField, steady
from plant.process.steady.setting import Setting
from scenarios.study.change import Change
from scenarios.study.standing import changed_setting, setting_of

STANDS = "does not flow: its pump stands"


@dataclass(frozen=True)
class Row:
    """One signal before and after, by the model, and as it is measured now. SI; None: not known."""

    tag: Tag
    before: float | None
    after: float | None
    measured: float | None

    @property
    def difference(self) -> float | None:
        """How much the change moves it."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def expected(self) -> float | None:
        """What will be measured after: as much more than now as the model says, else what the model says."""
        return self.after if self.measured is None or self.difference is None else self.measured + self.difference


@dataclass(frozen=True)
class Crossing:
    """A limit of the alarm table beyond which a signal would be."""

    rule: Rule
    value: float  # expected [SI]
    is_new: bool  # it is not beyond as the field is


@dataclass(frozen=True)
class Answer:
    """What came of a study. ``notes`` say what was assumed, and which wells do not flow and why."""

    changes: tuple[Change, ...]
    rows: tuple[Row, ...]
    crossings: tuple[Crossing, ...]
    notes: tuple[str, ...]
    converged: bool


def what_if(
    field: Field, changes: Sequence[Change], rules: Sequence[Rule] = (), measured: Mapping[str, float] | None = None
) -> Answer:
    """Settle a field twice. ``measured`` are the values that a running field shows and that can be believed [SI].

    Raises :class:`OutOfRange` for a field whose steady flow is not worked out.
    """
    setting, notes = setting_of(field, measured)
    changed = changed_setting(field, setting, changes)
    found = [(one, steady(field, setting=one)) for one in (setting, changed)]
    before, after = (_signals(field, *each) for each in found)
    tags, seen = tags_of(field.assets()), measured or {}
    rows = tuple(Row(tags[name], before[name], after[name], seen.get(name)) for name in before)
    for said, (one, settled) in zip(("before", "after"), found, strict=True):
        notes += [f"{said}: {well} {reason}" for well, reason in _reasons(field, one, settled).items()]
    return Answer(tuple(changes), rows, _crossings(rows, rules), tuple(notes), all(s.converged for _, s in found))


def _signals(field: Field, setting: Setting, settled: SteadyField) -> dict[str, float | None]:
    """Every signal that a steady field has, by tag, wells first. Of a well at rest only what is set is known."""
    way, rests = settled.way, settled.q == 0.0
    set_ = {"Frequency": np.where(setting.energised, setting.frequency, 0.0), "Choke": setting.opening}
    flowing = {
        "IntakePressure": way.intake, "DischargePressure": way.discharge, "WellheadPressure": way.wellhead,
        "FlowlinePressure": way.line, "WellheadTemperature": way.T_wellhead, "Current": way.current,
        "ActivePower": way.power,
    }  # fmt: skip
    of_wells = set_ | {"Flow": settled.q} | {key: np.where(rests, np.nan, value) for key, value in flowing.items()}
    wells = {f"Well.{w.code}.{key}": value[i] for i, w in enumerate(field.wells) for key, value in of_wells.items()}
    lines = {"Pressure": settled.p_manifold, "Flow": settled.q_manifold}
    manifolds = {f"Manifold.{m.code}.{k}": v[i] for i, m in enumerate(field.manifolds) for k, v in lines.items()}
    water = np.nan_to_num(settled.q) * [well.fluid.water_cut for well in field.wells]
    station = f"Separator.{field.separator.code}"
    liquid = {f"{station}.Pressure": setting.p_separator, f"{station}.OilFlow": np.nansum(settled.q) - water.sum(),
              f"{station}.WaterFlow": water.sum()}  # fmt: skip
    return {tag: None if np.isnan(value) else float(value) for tag, value in (wells | manifolds | liquid).items()}


def _reasons(field: Field, setting: Setting, settled: SteadyField) -> dict[str, str]:
    stands = {w.code for w, turns in zip(field.wells, setting.energised.tolist(), strict=True) if not turns}
    return {code: STANDS if code in stands else reason for code, reason in settled.reasons.items()}


def _crossings(rows: Sequence[Row], rules: Sequence[Rule]) -> tuple[Crossing, ...]:
    """The limits that would stand, the most urgent first, new ones before those that stand already."""
    of = {row.tag.name: row for row in rows}
    known = [(rule, of[rule.tag.name]) for rule in rules if rule.kind in SIGNS and rule.tag.name in of]
    found = [
        Crossing(rule, row.expected, not _is_beyond(rule, row.before if row.measured is None else row.measured))
        for rule, row in known
        if row.expected is not None and _is_beyond(rule, row.expected)
    ]
    return tuple(sorted(found, key=lambda crossing: (not crossing.is_new, crossing.rule.priority)))


def _is_beyond(rule: Rule, value: float | None) -> bool:
    if value is None or rule.limit is None:
        return False
    at, limit, sign, deadband = (np.array([x]) for x in (value, rule.limit, SIGNS[rule.kind], rule.cause.deadband))
    return bool(is_beyond(at, limit, sign, deadband, np.array([False]))[0])
