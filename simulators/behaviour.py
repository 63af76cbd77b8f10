"""Simulated devices: which parts each kind has, and one device made of them.

Several devices may show the same asset, on the same wire or another; they share its instruments, drive
and loops, so they agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from plant.asset.bench import Device as BenchDevice
from plant.error import ConfigError, Mistake, Unknown
from simulators.device import Indication
from simulators.manner import SOUND, Manner
from simulators.part import Part
from simulators.plant_site import SECOND, PlantSite
from simulators.plc import ControlledSeparator
from simulators.rtu import DrivenWell
from simulators.setting import Adjusted

# Behaviour (as profiles name it) → asset type → what the device has at assets of that type.
BEHAVIOURS: Mapping[str, Mapping[str, Callable[[str, PlantSite], Part]]] = {
    "well_rtu": {"Well": DrivenWell},
    "wellhead_rtu": {"GasLiftWell": Adjusted, "NaturalWell": Adjusted, "Injector": Adjusted},
    "station_plc": {"Separator": ControlledSeparator, "Manifold": Part, "Tank": Part},
    "machine_panel": {
        "Heater": Adjusted, "Compressor": Adjusted, "Flare": Part, "InjectionPump": Part, "Generator": Part,
    },
    "line_meter": {"Flowline": Part, "Riser": Part},
}  # fmt: skip


class SimulatedDevice:
    """A :class:`simulators.device.Device` of one bench: parts by role."""

    def __init__(self, parts: Mapping[str, Part], site: PlantSite):
        self._parts, self._site = parts, site
        self.manner: Manner = SOUND

    @property
    def time(self) -> int:
        """Plant time, UTC ns."""
        return self._site.time

    @property
    def stamp(self) -> int:
        """Plant time as its clock has it, UTC ns."""
        stood = self.manner.stood_at
        now = self._site.time if stood is None else self._site.epoch + round(stood * SECOND)
        return now + self.manner.clock_error

    @property
    def signals(self) -> Collection[str]:
        """All that it serves, ``role.Signal``."""
        return {f"{role}.{name}" for role, part in self._parts.items() for name in part.signals}

    def readings(self) -> dict[str, Indication]:
        """What it shows now, by ``role.Signal``."""
        return {f"{role}.{name}": r for role, part in self._parts.items() for name, r in part.readings().items()}

    def check(self, signal: str, value: float) -> None:
        """Raise what :meth:`write` would raise."""
        part, name = self._part(signal)
        part.check(name, value)

    def write(self, signal: str, value: float) -> None:
        """Set or command something; see :class:`simulators.device.Device`."""
        part, name = self._part(signal)
        part.check(name, value)
        if not (self.manner.ignores_setpoints and part.signals[name].kind == "setpoint"):
            part.write(name, value)
            self._site.written()

    def _part(self, signal: str) -> tuple[Part, str]:
        role, _, name = signal.partition(".")
        if role not in self._parts:
            raise Unknown("signal", signal)
        return self._parts[role], name


def mistakes(device: BenchDevice, file: str) -> list[Mistake]:
    """Why a device of a bench cannot be simulated, if anything keeps it from that."""
    key = f"device[{device.name}].profile"
    name, known = device.profile.behaviour, BEHAVIOURS.get(device.profile.behaviour)
    if known is None:
        return [Mistake(file, key, device.profile.name, f"cannot be simulated: no behaviour {name!r} is known")]
    strange = set(device.profile.roles.values()) - set(known)
    return [Mistake(file, key, device.profile.name, f"a {name} has no {asset_type}") for asset_type in sorted(strange)]


def simulate(device: BenchDevice, site: PlantSite) -> SimulatedDevice:
    """The device that answers for one of a bench. Raises :class:`ConfigError` where none can."""
    if wrong := mistakes(device, "bench"):
        raise ConfigError(wrong)
    parts = BEHAVIOURS[device.profile.behaviour]
    return SimulatedDevice(
        {role: parts[asset.partition(".")[0]](asset, site) for role, asset in device.assets.items()}, site
    )
