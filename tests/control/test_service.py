"""The control process in one piece: a real bus, a real Modbus peer, and everything between."""

import asyncio
import json
from argparse import Namespace

import pytest

from control import service
from control.bus import quality
from control.bus.batch import Batch
from control.bus.clock import SECOND
from control.bus.connection import Bus
from control.bus.kept import kept
from control.bus.message.beat import Beat
from control.bus.service import Pulse
from tests.limit import HANGS
from tests.place import DEMO

pytestmark = pytest.mark.anyio

WELL = "Well.CACB27A-P1"
REFERENCE, FREQUENCY = f"{WELL}.FrequencyReference", f"{WELL}.Frequency"
PLANT_TIME = 2_000_000_000 * SECOND


@pytest.fixture
def bench(peer, tmp_path):
    """A bench file of one well device, on the test's peer; ``clock`` as given."""

    def write(clock: str = "wall"):
        file = tmp_path / "bench.toml"
        file.write_text(f"""
            field = "shengli12"
            clock = "{clock}"
            scan = {{ quick_s = 0.1 }}
            [[device]]
            name = "RTU"
            profile = "well_rtu"
            endpoint = "modbus://127.0.0.1:{peer.port}/1"
            scan = "quick"
            assets = {{ well = "{WELL}" }}
        """)
        return Namespace(field="shengli12", bench=str(file), data=file.parent)

    return write


@pytest.fixture
async def bus(bus_url):
    connected = await Bus.connect(bus_url, DEMO)
    yield connected
    await connected.close()


class Running:
    """The body of the control service, run beside the test on a bus connection of its own."""

    def __init__(self, url: str, settings: Namespace):
        self.url, self.settings, self.pulse, self.stop = url, settings, Pulse("control"), asyncio.Event()

    async def __aenter__(self):
        self.bus = await Bus.connect(self.url, DEMO)
        self.task = asyncio.create_task(service.live(self.bus, self.settings, self.pulse, self.stop))
        return self

    async def __aexit__(self, *_):
        self.stop.set()
        await self.task
        await self.bus.close()

    def subjects(self) -> set[str]:
        """Everything that this process listens to, requests' own inboxes aside."""
        return {s.subject for s in self.bus.client._subs.values() if not s.subject.startswith("_INBOX")}


async def batches(bus, wanted):
    """The first batch heard that is as wanted."""
    heard: asyncio.Queue = asyncio.Queue()
    subscription = await bus.client.subscribe(bus.subjects.telemetry("*"), cb=heard.put)
    await bus.client.flush()
    async with asyncio.timeout(HANGS):
        while not wanted(batch := Batch.decode((await heard.get()).data)):
            pass
    await subscription.unsubscribe()
    return batch


def value(batch: Batch, tag: str) -> float:
    return float(batch.value[batch.names().index(tag)])


async def test_a_setpoint_by_request_reaches_the_device_and_is_acquired_from_it(bus, bus_url, bench, peer):
    async with Running(bus_url, bench()):
        await batches(bus, lambda batch: batch.quality[0] == quality.GOOD)
        request = {"tag": REFERENCE, "value": 47.5, "by": "ana", "reason": "test"}
        reply = json.loads(await bus.request(bus.subjects.commands(WELL), request))
        assert reply["outcome"] == "done"
        await batches(bus, lambda batch: value(batch, REFERENCE) == pytest.approx(47.5))
        assert peer.holdings[0] == 4750


async def test_the_latest_values_are_in_the_bucket_and_the_stream_has_them_all(bus, bus_url, bench):
    async with Running(bus_url, bench()), asyncio.timeout(HANGS):
        while not (entries := await kept(bus, await bus.latest())):
            await batches(bus, lambda batch: batch.quality[0] == quality.GOOD)
    (entry,) = entries
    assert Batch.decode(entry.value).sources == ("RTU",)
    state = (await bus.stream.stream_info(bus.telemetry_stream)).state
    numbers = range(state.first_seq, state.last_seq + 1)
    assert entry.value in [(await bus.stream.get_msg(bus.telemetry_stream, number)).data for number in numbers]


async def test_an_alarm_is_raised_from_the_wire_and_acknowledged_by_request(bus, bus_url, bench, peer):
    said: asyncio.Queue = asyncio.Queue()
    await bus.client.subscribe(bus.subjects.alarms("*"), cb=said.put)
    async with Running(bus_url, bench()), asyncio.timeout(HANGS):
        peer.inputs[18] = 2  # TripCode: Overload
        while (alarm := json.loads((await said.get()).data))["tag"] != f"{WELL}.TripCode":
            pass
        assert (alarm["state"], alarm["priority"], alarm["value"]) == ("UNACK", 1, 2.0)
        reply = json.loads(
            await bus.request(bus.subjects.handling(), {"alarm": alarm["id"], "verb": "acknowledge", "by": "ana"})
        )
        assert (reply["state"], reply["changed"]) == ("ACKED", True)


async def test_control_hears_nothing_of_a_simulated_field_but_its_clock(bus, bus_url, bench):
    async with Running(bus_url, bench(clock="field")) as control:
        await bus.publish(bus.subjects.clock(), {"time_ns": PLANT_TIME, "speed": 1.0})
        while not control.subjects() >= {bus.subjects.commands("*"), bus.subjects.handling()}:
            await bus.publish(bus.subjects.clock(), {"time_ns": PLANT_TIME, "speed": 1.0})
            await bus.client.flush()
        assert {s for s in control.subjects() if ".sim." in s} == {bus.subjects.clock()}


async def test_on_the_wall_clock_it_does_not_even_hear_that(bus, bus_url, bench):
    async with Running(bus_url, bench()) as control:
        await batches(bus, lambda batch: batch.quality[0] == quality.GOOD)
        assert not [s for s in control.subjects() if ".sim." in s]


async def test_with_the_fields_clock_samples_carry_plant_time(bus, bus_url, bench):
    async with Running(bus_url, bench(clock="field")):
        heard = asyncio.create_task(batches(bus, lambda batch: batch.quality[0] == quality.GOOD))
        while not heard.done():
            await bus.publish(bus.subjects.clock(), {"time_ns": PLANT_TIME, "speed": 1.0})
            await asyncio.wait({heard}, timeout=0.05)
        assert 0 <= (await heard).time[0] - PLANT_TIME < 3600 * SECOND


async def test_a_stop_before_the_fields_clock_is_heard_is_clean(bus_url, bench):
    async with Running(bus_url, bench(clock="field")):
        pass


async def test_the_pulse_shows_each_device(bus, bus_url, bench, monkeypatch, free_port):
    monkeypatch.setattr(service, "PULSE_PERIOD", 0.1)
    async with Running(bus_url, bench()) as control, asyncio.timeout(HANGS):
        await batches(bus, lambda batch: batch.quality[0] == quality.GOOD)
        while not control.pulse.devices.get("RTU", {}).get("rate"):
            await batches(bus, lambda _: True)
        shown = control.pulse.devices["RTU"]
        assert shown["connected"] is True
        assert shown["last_error"] is None
        assert shown["lag_s"] >= 0
        assert control.pulse.gauges["points_per_s"] > 0
        assert Beat.decode(control.pulse.beat().encode()).devices["RTU"] == shown
