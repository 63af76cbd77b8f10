"""Subjects: one name each, whatever the names in it hold. A NATS token has no dot, blank or wildcard."""

import pytest

from control.bus.subject import Subjects, token
from plant.asset.error import ServiceError


@pytest.mark.parametrize(
    ("name", "as_token"),
    [("Well.CACB27A-P1", "Well_CACB27A-P1"), ("a b*c>d", "a_b_c_d"), ("Año", "A_o"), ("RTU-1", "RTU-1")],
)
def test_a_name_becomes_one_token(name, as_token):
    assert token(name) == as_token


def test_every_subject_begins_with_its_tenant_so_that_tenants_do_not_hear_each_other():
    one, other = Subjects("one"), Subjects("other")
    for name in ("telemetry", "alarms", "events", "commands", "history", "status", "clock", "sim_control", "truth"):
        arguments = ("f", "d") if name == "telemetry" else ("x",)
        assert getattr(one, name)(*arguments).startswith("one.")
        assert getattr(one, name)(*arguments) != getattr(other, name)(*arguments)


def test_a_star_subscribes_to_all():
    assert Subjects("t").telemetry("*", "*") == "t.pf.telemetry.raw.*.*"


@pytest.mark.parametrize("tenant", ["a b.>", "", "*", "a.b", "peña", "demo\n"])
def test_a_tenant_that_cannot_begin_a_subject_is_refused_whoever_names_it(tenant):
    """Every service takes --tenant, also one that is started alone; the bus would refuse it later, and less clearly."""
    with pytest.raises(ServiceError, match=r"^--tenant = .* must be letters without accents, digits, - and _ only$"):
        Subjects(tenant)
