"""The probe of an MQTT broker, by the command: what mosquitto's own client says while one listens."""

import json
import subprocess
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from tests.conftest import free_port
from tests.limit import HANGS
from ui.cli.app import app

SAID = {"well": {"Hz": 47.5, "ok": True}, "t": 1_796_000_000_000, "flow": "12.5", "at": "2026-12-01T10:00:00Z"}


@pytest.fixture(scope="module")
def broker(require_peer, tmp_path_factory) -> Iterator[int]:
    """A mosquitto that keeps two messages for whoever comes."""
    program, sender, port = require_peer("mosquitto"), require_peer("mosquitto_sub"), free_port()
    settings = tmp_path_factory.mktemp("mosquitto") / "mosquitto.conf"
    settings.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
    running = subprocess.Popen([program, "-c", settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for topic, payload in (("pad/P17", json.dumps(SAID).encode()), ("pad/raw", b"\xff\xfe\x00")):
        while subprocess.run(
            [sender.replace("_sub", "_pub"), "-p", str(port), "-t", topic, "-s", "-r"],
            input=payload,
            timeout=HANGS,
            stderr=subprocess.DEVNULL,
        ).returncode:  # until it listens
            assert running.poll() is None  # fmt: skip
    yield port
    running.terminate()
    running.wait(HANGS)


def test_topics_paths_values_and_what_they_look_like_are_found(broker):
    ended = CliRunner().invoke(app, ["device", "probe", f"mqtt://127.0.0.1:{broker}/x", "--seconds", "0.3", "--json"])
    assert ended.exit_code == 0, ended.output
    heard = json.loads(ended.output)[-1]
    assert heard["title"] == "2 topics"
    found = {(row["topic"], row["path"]): (row["value"], row["looks like"]) for row in heard["rows"]}
    assert found == {
        ("pad/P17", "well.Hz"): ("47.5", "number"), ("pad/P17", "well.ok"): ("True", "state"),
        ("pad/P17", "t"): ("1796000000000", "time in ms"), ("pad/P17", "flow"): ("12.5", "number as text"),
        ("pad/P17", "at"): ("2026-12-01T10:00:00Z", "time, ISO 8601"),
        ("pad/raw", ""): ("3 bytes that are no text", "text"),
    }  # fmt: skip
    assert {row["seconds between"] for row in heard["rows"]} == {"retained"}


def test_where_no_broker_is_it_says_so():
    ended = CliRunner().invoke(app, ["device", "probe", f"mqtt://127.0.0.1:{free_port()}/x"])
    assert ended.exit_code
    assert "the broker does not let us in" in str(ended.exception)
