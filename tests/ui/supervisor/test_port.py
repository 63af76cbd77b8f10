"""Ports are tried before anything starts."""

import socket
from collections.abc import Iterator

import pytest

from plant.error import ServiceError
from ui.supervisor.port import Port, check_ports


@pytest.fixture
def taken() -> Iterator[list[int]]:
    """Two ports on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        yield [one.getsockname()[1], other.getsockname()[1]]


def test_every_taken_port_is_named_with_the_setting_that_changes_it(taken: list[int], free_port: int) -> None:
    """Two of three are taken; both are told at once, the free one is not."""
    ports = [Port("127.0.0.1", n, f"--port-{i}") for i, n in enumerate([taken[0], free_port, taken[1]])]
    with pytest.raises(ServiceError) as refused:
        check_ports(ports)
    told = [f"127.0.0.1:{taken[0]} is taken; --port-0", f"127.0.0.1:{taken[1]} is taken; --port-2"]
    assert str(refused.value).splitlines() == told


def test_free_ports_pass_and_stay_free(free_port: int) -> None:
    """Trying a port does not occupy it: it can be tried again and then be had."""
    check_ports([Port("127.0.0.1", free_port, "")])
    check_ports([Port("127.0.0.1", free_port, "")])
    socket.create_server(("127.0.0.1", free_port)).close()


def test_an_address_that_is_not_this_machines_is_told_as_such() -> None:
    """192.0.2.0/24 is reserved for documentation (RFC 5737)."""
    with pytest.raises(ServiceError, match=r"192\.0\.2\.1:5000 cannot be opened .*; setting"):
        check_ports([Port("192.0.2.1", 5000, "setting")])


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_two_of_ours_are_to_have_is_told_with_both_settings(free_port: int, host: str) -> None:
    """Free as it is: the second would be started again and again."""
    ports = [
        Port(host, free_port, "choose another with --api-port", "the API"),
        Port("127.0.0.1", free_port, "choose another with --bus-port", "the bus"),
    ]
    with pytest.raises(ServiceError) as refused:
        check_ports(ports)
    assert str(refused.value) == (
        f"{host}:{free_port} is wanted twice, by the API (choose another with --api-port) "
        "and by the bus (choose another with --bus-port)"
    )
