"""The site as the API shows it: its assets and its tags, alternates of other devices among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass

from control.site import Site
from plant.asset.pattern import matching
from plant.asset.tag import Tag
from plant.error import Unknown
from plant.unit import Unit, unit_named


@dataclass(frozen=True)
class Served:
    """A tag by the name under which it is recorded, and the device that serves it, if any does."""

    name: str  # "Well.CACB27A-P1.Frequency", or of an alternate "…@device"
    tag: Tag
    device: str | None


class Catalogue:
    """Every tag there can be, numbered in the order in which they are shown."""

    def __init__(self, site: Site):
        self.site = site
        primary = site.bench.primary()
        served = [Served(name, tag, primary[name].name if name in primary else None) for name, tag in site.tags.items()]
        for device in site.bench.acquired:
            if not device.is_primary:
                served += [Served(name, site.tags[name.partition("@")[0]], device.name) for name in device.tags()]
        self.served = served
        self.row = {one.name: i for i, one in enumerate(served)}
        self.assets: tuple[str, ...] = tuple(site.field.assets())
        self._is_whole = True

    def narrowed(self, assets: Collection[str]) -> Catalogue:
        """What somebody sees who is given these assets only: the others do not exist for him."""
        seen = copy(self)
        seen.assets, seen._is_whole = tuple(one for one in self.assets if one in assets), False
        seen.row = {name: row for name, row in self.row.items() if self.served[row].tag.asset in assets}
        return seen

    def check(self, asset: str) -> int:
        """The asset's number in its field. Raises :class:`Unknown` for one that there is not, or that is not seen."""
        if asset not in self.assets:
            raise Unknown("asset", asset)
        return self.site.field.index(asset)

    def named(self, patterns: Iterable[str]) -> list[str]:
        """The tags that are meant, alternates (``tag@device``) only where a pattern speaks of them.

        Where nothing is asked for that is none, which in a journal means all; or all that are seen, where some are not.
        Raises :class:`Unknown` for a pattern that means none.
        """
        asked = list(patterns)
        if not asked and not self._is_whole:
            return list(self.row)
        with_alternates = any("@" in pattern for pattern in asked)
        return matching((name for name in self.row if with_alternates or "@" not in name), asked, "tag")

    def rows(self, patterns: Iterable[str]) -> list[int]:
        """The numbers of the tags that are meant. Raises :class:`Unknown` for one that there is not."""
        return [self.row[name] for name in self.named(patterns)]

    def tag(self, name: str) -> Served:
        """The tag of that name. Raises :class:`Unknown`."""
        return self.served[self.rows([name])[0]]

    def of(self, asset: str | None, signal: str | None) -> list[Served]:
        """The tags of one asset, of one signal, or all but alternates.

        Raises :class:`Unknown` for an asset that there is not, and for a signal that no asset here has.
        """
        if asset is not None:
            self.check(asset)
        if signal is not None and signal not in {one.tag.signal.name for one in self.served}:
            raise Unknown("signal", signal)
        return [
            one
            for one in map(self.served.__getitem__, self.row.values())
            if "@" not in one.name and asset in (None, one.tag.asset) and signal in (None, one.tag.signal.name)
        ]


def unit_of(tag: Tag, asked: str | None) -> Unit:
    """The unit asked for, by key (``psig``) or symbol (``psi(g)``); the tag's own for ``None``.

    Raises :class:`OutOfRange` for a unit that does not fit.
    """
    own = tag.signal.unit
    return own if asked is None else unit_named(asked, own.quantity)
