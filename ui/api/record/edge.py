"""The edge between records, which are SI and UTC ns, and what people and programs send and see.

A quantity has its unit in its key: as shown the field's own (``oil_bpd``) or SI (``oil_m3_s``); as sent any of its
quantity, or SI under the bare key. Moments are ISO 8601, money is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from historian.ledger.rule import checked
from historian.ledger.table import NOUNS
from historian.ledger.trait import Trait, traits
from plant.error import ConfigError, Mistake, OutOfRange
from plant.unit import UNITS, Unit, split_key
from ui.api.moment import iso, moment
from ui.api.snapshot import Units

MOMENTS = ("created", "changed")


def shown(noun: str, row: Mapping[str, Any], names: Iterable[str], units: Units) -> dict[str, Any]:
    """Those values of a record as they are sent."""
    return {key: give(row[name]) for name, key, give in _outward(noun, units, tuple(names))}


def keys(noun: str, names: Iterable[str], units: Units) -> list[str]:
    """As they are called there."""
    return [key for _, key, _ in _outward(noun, units, tuple(names))]


@cache
def _outward(noun: str, units: Units, names: tuple[str, ...]) -> list[tuple[str, str, Any]]:
    return [(name, *_given(traits(noun)[name], units)) for name in names]


def _given(trait: Trait, units: Units) -> tuple[str, Any]:
    if trait.kind == "moment":
        return trait.name, lambda value: value if value is None else iso(value)
    if (unit := unit_of(trait, units)) is not None:
        return f"{trait.name}_{unit.key}", lambda value: value if value is None else unit.from_si(value)
    return trait.name, lambda value: str(value) if isinstance(value, date | Decimal) else value


def unit_of(trait: Trait, units: Units) -> Unit | None:
    """The unit in which it is shown; None where it has none."""
    own = UNITS.get(trait.unit)
    if own is None or units == "field":
        return own
    return next(u for u in UNITS.values() if u.quantity == own.quantity and u.scale == 1.0 and u.offset == 0.0)


def taken(noun: str, given: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What was sent, as the ledger takes it. Raises one :class:`ConfigError` with all that is wrong, as it was sent."""
    known = traits(noun)
    values: dict[str, Any] = {}
    sent: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for key, value in given.items():
        try:
            name, values_si = _inward(known, key, value)
        except OutOfRange as error:
            mistakes.append(Mistake(noun, error.name, error.value, error.rule))
            continue
        if name in values:
            mistakes.append(Mistake(noun, key, value, f"must not be given beside {sent[name]}"))
        values[name], sent[name] = values_si, key
    try:
        checked(NOUNS[noun], values, before)
    except ConfigError as error:
        wrong = {mistake.key for mistake in mistakes}
        mistakes += [_as_sent(m, sent, given, known) for m in error.mistakes if sent.get(m.key, m.key) not in wrong]
    if mistakes:
        raise ConfigError(mistakes)
    return values


def _inward(known: Mapping[str, Trait], key: str, value: Any) -> tuple[str, Any]:
    name, unit = split_key(key) if key not in known else (key, None)
    trait = known.get(name)
    if trait is None:
        return key, value  # which the ledger's own rules will refuse, with the keys that there are
    if unit is not None:
        own = UNITS.get(trait.unit)
        if own is None or own.quantity != unit.quantity:
            return key, value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return name, unit.to_si(value) if is_number else value
    if trait.kind == "moment" and isinstance(value, str):
        return name, moment(key, value)
    return name, value


def _as_sent(
    mistake: Mistake, sent: Mapping[str, str], given: Mapping[str, Any], known: Mapping[str, Trait]
) -> Mistake:
    key = sent.get(mistake.key, mistake.key)
    rules = known[mistake.key].rule if mistake.key in known else {}
    low, high = rules.get("low"), rules.get("high")
    unit = split_key(key)[1] if key != mistake.key else None
    rule = mistake.rule
    if unit is not None and low is not None and rule.startswith("must be between"):
        rule = f"must be between {unit.from_si(low):.6g} and {unit.from_si(high):.6g}"
    return Mistake(mistake.file, key, given.get(key, mistake.value), rule)


def names_of(noun: str) -> list[str]:
    """The names of what there is of it, but whose it is."""
    return list(traits(noun))
