"""The command path: the only way to write. Guard, log, write, read back, confirm, log.

The answer is ``done`` only when the device shows the value and, where the signal names one, the effect.
``failed`` says what was seen instead; ``refused`` that nothing was written.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from control.acquisition.link import Link
from control.bus.clock import SECOND, Clock
from control.commands.expectation import Expectation, usable
from control.commands.guard import Command, check, command_of, shown
from control.commands.log import CommandLog, Record
from plant.asset.error import CommandRefused, DeviceError, Unknown
from plant.asset.tag import Tag

PATIENCE = 5.0  # s until what was written must show
REMEMBERED = 2_000  # answers kept, in case the question comes again
UNKNOWN_FATE = "control stopped while it was written: its outcome was not seen"


@dataclass(frozen=True)
class Outcome:
    """How a write ended."""

    name: str  # "done" or "failed"
    readback: float | None
    detail: str


class CommandPath:
    """Carries out commands on the devices that ``links`` keep, by device name."""

    def __init__(
        self, tags: Mapping[str, Tag], primary: Mapping[str, str], links: Mapping[str, Link], log: CommandLog,
        clock: Clock, patience: float = PATIENCE,
    ):  # fmt: skip
        self._tags, self._primary, self._links = tags, primary, links
        self._log, self._clock, self._patience = log, clock, patience
        self._answers: dict[str, tuple[Command, asyncio.Task[Record]]] = {}
        self._written: dict[str, int] = {}
        self._started = clock.now()
        self._locks = {device: asyncio.Lock() for device in links}

    async def restore(self) -> None:
        """Go on with the log: remember what was answered, and close what was left open."""
        await self._log.resume()
        records = await self._log.read(newest=2 * REMEMBERED)
        by_id = {record["id"]: record for record in records}
        for record in by_id.values():
            if record["outcome"] == "started":
                record = await self._log.append(record | {"outcome": "failed", "detail": UNKNOWN_FATE}, insist=True)
            self._remember(_command(record), asyncio.create_task(self._again(record)))

    async def handle(self, request: Any) -> bytes:
        """Answer a request. The same id gets the same answer and is not written twice."""
        command = command_of(request)
        known = self._answers.get(command.id)
        if known is None:
            task = asyncio.create_task(self._execute(command))
            self._remember(command, task)
        elif known[0] != command:
            raise CommandRefused(command.tag, command.value, f"has the id of another command, {command.id}")
        else:
            task = known[1]
        return json.dumps(await asyncio.shield(task)).encode()

    async def _execute(self, command: Command) -> Record:
        began = time.monotonic()
        try:
            tag = self._guarded(command)
        except (CommandRefused, Unknown) as error:
            rule = error.rule if isinstance(error, CommandRefused) else str(error)
            await self._log.append(self._record(command, Outcome("refused", None, rule)))
            raise
        link = self._links[self._primary[command.tag]]
        async with self._locks[link.device.name]:
            previous = usable(link.last(), command.tag)
            await self._log.append(self._record(command, Outcome("started", None, ""), previous))
            self._written[command.tag] = self._clock.now()
            outcome = await self._written_and_seen(command, tag, link)
            record = await self._log.append(self._record(command, outcome, previous), insist=True)
        return _reply(record) | {"duration_s": round(time.monotonic() - began, 6)}

    def _guarded(self, command: Command) -> Tag:
        device = self._primary.get(command.tag)
        previous = usable(self._links[device].last(), command.tag) if device else None
        elapsed = (self._clock.now() - self._written.get(command.tag, self._started)) / SECOND
        return check(command, self._tags, self._primary, previous, elapsed)

    async def _written_and_seen(self, command: Command, tag: Tag, link: Link) -> Outcome:
        try:
            await link.driver.write(command.tag, command.value)
        except DeviceError as error:
            return Outcome("failed", None, str(error))
        expectation = Expectation(command, tag, link.device.tags()[command.tag])
        try:
            async with asyncio.timeout(self._patience):
                while not expectation.is_met(await link.read()):
                    await link.following()
        except DeviceError as error:
            return Outcome("failed", expectation.readback, f"written, but then {error}")
        except TimeoutError:
            return Outcome("failed", expectation.readback, f"written, but {expectation.seen}")
        return Outcome("done", expectation.readback, "")

    async def _again(self, record: Record) -> Record:
        """The answer that a logged command had."""
        tag, command = self._tags.get(record["tag"]), _command(record)
        if record["outcome"] != "refused":
            return _reply(record)
        if tag is None:
            raise Unknown("tag", command.tag)
        raise CommandRefused(command.tag, shown(command.value, tag.signal), record["detail"])

    def _record(self, command: Command, outcome: Outcome, previous: float | None = None) -> Record:
        return {
            "id": command.id, "outcome": outcome.name, "tag": command.tag, "value": _number(command.value),
            "previous": previous, "readback": outcome.readback, "detail": outcome.detail, "by": command.by,
            "reason": command.reason, "device": self._primary.get(command.tag), "time_ns": self._clock.now(),
        }  # fmt: skip

    def _remember(self, command: Command, task: asyncio.Task[Record]) -> None:
        self._answers[command.id] = (command, task)
        task.add_done_callback(lambda t: t.cancelled() or t.exception())  # whoever asked has it
        while len(self._answers) > REMEMBERED:
            del self._answers[next(iter(self._answers))]


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None  # JSON has no other


def _command(record: Record) -> Command:
    value = math.nan if record["value"] is None else record["value"]
    return Command(record["tag"], value, record["by"], record["reason"], record["id"])


def _reply(record: Record) -> Record:
    return {key: record[key] for key in ("id", "outcome", "tag", "value", "readback", "detail", "time_ns")}
