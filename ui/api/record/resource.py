"""The resources, a row each: their path, what of the ledger they show, by what they are found, and how they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from historian.ledger.trait import Trait, traits
from plant.error import OutOfRange, Unknown

KEPT, ENTERED = "record.write", "production.write"  # permissions


@dataclass(frozen=True, eq=False)
class Resource:
    """One row."""

    path: str
    noun: str
    says: str
    filters: tuple[str, ...]
    order: str = "code"  # of a list that is not asked for another
    writing: str = KEPT  # the permission to write it
    end: Mapping[str, Any] | None = field(default_factory=lambda: {"is_retired": True})  # None: it is taken away

    @property
    def traits(self) -> dict[str, Trait]:
        """Of its columns."""
        return traits(self.noun)

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys of a row in a list: all but whose it is and what is long."""
        return tuple(name for name, trait in self.traits.items() if trait.kind != "structure")

    def trait(self, key: str, name: str) -> Trait:
        """The column of that name. Raises :class:`OutOfRange` of the request's ``key``."""
        found = self.traits.get(name)
        if found is None:
            raise OutOfRange(key, name, f"must be of {', '.join(self.traits)}")
        return found

    def filtered(self, name: str, value: str) -> tuple[str, str, Any]:
        """What a filter of the query asks of the ledger. Raises :class:`OutOfRange`."""
        trait = self.trait(name, name)
        if trait.kind == "flag":
            if value not in ("true", "false"):
                raise OutOfRange(name, value, "must be true or false")
            return name, "=", value == "true"
        wanted = [one for one in value.split(",") if one]
        for one in wanted:
            if trait.choices and one not in trait.choices:
                raise OutOfRange(name, one, f"must be of {', '.join(trait.choices)}")
        return name, "in", wanted


RESOURCES = (
    Resource("fields", "field", "Fields of the tenant", ("code", "is_retired")),
    Resource("wellpads", "wellpad", "Where wells stand together", ("field_id", "code", "is_retired")),
    Resource(
        "wells", "well", "Wells, from drilling to abandonment",
        ("field_id", "status", "well_type", "wellpad_id", "lift", "code"), end={"status": "ABANDONED"},
    ),
    Resource(
        "facilities", "facility", "What else stands in a field",
        ("field_id", "wellpad_id", "kind", "code", "is_retired"),
    ),
    Resource("devices", "device", "What speaks on the wire", ("field_id", "protocol", "asset", "code", "is_retired")),
    Resource("tests", "well_test", "Tests of wells", ("well_id", "state"), "-start", ENTERED, None),
    Resource("downtime", "downtime", "When wells stood, and why", ("well_id", "reason"), "-start", ENTERED, None),
    Resource("targets", "target", "What is to be produced", ("field_id", "well_id"), "-start", ENTERED, None),
)  # fmt: skip
BY_PATH = {resource.path: resource for resource in RESOURCES}


def of(path: str) -> Resource:
    """The resource at that path. Raises :class:`Unknown`."""
    if path not in BY_PATH:
        raise Unknown("resource", path)
    return BY_PATH[path]
