"""A site: everything that control reads from files before it starts, checked together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from control.alarms.table import Rule, alarm_file, load_rules
from plant.asset.bench import Bench, load_bench
from plant.asset.error import ConfigError, Mistake
from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.asset.tag import Tag, tags_of

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """A field, its tags, where its devices answer, and what alarms."""

    field: Field
    bench: Bench
    tags: dict[str, Tag]
    rules: tuple[Rule, ...]

    @classmethod
    def load(cls, field_source: str, bench_source: str) -> Site:
        """Read field, bench and alarm table. Raises one :class:`ConfigError` with the mistakes of all files."""
        mistakes: list[Mistake] = []
        field = _noting(mistakes, lambda: load_field(field_source))
        assets = field.assets() if field else None
        bench = _noting(mistakes, lambda: load_bench(bench_source, assets))
        tags = tags_of(assets or [])
        rules = _noting(mistakes, lambda: load_rules(alarm_file(field_source), tags)) if field else None
        if field and bench and bench.field != field.name:
            mistakes.append(Mistake(str(bench.path), "field", bench.field, f"is not the field loaded, {field.name}"))
        if mistakes or field is None or bench is None:
            raise ConfigError(mistakes)
        return cls(field, bench, tags, rules or ())


def _noting(mistakes: list[Mistake], load: Callable[[], T]) -> T | None:
    try:
        return load()
    except ConfigError as error:
        mistakes.extend(error.mistakes)
        return None
