"""An alarm's life: when it was raised, returned and acknowledged, by whom, with what to say.

Each moment is kept until the alarm is raised anew: an acknowledgement does not make a trip of 21:54 one of 21:56.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from control.alarms.state import Event


@dataclass(frozen=True)
class Life:
    """What is known of one alarm since it was raised last. Times in UTC ns; ``None``: it has not happened."""

    raised_ns: int | None = None
    returned_ns: int | None = None
    acknowledged_ns: int | None = None
    acknowledged_by: str | None = None
    acknowledged_comment: str | None = None


def lived(life: Life, event: str, time: int, by: str | None = None, comment: str | None = None) -> Life:
    """The life after ``event``: one of the state machine's, or an alarm's removal, which ends it as a return does."""
    if event == Event.RAISE:
        return Life(raised_ns=time)
    if event == Event.ACKNOWLEDGE:
        return replace(life, acknowledged_ns=time, acknowledged_by=by, acknowledged_comment=comment)
    return life if life.returned_ns else replace(life, returned_ns=time)
