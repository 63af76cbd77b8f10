"""What is looked at before anything starts."""

from pathlib import Path

import pytest

from plant.asset.bench_file import FOLDER, load_bench
from plant.error import ServiceError
from ui.supervisor.examine import examine
from ui.supervisor.preflight import check_speed, ports_of, preflight, with_broker
from ui.supervisor.settings import Settings
from ui.supervisor.settings import ports as numbers


def test_a_bench_of_another_field_is_a_mistake(tmp_path: Path) -> None:
    """The bench says which field it is for; that none of its assets is there then goes without saying."""
    bench = tmp_path / "bench.toml"
    text = (FOLDER / "shengli12.toml").read_text(encoding="utf-8")
    bench.write_text(text.replace('field = "shengli12"', 'field = "elsewhere"'))
    for field in ("shengli12", "island"):
        assert examine(field, bench)["mistakes"] == [
            f"{bench}: field = 'elsewhere': is not the field loaded, {field}: choose a bench of that one with --bench"
        ]


def test_a_field_without_a_bench_can_be_examined() -> None:
    """Its bench may not have been written yet."""
    found = examine("shengli12")
    assert found["mistakes"] == []
    assert found["field"] == "shengli12"
    assert "devices" not in found


@pytest.mark.anyio
async def test_preflight_tells_all_mistakes_of_all_files(tmp_path: Path) -> None:
    """As examine finds them, from a process of its own."""
    field, bench = tmp_path / "field.toml", tmp_path / "bench.toml"
    field.write_text("name = 3\n")
    bench.write_text("[[device]]\n")
    with pytest.raises(ServiceError) as refused:
        await preflight(Settings(field=str(field), bench=str(bench)))
    told = str(refused.value).splitlines()
    assert f"{field}: name = 3: must be a text" in told
    assert f"{bench}: device[0].endpoint: is missing" in told


@pytest.mark.anyio
async def test_every_simulated_endpoint_is_to_be_tried_and_no_real_one(tmp_path: Path) -> None:
    """A real device listens on its own; each port is told with the setting that changes it."""
    bench = tmp_path / "bench.toml"
    text = (FOLDER / "shengli12.toml").read_text(encoding="utf-8")
    bench.write_text(text.replace('15021/1"\n', '15021/1"\nanswers = "real"\n'))
    settings = Settings(bench=str(bench), api_port=81, bus_port=82)
    ports = {port.number: port.setting for port in ports_of(settings, await preflight(settings))}
    assert ports[81] == "choose another with --api-port"
    assert ports[82] == "choose another with --bus-port, or join the bus there with --bus"
    assert ports[15022] == "RTU-XBKD47-X2 was to answer there; move everything with --ports-from"
    assert 15021 not in ports


@pytest.mark.anyio
async def test_from_one_port_on_everything_is_numbered_in_order_and_devices_last(tmp_path: Path) -> None:
    """The bench that says so stands in the data folder, for every process to read."""
    settings = Settings(data=str(tmp_path), **numbers(21000, {}), ports_from=21000)
    found = await preflight(settings)
    ports = ports_of(with_broker(settings, found), found)
    listening = {d.endpoint.port for d in load_bench("shengli12").devices if d.listens_here}
    assert sorted(port.number for port in ports) == list(range(21000, 21004 + len(listening)))
    assert found["bench"] == str(tmp_path / "moved-bench.toml")
    assert load_bench(found["bench"]).device("RTU-CACB27A-P1").endpoint.port == 21004
    assert all("--ports-from" in port.setting for port in ports if port.number >= 21003)
    assert ports[-1].setting.endswith("choose others with --ports-from")


def test_a_port_that_is_chosen_is_kept_and_zero_still_means_none() -> None:
    assert numbers(21000, {"bus_port": 5, "screens_port": 0}) == {
        "api_port": 21000, "screens_port": 0, "bus_port": 5, "mqtt_port": 21003
    }  # fmt: skip
    assert numbers(0, {"bus_port": None})["bus_port"] == 4222


def test_mistakes_in_the_alarm_table_are_told_with_the_others(tmp_path: Path) -> None:
    """The table lies beside the field file."""
    bundled = FOLDER.parent / "fields" / "shengli12.toml"
    (tmp_path / "f.toml").write_text(bundled.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "f.alarms.toml").write_text('[[alarm]]\ntags = "Well.*.Colour"\n')
    told = examine(tmp_path / "f.toml", "shengli12")["mistakes"]
    assert told
    assert all(line.startswith(f"{tmp_path / 'f.alarms.toml'}: alarm[0]") for line in told)


MQTT_WELL = """
field = "shengli12"
[[device]]
name = "MQTT"
profile = "well_mqtt"
endpoint = "mqtt://{broker}"
assets = {{ well = "Well.CACB6E-1" }}
"""


async def broker_port(tmp_path: Path, broker: str, mqtt_port: int) -> dict[int, str]:
    bench = tmp_path / "bench.toml"
    bench.write_text(MQTT_WELL.format(broker=broker))
    asked = Settings(bench=str(bench), api_port=81, bus_port=82, mqtt_port=mqtt_port)
    found = await preflight(asked)
    ports = {port.number: port.setting for port in ports_of(with_broker(asked, found), found)}
    return {number: setting for number, setting in ports.items() if number in (83, 84)}


@pytest.mark.anyio
async def test_the_bus_servers_broker_needs_its_port_where_a_device_of_the_bench_meets_there(tmp_path: Path) -> None:
    """MQTT devices listen on no port of their own: they connect."""
    told = await broker_port(tmp_path, "127.0.0.1:83", 83)
    assert list(told) == [83]
    assert told[83] == "move everything with --ports-from; --mqtt-port 0 leaves it to a broker there"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("broker", "mqtt_port"), [("broker.example:83", 83), ("127.0.0.1:84", 83), ("127.0.0.1:83", 0)]
)
async def test_a_broker_elsewhere_leaves_the_port_alone(tmp_path: Path, broker: str, mqtt_port: int) -> None:
    """1883 is often a broker's that runs already."""
    assert await broker_port(tmp_path, broker, mqtt_port) == {}


@pytest.mark.parametrize(("speed", "clock"), [(1.0, "wall"), (0.0, "wall"), (30.0, "field"), (float("inf"), "field")])
def test_a_speed_that_the_bench_clock_follows_is_taken(speed: float, clock: str) -> None:
    """A frozen field needs no clock of its own."""
    check_speed(Settings(speed=speed), {"clock": clock, "bench": "b.toml"})


@pytest.mark.parametrize("speed", [30.0, 0.5, float("inf")])
def test_a_speed_other_than_the_walls_is_refused_on_its_clock_with_what_to_write(speed: float) -> None:
    """Plant time would run away from the time under which it is stored."""
    with pytest.raises(ServiceError, match=r'^--speed = .*: write clock = "field" in a copy of the bench, and start'):
        check_speed(Settings(speed=speed), {"clock": "wall", "bench": "b.toml"})
