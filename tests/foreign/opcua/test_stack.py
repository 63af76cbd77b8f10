"""The whole stack with one well answered by another maker's OPC UA server, which shares no code with it."""

import time

import pytest

from plant.asset.bench import Device
from plant.asset.bench_file import load_bench
from plant.error import ServiceError
from tests.conftest import free_port
from tests.foreign.opcua.peer import ForeignServer

DEVICE, WELL, OTHER = "RTU-CACB27A-P1", "Well.CACB27A-P1", "Well.XBKD47-X2"


@pytest.fixture(scope="module")
def running(new_stack):
    server = ForeignServer(free_port())
    server.start()
    theirs = Device.of(DEVICE, "well_opcua", server.endpoint, {"well": WELL}, is_simulated=False)
    stack = new_stack(bench=load_bench("shengli12").with_device(theirs)).start()
    stack.until(lambda: stack.api.get(f"/values/{WELL}.Frequency")["value"] is not None)
    yield stack, server
    stack.stop()
    server.kill()


def test_it_is_acquired_written_lost_and_subscribed_to_again(running):
    stack, server = running
    began = time.time_ns()
    now = stack.api.get(f"/values/{WELL}.Frequency")
    assert (now["value"], now["quality"], now["source"]) == (pytest.approx(43.21), "Good", DEVICE)
    pressures = {stack.until(lambda: stack.api.get(f"/values/{WELL}.IntakePressure"))["value"]}
    stack.until(lambda: stack.api.get(f"/values/{WELL}.IntakePressure")["value"] not in pressures)

    written = stack.api.post("/commands", {"tag": f"{WELL}.FrequencyReference", "value": 46, "reason": "test"})
    assert (written["outcome"], written["readback"]) == ("done", 46)
    with pytest.raises(ServiceError, match="60"):
        stack.api.post("/commands", {"tag": f"{WELL}.FrequencyReference", "value": 75, "reason": "test"})
    started = stack.api.post("/commands", {"tag": f"{WELL}.Start", "value": 1, "reason": "test"})
    assert started["outcome"] == "failed"
    assert "BadInvalidState" in started["detail"]

    server.kill()
    stack.until(lambda: stack.api.get(f"/values/{WELL}.Frequency")["quality"] == "BadCommunicationError")
    assert stack.api.get(f"/values/{OTHER}.Frequency")["quality"] == "Good"
    server.start()
    stack.until(lambda: stack.api.get(f"/values/{WELL}.Frequency")["quality"] == "Good")
    before = stack.api.get(f"/values/{WELL}.IntakePressure")["time_ns"]
    stack.until(lambda: stack.api.get(f"/values/{WELL}.IntakePressure")["time_ns"] > before)

    series = stack.api.get("/history", tags=f"{WELL}.Frequency", start=began)["series"][0]
    assert {0, 0x80050000} <= set(series["quality"])
