"""Link faults: what a proxy can do to a frame, a row a kind, and one of them as a test asks for it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from hil.proxy.frame import REPLY, REQUEST, Frame
from plant.error import ConfigError, Mistake

MODBUS = ("modbus", "modbus+serial")
ANY = (*MODBUS, "mqtt", "opcua", "bytes")


@dataclass(frozen=True)
class Kind:
    """One kind of link fault: what it is, on which links, and what its ``value`` means, with what it is unsaid."""

    says: str
    links: tuple[str, ...] = ANY
    value: str = ""
    usual: float = 0.0

    @property
    def is_transport(self) -> bool:
        """Whether it needs no look into what passes, and so works where that is encrypted."""
        return self.links == ANY


KINDS: Mapping[str, Kind] = {
    "delay": Kind("comes late", value="time [s]", usual=1.0),
    "jitter": Kind("comes late by chance", value="at most [s]", usual=0.2),
    "drop": Kind("never comes"),
    "reset": Kind("breaks the connection in its place"),
    "half_frame": Kind("comes in half, and no more of it", value="of its length", usual=0.5),
    "bandwidth": Kind("comes no faster than the line", value="bit/s", usual=9600.0),
    "duplicate": Kind("comes twice", (*MODBUS, "mqtt")),
    "reorder": Kind("comes after the next one", (*MODBUS, "mqtt"), "longest wait for that [s]", 1.0),
    "stale": Kind("says what was said before", (*MODBUS, "mqtt")),
    "wrong_id": Kind("answers another's request, or for another unit", MODBUS),
    "wrong_crc": Kind("has a CRC that does not fit", ("modbus+serial",)),
    "exception": Kind("is a refusal, and the device hears nothing", MODBUS, "exception code", 4.0),
}


@dataclass
class LinkFault:
    """One fault on a link. It befalls frames of its ``direction`` that match, by chance of ``probability`` (drawn from
    ``seed``), the first ``count`` of them; ``hits`` are those that it has befallen, ``seen`` those that matched."""

    kind: str
    value: float | None = None
    count: int | None = None
    probability: float = 1.0
    seed: int = 0
    function: str = "*"  # Modbus function, MQTT packet or OPC UA message, with * and ?
    address: str = "*"  # Modbus address (also 10-20), or MQTT topic, with * and ?
    unit: int | None = None
    direction: str = REPLY
    hits: int = 0
    seen: int = 0
    refused: str = ""  # why it does nothing on this link
    _chance: random.Random = field(default_factory=random.Random, repr=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        wrong = list(_mistakes(self))
        if wrong:
            raise ConfigError(wrong)

    @property
    def amount(self) -> float:
        """Its value, or what its kind usually has."""
        return KINDS[self.kind].usual if self.value is None else self.value

    def befalls(self, frame: Frame) -> bool:
        """Whether ``frame`` is hit, which is then counted."""
        if frame.direction != self.direction or not self._matches(frame):
            return False
        self.seen += 1
        if (self.count is not None and self.hits >= self.count) or self._chance.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def _matches(self, frame: Frame) -> bool:
        if self.unit is not None and frame.unit != self.unit:
            return False
        return fnmatchcase(frame.function, self.function) and _is_at(frame, self.address)

    def told(self) -> dict[str, Any]:
        """As a report shows it."""
        return {name: value for name, value in vars(self).items() if name[0] != "_" and value not in (None, "")}


def _is_at(frame: Frame, wanted: str) -> bool:
    low, _, high = wanted.partition("-")
    if frame.address.isdecimal() and low.isdecimal() and (high.isdecimal() or not high):
        first, last = int(low), int(high or low)
        return int(frame.address) <= last and first < int(frame.address) + max(frame.count, 1)
    return fnmatchcase(frame.address, wanted)


def _mistakes(fault: LinkFault) -> list[Mistake]:
    rules = {
        "kind": (fault.kind in KINDS, f"must be one of {', '.join(KINDS)}"),
        "probability": (0 <= fault.probability <= 1, "must be between 0 and 1"),
        "count": (fault.count is None or fault.count > 0, "must be at least 1, or not be said"),
        "direction": (fault.direction in (REQUEST, REPLY), f"must be {REQUEST} or {REPLY}"),
        "value": (fault.value is None or 0 <= fault.value < 1e9, "must be 0 or more"),
    }
    wrong = {key: rule for key, (is_so, rule) in rules.items() if not is_so}
    if fault.kind == "exception" and fault.direction != REPLY:
        wrong["direction"] = "must be reply: an exception is one"
    return [Mistake("fault", f"link.{fault.kind}.{key}", getattr(fault, key), rule) for key, rule in wrong.items()]
