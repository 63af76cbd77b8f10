"""What can be set at an asset whose own controls the plant has: a setpoint goes straight to what drives it there."""

from __future__ import annotations

from collections.abc import Mapping

from simulators.device import Indication
from simulators.part import Part
from simulators.plant_site import PlantSite

# Setpoint, as the signal table has it → what devices drive of the plant. A device holds what it was told.
SETTINGS: Mapping[str, str] = {
    "GasLiftWell.ChokeReference": "GasLiftWell.ChokeTarget",
    "GasLiftWell.LiftChokeReference": "GasLiftWell.LiftChokeTarget",
    "NaturalWell.ChokeReference": "NaturalWell.ChokeTarget",
    "Injector.ChokeReference": "Injector.ChokeTarget",
    "Heater.TemperatureReference": "Heater.TemperatureTarget",
    "Compressor.SuctionPressureReference": "Compressor.SuctionPressureTarget",
}


class Adjusted(Part):
    """The instruments of one asset, and its setpoints."""

    kinds = ("measurement", "setpoint")

    def __init__(self, asset: str, site: PlantSite):
        super().__init__(asset, site)
        kind, self._position = asset.partition(".")[0], site.plant.index(asset)
        held = {name: f"{kind}.{name}" for name, signal in self.signals.items() if signal.kind == "setpoint"}
        self._driven = {name: site.plant.inputs[SETTINGS[key]] for name, key in held.items()}

    def readings(self) -> dict[str, Indication]:
        """Instruments, and setpoints as held."""
        i = self._position
        return super().readings() | {name: Indication(float(driven[i])) for name, driven in self._driven.items()}

    def take(self, name: str, value: float) -> None:
        """Set a setpoint."""
        self._driven[name][self._position] = value
