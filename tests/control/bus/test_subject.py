"""Subjects: one name each, whatever the names in it hold. A NATS token has no dot, blank or wildcard."""

import pytest

from control.bus.subject import Subjects, token
from plant.error import ServiceError


@pytest.mark.parametrize(
    ("name", "as_token"),
    [("Well.CACB27A-P1", "Well_CACB27A-P1"), ("a b*c>d", "a_b_c_d"), ("Año", "A_o"), ("RTU-1", "RTU-1")],
)
def test_a_name_becomes_one_token(name, as_token):
    assert token(name) == as_token


@pytest.mark.parametrize("other", [Subjects("other", "one"), Subjects("one", "other"), Subjects("one", "one-two")])
def test_every_subject_is_of_one_field_of_one_tenant_so_that_no_two_hear_each_other(other):
    one = Subjects("one", "one")
    for name in ("telemetry", "alarms", "events", "commands", "history", "status", "stored"):
        assert getattr(one, name)("x") != getattr(other, name)("x")
    for name in ("handling", "clock", "sim_control", "truth"):
        assert getattr(one, name)() != getattr(other, name)()
    assert all(subject.startswith("one.one.") for subject in (one.telemetry("*"), one.clock(), one.all))


def test_a_star_subscribes_to_all():
    assert Subjects("t", "f").telemetry("*") == "t.f.pf.telemetry.raw.*"


@pytest.mark.parametrize("name", ["a b.>", "", "*", "a.b", "peña", "demo\n"])
def test_a_tenant_or_field_that_cannot_be_part_of_a_subject_is_refused(name):
    """NATS: a token has no dots, blanks or wildcards, and a bucket's name only letters, digits, - and _."""
    with pytest.raises(ServiceError, match=r"^tenant = .* must be letters without accents, digits, - and _ only"):
        Subjects(name, "f")
    with pytest.raises(ServiceError, match=r"^field = .* must be letters"):
        Subjects("t", name)
