"""What devices keep when their power is lost: setpoints, and whether a drive ran, stood or had tripped.

A drive, an RTU or a PLC holds these in memory of its own, so a field that is killed and started again goes on
from them. Only what differs from the state in which the plant starts is kept: a field file that is edited
still counts for whatever nobody has changed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from plant.asset.error import ConfigError, Mistake, OutOfRange
from plant.asset.signal import signals
from simulators.device import check_span
from simulators.site import Site
from simulators.vsd import RunState, TripCode

# A drive that was starting has started by the time it is back, and one that spun back is a stopped one.
RESTING = {RunState.STARTING: RunState.RUNNING, RunState.BACKSPIN: RunState.STOPPED}
CODES: Mapping[str, Collection[int]] = {"RunState": set(RunState) - set(RESTING), "TripCode": set(TripCode)}


class Memory:
    """Of all devices at ``wells`` and at the separators of ``site``, by tag, SI."""

    def __init__(self, site: Site, wells: Collection[str]):
        self._site, self._wells = site, tuple(wells)
        self._initial = self._values()

    def kept(self) -> dict[str, float]:
        """What is not as the plant started with it."""
        return {tag: value for tag, value in self._values().items() if value != self._initial[tag]}

    def recall(self, kept: Mapping[str, float]) -> list[str]:
        """Set devices to what they kept. Returns what is wrong with the rest, which is left out."""
        values, wrong = self._values(), []
        for tag, value in kept.items():
            if rule := _fault(tag, value, values):
                wrong.append(rule)
            else:
                values[tag] = value
        for well in self._wells:
            self._recall_well(well, values)
        for asset, control in self._site.separators.items():
            control.setpoints.update({name: values[f"{asset}.{name}"] for name in control.setpoints})
        return wrong

    def _recall_well(self, well: str, values: Mapping[str, float]) -> None:
        i, drives = self._site.plant.index(well), self._site.drives
        self._site.plant.inputs["Well.ChokeTarget"][i] = values[f"{well}.ChokeReference"]
        drives.set_reference(i, values[f"{well}.FrequencyReference"])
        drives.recall(i, RunState(int(values[f"{well}.RunState"])), TripCode(int(values[f"{well}.TripCode"])))

    def _values(self) -> dict[str, float]:
        values = {}
        for well in self._wells:
            i, drives = self._site.plant.index(well), self._site.drives
            state = RunState(int(drives.state[i]))
            values[f"{well}.FrequencyReference"] = float(drives.reference[i])
            values[f"{well}.ChokeReference"] = float(self._site.plant.inputs["Well.ChokeTarget"][i])
            values[f"{well}.RunState"] = float(RESTING.get(state, state))
            values[f"{well}.TripCode"] = float(drives.trip_code[i])
        for asset, control in self._site.separators.items():
            values |= {f"{asset}.{name}": value for name, value in control.setpoints.items()}
        return values


def read(path: Path, field: str) -> dict[str, float]:
    """What the devices of ``field`` kept in a file; nothing where there is none.

    Raises :class:`ConfigError` where the file is damaged or another field's.
    """
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError([Mistake(str(path), "file", None, f"cannot be read: {error}")]) from None
    if not isinstance(data, dict) or not isinstance(data.get("si"), dict):
        raise ConfigError([Mistake(str(path), "si", None, "must be a table of tags")])
    if data.get("field") != field:
        raise ConfigError([Mistake(str(path), "field", data.get("field"), f"must be {field!r}")])
    return data["si"]


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write a file in one stroke, so that a killed process leaves it whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(data), encoding="utf-8")
    fresh.replace(path)


def _fault(tag: str, value: Any, known: Mapping[str, float]) -> str:
    """Why a device cannot have kept ``value``; empty where it can."""
    if tag not in known:
        return f"{tag}: no device keeps it"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{tag} = {value!r}: must be a number"
    asset, _, name = tag.rpartition(".")
    if name in CODES:
        return "" if value in CODES[name] else f"{tag} = {value}: must be one of {sorted(map(int, CODES[name]))}"
    try:
        check_span(asset, signals()[asset.partition(".")[0], name], value)
    except OutOfRange as error:
        return str(error)
    return ""
