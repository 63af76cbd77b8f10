"""Ports that several choose at once."""

import socket

from hil.port import BLOCK, Reservation


def test_no_port_is_given_to_two_who_choose_at_once() -> None:
    """Nobody listens on any of them yet: then a look whether they are free would let two choose the same."""
    choosers = [Reservation() for _ in range(3)]
    chosen = [port for chooser in choosers for port in chooser.ports(BLOCK + 1)]
    assert len(set(chosen)) == len(chosen) == 3 * (BLOCK + 1)


def test_a_port_on_which_somebody_listens_is_passed_over() -> None:
    reservation = Reservation()
    first = reservation.ports(1)[0]
    with socket.create_server(("127.0.0.1", first + 1)):
        assert reservation.ports(1) == [first + 2]
