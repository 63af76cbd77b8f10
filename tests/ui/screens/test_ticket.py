"""Tickets: who has logged in, and nobody else."""

from ui.screens import ticket

KEY = b"k" * 32


def test_a_ticket_names_its_holder_until_it_runs_out() -> None:
    issued = ticket.issue("operator", KEY, now=1000.0)
    assert ticket.holder(issued, KEY, 1000.0 + ticket.HOURS * 3600 - 1) == "operator"
    assert ticket.holder(issued, KEY, 1000.0 + ticket.HOURS * 3600) == ""


def test_a_changed_or_foreign_ticket_names_nobody() -> None:
    issued = ticket.issue("operator", KEY, now=0.0)
    forged = issued.replace("operator", "engineer")
    for bad in (
        "",
        "x",
        ".",
        "..",
        forged,
        issued[:-1],
        issued + "0",
        "é.1.2",
        ticket.issue("operator", b"other", 0.0),
    ):
        assert ticket.holder(bad, KEY, 1.0) == ""


def test_the_same_token_makes_the_same_keys_so_that_a_login_outlives_a_restart() -> None:
    assert ticket.keys_from("secret") == ticket.keys_from("secret")
    assert ticket.keys_from("secret") != ticket.keys_from("other")


def test_without_a_token_the_keys_are_unknown_to_all() -> None:
    assert ticket.keys_from(None) != ticket.keys_from(None)
    assert ticket.keys_from("") != ticket.keys_from("")


def test_knowing_one_key_does_not_give_the_other() -> None:
    keys = ticket.keys_from("secret")
    assert keys.ticket != keys.session
