"""The life of a device on its link: lost and back, without touching others. A device is a real peer on TCP."""

import asyncio
from types import SimpleNamespace

import numpy as np
import pytest

from control.acquisition.driver import Reading
from control.acquisition.link import Link, first_contact
from control.acquisition.modbus.driver import ModbusDriver
from control.bus import quality
from control.bus.cancel import end
from control.bus.clock import FieldClock, WallClock
from plant.asset.profile.stamp import BY_ARRIVAL
from plant.error import DeviceLost
from tests.limit import HANGS

pytestmark = pytest.mark.anyio

POINTS = """
[[point]]
signal = "well.Frequency"
area = "input"
address = 0
type = "uint16"
scale = 0.01
"""
FAST = """
scan = "fast"
timeout_s = 0.5
"""


class Desk:
    """Takes what a link publishes, and lets a test wait for the batch or event it expects."""

    def __init__(self) -> None:
        self.batches: asyncio.Queue = asyncio.Queue()
        self.events: list[tuple[str, str]] = []

    def batch(self, _, batch) -> None:
        self.batches.put_nowait(batch)

    def event(self, device, state, _detail) -> None:
        self.events.append((device, state))

    async def until(self, code: int):
        """The next batch whose samples all have this quality."""
        async with asyncio.timeout(HANGS):
            while True:
                batch = await self.batches.get()
                if set(batch.quality.tolist()) == {code}:
                    return batch


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
async def run():
    """Runs links until the test ends."""
    tasks = []
    yield lambda link: tasks.append(asyncio.create_task(link.run()))
    for task in tasks:
        await end(task)


def link_to(bench, desk) -> Link:
    device, clock = bench.devices[0], WallClock()
    return Link(device, ModbusDriver(device, clock), clock, desk, pause=lambda _: 0.02)


@pytest.fixture
def fast_link(peer, bench_of, desk):
    """A link with a scan of 50 ms to the test's Modbus peer."""
    return link_to(bench_of(peer.port, POINTS, device=FAST, bench="scan = { fast_s = 0.05 }"), desk)


async def test_samples_flow_and_the_device_is_announced(fast_link, desk, run, peer):
    peer.inputs[0] = 5000
    run(fast_link)
    batch = await desk.until(quality.GOOD)
    assert (batch.names(), batch.value.tolist(), batch.sources) == (["Well.A.Frequency"], [50.0], ("RTU",))
    assert desk.events == [("RTU", "connected")]


async def test_a_device_that_dies_goes_bad_and_returns_by_itself(fast_link, desk, run, peer):
    run(fast_link)
    await desk.until(quality.GOOD)
    await peer.stop()
    assert np.isnan((await desk.until(quality.BAD_COMMUNICATION)).value).all()
    await peer.start()
    await desk.until(quality.GOOD)
    assert desk.events == [("RTU", "connected"), ("RTU", "lost"), ("RTU", "connected")]


async def test_a_device_not_heard_yet_is_awaited_and_not_lost(fast_link, desk, run, peer):
    """As at every start, when all start together: what alarms of a lost device must not see it as one."""
    await peer.stop()
    run(fast_link)
    await desk.until(quality.BAD_WAITING)
    assert fast_link.health.waiting
    assert fast_link.health.losses == 0
    await peer.start()
    await desk.until(quality.GOOD)
    assert desk.events == [("RTU", "connected")]
    await peer.stop()
    await desk.until(quality.BAD_COMMUNICATION)  # once heard, it is lost as soon as it falls silent
    assert not fast_link.health.waiting


async def test_a_device_absent_for_longer_than_a_first_contact_may_take_is_lost_until_it_comes(
    bench_of, desk, run, peer
):
    await peer.stop()
    device, clock = bench_of(peer.port, POINTS, device=FAST, bench="scan = { fast_s = 0.05 }").devices[0], WallClock()
    run(Link(device, ModbusDriver(device, clock), clock, desk, pause=lambda _: 0.02, grace=0.0))
    await desk.until(quality.BAD_COMMUNICATION)
    await peer.start()
    await desk.until(quality.GOOD)
    assert desk.events == [("RTU", "lost"), ("RTU", "connected")]


async def test_a_device_that_accepts_but_never_answers_is_bad_once_its_timeout_has_passed(fast_link, desk, run, peer):
    run(fast_link)
    await desk.until(quality.GOOD)
    peer.is_silent = True
    await desk.until(quality.BAD_COMMUNICATION)
    assert "did not answer in time" in (fast_link.health.last_error or "")


async def test_a_driver_that_breaks_its_promise_makes_its_own_tags_bad_only(fast_link, desk, run, monkeypatch):
    async def read(self):
        raise ZeroDivisionError("not one of ours")

    monkeypatch.setattr(type(fast_link.driver), "read", read)
    fast_link.driver._poller._read = lambda: read(None)
    run(fast_link)
    await desk.until(quality.BAD_COMMUNICATION)
    assert "ZeroDivisionError" in (fast_link.health.last_error or "")


async def test_attempts_to_reach_a_lost_device_come_ever_later_but_never_cease(desk):
    device = SimpleNamespace(name="RTU", scan=1.0, tags=dict, profile=SimpleNamespace(stamps=BY_ARRIVAL))
    link = Link(device, SimpleNamespace(tags=()), WallClock(), desk)
    assert [link._pause(n) for n in range(6)] == [0.5, 1.0, 2.0, 2.0, 2.0, 2.0]
    assert link._pause(10_000) == 2.0


async def test_a_cancellation_that_a_library_swallows_ends_the_link_all_the_same(desk, bench_of, free_port):
    # asyncio.wait_for of Python 3.11 does, when a result comes in the same moment (python/cpython#81839).
    class Swallowing:
        tags, missed = ("Well.A.Frequency",), 0

        async def connect(self) -> None: ...

        async def close(self) -> None: ...

        async def stream(self):
            while True:
                try:
                    yield Reading(np.array([1]), np.array([50.0]), np.zeros(1, np.uint32))
                    await asyncio.Event().wait()
                except asyncio.CancelledError:
                    continue

    device = bench_of(free_port, POINTS).devices[0]
    task = asyncio.create_task(Link(device, Swallowing(), WallClock(), desk).run())
    await desk.until(quality.GOOD)
    task.cancel()
    async with asyncio.timeout(HANGS):
        await asyncio.wait({task})
    assert task.cancelled()


async def test_a_reading_is_checked_before_it_is_published(desk, run, manual_clock, bench_of, free_port):
    class Subscription:
        """A driver whose device speaks when it likes."""

        tags, missed = ("Well.A.Frequency",), 0

        async def connect(self) -> None: ...

        async def close(self) -> None: ...

        async def stream(self):
            yield Reading(np.array([1]), np.array([900.0]), np.zeros(1, np.uint32))
            await asyncio.Event().wait()

    device = bench_of(free_port, POINTS).devices[0]
    run(Link(device, Subscription(), manual_clock, desk))
    batch = await desk.until(quality.UNCERTAIN_UNITS_EXCEEDED)
    assert batch.value.tolist() == [900.0]


class Absent:
    """A driver whose device is not there; it counts how often that was found out."""

    tags, missed = ("Well.A.Frequency",), 0

    def __init__(self) -> None:
        self.attempts = 0
        self.tried = asyncio.Event()

    async def connect(self) -> None:
        self.attempts += 1
        self.tried.set()
        raise DeviceLost("RTU", "is not there")

    async def close(self) -> None: ...

    async def again(self) -> None:
        """Return after another attempt."""
        self.tried.clear()
        async with asyncio.timeout(HANGS):
            await self.tried.wait()


async def test_a_lost_device_is_tried_again_on_the_time_of_its_field(desk, run, manual_clock, bench_of, free_port):
    """An accelerated field's minute is a second or two: pauses of the machine's time would last for minutes of it."""
    driver = Absent()
    run(Link(bench_of(free_port, POINTS).devices[0], driver, manual_clock, desk, pause=lambda _: 3600.0))
    for _ in range(5):
        await driver.again()
    hours = np.diff(manual_clock.waited_for)
    assert (hours == 3600 * 10**9).all()


async def test_a_lost_device_of_a_frozen_field_is_tried_again_all_the_same(desk, run, bench_of, free_port):
    """Plant time stands still; a field that is started again announces it only once its devices answer."""
    driver = Absent()
    run(Link(bench_of(free_port, POINTS).devices[0], driver, FieldClock(), desk, pause=lambda _: 0.01))
    for _ in range(3):
        await driver.again()


def test_a_first_contact_may_take_longer_on_a_machine_on_which_we_ourselves_have_started_slowly():
    assert first_contact(1.2) == 60.0
    assert first_contact(15.0) == 600.0


class Late:
    """A driver of a device whose clock stands two hours behind, and says so with each reading."""

    tags, missed = ("Well.A.Frequency",), 0

    async def connect(self) -> None: ...

    async def close(self) -> None: ...

    async def stream(self):
        while True:
            stamp = WallClock().now() - 7200 * 10**9
            yield Reading(np.array([stamp]), np.array([50.0]), np.zeros(1, np.uint32), clock=stamp)
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("time", "code", "age"), [("device", quality.UNCERTAIN_SUBNORMAL, 7200), ("arrival", quality.GOOD, 0)]
)
async def test_a_clock_that_is_off_is_shown_and_its_samples_are_dated_as_the_profile_says(
    desk, run, bench_of, free_port, time, code, age
):
    clock = 'clock = { area = "input", address = 90, type = "uint32" }'
    device = bench_of(free_port, POINTS, f'settings = {{ time = "{time}", {clock} }}').devices[0]
    link = Link(device, Late(), WallClock(), desk)
    run(link)
    batch = await desk.until(code)
    assert (WallClock().now() - batch.time[0]) / 10**9 == pytest.approx(age, abs=HANGS)
    assert link.health.clock_error == pytest.approx(-7200, abs=HANGS)
    assert link.complaints.counts
