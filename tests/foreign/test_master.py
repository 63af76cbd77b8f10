"""A foreign master on our simulators: mbpoll reads and writes them with its own idea of Modbus.

The plant behind them is the real one, so a reference that mbpoll writes moves a simulated pump. Addresses
and scales are those of the well RTU's profile, written out as one would for a foreign master.
"""

import contextlib
import math
from dataclasses import replace

import pytest
from anyio.from_thread import start_blocking_portal

from hil.port import free_ports
from plant.asset.bench_file import load_bench, write_bench
from plant.asset.field_file import load_field
from plant.asset.profile.file import load_profile
from simulators.field import SimulatedField

FREQUENCY, CURRENT, VOLTAGE, INTAKE_PRESSURE, FLOW, RUN_STATE = 0, 1, 2, 3, 15, 17  # input registers
REFERENCE, CHOKE_REFERENCE = 0, 1  # holding registers
START, STOP, RESET = 0, 1, 2  # coils
RUNNING = 2
PLAIN, MOVED, STOPPED = "RTU-CACB27A-P1", "RTU-XBKD47-X2", "RTU-CASH201A-9"
OVERRIDES = {
    "well.Voltage": {"address": 100, "type": "int32", "scale": 0.001}, "well.Flow": {"address": 110, "order": "CDAB"}
}  # fmt: skip


class Field:
    """A simulated field on free ports, in a thread of its own, at the speed a test asks for."""

    def __init__(self, folder):
        bench = load_bench("shengli12")
        moved = replace(bench.device(MOVED), profile=load_profile("well_rtu", None, OVERRIDES))
        self.bench = write_bench(bench.with_device(moved).moved(free_ports()), folder / "bench.toml")
        self.simulated = SimulatedField(load_field("shengli12"), self.bench, seed=7, speed=0.0)

    def port(self, device: str) -> int:
        return self.bench.device(device).endpoint.port

    def reading(self, device: str, signal: str) -> float:
        """What the device shows, in the unit of its profile, by our own account."""
        point = next(p for p in self.bench.device(device).profile.points if p.signal.name == signal)
        return point.unit.from_si(self.simulated.devices[device].readings()[f"well.{signal}"].value)

    @contextlib.contextmanager
    def moving(self):
        """Let plant time pass, fast, while a test looks."""
        self.simulated.speed = 50.0
        try:
            yield
        finally:
            self.simulated.speed = 0.0


@pytest.fixture(scope="module")
def field(tmp_path_factory):
    running = Field(tmp_path_factory.mktemp("field"))
    with start_blocking_portal() as portal:
        portal.call(running.simulated.start)
        time_passing = portal.start_task_soon(running.simulated.run)
        yield running
        time_passing.cancel()
        portal.call(running.simulated.stop)


@pytest.fixture
def well(field, master):
    return master(field.port(PLAIN), high_first=True)


def test_it_reads_our_scaled_integers(field, well):
    frequency, current, voltage = well.read(FREQUENCY, "3", count=3)
    assert frequency / 100 == pytest.approx(field.reading(PLAIN, "Frequency"))
    assert current / 10 == pytest.approx(field.reading(PLAIN, "Current"), abs=0.05)
    assert voltage == pytest.approx(field.reading(PLAIN, "Voltage"), abs=0.5)
    assert 30 < frequency / 100 < 60  # and it is a pump that runs


def test_it_reads_our_floats_most_significant_word_first(field, well):
    pressures = well.read(INTAKE_PRESSURE, "3:float", count=2)
    expected = [field.reading(PLAIN, "IntakePressure"), field.reading(PLAIN, "DischargePressure")]
    assert pressures == pytest.approx(expected, rel=1e-5)


def test_it_reads_32_bit_integers_and_swapped_floats_where_the_bench_moves_them(field, master):
    well = field.port(MOVED)
    volts = master(well, high_first=True).read(100, "3:int")[0] / 1000
    flow = master(well).read(110, "3:float")[0]
    assert volts == pytest.approx(field.reading(MOVED, "Voltage"), abs=1e-3)
    assert flow == pytest.approx(field.reading(MOVED, "Flow"), rel=1e-5)


def test_a_reference_that_it_writes_moves_the_simulated_pump(field, well):
    before = well.read(FREQUENCY, "3")[0]
    target = before - 500 if before > 4500 else before + 500
    flow = well.read(FLOW, "3:float")[0]
    well.write(REFERENCE, target)
    assert well.read(REFERENCE) == [target]
    with field.moving():
        seen = well.watch(FREQUENCY, lambda frequency: abs(frequency - target) <= 2, "3")
        well.watch(FLOW, lambda q: math.copysign(1, target - before) * (q - flow) > 0.03 * flow, "3:float")
    assert len(set(seen)) > 2  # a ramp, not a jump


def test_a_stop_coil_stops_the_pump_and_a_start_coil_starts_it_again(field, master):
    well = master(field.port(STOPPED), high_first=True)
    plant = field.simulated.plant  # with a check valve, for without one the shaft turns backwards for half an hour
    plant.wells.parameters.check_leak[plant.index(STOPPED.replace("RTU-", "Well."))] = 0.0
    well.write(STOP, 1, "0")
    with field.moving():
        well.watch(FREQUENCY, lambda frequency: frequency == 0, "3")
        well.watch(RUN_STATE, lambda state: state == 0, "3")  # past backspin
        well.write(START, 1, "0")
        well.watch(RUN_STATE, lambda state: state == RUNNING, "3")
    assert well.read(START, "0") == [0]  # momentary


@pytest.mark.parametrize(
    ("address", "value", "kind", "why"),
    [
        (REFERENCE, 2999, "4", "Illegal data value"),
        (REFERENCE, 6001, "4", "Illegal data value"),
        (CHOKE_REFERENCE, 1001, "4", "Illegal data value"),
        (2, 1, "4", "Illegal data address"),
        (3, 1, "0", "Illegal data address"),
    ],
)
def test_what_is_out_of_range_is_answered_with_an_exception_and_changes_nothing(
    field, well, refused, address, value, kind, why
):
    before = well.read(REFERENCE, count=2)
    with pytest.raises(refused, match=why):
        well.write(address, value, kind)
    assert well.read(REFERENCE, count=2) == before


def test_a_register_that_is_not_there_is_an_illegal_address(well, refused):
    with pytest.raises(refused, match="Illegal data address"):
        well.read(2000, "3")
