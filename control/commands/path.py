"""The command path: the only way to write. Guard, log, write, read back, confirm, log.

The answer is ``done`` only when the device shows the value and, where the signal names one, the effect.
``written`` says that the device took it but nothing can show its effect; ``failed`` what was seen instead;
``refused`` that nothing was written.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from control.acquisition.link import Link
from control.bus.clock import SECOND, Clock
from control.bus.message.command import Command, CommandEvent, Outcome
from control.commands.expectation import Expectation, usable
from control.commands.guard import check, shown
from control.commands.log import CommandLog
from control.commands.reason import Rules, inhibition, reason
from plant.asset.tag import Tag
from plant.error import CommandRefused, DeviceError, DeviceRefused, Unknown

PATIENCE = 5.0  # s until what was written must show
REMEMBERED = 2_000  # answers kept, in case the question comes again
UNKNOWN_FATE = "control stopped while it was written: its outcome was not seen"


@dataclass(frozen=True)
class Ending:
    """How a write ended."""

    name: str  # "done", "written", "failed" or "refused"
    readback: float | None
    detail: str
    rules: Rules | None = None  # of a refusal


class CommandPath:
    """Carries out commands on the devices that ``links`` keep, by device name."""

    def __init__(
        self, tags: Mapping[str, Tag], primary: Mapping[str, str], links: Mapping[str, Link], log: CommandLog,
        clock: Clock, patience: float = PATIENCE,
    ):  # fmt: skip
        self._tags, self._primary, self._links = tags, primary, links
        self._log, self._clock, self._patience = log, clock, patience
        self._answers: dict[str, tuple[Command, asyncio.Task[Outcome]]] = {}
        self._written: dict[str, int] = {}
        self._started = clock.now()
        self._locks = {device: asyncio.Lock() for device in links}

    def forget(self) -> None:
        """Know of no write, and of no reading: the field has gone on from another moment."""
        self._written, self._started = {}, self._clock.now()
        for link in self._links.values():
            link.forget()

    async def restore(self) -> None:
        """Go on with the log: remember what was answered, and close what was left open."""
        await self._log.resume()
        events = await self._log.events(newest=2 * REMEMBERED)
        for event in {event.id: event for event in events}.values():
            if event.outcome == "started":
                event = replace(event, outcome="failed", detail=UNKNOWN_FATE)
                await self._log.append(event, insist=True)
            self._remember(_command(event), asyncio.create_task(self._again(event)))

    async def handle(self, command: Command) -> Outcome:
        """Carry out a command. The same id gets the same answer and is not written twice."""
        known = self._answers.get(command.id)
        if known is None:
            task = asyncio.create_task(self._execute(command))
            self._remember(command, task)
        elif known[0] != command:
            raise CommandRefused(command.tag, command.value, f"has the id of another command, {command.id}")
        else:
            task = known[1]
        return await asyncio.shield(task)

    async def _execute(self, command: Command) -> Outcome:
        began = time.monotonic()
        try:
            tag = self._guarded(command)
        except CommandRefused as error:
            await self._log.append(self._event(command, Ending("refused", None, error.rule, error.rules)))
            raise
        except Unknown as error:
            await self._log.append(self._event(command, Ending("refused", None, str(error))))
            raise
        link = self._links[self._primary[command.tag]]
        async with self._locks[link.device.name]:
            previous = usable(link.last(), command.tag)
            await self._log.append(self._event(command, Ending("started", None, ""), previous))
            self._written[command.tag] = self._clock.now()
            ending = await self._written_and_seen(command, tag, link)
            event = self._event(command, ending, previous)
            await self._log.append(event, insist=True)
            if ending.rules is not None:
                raise _refused(event, tag)
        return replace(_outcome(event), duration_s=round(time.monotonic() - began, 6))

    def _guarded(self, command: Command) -> Tag:
        tag = self._allowed(command)
        if not self._links[self._primary[command.tag]].health.connected:
            rules = reason("not connected")
            raise CommandRefused(command.tag, shown(command.value, tag.signal), rules["en"], rules)
        return tag

    def _allowed(self, command: Command) -> Tag:
        device = self._primary.get(command.tag)
        previous = usable(self._links[device].last(), command.tag) if device else None
        elapsed = (self._clock.now() - self._written.get(command.tag, self._started)) / SECOND
        return check(command, self._tags, self._primary, previous, elapsed)

    async def _written_and_seen(self, command: Command, tag: Tag, link: Link) -> Ending:
        try:
            await link.driver.write(command.tag, command.value)
        except DeviceRefused as error:
            return await self._why(tag, link) or Ending("failed", None, str(error))
        except DeviceError as error:
            return Ending("failed", None, str(error))
        expectation = Expectation(command, tag, link.device.tags()[command.tag], self._primary)
        if expectation.unobservable:
            return Ending("written", None, f"effect not observable: {expectation.unobservable}")
        try:
            async with asyncio.timeout(self._patience):
                while not expectation.is_met(self._elsewhere(tag, link) | await link.read()):
                    await link.following()
        except DeviceError as error:
            return Ending("failed", expectation.readback, f"written, but then {error}")
        except TimeoutError:
            return Ending("failed", expectation.readback, f"written, but {expectation.seen}")
        return Ending("done", expectation.readback, "")

    def _elsewhere(self, tag: Tag, link: Link) -> dict[str, tuple[float, int]]:
        """What another device last showed, where that is the one which shows the effect."""
        device = self._primary.get(f"{tag.asset}.{tag.signal.confirmed_by}", link.device.name)
        return {} if device == link.device.name else self._links[device].last()

    async def _why(self, tag: Tag, link: Link) -> Ending | None:
        """The refusal of a device that says itself what keeps it from doing it."""
        try:
            rules = inhibition(tag, self._tags, await link.read())
        except DeviceError:
            return None
        return None if rules is None else Ending("refused", None, rules["en"], rules)

    async def _again(self, event: CommandEvent) -> Outcome:
        """The answer that a logged command had."""
        tag, command = self._tags.get(event.tag), _command(event)
        if event.outcome != "refused":
            return _outcome(event)
        if tag is None:
            raise Unknown("tag", command.tag)
        raise _refused(event, tag)

    def _event(self, command: Command, ending: Ending, previous: float | None = None) -> CommandEvent:
        return CommandEvent(
            id=command.id, outcome=ending.name, tag=command.tag, value=_number(command.value), previous=previous,
            readback=ending.readback, detail=ending.detail, by=command.by, reason=command.reason,
            device=self._primary.get(command.tag), time_ns=self._clock.now(), run=self._clock.run,
            rules=None if ending.rules is None else dict(ending.rules),
        )  # fmt: skip

    def _remember(self, command: Command, task: asyncio.Task[Outcome]) -> None:
        self._answers[command.id] = (command, task)
        task.add_done_callback(lambda t: t.cancelled() or t.exception())  # whoever asked has it
        while len(self._answers) > REMEMBERED:
            del self._answers[next(iter(self._answers))]


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None  # JSON has no other


def _command(event: CommandEvent) -> Command:
    value = math.nan if event.value is None else event.value
    return Command(event.tag, value, event.by, event.reason, event.id)


def _outcome(event: CommandEvent) -> Outcome:
    return Outcome(
        event.id, event.outcome, event.tag, event.value, event.readback, event.detail, event.time_ns, run=event.run
    )


def _refused(event: CommandEvent, tag: Tag) -> CommandRefused:
    value = math.nan if event.value is None else event.value
    return CommandRefused(event.tag, shown(value, tag.signal), event.detail, event.rules)
