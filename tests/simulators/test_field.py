"""The demo field on the wire: the real plant behind real sockets, stepped by hand rather than by the clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pymodbus.client import AsyncModbusTcpClient

from plant.asset.bench import Bench, Device
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.asset.table import Table
from plant.error import CommandRefused, ConfigError, OutOfRange, ServiceError, Unknown
from plant.unit import atm
from simulators.fault.order import read_start
from simulators.field import SimulatedField
from simulators.vsd import RunState, TripCode

BenchFile = Callable[..., Path]
pytestmark = pytest.mark.anyio
WELL = "CACB27A-P1"
NAME = f"RTU-{WELL}"


def build(path: Path, **kwargs: object) -> SimulatedField:
    field = load_field("shengli12")
    return SimulatedField(field, load_bench(path, field.assets()), **kwargs)


def befall(field: SimulatedField, **said: object) -> None:
    for order in read_start(Table(dict(said), "test"), field.targets):
        field.faults.do(order)


@pytest.fixture
def still(bench_file: BenchFile) -> SimulatedField:
    """The demo field, with no server running."""
    return build(bench_file())


@pytest.fixture
async def field(bench_file: BenchFile) -> AsyncIterator[SimulatedField]:
    """The demo field, answering."""
    field = build(bench_file())
    await field.start()
    yield field
    await field.stop()


@pytest.fixture
async def master(field: SimulatedField) -> AsyncIterator[AsyncModbusTcpClient]:
    client = AsyncModbusTcpClient("127.0.0.1", port=field.places[NAME].endpoint.port, timeout=5, retries=0)
    await client.connect()
    yield client
    client.close()


def advance(field: SimulatedField, seconds: float) -> None:
    field.env.run(until=field.env.now + seconds)


def advance_until(field: SimulatedField, look: Callable[[], bool], within: float) -> None:
    """Advance by half minutes until it is so; no longer than ``within`` [s]."""
    end = field.env.now + within
    while not look() and field.env.now < end:
        advance(field, 30)
    assert look()


async def test_a_frequency_written_on_the_wire_slows_the_simulated_pump(
    field: SimulatedField, master: AsyncModbusTcpClient
) -> None:
    before = (await master.read_input_registers(0, count=19, device_id=1)).registers
    assert not (await master.write_register(0, 4200, device_id=1)).isError()
    assert (await master.read_holding_registers(0, count=1, device_id=1)).registers == [4200]
    advance(field, 120)
    after = (await master.read_input_registers(0, count=19, device_id=1)).registers
    assert abs(after[0] - 4200) <= 2
    assert after[1] < before[1]
    flows = [master.convert_from_registers(r[15:17], master.DATATYPE.FLOAT32) for r in (before, after)]
    assert flows[1] < 0.9 * flows[0]


async def test_a_drive_ramps_to_its_reference_at_half_a_hertz_a_second(
    field: SimulatedField, master: AsyncModbusTcpClient
) -> None:
    """0.5 Hz/s is the slew of Pavlov et al. 2014, taken over by the field file."""
    await master.write_register(0, 4200, device_id=1)
    advance(field, 4.0)
    shown = (await master.read_input_registers(0, count=1, device_id=1)).registers[0]
    assert shown == pytest.approx(4700 - 200, abs=12)


async def test_starting_into_backspin_is_refused_on_the_wire_and_works_when_it_has_ended(
    field: SimulatedField, master: AsyncModbusTcpClient
) -> None:
    unit = 1  # CACB27A-P1, whose annulus fills up to its column within half an hour: the soonest of them
    assert not (await master.write_coil(1, True, device_id=unit)).isError()
    advance(field, 20)
    assert field.plant.signals["Well.ShaftSpeed"][unit - 1] < -5.0
    assert (await master.read_input_registers(17, count=1, device_id=unit)).registers == [RunState.BACKSPIN]
    refused = await master.write_coil(0, True, device_id=unit)
    assert refused.exception_code == 6
    advance_until(field, lambda: field.site.drives.state[unit - 1] == RunState.STOPPED, 1800)
    assert (await master.read_input_registers(17, count=1, device_id=unit)).registers == [RunState.STOPPED]
    assert not (await master.write_coil(0, True, device_id=unit)).isError()
    flow = field.plant.signals["Well.Flow"]
    advance_until(field, lambda: flow[unit - 1] * 86400 > 200, 900)  # the tubing fills first
    assert (await master.read_input_registers(17, count=1, device_id=unit)).registers == [RunState.RUNNING]


@pytest.mark.parametrize("value", [2999, 6001, 0, 65535])
async def test_a_reference_outside_its_span_is_an_illegal_value_and_changes_nothing(
    field: SimulatedField, master: AsyncModbusTcpClient, value: int
) -> None:
    assert (await master.write_register(0, value, device_id=1)).exception_code == 3
    assert (await master.read_holding_registers(0, count=1, device_id=1)).registers == [4700]
    assert field.site.drives.reference[0] == 47.0


async def test_every_device_of_the_bench_answers_under_its_unit(
    field: SimulatedField, master: AsyncModbusTcpClient
) -> None:
    for unit in range(1, 13):
        frequency = (await master.read_input_registers(0, count=1, device_id=unit)).registers[0]
        assert frequency == pytest.approx(100 * field.field.wells[unit - 1].measured.frequency, abs=2)
    levels = (await master.read_input_registers(4, count=4, device_id=13)).registers
    assert master.convert_from_registers(levels[:2], master.DATATYPE.FLOAT32) == pytest.approx(50, abs=3)


async def test_a_lost_device_is_silent_and_returns_where_it_is_by_then(
    field: SimulatedField, master: AsyncModbusTcpClient
) -> None:
    await field.lose(NAME)
    assert (await master.read_input_registers(0, count=1, device_id=1)).exception_code == 11
    assert not (await master.read_input_registers(0, count=1, device_id=2)).isError()
    field.site.drives.set_reference(0, 42.0)
    advance(field, 60)
    await field.restore(NAME)
    assert (await master.read_input_registers(0, count=1, device_id=1)).registers[0] == pytest.approx(4200, abs=2)


async def test_a_port_closes_with_its_last_device(field: SimulatedField) -> None:
    for name in field.places:
        await field.lose(name)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", field.places[NAME].endpoint.port)


async def test_a_real_device_gets_no_server_and_its_well_is_shut_in(bench_file: BenchFile) -> None:
    field = build(bench_file(lambda bench: bench.changed(NAME, is_simulated=False)))
    assert NAME not in field.devices
    advance(field, 300)
    flow = field.plant.signals["Well.Flow"]
    assert flow[0] == 0.0
    assert (flow[1:] > 0).all()
    assert not field.plant.inputs["Well.Attached"][0]


async def test_a_taken_port_is_one_error_per_device_with_the_setting_to_change(bench_file: BenchFile) -> None:
    first, second = build(bench_file()), build(bench_file())
    await first.start()
    with pytest.raises(ExceptionGroup) as caught:
        await second.start()
    await first.stop()
    assert len(caught.value.exceptions) == 13
    assert all(isinstance(error, ServiceError) for error in caught.value.exceptions)
    assert "device[RTU-CACB27A-P1].endpoint in" in str(caught.value.exceptions[0])


async def test_a_behaviour_that_nobody_knows_is_a_mistake_of_the_bench(bench_file: BenchFile) -> None:
    def behaving(bench: Bench, name: str, behaviour: str) -> Bench:
        return bench.changed(name, profile=replace(bench.device(name).profile, behaviour=behaviour))

    bench = load_bench(bench_file())
    odd = behaving(behaving(bench, "PLC-STATION", "cooker"), NAME, "station_plc")
    with pytest.raises(ConfigError) as caught:
        SimulatedField(load_field("shengli12"), odd)
    assert len(caught.value.mistakes) == 2
    assert "no behaviour 'cooker' is known" in str(caught.value)
    assert "a station_plc has no Well" in str(caught.value)


async def test_pacing_at_full_speed_leaves_room_for_masters(
    field: SimulatedField, master: AsyncModbusTcpClient
) -> None:
    field.speed = float("inf")
    running = asyncio.create_task(field.run(until=300))
    answered = 0
    while not running.done():
        assert not (await master.read_input_registers(0, count=19, device_id=1)).isError()
        answered += 1
    assert answered > 3
    assert field.env.now == pytest.approx(300, abs=0.3)


async def test_mbpoll_as_a_foreign_master_reads_and_writes(
    field: SimulatedField, require_peer: Callable[[str], str]
) -> None:
    program, end = require_peer("mbpoll"), field.places[NAME].endpoint

    async def mbpoll(*arguments: str) -> str:
        command = (program, "-0", "-1", "-m", "tcp", "-p", str(end.port), "-a", "1", *arguments)
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        return (await asyncio.wait_for(process.communicate(), 20))[0].decode()

    assert "Written 1 references" in await mbpoll("-t", "4", "-r", "0", "127.0.0.1", "4500")
    advance(field, 60)
    assert "4500" in await mbpoll("-t", "4", "-r", "0", "127.0.0.1")
    shown = await mbpoll("-t", "3", "-r", "0", "-c", "1", "127.0.0.1")
    assert int(shown.split("[0]:")[1].split()[0]) == pytest.approx(4500, abs=2)
    pressure = await mbpoll("-t", "3:float", "-B", "-r", "3", "-c", "1", "127.0.0.1")
    true = field.plant.signals["Well.IntakePressure"][0]
    assert float(pressure.split("[3]:")[1].split()[0]) == pytest.approx((true - atm) / 1e6, abs=0.06)
    assert "Written 1 references" in await mbpoll("-t", "0", "-r", "1", "127.0.0.1", "1")
    assert field.site.drives.state[0] == RunState.BACKSPIN
    assert "Illegal data value" in await mbpoll("-t", "4", "-r", "0", "127.0.0.1", "9000")


def test_the_plc_holds_pressure_and_levels_when_three_wells_stop(still: SimulatedField) -> None:
    for i in range(3):
        still.site.drives.stop(i)
    advance(still, 1500)
    signals = still.plant.signals
    assert signals["Separator.Pressure"][0] == pytest.approx(
        still.site.separators["Separator.SEP"].setpoints["PressureReference"], abs=0.02e6
    )
    assert signals["Separator.OilLevel"][0] == pytest.approx(0.5, abs=0.02)
    assert signals["Separator.WaterLevel"][0] == pytest.approx(0.5, abs=0.02)


def test_new_setpoints_of_the_plc_are_reached(still: SimulatedField) -> None:
    plc = still.devices["PLC-STATION"]
    plc.write("separator.PressureReference", 0.7e6 + atm)
    plc.write("separator.OilLevelReference", 0.6)
    shown = still.plant.signals

    def reached() -> bool:
        is_pressure = shown["Separator.Pressure"][0] == pytest.approx(0.7e6 + atm, abs=0.02e6)
        return is_pressure and shown["Separator.OilLevel"][0] == pytest.approx(0.6, abs=0.02)

    advance_until(still, reached, 1500)
    advance(still, 120)
    assert reached()


def test_a_frozen_level_transmitter_deceives_its_controller(still: SimulatedField) -> None:
    """A loop knows only what its transmitter shows: held high, it drains the vessel."""
    befall(still, malfunction="bias", on="Separator.SEP.OilLevel", size=0.2)
    level = still.plant.signals["Separator.OilLevel"]
    advance_until(still, lambda: level[0] == pytest.approx(0.3, abs=0.03), 1500)
    advance(still, 120)
    assert level[0] == pytest.approx(0.3, abs=0.03)


def test_a_supply_dip_trips_the_drives_of_one_wellpad_and_no_other(still: SimulatedField) -> None:
    befall(still, malfunction="dip", on="Wellpad.A", depth=0.5, lasts="2s")
    advance(still, 10)
    for well, state, code in zip(still.field.wells, still.site.drives.state, still.site.drives.trip_code, strict=True):
        expected = (RunState.TRIPPED, TripCode.SUPPLY_VOLTAGE) if well.wellpad == "A" else (RunState.RUNNING, 0)
        assert (state, code) == expected


def test_a_dead_headed_pump_trips_on_underload(still: SimulatedField) -> None:
    """CACB248A-5 takes least at shut-off beside its operating point; its factory test says so."""
    i = still.plant.index("Well.CACB248A-5")
    still.devices["RTU-CACB248A-5"].write("well.ChokeReference", 0.0)
    advance_until(still, lambda: still.site.drives.trip_code[i] != 0, 600)
    assert still.site.drives.trip_code[i] == TripCode.UNDERLOAD


def test_the_same_seed_gives_the_same_field_and_another_gives_another(bench_file: BenchFile) -> None:
    readings = []
    for seed in (3, 3, 4):
        field = build(bench_file(), seed=seed)
        advance(field, 60)
        readings.append(field.devices[NAME].readings())
    assert readings[0] == readings[1]
    assert readings[0] != readings[2]


def test_a_device_stamps_its_readings_with_plant_time(bench_file: BenchFile) -> None:
    field = build(bench_file(), epoch=1_700_000_000_000_000_000)
    advance(field, 2.0)
    assert field.devices[NAME].time == 1_700_000_002_000_000_000


def test_two_devices_of_one_well_agree(bench_file: BenchFile) -> None:
    """They share its instruments and its drive, whatever wire serves them."""
    again = Device.of(
        "SECOND", "well_rtu", "modbus://127.0.0.1:9/99", {"well": "Well.CACB27A-P1"}, is_primary=False
    )  # fmt: skip
    field = build(bench_file(lambda bench: bench.with_device(again)))
    advance(field, 5)
    field.devices["SECOND"].write("well.FrequencyReference", 44.0)
    assert field.devices["SECOND"].readings() == field.devices[NAME].readings()


def test_devices_refuse_what_they_do_not_have_or_may_not(still: SimulatedField) -> None:
    rtu = still.devices[NAME]
    for signal in ("well.Frequency", "well.Nothing", "pump.Start", "separator.PressureReference"):
        with pytest.raises(Unknown):
            rtu.write(signal, 1.0)
    for value in (float("nan"), float("inf"), 61.0):
        with pytest.raises(OutOfRange):
            rtu.write("well.FrequencyReference", value)
    with pytest.raises(OutOfRange, match="must be 0 or 1"):
        rtu.write("well.Stop", 0.5)
    rtu.write("well.Stop", 1.0)
    with pytest.raises(CommandRefused):
        rtu.write("well.Start", 1.0)
    rtu.write("well.Start", 0.0)


def test_every_point_of_every_profile_is_served(still: SimulatedField) -> None:
    for name, place in still.places.items():
        points = {f"{p.role}.{p.signal.name}" for p in place.profile.points}
        assert points <= set(still.devices[name].signals)
        shown = {f"{p.role}.{p.signal.name}" for p in place.profile.points if p.signal.kind != "command"}
        assert shown <= set(still.devices[name].readings())


def test_clocks_that_fell_behind_are_set_forward_and_never_ahead(still: SimulatedField) -> None:
    still.site.set_clocks(300_000_000)
    assert still.site.time == 0  # within a step or two of the plant
    still.site.set_clocks(5_000_000_000)
    assert still.site.time == 4_800_000_000
    still.site.set_clocks(4_700_000_000)
    advance(still, 0.2)
    assert still.site.time == 5_000_000_000  # what is ahead by no more than a step is so by the next one


def test_clocks_follow_one_that_was_set_back(still: SimulatedField) -> None:
    """Else all that devices date themselves would lie in the future for as long as the step was."""
    still.site.set_clocks(90_000_000_000)
    still.site.set_clocks(30_000_000_000)
    assert still.site.time == 29_800_000_000
