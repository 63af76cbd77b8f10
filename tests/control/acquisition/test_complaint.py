"""What goes wrong again and again is said once, and counted."""

import logging

from control.acquisition.complaint import MOST, OTHERS, Complaints


def test_it_is_said_at_first_and_then_ever_more_rarely(caplog):
    complaints = Complaints("RTU")
    with caplog.at_level(logging.WARNING, "gemelo"):
        for _ in range(1234):
            complaints.add("silence")
    assert complaints.counts == {"silence": 1234}
    assert [record.facts["count"] for record in caplog.records] == [1, 10, 100, 1000]


def test_a_traceback_is_shown_once(caplog):
    complaints = Complaints("RTU")
    with caplog.at_level(logging.WARNING, "gemelo"):
        for _ in range(9):
            try:
                raise ZeroDivisionError
            except ZeroDivisionError as error:
                complaints.add(repr(error), traceback=True)
    assert len([record for record in caplog.records if record.exc_info]) == 1


def test_ever_new_complaints_do_not_pile_up():
    complaints = Complaints("RTU")
    for i in range(10 * MOST):
        complaints.add(f"answer {i}")
    assert len(complaints.counts) == MOST + 1
    assert complaints.counts[OTHERS] == 9 * MOST
