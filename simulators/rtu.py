"""A wellhead RTU: the well's instruments, its drive and its choke."""

from __future__ import annotations

from simulators.device import Indication, measured
from simulators.part import Part
from simulators.plant_site import PlantSite


class DrivenWell(Part):
    """One well with a variable speed drive. Commands are momentary: writing 1 acts, 0 does nothing."""

    kinds = ("measurement", "state", "setpoint", "command")

    def __init__(self, asset: str, site: PlantSite):
        super().__init__(asset, site)
        self._drives, self._well = site.drives, site.plant.index(asset)
        self._choke = site.plant.inputs["Well.ChokeTarget"]
        self._checks = {"Start": self._drives.check_start, "Reset": self._drives.check_reset}
        self._commands = {"Start": self._drives.start, "Stop": self._drives.stop, "Reset": self._drives.reset}

    def readings(self) -> dict[str, Indication]:
        """Instruments, drive state, and the setpoints as held."""
        i = self._well
        return super().readings() | {
            "RunState": Indication(float(self._drives.state[i])),
            "TripCode": Indication(float(self._drives.trip_code[i])),
            "Inhibit": Indication(float(self._drives.inhibit(i))),
            "InhibitTime": measured(self._drives.inhibited_for(i)),
            "FrequencyReference": Indication(float(self._drives.reference[i])),
            "ChokeReference": Indication(float(self._choke[i])),
        }

    def check(self, name: str, value: float) -> None:
        """As every part does, and as the drive's state allows."""
        super().check(name, value)
        self._drives.check_remote(self._well, name)
        if value and name in self._checks:
            self._checks[name](self._well)

    def take(self, name: str, value: float) -> None:
        """Set a reference, or do a command."""
        if name == "FrequencyReference":
            self._drives.set_reference(self._well, value)
        elif name == "ChokeReference":
            self._choke[self._well] = value
        elif value:
            self._commands[name](self._well)
