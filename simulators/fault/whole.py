"""All faults of a simulated field, in plant, instruments, drives, devices and links, and what is under way."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from plant.process.malfunction_file import FIELD
from simulators.fault.bank import FaultBank
from simulators.fault.device import DeviceFaults
from simulators.fault.order import START, Order
from simulators.fault.row import DEVICE, INSTRUMENT, LINK
from simulators.fault.supply import SupplyFaults
from simulators.instrument import InstrumentBank
from simulators.vsd import DriveBank, TripCode

if TYPE_CHECKING:
    from plant.process.field import FieldProcess

CODES = {code.name.replace("_", "").lower(): code for code in TripCode}


class Standing(NamedTuple):
    """A fault that is under way, or about to begin."""

    malfunction: str
    on: str
    severity: float  # now …
    target: float  # … and in the end


class FieldFaults:
    """Starts and heals faults on ``assets``, their instruments and drives, and ``devices`` with their links."""

    def __init__(
        self, plant: FieldProcess, instruments: InstrumentBank, drives: DriveBank, assets: Sequence[str],
        devices: Sequence[str], clock: Callable[[], float],
    ):  # fmt: skip
        self.plant, self.instruments, self.drives = plant.malfunctions, instruments, drives
        self.supply = SupplyFaults(drives.supply, clock)
        self.devices = DeviceFaults(len(devices), clock)
        self._names = tuple(devices)
        self._index = plant.index
        self._of_type: dict[str, list[str]] = {}
        for asset in assets:
            self._of_type.setdefault(asset.partition(".")[0], []).append(asset)

    def do(self, order: Order) -> None:
        """Let one begin or end."""
        place = PLACES.get((order.fault.acts_on, order.fault.name)) or PLACES.get(order.fault.acts_on) or _move_plant
        place(self, order)

    def clear(self) -> None:
        """Heal everything at once."""
        self.plant.clear_all()
        for bank in self.banks():
            bank.clear()

    def clear_device(self, device: str) -> None:
        """Heal at once all that one device and the link to it have."""
        for one in [one for one in self.devices.standing() if self._names[one.position] == device]:
            self.devices.heal(one.fault, one.position, {})

    def apply(self) -> None:
        """Let drives and devices feel their faults as they are now; plant and instruments see to theirs."""
        for bank in self.banks():
            bank.end()
        self.supply.apply()
        self.devices.apply()

    def banks(self) -> Iterator[FaultBank]:
        """All besides the plant's."""
        yield from (self.supply.wells, self.supply.whole, self.devices)
        yield from (bank for _, _, bank in self.instruments.faults())

    @property
    def state(self) -> dict[str, np.ndarray]:
        """All that moves besides the plant's, as arrays by name; setting them puts it back."""
        named = {"supply": self.supply.wells, "field": self.supply.whole, "devices": self.devices}
        named |= {f"instruments.{kind}": bank for kind, _, bank in self.instruments.faults()}
        return {f"{name}.{key}": array for name, bank in named.items() for key, array in bank.state.items()}

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way or will be."""
        return self.plant.is_idle and all(bank.is_idle for bank in self.banks())

    def standing(self) -> list[Standing]:
        """Everything under way."""
        return [*self._on_plant(), *self._on_drives(), *self._on_instruments(), *self._on_devices()]

    def unreachable(self) -> set[str]:
        """The devices that cannot be reached now."""
        return {self._names[i] for i in self.devices.unreachable()}

    def _on_plant(self) -> Iterator[Standing]:
        return (Standing(*one) for one in self.plant.active())

    def _on_drives(self) -> Iterator[Standing]:
        for one in self.supply.whole.standing():
            yield Standing(one.fault, FIELD, one.severity, one.target)
        for one in self.supply.wells.standing():
            yield Standing(one.fault, self._of_type["Well"][one.position], one.severity, one.target)

    def _on_instruments(self) -> Iterator[Standing]:
        for kind, n, bank in self.instruments.faults():
            for one in bank.standing():
                row, column = divmod(one.position, n)
                tag = f"{self._of_type[kind][column]}.{self.instruments.signal(kind, row)}"
                yield Standing(one.fault, tag, one.severity, one.target)

    def _on_devices(self) -> Iterator[Standing]:
        for one in self.devices.standing():
            yield Standing(one.fault, self._names[one.position], one.severity, one.target)

    def position(self, device: str) -> int:
        """Of a device among those that are simulated."""
        return self._names.index(device)

    def well(self, asset: str) -> int:
        """Position of a well's drive."""
        return self._index(asset)


def _move_plant(faults: FieldFaults, order: Order) -> None:
    name, asset, said = order.fault.name, order.target, order.settings
    if order.does == START:
        lasts = said.get("lasts", math.inf)
        faults.plant.start(name, asset, said["severity"], said["after"], said["ramp"], lasts)
    else:
        faults.plant.clear(name, asset, said["ramp"], said["after"])


def _move_instrument(faults: FieldFaults, order: Order) -> None:
    act = faults.instruments.start if order.does == START else faults.instruments.heal
    act(order.fault.name, order.target, order.settings)


def _move_device(faults: FieldFaults, order: Order) -> None:
    _in_bank(faults.devices, order, faults.position(order.target))


def _trip(faults: FieldFaults, order: Order) -> None:
    faults.drives.trip(faults.well(order.target), CODES[order.settings["code"].lower()])


def _dip(faults: FieldFaults, order: Order) -> None:
    is_whole = order.target == FIELD
    bank = faults.supply.whole if is_whole else faults.supply.wells
    _in_bank(bank, order, 0 if is_whole else faults.well(order.target))


def _in_bank(bank: FaultBank, order: Order, position: int) -> None:
    (bank.start if order.does == START else bank.heal)(order.fault.name, position, order.settings)


# Whose business a fault is, by what it acts on, or by that and its name. All others are the plant's.
PLACES: Mapping[Any, Callable[[FieldFaults, Order], None]] = {
    INSTRUMENT: _move_instrument, DEVICE: _move_device, LINK: _move_device,
    ("Well", "trip"): _trip, ("Well", "dip"): _dip, (FIELD, "dip"): _dip,
}  # fmt: skip
