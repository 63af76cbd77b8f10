"""A station PLC: the separator it controls."""

from __future__ import annotations

from simulators.device import Indication
from simulators.part import Part
from simulators.plant_site import PlantSite


class ControlledSeparator(Part):
    """A separator's instruments, and the setpoints of its three loops."""

    kinds = ("measurement", "setpoint")

    def __init__(self, asset: str, site: PlantSite):
        super().__init__(asset, site)
        self._setpoints = site.separators[asset].setpoints

    def readings(self) -> dict[str, Indication]:
        """Instruments, and setpoints as held."""
        return super().readings() | {name: Indication(value) for name, value in self._setpoints.items()}

    def take(self, name: str, value: float) -> None:
        """Set a setpoint."""
        self._setpoints[name] = value
