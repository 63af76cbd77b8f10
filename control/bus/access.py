"""Access: which process may say and hear what on the bus, a row each, with the least that its work takes.

Rows name subjects of one field (:class:`control.bus.subject.Subjects`); what they mean for JetStream, where streams
and buckets are kept, is worked out here.
"""

from __future__ import annotations

from dataclasses import dataclass

from control.bus.subject import Subjects

TELEMETRY, EVENTS, LATEST, ALARMS = "telemetry", "events", "latest", "alarms"
STREAMS, BUCKETS = (TELEMETRY, EVENTS), (LATEST, ALARMS)


@dataclass(frozen=True)
class Role:
    """One process: subjects that it says and hears, by their ends, and the streams and buckets it reads and puts to."""

    name: str
    says: tuple[str, ...] = ()
    hears: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    puts: tuple[str, ...] = ()
    is_heir: bool = False  # may read, make and drop whatever the tenant keeps


_CLOCK, _COMMANDS, _HANDLING, _RAW = "sim.clock", "pf.commands.*", "pf.handling", "pf.telemetry.raw.*"
_LIVE = (_RAW, "pf.alarms.*", "status.*", _CLOCK)
_ASKS = (_COMMANDS, _HANDLING, "historian.*")
ROLES = {
    role.name: role
    for role in (
        Role("field", says=(_CLOCK, "sim.truth"), hears=("sim.control",)),
        Role(
            "control", says=(_RAW, "pf.alarms.*", "pf.events.*"), hears=(_COMMANDS, _HANDLING, _CLOCK),
            reads=(TELEMETRY, EVENTS, ALARMS), puts=BUCKETS,
        ),
        Role("historian", hears=("historian.*", _CLOCK), reads=STREAMS),
        Role("twin", says=("pf.telemetry.raw.twin",), hears=(_RAW, _CLOCK), reads=(TELEMETRY,), puts=(LATEST,)),
        # The instructor, who runs drills, lives with the API.
        Role(
            "api", says=(*_ASKS, "sim.control", "sim.drill", "sim.brief"),
            hears=(*_LIVE, "sim.drill", "pf.events.command"), reads=BUCKETS,
        ),
        Role("screens", says=(*_ASKS, "sim.drill"), hears=(*_LIVE, "sim.brief"), reads=BUCKETS),
        # Carries over what a bus of before kept, before the others start; then nobody is it.
        Role("heir", says=("pf.alarms.*", "pf.events.*"), is_heir=True),
        # Whoever plays stories and benches: what happens to the field, what is true of it, and marks in the stream.
        Role(
            "hil", says=(*_ASKS, "sim.control", "sim.drill", "pf.events.scenario"),
            hears=(*_LIVE, "pf.events.*", "sim.truth"),
            reads=(*STREAMS, *BUCKETS),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Permissions:
    """Subjects that a user of the server may publish to, and subscribe to."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


def permissions(role: Role, subjects: Subjects, inbox: str) -> Permissions:
    """What a role is allowed in a field, its answers coming to ``inbox`` and what lies under it."""
    front = subjects.all.removesuffix(">")
    says = [front + end for end in (*role.says, f"status.{role.name}")]
    streams = [_stream(subjects, what) for what in (*STREAMS, *BUCKETS)]
    kept = [f"$JS.API.STREAM.{verb}.{name}" for name in streams for verb in ("CREATE", "INFO")]
    reading = [subject for what in role.reads for subject in _reading(_stream(subjects, what))]
    puts = [f"$KV.{subjects.stored(what)}.>" for what in role.puts]
    heirs = ("$JS.API.>", "$JS.ACK.>", "$KV.>") if role.is_heir else ()
    return Permissions(
        (*says, *heirs, *kept, "$JS.API.STREAM.NAMES", "$JS.API.INFO", *reading, *puts),
        (*(front + end for end in role.hears), f"{inbox}.>"),
    )


def _stream(subjects: Subjects, what: str) -> str:
    name = subjects.stored(what)
    return f"KV_{name}" if what in BUCKETS else name


def _reading(stream: str) -> tuple[str, ...]:
    """Messages one by one, or through a consumer of one's own."""
    consumer = "$JS.API.CONSUMER"
    return (
        f"$JS.API.STREAM.MSG.GET.{stream}", f"$JS.API.DIRECT.GET.{stream}", f"$JS.API.DIRECT.GET.{stream}.>",
        f"{consumer}.CREATE.{stream}", f"{consumer}.CREATE.{stream}.>", f"{consumer}.DURABLE.CREATE.{stream}.>",
        f"{consumer}.INFO.{stream}.>", f"{consumer}.DELETE.{stream}.>", f"{consumer}.MSG.NEXT.{stream}.>",
        f"$JS.ACK.{stream}.>", f"$JS.FC.{stream}.>",
    )  # fmt: skip
