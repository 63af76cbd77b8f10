"""Where a field's setpoints stand, by what it measures or by its file, and where changes would put them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from plant.asset.field import Field
from plant.process.steady.setting import Setting, measured_setting
from scenarios.study.change import Change

STANDSTILL = 1.0  # below this frequency a pump is taken as stopped [Hz]


def setting_of(field: Field, measured: Mapping[str, float] | None) -> tuple[Setting, list[str]]:
    """The setting that a running field shows; where it does not, that of the file, and a note of it.

    ``None`` is a field that does not run: as it was when its rates were measured.
    """
    usual, notes = measured_setting(field), list[str]()
    if measured is None:
        return usual, notes

    def known(tag: str, otherwise: float) -> float:
        if tag not in measured:
            notes.append(f"{tag} is not known now: taken as the field's file has it")
        return measured.get(tag, otherwise)

    wells = [f"Well.{well.code}" for well in field.wells]
    asked = [known(f"{well}.Frequency", f) for well, f in zip(wells, usual.frequency.tolist(), strict=True)]
    opening = [known(f"{well}.Choke", z) for well, z in zip(wells, usual.opening.tolist(), strict=True)]
    p_separator = known(f"Separator.{field.separator.code}.Pressure", usual.p_separator)
    turns = np.array(asked) >= STANDSTILL
    frequency = np.where(turns, asked, usual.frequency)
    return Setting(frequency, turns, np.clip(opening, 0.0, 1.0), p_separator), notes


def changed_setting(field: Field, setting: Setting, changes: Sequence[Change]) -> Setting:
    """The setting with these changes."""
    frequency, opening, p_separator = setting.frequency.copy(), setting.opening.copy(), setting.p_separator
    for change in changes:
        index = field.index(change.tag.asset)
        if change.tag.signal.name == "FrequencyReference":
            frequency[index] = change.value
        elif change.tag.signal.name == "ChokeReference":
            opening[index] = change.value
        else:
            p_separator = change.value
    return replace(setting, frequency=frequency, opening=opening, p_separator=p_separator)
