"""A link: what passes between one master and its device, frame by frame, each as it fares.

Without faults a chunk of bytes goes on as it came, in one write; what it holds is looked at only where somebody
listens or a fault waits. Nothing overtakes what was delayed before it, but where a fault says so.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from hil.proxy.fault import KINDS, LinkFault
from hil.proxy.frame import REPLY, REQUEST, Frame, Unframed
from hil.proxy.message import is_encrypted
from hil.proxy.modbus import joined

MOST_OPEN = 256  # requests that wait for an answer, beyond which the oldest is forgotten


class End(Protocol):
    """One side of a link."""

    def write(self, data: bytes) -> None:
        """Send it."""
        ...

    def abort(self) -> None:
        """Break off."""
        ...


class Link:
    """Between two ends. ``faults`` and ``listener`` belong to the proxy, and may change at any time."""

    def __init__(self, framing: Any, faults: list[LinkFault], listener: Callable[[Frame, str], None] | None = None):
        self._framing, self.faults, self.listener = framing, faults, listener
        self.ends: dict[str, End] = {}  # where frames of a direction go
        self.is_encrypted = False
        self._received = {REQUEST: bytearray(), REPLY: bytearray()}
        self._ready: dict[str, list[bytes]] = {REQUEST: [], REPLY: []}  # goes at once, in one write
        self._waiting: dict[str, deque[bytes]] = {REQUEST: deque(), REPLY: deque()}  # delayed frames, in turn …
        self._free = {REQUEST: 0.0, REPLY: 0.0}  # … and when the last of them goes [s of the loop]
        self._open: deque[Frame] = deque(maxlen=MOST_OPEN)
        self._before: dict[tuple[object, ...], Frame] = {}  # answers, for those that are to be stale
        self._held: dict[str, tuple[bytes, asyncio.TimerHandle]] = {}
        self._is_unframed = framing is None

    def pass_on(self, data: bytes, direction: str) -> None:
        """Let ``data`` go on, as the faults have it."""
        self._note_start(data)
        is_idle = not self.faults and self.listener is None
        if is_idle and not self._received[direction] and not self._waiting[direction]:
            self._write(data, direction)
            return
        for frame in self._frames(data, direction):
            self._fare(frame)
        for way, ready in self._ready.items():
            if ready:
                self._write(b"".join(ready), way)
                ready.clear()

    def _note_start(self, data: bytes) -> None:
        if not self.is_encrypted and data[:1] in (b"\x16", b"O") and is_encrypted(data):
            self.is_encrypted = self._is_unframed = True

    def _frames(self, data: bytes, direction: str) -> list[Frame]:
        received = self._received[direction]
        received += data
        if not self._is_unframed:
            try:
                return self._framing.cut(received, direction)
            except Unframed:
                self._is_unframed = True
        rest = bytes(received)
        received.clear()
        return [Frame(rest, direction)] if rest else []

    def _fare(self, frame: Frame) -> None:
        frame = self._joined(frame)
        fault = next((fault for fault in self.faults if self._can(fault) and fault.befalls(frame)), None)
        if fault is None and self._is_answered(frame):
            return
        if self.listener is not None:
            self.listener(frame, fault.kind if fault else "")
        if fault is not None:
            EFFECTS[fault.kind](self, fault, frame)
            return
        self._send(frame.data, frame.direction)
        self._release(frame.direction)
        if frame.direction == REPLY:
            self._before[frame.what] = frame

    def _is_answered(self, frame: Frame) -> bool:
        """A request that a fault answers in the device's place, which then hears nothing of it."""
        if frame.direction != REQUEST or self._is_unframed:
            return False
        answer = Frame(frame.data, REPLY, frame.function, frame.address, frame.unit, frame.count, frame.key)
        fault = next((f for f in self.faults if f.kind == "exception" and self._can(f) and f.befalls(answer)), None)
        if fault is None:
            return False
        if self.listener is not None:
            self.listener(frame, fault.kind)
        if self._open:
            self._open.pop()
        self._send(self._framing.exception(frame, round(fault.amount)), REPLY)
        return True

    def _can(self, fault: LinkFault) -> bool:
        """Whether the fault can do anything here; one that cannot says so."""
        if self.is_encrypted and not KINDS[fault.kind].is_transport:
            fault.refused = "the link is encrypted: only transport faults can befall it"
        return not fault.refused

    def _joined(self, frame: Frame) -> Frame:
        if frame.direction == REQUEST:
            self._open.append(frame)
            return frame
        for _ in range(len(self._open)):
            request = self._open.popleft()
            if request.key is None or request.key == frame.key:
                return joined(frame, request) if request.function == frame.function else frame
            self._open.append(request)
        return frame

    def _send(self, data: bytes, direction: str, after: float = 0.0) -> None:
        if not after and not self._waiting[direction]:
            self._ready[direction].append(data)
            return
        loop = asyncio.get_running_loop()
        self._free[direction] = max(loop.time(), self._free[direction]) + after
        self._waiting[direction].append(data)
        loop.call_at(self._free[direction], self._late, direction)

    def _late(self, direction: str) -> None:
        self._write(self._waiting[direction].popleft(), direction)  # timers of one moment keep no order, these do

    def _write(self, data: bytes, direction: str) -> None:
        if direction in self.ends:
            self.ends[direction].write(data)

    def _release(self, direction: str) -> bool:
        """Let go what was held back until another had passed."""
        if direction not in self._held:
            return False
        data, timer = self._held.pop(direction)
        timer.cancel()
        self._send(data, direction)
        return True

    def _hold(self, data: bytes, direction: str, longest: float) -> None:
        timer = asyncio.get_running_loop().call_later(longest, self._end_hold, direction)
        self._held[direction] = (data, timer)

    def _end_hold(self, direction: str) -> None:
        data, _ = self._held.pop(direction)
        self._write(data, direction)

    def close(self) -> None:
        """Break both ends off."""
        for end in tuple(self.ends.values()):
            end.abort()
        for _, timer in self._held.values():
            timer.cancel()


def _delay(link: Link, fault: LinkFault, frame: Frame) -> None:
    link._send(frame.data, frame.direction, fault.amount)


def _jitter(link: Link, fault: LinkFault, frame: Frame) -> None:
    link._send(frame.data, frame.direction, fault._chance.uniform(0.0, fault.amount))


def _drop(link: Link, fault: LinkFault, frame: Frame) -> None:
    pass


def _reset(link: Link, fault: LinkFault, frame: Frame) -> None:  # noqa: ARG001
    link.close()


def _half(link: Link, fault: LinkFault, frame: Frame) -> None:
    link._send(frame.data[: max(1, int(len(frame.data) * min(fault.amount, 1.0)))], frame.direction)


def _bandwidth(link: Link, fault: LinkFault, frame: Frame) -> None:
    link._send(frame.data, frame.direction, 10 * len(frame.data) / max(fault.amount, 1.0))


def _duplicate(link: Link, fault: LinkFault, frame: Frame) -> None:  # noqa: ARG001
    link._send(frame.data * 2, frame.direction)


def _reorder(link: Link, fault: LinkFault, frame: Frame) -> None:
    if frame.direction in link._held:  # one at a time: this one passes it
        link._send(frame.data, frame.direction)
        link._release(frame.direction)
    else:
        link._hold(frame.data, frame.direction, fault.amount)


def _stale(link: Link, fault: LinkFault, frame: Frame) -> None:  # noqa: ARG001
    old = link._before.setdefault(frame.what, frame)
    link._send(link._framing.as_answer_to(old, frame), frame.direction)


def _wrong_id(link: Link, fault: LinkFault, frame: Frame) -> None:  # noqa: ARG001
    link._send(link._framing.wrong_id(frame), frame.direction)


def _wrong_crc(link: Link, fault: LinkFault, frame: Frame) -> None:  # noqa: ARG001
    link._send(link._framing.wrong_crc(frame), frame.direction)


def _exception(link: Link, fault: LinkFault, frame: Frame) -> None:
    """Of an answer to a request that came before the fault."""
    link._send(link._framing.exception(frame, round(fault.amount)), frame.direction)


EFFECTS: dict[str, Callable[[Link, LinkFault, Frame], None]] = {
    "delay": _delay, "jitter": _jitter, "drop": _drop, "reset": _reset, "half_frame": _half, "bandwidth": _bandwidth,
    "duplicate": _duplicate, "reorder": _reorder, "stale": _stale, "wrong_id": _wrong_id, "wrong_crc": _wrong_crc,
    "exception": _exception,
}  # fmt: skip
