"""A site: everything that control reads from files before it starts, checked together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from control.alarms.rule import Rule
from control.alarms.table import AlarmTable, alarm_file, load_alarms
from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench
from plant.asset.field import Field
from plant.asset.field_file import read_field
from plant.asset.tag import Tag, tags_of
from plant.error import ConfigError, Mistake

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """A field, its tags, where its devices answer, and what alarms."""

    field: Field
    bench: Bench
    tags: dict[str, Tag]
    alarms: AlarmTable

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The alarms that there can be."""
        return self.alarms.rules

    @classmethod
    def load(cls, field_source: str, bench_source: str) -> Site:
        """Read field, bench and alarm table. Raises one :class:`ConfigError` with the mistakes of all files."""
        field, tags, alarms, mistakes = read_alarmed(field_source)
        bench = _noting(mistakes, lambda: load_bench(bench_source, _named(field), field.name if field else ""))
        if mistakes or field is None or bench is None:
            raise ConfigError(mistakes)
        return cls(field, bench, tags, alarms)


def read_alarmed(field_source: str | Path) -> tuple[Field | None, dict[str, Tag], AlarmTable, list[Mistake]]:
    """A field as far as its file tells it, its tags and alarms, and every mistake in both files."""
    mistakes: list[Mistake] = []
    field, wrong = _noting(mistakes, lambda: read_field(field_source)) or (None, [])
    mistakes += wrong
    assets = _named(field)
    tags = tags_of(assets or [])
    is_known = assets is not None
    alarms = _noting(mistakes, lambda: load_alarms(alarm_file(field_source), tags)) if is_known else None
    return field, tags, alarms or AlarmTable(), mistakes


def _named(field: Field | None) -> list[str] | None:
    """The assets of a field; None where its file leaves one unnamed, for then no name can be said to be wrong."""
    if field is None or not all((field.wells, field.manifolds, field.tanks)):
        return None
    assets = field.assets()
    return None if any(asset.endswith(".") for asset in assets) else assets


def _noting(mistakes: list[Mistake], load: Callable[[], T]) -> T | None:
    try:
        return load()
    except ConfigError as error:
        mistakes.extend(error.mistakes)
        return None
