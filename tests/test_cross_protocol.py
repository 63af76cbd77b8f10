"""One field on three wires at once: what they say of a signal agrees, and any of them may be the primary one.

The oracle needs no model: three protocol stacks of three makers (pymodbus, asyncua, paho) carry the same instrument,
so that a wrong unit, order, scale, time or quality on one of them shows as a difference from the other two.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import numpy as np
import pytest

from historian.client import History
from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench
from plant.asset.register import Register
from simulators.instrument import instruments
from tests.stack import Stack

ALL, BY_MQTT, BY_OPCUA = "CACB27A-P1", "XBKD47-X2", "CACB1GA-2"  # wells: on three wires, on MQTT, on OPC UA
WELL = f"Well.{ALL}"
SECOND, MILLISECOND = 1_000_000_000, 1_000_000
EARLY, LATE = SECOND // 2, 2 * SECOND  # by how much a polled sample may be older or younger than the device's own time
FOREVER = 2**62


def on_three_wires(bench: Bench) -> Bench:
    """The demo bench with one well recorded on all wires, and two whose primary is another than Modbus."""
    for device in (f"OPC-{ALL}", f"MQTT-{ALL}"):
        bench = bench.changed(device, is_acquired=True, scan=0.2)  # every step of the plant
    for device in (f"RTU-{BY_MQTT}", f"RTU-{BY_OPCUA}"):
        bench = bench.changed(device, is_primary=False, is_acquired=False)
    for device in (f"MQTT-{BY_MQTT}", f"OPC-{BY_OPCUA}"):
        bench = bench.changed(device, is_primary=True)
    return bench


@pytest.fixture(scope="module")
def field(new_stack: Callable[..., Stack]) -> Stack:
    """The demo field on three wires, running."""
    return new_stack(bench=on_three_wires(load_bench("shengli12"))).start()


def now(field: Stack, tag: str) -> dict:
    return field.api.get(f"/values/{tag}")


def set_frequency(field: Stack, well: str, hertz: float) -> dict:
    asked = {"tag": f"{well}.FrequencyReference", "value": hertz, "reason": "cross-protocol test"}
    return field.api.post("/commands", asked)


def history(field: Stack, tags: list[str], start: int) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Times [ns], values [SI] and qualities of every stored sample."""

    async def ask() -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        bus = await field.connect()
        try:
            tables = {tag: await History(bus).every_sample([tag], start, FOREVER) for tag in tags}
        finally:
            await bus.close()
        return {tag: tuple(t[c].to_numpy() for c in ("time", "value", "quality")) for tag, t in tables.items()}

    return asyncio.run(ask())


@pytest.fixture(scope="module")
def ramp(field: Stack) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """What the three wires brought of a well while its frequency went down by 2 Hz and came back."""
    began, before = time.time_ns(), now(field, f"{WELL}.Frequency")["value"]
    for wanted in (before - 2.0, before):
        assert set_frequency(field, WELL, round(wanted, 1))["outcome"] == "done"
        field.until(lambda wanted=wanted: abs(now(field, f"{WELL}.Frequency")["value"] - wanted) < 0.05)
    ends = time.time_ns()
    tags = [f"{signal}{mark}" for signal in measured(field) for mark in ("", f"@OPC-{ALL}", f"@MQTT-{ALL}")]
    field.until(lambda: all(times[-1] > ends for times, _, _ in history(field, tags, began).values() if len(times)))
    return history(field, tags, began)


def measured(field: Stack) -> dict[str, float]:
    """The well's measured tags on Modbus, and the resolution of each one's register in SI."""
    points = field.bench.device(f"RTU-{ALL}").tags().items()
    return {
        tag: abs(point.meaning.scale * point.unit.scale) if "float" not in point.address.type else 0.0
        for tag, point in points
        if point.signal.kind == "measurement" and isinstance(point.address, Register)
    }


def test_opcua_and_mqtt_say_the_same_number_of_the_same_moment(field, ramp):
    """Both carry the device's own time and a double; MQTT's time is cut to milliseconds."""
    for tag in measured(field):
        (t_opc, opc, q_opc), (t_mqtt, mqtt, q_mqtt) = ramp[f"{tag}@OPC-{ALL}"], ramp[f"{tag}@MQTT-{ALL}"]
        _, i, j = np.intersect1d(t_opc // MILLISECOND, t_mqtt // MILLISECOND, return_indices=True)
        assert len(i) > 8, tag  # on a busy machine each leaves out steps of its own; these are of both
        np.testing.assert_allclose(opc[i], mqtt[j], rtol=1e-12, err_msg=tag)
        assert (q_opc[i] == q_mqtt[j]).all(), tag


def test_modbus_says_what_the_others_say_within_its_registers_resolution_and_the_time_of_a_poll(field, ramp):
    """A register holds the value rounded; a poll is stamped when it is answered, not when it was measured."""
    same = []
    for tag, resolution in measured(field).items():
        (t_poll, polled, _), (t_opc, opc, _), (t_mqtt, mqtt, _) = (
            ramp[f"{tag}{mark}"] for mark in ("", f"@OPC-{ALL}", f"@MQTT-{ALL}")
        )
        # On a busy machine either of them may leave out a step that a poll has seen, but seldom both.
        moment, other = np.concatenate([t_opc, t_mqtt]), np.concatenate([opc, mqtt])
        inner = (t_poll > moment.min() + LATE) & (t_poll < moment.max() - LATE)
        near = (moment > t_poll[inner, None] - LATE) & (moment < t_poll[inner, None] + EARLY)
        apart = np.where(near, np.abs(polled[inner, None] - other), np.inf).min(axis=1)
        rounding = 0.5001 * resolution + 1e-6 * np.abs(polled[inner])  # a float register has seven digits
        low = np.where(near, other, np.inf).min(axis=1) - polled[inner]
        beyond = np.maximum(low, polled[inner] - np.where(near, other, -np.inf).max(axis=1))
        sigma = instruments()["Well", tag.rpartition(".")[2]][0]
        same += list(apart <= rounding)
        assert (beyond <= rounding + resolution + 8 * sigma).all(), (tag, beyond.max(), resolution, sigma)
    # The noise of a step that both left out has no twin: then it is near, and still within what it may be, as above.
    assert np.mean(same) > 0.4, len(same)


def test_the_frequency_really_moved_on_every_wire(ramp):
    """Else the agreement above would be that of standing still."""
    for mark in ("", f"@OPC-{ALL}", f"@MQTT-{ALL}"):
        assert np.ptp(ramp[f"{WELL}.Frequency{mark}"][1]) > 1.9, mark


@pytest.mark.parametrize(("code", "device"), [(BY_MQTT, f"MQTT-{BY_MQTT}"), (BY_OPCUA, f"OPC-{BY_OPCUA}")])
def test_a_wire_becomes_primary_by_the_bench_alone_and_carries_setpoints(field, code, device):
    """No line of code knows which: the tag is the same, and its source is the bench's primary."""
    well = f"Well.{code}"
    before = now(field, f"{well}.Frequency")
    assert (before["quality"], before["source"]) == ("Good", device)
    wanted = round(before["value"] - 1.0, 1)
    assert set_frequency(field, well, wanted)["outcome"] == "done"
    field.until(lambda: abs(now(field, f"{well}.Frequency")["value"] - wanted) < 0.05)
    assert now(field, f"{well}.Frequency")["source"] == device


def test_an_alternate_that_nobody_records_is_not_acquired(field):
    """It answers on its wire all the same."""
    devices = field.api.get("/status")["services"]["control"]["devices"]
    assert f"MQTT-{ALL}" in devices
    assert f"RTU-{BY_MQTT}" not in devices
    assert f"MQTT-{BY_OPCUA}" not in devices
    simulated = field.api.get("/status")["services"]["field"]["devices"]
    assert simulated[f"MQTT-{BY_OPCUA}"]["answers"]
