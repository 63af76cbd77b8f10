"""An alarm's life: each moment is kept until it is raised anew, what sets it aside until it is taken back."""

from control.alarms.life import Life, Step, lived
from control.alarms.state import State


def after(*steps: Step, life: Life | None = None) -> Life:
    """The life that these steps make."""
    found = life or Life()
    for step in steps:
        found = lived(found, step)
    return found


RAISED = Step("raise", State.UNACK, 100)
SEEN = Step("acknowledge", State.ACKED, 220, "ana", "seen")
SHELVED = Step("shelve", State.SHLVD, 300, "ana", "sensor is being changed", 3900)


def test_an_acknowledgement_does_not_move_the_time_at_which_it_was_raised() -> None:
    assert after(RAISED, SEEN) == Life(100, None, 220, "ana", "seen")
    assert after(RAISED, SEEN, Step("clear", State.NORM, 300)) == Life(100, 300, 220, "ana", "seen")


def test_an_alarm_may_return_before_it_is_acknowledged() -> None:
    assert after(RAISED, Step("clear", State.RTNUN, 150), Step("acknowledge", State.NORM, 160, "ana")) == Life(
        100, 150, 160, "ana"
    )


def test_what_is_raised_anew_has_a_new_life() -> None:
    assert after(Step("raise", State.UNACK, 9), life=Life(1, 2, 3, "ana", "seen")) == Life(9)


def test_what_sets_an_alarm_aside_is_known_until_it_is_taken_back_and_then_no_more() -> None:
    shelved = after(RAISED, SHELVED)
    assert (shelved.raised_ns, shelved.shelved_ns, shelved.shelved_until_ns) == (100, 300, 3900)
    assert (shelved.shelved_by, shelved.shelved_comment) == ("ana", "sensor is being changed")
    suppressed = after(Step("suppress", State.DSUPR, 400), life=shelved)
    assert suppressed == shelved
    assert after(Step("unshelve", State.UNACK, 500), life=suppressed) == Life(500)
    assert after(Step("unshelve", State.NORM, 500), life=suppressed) == Life(100, 500)


def test_out_of_service_is_kept_with_who_took_it_out_and_why() -> None:
    out = after(Step("remove", State.OOSRV, 5, "luis", "well is in workover"))
    assert (out.removed_ns, out.removed_by, out.removed_comment) == (5, "luis", "well is in workover")
    assert after(Step("return", State.NORM, 9, "luis"), life=out) == Life()


def test_an_alarm_whose_row_has_left_the_table_has_returned_then_unless_it_had_before() -> None:
    gone = Step("removed", State.NORM, 5)
    assert after(gone, life=Life(1)) == Life(1, 5)
    assert after(gone, life=Life(1, 2)) == Life(1, 2)
    assert after(gone, life=after(RAISED, SHELVED)) == Life(100, 5)
