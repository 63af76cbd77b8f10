"""What devices say in one moment goes out in one message, in order, and nothing of it is lost or said twice."""

import asyncio
from collections.abc import Callable

import numpy as np
import pytest

from control.acquisition.gatherer import MOST, Gatherer
from control.bus.batch import Batch
from tests.place import DEMO

pytestmark = pytest.mark.anyio
GROUPS = {"a": "group-1", "b": "group-1", "c": "group-2"}


class Bus:
    """An outbox and a bucket that show what was put; ``busy`` as an outbox whose message is not acknowledged yet."""

    def __init__(self) -> None:
        self.busy, self.said, self.kept = 0, [], {}

    def waiting(self, _subject: str) -> int:
        return self.busy

    def put(self, name: str, said: bytes | Callable[[], bytes]) -> None:
        if isinstance(said, bytes):
            self.said.append((name.rsplit(".", 1)[-1], Batch.decode(said)))
        else:
            self.kept[name] = said

    def latest(self, name: str) -> dict[str, float]:
        batch = Batch.decode(self.kept[name]())
        return dict(zip(batch.names(), batch.value.tolist(), strict=True))


@pytest.fixture
def bus():
    return Bus()


@pytest.fixture
def gatherer(bus):
    return Gatherer(DEMO, bus, bus, GROUPS)


def scan(device: str, *value: float, time: int = 1, **other) -> Batch:
    tags = [f"{device}.{i}" for i in range(len(value))]
    return Batch(**vars(Batch.snapshot(tags, time, value, 0, device)) | other)


async def of_a_moment() -> None:
    await asyncio.sleep(0.01)


async def test_devices_of_a_group_share_a_message_and_each_sample_keeps_tag_source_and_order(bus, gatherer):
    for device, values in (("a", (1.0, 2.0)), ("b", (3.0,)), ("a", (4.0, 5.0)), ("c", (6.0,)), ("twin", (7.0,))):
        gatherer.put(device, scan(device, *values), within=0)
    await of_a_moment()
    (one, joined), (two, alone), (own, twin) = bus.said
    assert (one, two, own) == ("group-1", "group-2", "twin")
    assert joined.names() == ["a.0", "a.1", "b.0", "a.0", "a.1"]
    assert joined.value.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert [joined.sources[i] for i in joined.source] == ["a", "a", "b", "a", "a"]
    assert (alone.names(), twin.names()) == (["c.0"], ["twin.0"])


async def test_while_the_bus_is_busy_what_comes_is_gathered_on_and_what_holds_now_is_shown(bus, gatherer):
    bus.busy = 1
    for n in range(100):
        gatherer.put("a", scan("a", n), within=0)
        await asyncio.sleep(0)
    await of_a_moment()
    assert (bus.said, bus.latest("group-1")) == ([], {"a.0": 99.0})
    gatherer.flush()
    assert [batch.value.tolist() for _, batch in bus.said] == [list(range(100))]


async def test_a_message_stays_small_enough_and_numbered_points_come_each_once_and_in_order(bus, gatherer):
    bus.busy, count = 1, 5 * MOST // 2
    for n in np.arange(count).reshape(-1, 1000):
        gatherer.put("a", scan("a", *n.astype(float)), within=0)
    gatherer.flush()
    assert max(len(batch) for _, batch in bus.said) <= MOST
    assert np.concatenate([batch.value for _, batch in bus.said]).tolist() == list(range(count))


async def test_runs_are_never_mixed_and_a_new_run_begins_with_no_latest_of_another(bus, gatherer):
    gatherer.put("a", scan("a", 1.0), within=0)
    gatherer.put("b", scan("b", 2.0, run="drill"), within=0)
    gatherer.flush()
    assert [(batch.run, batch.names()) for _, batch in bus.said] == [("own", ["a.0"]), ("drill", ["b.0"])]
    assert bus.latest("group-1") == {"b.0": 2.0}


async def test_the_latest_holds_the_last_of_each_tag_of_the_group(bus, gatherer):
    for device, value in (("a", 1.0), ("b", 2.0), ("a", 3.0), ("a", float("nan"))):
        gatherer.put(device, scan(device, value), within=0)
    gatherer.flush()
    latest = bus.latest("group-1")
    assert latest.keys() == {"a.0", "b.0"}
    assert (np.isnan(latest["a.0"]), latest["b.0"]) == (True, 2.0)


async def test_texts_stay_with_their_samples_beside_devices_that_have_none(bus, gatherer):
    gatherer.put("a", scan("a", 1.0), within=0)
    gatherer.put("b", scan("b", np.nan, np.nan, text=("tripped", "")), within=0)
    gatherer.flush()
    ((_, batch),) = bus.said
    assert dict(zip(batch.names(), batch.text, strict=True)) == {"a.0": "", "b.0": "tripped", "b.1": ""}
