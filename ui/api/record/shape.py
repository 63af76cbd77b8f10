"""Shapes: how a record looks, for the API's description; made from the ledger's columns, so that they cannot differ."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from historian.ledger.column import KEPT
from historian.ledger.trait import Kind, Trait
from ui.api.record import edge
from ui.api.record.resource import Resource

_KINDS: dict[Kind, Any] = {"flag": bool, "number": float, "integer": int, "structure": Any}


@cache
def shape(resource: Resource, is_sent: bool = False) -> type[BaseModel]:
    """A record as it is shown, or sent."""
    keys: dict[str, Any] = {}
    for trait in resource.traits.values():
        if is_sent and trait.name in KEPT:
            continue
        key = edge.keys(resource.noun, (trait.name,), "field")[0]
        is_free = trait.is_optional or (is_sent and trait.default is not None)
        kind, says = _KINDS.get(trait.kind, str), f"one of {', '.join(trait.choices)}" if trait.choices else None
        keys[key] = (kind | None, Field(None, description=says)) if is_free else (kind, Field(..., description=says))
    name = f"{'New' if is_sent else ''}{''.join(part.title() for part in resource.noun.split('_'))}"
    config = ConfigDict(json_schema_extra={"example": example(resource, is_sent)})
    return create_model(name, __config__=config, __doc__=f"{resource.says}.", **keys)


@cache
def page(resource: Resource) -> type[BaseModel]:
    """A list of them."""
    keys: dict[str, Any] = {resource.path: (list[shape(resource)], ...), "next": (str | None, None)}  # type: ignore[misc]
    return create_model(
        f"{resource.path.title()}Page", __doc__="A page; ``next`` is the cursor of the one after.", **keys
    )


def example(resource: Resource, is_sent: bool) -> dict[str, Any]:
    """A record that could be."""
    chosen = [one for one in resource.traits.values() if one.kind != "structure" and not (is_sent and one.name in KEPT)]
    return {edge.keys(resource.noun, (one.name,), "field")[0]: _some(one) for one in chosen}


def _some(trait: Trait) -> Any:
    told = {"code": "CACB27A-P1", "name": "North 1", "uwi": None}
    if trait.name in told:
        return told[trait.name]
    if trait.choices:
        return trait.choices[0]
    if trait.name == "id" or trait.name.endswith("_id"):
        return "0b6f8f7c5d1e4c1d9a6c2f0e8b7a5d3c"
    return {
        "moment": "2026-01-31T12:00:00.000Z", "day": "2026-01-31", "flag": False, "number": 1.0, "integer": 1,
        "exact": "1.25",
    }.get(trait.kind, "…")  # fmt: skip
