"""The probe of an OPC UA server, by the command, against a bare asyncua server."""

import json
from collections.abc import Iterator

import pytest
from asyncua import ua
from asyncua.sync import Server
from typer.testing import CliRunner

from tests.conftest import free_port
from ui.cli.app import app


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Of a maker: a pad with a well, a unit and a range in the standard's own properties, and an array."""
    endpoint = f"opc.tcp://127.0.0.1:{free_port()}/maker"
    server = Server()
    server.set_endpoint(endpoint)
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    space = server.register_namespace("urn:maker")
    pad = server.nodes.objects.add_object(space, "Pad1")
    speed = pad.add_variable(ua.NodeId("P17.Hz", space), "Hz", 47.25)
    speed.set_writable()
    speed.add_property(space, "EURange", ua.Range(0.0, 70.0))
    speed.add_property(space, "EngineeringUnits", ua.EUInformation(DisplayName=ua.LocalizedText("Hz")))
    pad.add_variable(ua.NodeId("P17.Motors", space), "Motors", [1, 2, 3], ua.VariantType.Int32)
    server.start()
    yield endpoint
    server.stop()


def probed(*arguments: str) -> list[dict]:
    ended = CliRunner().invoke(app, ["device", "probe", *arguments, "--json"])
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.output)


def test_the_ways_in_and_every_variable_with_what_it_shows_are_found(server):
    ways, variables = probed(server)
    assert ways["rows"] == [{"policy": "None", "mode": "None", "who may come in": "Anonymous, UserName"}]
    rows = {row["path"]: row for row in variables["rows"]}
    assert rows["Pad1/Hz"] == {
        "node": "ns=2;s=P17.Hz", "path": "Pad1/Hz", "type": "Double", "value": "47.25", "unit": "Hz",
        "range": "0 … 70", "written": "yes", "status": "Good",
    }  # fmt: skip
    motors = rows["Pad1/Motors"]
    assert (motors["type"], motors["value"], motors["written"]) == ("Int32[3]", "[1, 2, 3]", "")
    assert not any("Server" in path for path in rows)


def test_no_more_is_shown_than_was_asked_for_and_that_is_said(server):
    _, variables = probed(server, "--most", "1")
    assert variables["title"] == "1 variables, the first 1: --most shows more"


def test_a_certificate_without_its_key_is_refused(server):
    ended = CliRunner().invoke(app, ["device", "probe", server, "--certificate", __file__])
    assert ended.exit_code
    assert "must be given together with --key" in str(ended.exception)


def test_where_nothing_answers_it_says_so():
    ended = CliRunner().invoke(app, ["device", "probe", f"opc.tcp://127.0.0.1:{free_port()}/none"])
    assert ended.exit_code
    assert "127.0.0.1" in str(ended.exception)
