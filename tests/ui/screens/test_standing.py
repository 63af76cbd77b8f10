"""The standing alarms (ISA-18.2: unacknowledged before acknowledged, then by priority)."""

from typing import Any

from ui.screens.standing import Standing


def alarm(tag: str, priority: int, state: str = "UNACK", time_ns: int = 1) -> dict[str, Any]:
    return {"id": f"{tag}.high", "tag": tag, "priority": priority, "state": state, "time_ns": time_ns}


def test_the_most_urgent_unacknowledged_alarm_comes_first() -> None:
    standing = Standing()
    standing.hear(alarm("Well.A.Flow", 1, "ACKED"))
    standing.hear(alarm("Well.B.Flow", 3, "UNACK", 5))
    standing.hear(alarm("Well.C.Flow", 2, "RTNUN", 7))
    assert [a["tag"] for a in standing] == ["Well.C.Flow", "Well.B.Flow", "Well.A.Flow"]


def test_an_alarm_that_returned_to_normal_stands_no_more() -> None:
    standing = Standing()
    standing.hear(alarm("Well.A.Flow", 1))
    standing.hear(alarm("Well.A.Flow", 1, "NORM"))
    assert len(standing) == 0
    assert standing.counts()[1] == (0, 0)


def test_an_asset_shows_its_worst_alarm_and_blinks_only_for_an_unacknowledged_one_of_it() -> None:
    standing = Standing()
    standing.hear(alarm("Well.A.Flow", 3, "UNACK"))
    assert standing.worst() == {"Well.A": (3, True)}
    standing.hear(alarm("Well.A.Current", 1, "ACKED"))
    assert standing.worst() == {"Well.A": (1, False)}


def test_an_older_state_does_not_undo_a_newer_one() -> None:
    """Transitions and the bucket of states come by two ways, in either order."""
    standing = Standing()
    standing.hear(alarm("Well.A.Flow", 1, "NORM", 5))
    standing.hear(alarm("Well.A.Flow", 1, "UNACK", 4))
    assert len(standing) == 0
    standing.hear(alarm("Well.A.Flow", 1, "UNACK", 6))
    assert [a["state"] for a in standing] == ["UNACK"]
