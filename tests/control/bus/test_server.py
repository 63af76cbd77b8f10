"""The bus server as our child. Who established what: NATS' documentation of ``sync_interval`` (see docs/guarantees)."""

import subprocess

import pytest

from control.bus import server
from control.bus.connection import Bus
from control.bus.keyring import Ring
from plant.error import ServiceError
from tests.limit import HANGS
from tests.place import DEMO


def test_every_acknowledged_message_is_flushed_because_the_default_loses_two_minutes(tmp_path):
    assert "sync_interval: always" in server.config(4222, tmp_path)


def test_nats_server_itself_finds_the_configuration_valid_even_in_a_folder_with_blanks(tmp_path):
    ring = Ring({}, {}).with_field(DEMO, ["v1/devices/W.1/#"])
    command = server.command(4222, tmp_path / "my data", mqtt_port=1883, ring=ring)
    assert subprocess.run([*command, "-t"], capture_output=True, timeout=HANGS).returncode == 0


def test_a_missing_program_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "PROGRAM", "no-such-server")
    with pytest.raises(ServiceError, match="no no-such-server on PATH"):
        server.program()


@pytest.mark.anyio
async def test_what_was_recorded_outlives_a_killed_server(bus_server):
    bus = await Bus.connect(bus_server.url, DEMO)
    await bus.record(bus.subjects.events("command"), {"said": 1})
    bus_server.kill()
    bus_server.start()
    again = await Bus.connect(bus_server.url, DEMO)
    message = await again.stream.get_last_msg(again.event_stream, again.subjects.events("command"))
    assert message.data == b'{"said": 1}'
    await again.close()
    await bus.close()


@pytest.mark.anyio
async def test_a_bus_that_does_not_answer_is_named(free_port):
    with pytest.raises(ServiceError, match=f"bus nats://127.0.0.1:{free_port} does not answer"):
        await Bus.connect(f"nats://127.0.0.1:{free_port}", DEMO, patience=0.3)
