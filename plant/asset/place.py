"""A field's place: whose it is and what it is called. Its file says both, and nothing else does.

They stand in front of all that the field says on the bus, so that no two fields hear each other.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from plant.asset.table import Table

WORD = re.compile(r"[A-Za-z0-9_-]+")
RULE = "must be letters without accents, digits, - and _ only: it begins every subject of the bus"


class Place(NamedTuple):
    """A tenant, and the name of one of its fields."""

    tenant: str
    field: str


def check_place(file: Table, place: Place) -> None:
    """Note a name that cannot be part of a subject."""
    for key, name in (("tenant", place.tenant), ("name", place.field)):
        if name and not WORD.fullmatch(name):
            file.mistake(key, name, RULE)


def field_path(source: str | Path) -> Path:
    """The file of the field of that name among those delivered, or at that path."""
    is_bare_name = isinstance(source, str) and source.isidentifier()
    return Path(__file__).with_name("fields") / f"{source}.toml" if is_bare_name else Path(source)


def read_place(source: str | Path) -> Place:
    """The place of a field, whose file is not read any further.

    Raises :class:`~plant.error.ConfigError`.
    """
    file = Table.load(field_path(source))
    place = Place(file.text("tenant"), file.text("name"))
    check_place(file, place)
    file.finish()
    return place
