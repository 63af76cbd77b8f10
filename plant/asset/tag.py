"""Tags: every signal of every asset, named once: ``Well.CACB27A-P1.Frequency``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plant.asset.signal import Signal, signals


@dataclass(frozen=True)
class Tag:
    """One signal of one asset."""

    asset: str  # "Well.CACB27A-P1"
    signal: Signal

    @property
    def name(self) -> str:
        """``{AssetType}.{AssetCode}.{Signal}``."""
        return f"{self.asset}.{self.signal.name}"


def asset_of(tag: str) -> str:
    """The asset of a tag's name: ``Well.CACB27A-P1`` of ``Well.CACB27A-P1.Twin.Flow``."""
    return ".".join(tag.split(".", 2)[:2])


def signal_of(tag: str) -> str:
    """The signal of a tag, by name: ``Twin.Flow`` of ``Well.CACB27A-P1.Twin.Flow``."""
    return tag.split(".", 2)[-1]


def tags_of(assets: Iterable[str]) -> dict[str, Tag]:
    """All tags of the assets named ``{AssetType}.{AssetCode}``, by tag name, in the signal table's order."""
    found = (
        Tag(asset, signal)
        for asset in assets
        for (asset_type, _), signal in signals().items()
        if asset_type == asset.partition(".")[0]
    )
    return {tag.name: tag for tag in found}
