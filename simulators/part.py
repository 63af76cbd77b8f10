"""What a device has at one asset: its instruments, and in subclasses what it controls there."""

from __future__ import annotations

from plant.asset.signal import signals
from plant.error import OutOfRange, Unknown
from simulators.device import Indication, check_span, measured
from simulators.plant_site import PlantSite


class Part:
    """The instruments of one asset; nothing can be set."""

    kinds: tuple[str, ...] = ("measurement",)  # of signals it serves

    def __init__(self, asset: str, site: PlantSite):
        self.asset, self.site = asset, site
        asset_type = asset.partition(".")[0]
        self.signals = {name: s for (kind, name), s in signals().items() if kind == asset_type and s.kind in self.kinds}

    def readings(self) -> dict[str, Indication]:
        """What it shows, by signal."""
        return {name: measured(value) for name, value in self.site.instruments.read(self.asset).items()}

    def check(self, name: str, value: float) -> None:
        """Raise what keeps ``value`` from being written; see :class:`simulators.device.Device`."""
        signal = self.signals.get(name)
        if signal is None or not signal.is_writable:
            raise Unknown("writable signal", f"{self.asset}.{name}")
        check_span(self.asset, signal, value)
        if signal.kind == "command" and value not in (0, 1):
            raise OutOfRange(f"{self.asset}.{name}", value, "must be 0 or 1")

    def write(self, name: str, value: float) -> None:
        """Write it, or raise as :meth:`check` does."""
        self.check(name, value)
        self.take(name, value)

    def take(self, name: str, value: float) -> None:
        """Do what a checked write asks."""
        raise Unknown("writable signal", f"{self.asset}.{name} = {value}")
