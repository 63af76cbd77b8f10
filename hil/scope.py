"""A scope: the tags and devices that a timeline may speak of, and patterns over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from plant.asset.bench import Bench
from plant.asset.table import Table
from plant.asset.tag import Tag, tags_of


@dataclass(frozen=True)
class Scope:
    """What a field and its bench offer."""

    tags: Mapping[str, Tag]
    devices: tuple[str, ...]

    @classmethod
    def of(cls, assets: Iterable[str], bench: Bench) -> Scope:
        """The scope of a field's assets behind a bench."""
        return cls(tags_of(assets), tuple(device.name for device in bench.devices))

    def tag(self, row: Table, key: str, kinds: tuple[str, ...]) -> Tag | None:
        """The one tag that ``key`` names, of one of the signal ``kinds``; ``None`` with a mistake noted."""
        found = self._allowed(row, key, self._matching(row, key, row.text(key)), kinds)
        if len(found) > 1:
            row.mistake(key, row.data[key], "must name one tag, not a pattern of several")
        return found[0] if len(found) == 1 else None

    def tags_like(self, row: Table, key: str, kinds: tuple[str, ...] = ()) -> tuple[Tag, ...]:
        """The tags that the pattern in ``key`` names, less those in ``except``."""
        found = self._allowed(row, key, self._matching(row, key, row.text(key)), kinds)
        left_out = [tag for pattern in row.texts("except", ()) for tag in self._matching(row, "except", pattern)]
        return tuple(tag for tag in found if tag not in left_out)

    def assets_like(self, row: Table, key: str, asset_type: str) -> tuple[str, ...]:
        """The assets of one type that the pattern in ``key`` names."""
        pattern = row.text(key)
        assets = dict.fromkeys(tag.asset for tag in self.tags.values())
        found = tuple(a for a in assets if a.startswith(f"{asset_type}.") and fnmatchcase(a, pattern))
        if key in row.data and not found:
            row.mistake(key, row.data[key], f"names no {asset_type} of the field")
        return found

    def device(self, row: Table, key: str) -> str:
        """The device that ``key`` names."""
        return row.text(key, choices=self.devices)

    def _matching(self, row: Table, key: str, pattern: str) -> list[Tag]:
        found = [tag for name, tag in self.tags.items() if fnmatchcase(name, pattern)]
        if not found and pattern:
            row.mistake(key, pattern, "names no tag of the field")
        return found

    def _allowed(self, row: Table, key: str, found: list[Tag], kinds: tuple[str, ...]) -> list[Tag]:
        allowed = [tag for tag in found if not kinds or tag.signal.kind in kinds]
        if found and not allowed:
            row.mistake(key, row.data[key], f"must be a {' or '.join(kinds)}")
        return allowed
