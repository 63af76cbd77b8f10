"""The instructor: runs a drill on the field that runs, and lets one trainer drive the field.

It hears commands and acknowledgements as they are logged, looks at the field in truth, lets the timeline befall it, and
at the end has the try scored beside the expert's from the same moment. It answers on ``sim.drill``; on ``sim.brief`` it
says what a trainee may see, and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import sys
import time
from pathlib import Path
from typing import Any

from control.bus import log
from control.bus.cancel import end_if_cancelled
from control.bus.clock import SECOND, Clock, FieldClock
from control.bus.connection import Bus
from control.bus.hearing import hear
from control.bus.message.alarm import Transition
from control.bus.message.command import CommandEvent
from hil.actuator import BusActuator
from hil.scope import Scope
from plant.asset.bench import Bench
from plant.asset.field import Field
from plant.error import CommandRefused, GemeloError, ServiceError
from scenarios.drill import expert
from scenarios.drill.drill_file import load_drill, titles
from scenarios.drill.hold import Hold
from scenarios.drill.live import LiveDrill
from scenarios.drill.plan import Plan, read_plan
from scenarios.drill.record import INCONCLUSIVE, OVER, RUNNING, Records
from scenarios.drill.report import page, plain
from scenarios.drill.score import score
from scenarios.drill.standing import brief_of, status_of
from simulators.fault.row import as_json
from simulators.fault.table import faults
from simulators.fault.target import Targets

LOOK = 0.5  # s of the wall between looks at the field
BY = "drill"  # who does what the timeline says
PATIENCE = 30.0  # s that a field may take to go on from a moment
QUESTIONS = ("status", "moments", "value", "look")  # of the control channel, which anybody who may see the truth asks
Answer = dict[str, Any]


class Instructor:
    """Of one field. Run :meth:`run` as a task after :meth:`start`."""

    def __init__(self, bus: Bus, clock: Clock, field: Field, bench: Bench, data: Path):
        self._bus, self._clock, self._field, self._bench = bus, clock, field, bench
        self._data, self._records = data, Records.of(data, field.name)
        self._actuator, self._hold = BusActuator(bus, BY), Hold()
        self._live: LiveDrill | None = None
        self._about: Answer = {}  # of the drill: id, state, trainer, run, when it began, score
        self._plans: list[Plan] = []
        self._messages: list[Answer] = []
        self._ending: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Hear, answer, and go on with the drill that was running."""
        subjects = self._bus.subjects
        await hear(self._bus, subjects.events("command"), CommandEvent.decode, self._command)
        await hear(self._bus, subjects.alarms("*"), Transition.decode, self._alarm)
        self._resume()
        await self._bus.answer(subjects.drill(), self.handle, side_by_side=True)

    async def run(self) -> None:
        """Look at the field, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            end_if_cancelled()
            try:
                await self.look()
            except GemeloError as error:  # the field is away: it is looked for again
                log.warning("drill", not_seen=error)

    async def handle(self, asked: Any) -> Answer:
        """One request: what to ``do``, ``by`` whom, and what that takes. Raises what it is refused with."""
        request = asked if isinstance(asked, dict) else {}
        verb, by = request.get("do"), str(request.get("by", ""))
        if verb not in VERBS:
            raise CommandRefused("drill", str(verb), f"must be one of {', '.join(VERBS)}")
        act, is_driving = VERBS[verb]
        if is_driving:
            self._hold.take(by)
        answer: Answer = await act(self, request, by)
        return answer

    async def begin(self, request: Answer, by: str) -> Answer:
        """Begin a ``drill`` for a ``player``, from a ``moment`` or from now."""
        if self._live is not None:
            raise CommandRefused("drill", str(request.get("drill")), f"cannot begin while {self._about['id']} runs")
        if not isinstance(self._clock, FieldClock):
            rule = 'needs plant time of its own: write clock = "field" in a copy of the bench, and start with --bench'
            raise CommandRefused("drill", str(request.get("drill")), rule)
        drill, field, _ = load_drill(str(request.get("drill", "")))
        if field.name != self._field.name:
            raise CommandRefused("drill", drill.name, f"is of the field {field.name}; this is {self._field.name}")
        id_ = f"{time.strftime('%Y%m%d-%H%M%S')}-{drill.name}"
        run = await self._branch(id_, request.get("moment"))
        self._live = LiveDrill(drill, self._field, str(request.get("player") or "trainee"))
        self._about = {
            "id": id_, "state": RUNNING, "drill": drill.name, "trainer": by, "run": run["run"],
            "began_ns": run["time_ns"], "wall": time.time(), "score": None, "why": "",
        }  # fmt: skip
        self._messages, self._plans = [], []
        self._ending = None
        self._keep()
        self._expert = asyncio.create_task(self._play_expert(id_, str(drill.path)))
        return status_of(self._live, self._about)

    async def stop(self, _request: Answer, _by: str) -> Answer:
        """End the drill that runs before its time."""
        self._running()
        self._end()
        return {"id": self._about["id"], "state": self._about["state"]}

    async def status(self, _request: Answer, _by: str) -> Answer:
        """How it stands, for those who may see the truth."""
        drill = status_of(self._live, self._about) if self._live else self._about or None
        return {
            "holder": self._hold.name, "drill": drill, "plans": [plan.says for plan in self._plans],
            "messages": self._messages, "records": self._records.ids()[-20:],
        }  # fmt: skip

    async def brief(self, _request: Answer, _by: str) -> Answer:
        """What a trainee may see."""
        return brief_of(self._live, self._about, self._messages)

    async def answer(self, request: Answer, by: str) -> Answer:
        """Say ``what`` is wrong."""
        self._running().say(str(request.get("what", "")))
        self._keep()
        return await self.brief(request, by)

    async def hint(self, request: Answer, by: str) -> Answer:
        """Ask for the next hint."""
        says = self._running().hint()
        self._messages.append({"time_ns": self._clock.now(), "by": BY, "text": dict(says)})
        self._keep()
        return await self.brief(request, by)

    async def message(self, request: Answer, by: str) -> Answer:
        """Tell the trainee a ``text``."""
        text = str(request.get("text", "")).strip()
        if not text or len(text) > 500:
            raise CommandRefused("message", text[:40], "must be a text of 1 to 500 characters")
        self._messages = [*self._messages[-49:], {"time_ns": self._clock.now(), "by": by, "text": text}]
        await self._say()
        return {"messages": self._messages}

    async def plan(self, request: Answer, _by: str) -> Answer:
        """Let a malfunction begin ``when`` a tag crosses a value, or an act was done."""
        scope, targets = Scope.of(self._field, self._bench), Targets.of(self._field, self._bench)
        asked, when = (dict(request.get(key) or {}) for key in ("request", "when"))
        self._plans.append(read_plan(asked, when, scope, targets))
        return {"plans": [plan.says for plan in self._plans]}

    async def drive(self, request: Answer, _by: str) -> Answer:
        """Pass a ``request`` on to the field's control channel."""
        return await self._ask(dict(request.get("request") or {}))

    async def ask(self, request: Answer, _by: str) -> Answer:
        """The same of a question, which changes nothing and is anybody's who may see the truth."""
        asked = dict(request.get("request") or {})
        if asked.get("do") not in QUESTIONS:
            raise CommandRefused("field", str(asked.get("do")), f"is no question: {', '.join(QUESTIONS)} are")
        return await self._ask(asked)

    async def catalogue(self, _request: Answer, _by: str) -> Answer:
        """All that can be made to fail, what in, and the drills that there are."""
        targets = Targets.of(self._field, self._bench)
        named = {"assets": targets.assets, "tags": list(targets.instruments), "devices": list(targets.protocols)}
        return {"faults": [as_json(fault) for fault in faults().values()], "drills": titles(), **named}

    async def leave(self, _request: Answer, by: str) -> Answer:
        """Let another trainer have the field."""
        self._hold.leave(by)
        return {"holder": self._hold.name}

    async def look(self) -> None:
        """Look at the field; do what is due."""
        live = self._live
        planned = [plan.condition.tag.name for plan in self._plans if plan.condition]
        if live is not None and self._about["state"] == RUNNING:
            if self._clock.run != self._about["run"]:
                self._end(INCONCLUSIVE, f"the field went on as {self._clock.run}")
                return
            trends = [tag.name for tag in live.drill.trends]
            told = await self._ask({"do": "look", "tags": [*live.tags, *planned], "shown": trends})
            shown = {tag: math.nan if value is None else value for tag, value in told["shown"].items()}
            live.look(self._seconds(told["time_ns"]), told, shown)
            await self._befall(live)
            await self._do_planned(told["truth"], live.done)
            self._keep()
            if live.is_over:
                self._end()
        elif self._plans:
            told = await self._ask({"do": "look", "tags": planned})
            await self._do_planned(told["truth"], {})
        await self._say()

    async def _befall(self, live: LiveDrill) -> None:
        for event in live.due():
            await self._actuator.do(event)
            live.befallen(event)

    async def _do_planned(self, truth: dict[str, float | None], done: dict[str, float]) -> None:
        known = {tag: math.nan if value is None else value for tag, value in truth.items()}
        due = [plan for plan in self._plans if plan.is_due(known, done)]
        self._plans = [plan for plan in self._plans if plan not in due]
        for plan in due:
            await self._ask(dict(plan.request))

    async def _branch(self, id_: str, moment: object) -> Answer:
        """Have the field go on as a run of the drill's own, from a moment that is kept for the expert too."""
        if moment:
            await self._restore(str(moment))
        name = f"drill-{id_}"
        await self._ask({"do": "save", "name": name})
        return await self._restore(name)

    async def _restore(self, name: str) -> Answer:
        told = await self._ask({"do": "restore", "name": name})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self._clock.run != told["run"]:
                    await asyncio.sleep(LOOK / 5)
                return told
        raise ServiceError(f"the field did not go on as {told['run']} within {PATIENCE:g} s")

    async def _ask(self, request: Answer) -> Answer:
        reply: Answer = json.loads(await self._bus.request(self._bus.subjects.sim_control(), request, PATIENCE))
        return reply

    async def _say(self) -> None:
        brief = brief_of(self._live, self._about, self._messages)
        if self._messages or self._about:
            await self._bus.publish(self._bus.subjects.brief(), brief)

    def _command(self, event: CommandEvent) -> None:
        if self._live and event.by != BY and event.run == self._about["run"]:
            self._live.command(event, self._seconds(event.time_ns))
            self._keep()

    def _alarm(self, alarm: Transition) -> None:
        if self._live and alarm.event == "acknowledge" and alarm.run == self._about["run"]:
            self._live.acknowledge(alarm.id, self._seconds(alarm.time_ns))

    def _seconds(self, time_ns: int) -> float:
        return (time_ns - int(self._about["began_ns"])) / SECOND

    def _running(self) -> LiveDrill:
        if self._live is None:
            raise CommandRefused("drill", "now", "none is running")
        return self._live

    def _keep(self) -> None:
        if self._live is None:
            return
        try:
            self._records.write(self._about | {"try": self._live.record()})
        except OSError as error:
            log.warning("drill", not_kept=error)

    def _resume(self) -> None:
        """Go on with a drill that was running when this process ended; plant time tells how far it is."""
        record = self._records.running()
        if record is None:
            return
        tried = record.pop("try")
        drill, _, _ = load_drill(record["drill"])
        self._live, self._about = LiveDrill.resumed(drill, self._field, tried), record
        self._expert = asyncio.create_task(self._play_expert(record["id"], str(drill.path)))

    def _end(self, state: str = OVER, why: str = "") -> None:
        live, self._live = self._running(), None
        self._about |= {"state": state, "why": why}
        self._records.write(self._about | {"try": live.record()})
        self._ending = asyncio.create_task(self._judge(live, dict(self._about)))

    async def _judge(self, live: LiveDrill, about: Answer) -> None:
        """Score the try and write its report, once the expert has played."""
        try:
            best, one = await self._expert, live.tried()
            found = score(live.drill, one, best)
            for language in ("en", "es"):
                text = page(live.drill, one, found, best, language)
                self._records.file(f"{about['id']}-{language}", "html").write_text(text, encoding="utf-8")
            about |= {"score": plain(live.drill, one, found, best)}
        except (GemeloError, OSError) as error:
            about |= {"why": str(error)}
        self._records.write(about | {"try": live.record()})
        if self._about["id"] == about["id"]:
            self._about = about

    async def _play_expert(self, id_: str, source: str) -> Any:
        """The expert's try from where the drill began; played once, and kept."""
        out = self._records.file(id_, "expert.npz")
        if not out.exists():
            moment = self._data / "moments" / self._field.name / f"drill-{id_}.npz"
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", expert.__name__, source, str(moment), str(out),
                stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
            try:
                _, said = await process.communicate()
            except asyncio.CancelledError:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                raise
            if process.returncode:
                raise ServiceError(f"the expert could not play: {said.decode()[-300:]}")
        return expert.read(out)


_DRIVING = ("start", "stop", "drive", "plan", "message")  # what one trainer does at a time
VERBS: dict[str, tuple[Any, bool]] = {
    name: (act, name in _DRIVING)
    for name, act in (
        ("start", Instructor.begin), ("stop", Instructor.stop), ("drive", Instructor.drive),
        ("plan", Instructor.plan), ("message", Instructor.message), ("leave", Instructor.leave),
        ("status", Instructor.status), ("catalogue", Instructor.catalogue), ("ask", Instructor.ask),
        ("brief", Instructor.brief), ("answer", Instructor.answer), ("hint", Instructor.hint),
    )
}  # fmt: skip
