"""Nodal analysis as it is asked for, in words and units of people, and its answer as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plant.asset.field import Field
from plant.asset.tag import tags_of
from plant.unit import units_asked
from scenarios.study.change import changes_of
from scenarios.study.nodal import nodal
from scenarios.study.nodal_report import as_json
from scenarios.study.standing import changed_setting, setting_of
from scenarios.study.vary import combinations, varied_of


def nodal_answer(
    field: Field, measured: Mapping[str, float] | None, well: str,
    vary: Sequence[str], changes: Sequence[str], units: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """The curves and operating points of a well in every case, from what the field measures or from its file.

    Raises :class:`ConfigError` and :class:`OutOfRange` for what is asked wrongly, and what :func:`nodal` raises.
    """
    varied, asked = varied_of(vary), units_asked(units)
    setting = changed_setting(field, setting_of(field, measured)[0], changes_of(changes, tags_of(field.assets())))
    return as_json(well, varied, nodal(field, well, setting, combinations(varied)), asked)
