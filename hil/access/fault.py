"""The error port of one target: one way to ask for whatever is to go wrong, on its links, its devices or behind them.

Link faults are a proxy's and befall real devices as well. All others need the feature ``plant_fault``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hil.proxy.fault import KINDS, LinkFault
from hil.proxy.proxy import Proxy
from plant.asset.bench import Device
from plant.asset.table import Table
from plant.error import CommandRefused, Unknown
from simulators.fault.order import read_heal, read_start

if TYPE_CHECKING:
    from hil.background import Background
    from simulators.field import SimulatedField


class ErrorPort:
    """Faults of one target: ``proxies`` by its devices' names, and the ``field`` behind them where it is simulated."""

    def __init__(
        self, name: str, proxies: Mapping[str, Proxy], devices: Mapping[str, Device], background: Background,
        field: SimulatedField | None,
    ):  # fmt: skip
        self._name, self._proxies, self._devices = name, proxies, devices
        self._background, self._field = background, field
        self.log: list[Any] = []  # everything injected, for the report

    def inject(self, kind: str, on: str = "", value: float | None = None, **options: Any) -> LinkFault | None:
        """Let something go wrong.

        A link fault (see :data:`hil.proxy.fault.KINDS`) takes ``value``, ``count``, ``probability``, ``seed``,
        ``function``, ``address`` or the ``tag`` behind one, ``unit`` and ``direction``, and returns itself, with its
        ``hits``. A fault of the fault table takes its own settings, units in their keys.
        """
        if kind in KINDS:
            return self._on_link(kind, on, value, options)
        self._order(read_start, {"malfunction": kind, **self._at(on), **options})
        return None

    def heal(self, kind: str = "", on: str = "", **options: Any) -> None:
        """Let it be well again: one fault of the fault table, or everything where none is named."""
        if kind and kind not in KINDS:
            self._order(read_heal, {"malfunction": kind, **self._at(on), **options})
            return
        for proxy in self._proxies.values():
            for fault in [one for one in proxy.faults if kind in ("", one.kind)]:
                self._background.call(lambda proxy=proxy, fault=fault: proxy.heal(fault))  # type: ignore[misc]
        if not kind and self._field is not None:
            self._background.call(self._clear)

    @contextmanager
    def injected(self, kind: str, on: str = "", **options: Any) -> Iterator[LinkFault | None]:
        """As :meth:`inject`, for as long as the block lasts."""
        fault = self.inject(kind, on, **options)
        try:
            yield fault
        finally:
            self.heal(kind, on)

    def _on_link(self, kind: str, on: str, value: float | None, options: dict[str, Any]) -> LinkFault:
        device = on or next(iter(self._proxies))
        if device not in self._proxies:
            raise Unknown("device of the target", f"{device} (there are {', '.join(self._proxies)})")
        if tag := options.pop("tag", ""):
            options["address"] = self._address(device, tag)
        fault = self._background.call(lambda: self._proxies[device].inject(kind, value, **options))
        self.log.append({"device": device, "fault": fault})
        return fault

    def _clear(self) -> None:
        assert self._field is not None
        self._field.faults.clear()
        self._field.feel()

    def _address(self, device: str, tag: str) -> str:
        for name, point in self._devices[device].tags().items():
            if tag in (name, point.signal.name):
                found = point.address
                return str(getattr(found, "address", "*"))
        raise Unknown("signal of the device", tag)

    def _at(self, on: str) -> dict[str, str]:
        return {"on": on or next(iter(next(iter(self._devices.values())).assets.values()))}

    def _order(self, read: Any, said: dict[str, Any]) -> None:
        if self._field is None:
            raise CommandRefused(said["malfunction"], self._name, "needs the feature plant_fault: it is real hardware")
        field = self._field
        row = Table(said, "fault", "fault.")
        orders = read(row, field.targets)
        row.no_others()
        row.finish()

        def act() -> None:
            for order in orders:
                field.faults.do(order)
            field.feel()

        self._background.call(act)
        self.log.append({"order": ", ".join(map(str, orders))})
