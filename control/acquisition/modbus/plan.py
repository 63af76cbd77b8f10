"""Plans: the requests of a scan, as the profile groups them and as the device has taught.

A device may refuse a read that is longer than it can, or that runs over an address which it does not have, by one of
several exceptions or by silence. So what is refused is asked for in halves; where that helps the halves are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from control.acquisition.modbus.block import Block, Place, block_of, blocks_of
from control.acquisition.modbus.decoder import Decoder
from plant.asset.protocol.modbus import ModbusSettings


class Request:
    """A block, and what is known of it."""

    def __init__(self, block: Block):
        self.block, self.decode = block, Decoder(block)
        self.is_known = False  # it has been answered as it is
        self.is_whole = False  # it was refused whole, so that halves are no use
        self.data = b""  # the last answer
        self.rests_until = 0  # ns: it was met with silence by a device that answers otherwise

    @property
    def can_be_split(self) -> bool:
        """Whether halves may tell more."""
        return len(self.block.places) > 1 and not self.is_whole

    def halves(self) -> list[Request]:
        """The same places in two requests."""
        return [Request(half) for half in self.block.halves()]

    def first(self) -> Request:
        """The least that can be asked of it."""
        return Request(block_of(self.block.places[:1]))

    def raw(self) -> Iterator[tuple[int, str]]:
        """What each place last held, in words for people."""
        if not self.data:
            return
        held = np.frombuffer(self.data, np.uint8 if self.block.places[0].register.is_bit else ">u2")
        held = np.unpackbits(held, bitorder="little") if self.block.places[0].register.is_bit else held
        for place in self.block.places:
            first = place.register.address - self.block.start
            own = held[first : first + place.register.width]
            words = "" if place.register.is_bit else " ".join(f"0x{int(word):04X}" for word in own) + " = "
            raw = place.register.decode(own)
            shown = f"{raw:.7g}" if isinstance(raw, float) else repr(raw)
            yield place.index, words + shown


class Plan:
    """All requests of a scan."""

    def __init__(self, places: Sequence[Place], settings: ModbusSettings):
        self._requests = [Request(block) for block in blocks_of(places, settings)]
        self._planned = len(self._requests)

    def __iter__(self) -> Iterator[Request]:
        return iter(tuple(self._requests))

    @property
    def learned(self) -> str:
        """What the device taught, in words; empty where the profile was right."""
        if len(self._requests) == self._planned:
            return ""
        longest = max(request.block.count for request in self._requests)
        return f"reads in {len(self._requests)} requests in place of {self._planned}, of at most {longest}"

    def replace(self, request: Request, parts: Sequence[Request]) -> None:
        """Ask in parts from now on."""
        at = self._requests.index(request)
        self._requests[at : at + 1] = parts

    def restore(self, request: Request) -> None:
        """Ask for it whole again, in place of its parts."""
        mine = {place.index for place in request.block.places}
        parts = [r for r in self._requests if {place.index for place in r.block.places} <= mine]
        at = self._requests.index(parts[0])
        self._requests = [r for r in self._requests if r not in parts]
        self._requests.insert(at, request)

    def forget(self) -> None:
        """Another device may answer now: what is silent is asked again. Where it was split stays."""
        for request in self._requests:
            request.is_known, request.is_whole, request.rests_until = False, False, 0
