"""The whole stack with one well answered by another maker's drive: acquired, alarmed, stored and written like others.

Only the bench says that it is another device. What the stack claims is compared with what mbpoll reads and
writes at the drive itself.
"""

import asyncio
import json
import time

import pytest

from plant.error import ServiceError

DEVICE, WELL = "RTU-CACB27A-P1", "Well.CACB27A-P1"
OTHER_DEVICE, OTHER = "RTU-XBKD47-X2", "Well.XBKD47-X2"
REFERENCE, STATE, FREQUENCY, INTAKE_PRESSURE, TEST_LOAD = 1001, 1011, 1013, 1020, 1032
SCAN = 1_000_000_000  # ns
PSI = 0.006894757293168361  # MPa


class Site:
    """A running field, the foreign drive in it, and a foreign master on that drive."""

    def __init__(self, stack, drive, master):
        self.stack, self.drive, self.master = stack, drive, master

    def now(self, signal: str, asset: str = WELL) -> dict:
        """The latest value, as the API has it."""
        return self.stack.api.get(f"/values/{asset}.{signal}")

    def write(self, signal: str, value: float, asset: str = WELL) -> dict:
        """A command through the API, and what became of it."""
        asked = {"tag": f"{asset}.{signal}", "value": value, "reason": "test of a foreign device"}
        return self.stack.api.post("/commands", asked)

    def until(self, signal: str, wanted) -> None:
        """Wait until a value is as wanted."""
        self.stack.until(lambda: (v := self.now(signal)["value"]) is not None and wanted(v))

    def served(self, asset: str, device: str) -> set[str]:
        """The signals of an asset for which a device answers."""
        rows = self.stack.api.get("/tags", asset=asset)["tags"]
        return {row["signal"] for row in rows if row["device"] == device}

    def stored(self, signal: str, since: int, asset: str = WELL) -> dict:
        """What history holds of a signal since then."""
        return self.stack.api.get("/history", tags=f"{asset}.{signal}", start=since)["series"][0]

    def alarm(self, ending: str) -> dict | None:
        """The standing alarm of this well with that ending of its id."""
        standing = self.stack.api.get("/alarms", asset=WELL)["alarms"]
        return next((alarm for alarm in standing if alarm["id"] == f"{WELL}.{ending}"), None)

    def simulated(self) -> dict:
        """What the simulated field says of itself on its control channel, which the stack never hears."""

        async def ask() -> dict:
            bus = await self.stack.connect()
            reply = await bus.request(bus.subjects.sim_control(), {"do": "status"})
            await bus.close()
            return json.loads(reply)

        return asyncio.run(ask())


@pytest.fixture(scope="module")
def running(new_drive, new_stack, on_bench):
    drive = new_drive(ramp=10.0)
    stack = new_stack(bench=on_bench(drive)).start()
    yield stack, drive
    stack.stop()
    drive.stop()


@pytest.fixture
def site(running, master):
    """The site with its foreign drive running at 45 Hz under a normal load."""
    stack, drive = running
    site = Site(stack, drive, master(drive.port))
    site.master.write(TEST_LOAD, 100)
    for signal, wanted in (("Reset", "TripCode"), ("Start", "RunState")):
        if site.now(wanted)["value"] not in ((0,) if signal == "Reset" else (1, 2)):
            assert site.write(signal, 1)["outcome"] == "done"
    assert site.write("FrequencyReference", 45)["outcome"] == "done"
    site.until("Frequency", lambda f: f == pytest.approx(45))
    return site


# What the foreign drive's firmware has no registers for
NOT_SERVED = {
    "ActivePower", "CasingPressure", "CurrentUnbalance", "HarmonicDistortion", "Inhibit", "InhibitTime",
    "LeakageCurrent", "Vibration",
}  # fmt: skip


def test_its_values_are_acquired_like_the_others(site):
    assert set(site.served(OTHER, OTHER_DEVICE)) - set(site.served(WELL, DEVICE)) == NOT_SERVED
    tags = ",".join(f"{WELL}.{signal}" for signal in site.served(WELL, DEVICE))
    values = site.stack.api.get("/values", tags=tags)["values"]
    assert {(v["source"], v["quality"]) for v in values} == {(DEVICE, "Good")}
    assert site.now("Frequency")["value"] == pytest.approx(site.master.read(FREQUENCY)[0] / 10)
    at_the_device = site.master.read(INTAKE_PRESSURE, "4:float")[0] * PSI
    site.until("IntakePressure", lambda p: p == pytest.approx(at_the_device, rel=0.05))


def test_a_setpoint_ramps_it_and_its_way_there_is_in_history(site):
    began = time.time_ns()
    written = site.write("FrequencyReference", 55.26)
    assert written["outcome"] == "done", written
    assert written["readback"] == pytest.approx(55.3)  # its register holds tenths
    assert site.master.read(REFERENCE) == [553]
    site.stack.until(lambda: site.stored("Frequency", began)["value"][-1:] == [pytest.approx(55.3)])
    frequency = site.stored("Frequency", began)["value"]
    assert frequency == sorted(frequency)
    site.stack.until(lambda: site.stored("IntakePressure", began)["value"][-1] < 410 * PSI)
    pressure = site.stored("IntakePressure", began)
    assert set(pressure["quality"]) == {0}
    assert pressure["value"][0] > pressure["value"][-1]


def test_its_choke_is_written_as_a_float_in_its_own_word_order(site):
    assert site.write("ChokeReference", 62.5)["outcome"] == "done"
    assert site.master.read(1002, "4:float") == [0.625]
    site.until("Choke", lambda choke: choke == pytest.approx(62.5, abs=0.1))


def test_what_the_guard_refuses_never_reaches_it(site):
    with pytest.raises(ServiceError, match="60"):
        site.write("FrequencyReference", 75)
    assert site.master.read(REFERENCE) == [450]


def test_its_trip_raises_an_alarm_that_is_acknowledged_and_cleared_by_its_reset(site):
    began = time.time_ns()
    site.master.write(TEST_LOAD, 20)  # the pump runs empty, and its own relay trips
    site.stack.until(lambda: site.alarm("TripCode.high"))
    raised = site.alarm("TripCode.high")
    assert (raised["state"], raised["priority"], raised["value"]) == ("UNACK", 1, 1)
    site.stack.until(lambda: site.now("RunState")["state"] == "Tripped")  # alarms do not wait for batches to fill
    assert site.now("TripCode")["state"] == "Underload"

    refused = site.write("Start", 1)
    assert refused["outcome"] == "failed"
    assert "exception 4" in refused["detail"]

    site.stack.api.post(f"/alarms/{raised['id']}/acknowledge", {"comment": "gas"})
    site.stack.until(lambda: site.alarm("TripCode.high")["state"] == "ACKED")
    site.master.write(TEST_LOAD, 100)
    assert site.write("Reset", 1)["outcome"] == "done"
    site.stack.until(lambda: site.alarm("TripCode.high") is None)

    def states() -> list[str]:
        entries = site.stack.api.get("/alarms/history", tags=f"{WELL}.TripCode", start=began)["alarms"]
        return [entry["state"] for entry in entries if entry["kind"] == "high"]

    site.stack.until(lambda: states() == ["NORM", "ACKED", "UNACK"])  # the newest first


def test_it_stops_when_told(site):
    assert site.write("Stop", 1)["outcome"] == "done"
    site.until("Frequency", lambda frequency: frequency == 0)
    assert site.now("RunState")["state"] == "Stopped"
    assert site.master.read(STATE) == [1]


def test_when_it_dies_its_tags_are_bad_the_rest_is_unaffected_and_it_returns_by_itself(site):
    began = time.time_ns()
    site.stack.until(lambda: site.stored("Flow", began)["time_ns"])
    site.drive.stop()
    site.stack.until(lambda: site.now("Flow")["quality"] == "BadCommunicationError")
    site.stack.until(lambda: site.alarm("RunState.bad"))
    assert site.now("Flow", OTHER)["quality"] == "Good"
    site.drive.start()
    site.stack.until(lambda: site.now("Flow")["quality"] == "Good")
    flow = site.stored("Flow", began)
    first_bad = next(i for i, code in enumerate(flow["quality"]) if code)
    assert flow["time_ns"][first_bad] - flow["time_ns"][first_bad - 1] <= 2 * SCAN
    assert set(site.stored("Flow", began, OTHER)["quality"]) == {0}


def test_the_simulated_well_in_whose_place_it_stands_is_shut_in_and_nothing_answers_for_it(site):
    simulated = site.simulated()
    assert DEVICE not in simulated["devices"]
    assert len(simulated["devices"]) > 10
    running = {well for well, drive in simulated["drives"].items() if drive["state"] in (1, 2)}
    assert len(running) == 11
    assert WELL not in running
