"""Bench files: where each device answers, and every mistake of one told at once."""

import pytest

from plant.asset.bench_file import load_bench
from plant.asset.endpoint import Endpoint
from plant.asset.field_file import load_field
from plant.error import ConfigError, Unknown

ASSETS = ["Well.A", "Well.B", "Separator.S"]


@pytest.fixture
def load(tmp_path):
    def from_text(text: str):
        (tmp_path / "b.toml").write_text('field = "f"\n' + text)
        return load_bench(tmp_path / "b.toml", ASSETS)

    return from_text


def device(name: str = "RTU", **keys: str) -> str:
    rows = {
        "name": f'"{name}"', "profile": '"well_rtu"', "endpoint": f'"modbus://127.0.0.1:{1000 + len(name)}/1"',
        "assets": '{ well = "Well.A" }',
    } | keys  # fmt: skip
    return "[[device]]\n" + "\n".join(f"{key} = {value}" for key, value in rows.items()) + "\n"


def mqtt(name: str, ending: str = "", **keys: str) -> str:
    return device(name, profile='"well_mqtt"', endpoint=f'"mqtt://127.0.0.1:1883{ending}"', **keys)


def mistakes(load, text: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        load(text)
    return [f"{m.key}: {m.rule}" for m in error.value.mistakes]


def test_the_demo_bench_serves_assets_of_the_demo_field():
    bench = load_bench("shengli12", load_field("shengli12").assets())
    assert bench.device("RTU-CACB27A-P1").profile.name == "well_rtu"
    assert all(device.is_simulated for device in bench.devices)


def test_a_device_is_simulated_primary_and_scanned_once_a_second_unless_it_says_otherwise(load):
    [plain] = load(device()).devices
    assert (plain.is_simulated, plain.is_primary, plain.scan, plain.timeout) == (True, True, 1.0, 0.45)
    text = "scan = { slow_min = 1 }\n" + device(answers='"real"', role='"alternate"', scan='"slow"', timeout_s="2")
    [other] = load(text).devices
    assert (other.is_simulated, other.is_primary, other.scan, other.timeout) == (False, False, 60.0, 2.0)


def test_an_alternate_is_acquired_only_where_the_bench_says_record(load):
    idle, recorded = (device(n, role='"alternate"', **keys) for n, keys in (("IDLE", {}), ("REC", {"record": "true"})))
    bench = load(device("PRIME") + idle + recorded)
    assert [one.name for one in bench.acquired] == ["PRIME", "REC"]
    assert any(told.startswith("device[RTU].record: cannot be said") for told in mistakes(load, device(record="false")))


def test_whoever_is_subscribed_to_has_more_time_to_answer(load):
    """Its silence is noticed by the subscription; the time is for opening a session on a loaded machine."""
    [plain] = load(device(profile='"well_opcua"', endpoint='"opc.tcp://127.0.0.1:4840/nexus/pf"')).devices
    assert plain.timeout == 2.0


def test_an_alternates_tags_carry_its_name_and_a_primarys_are_bare(load):
    bench = load(device("PRIME") + device("SECOND", role='"alternate"'))
    assert "Well.A.Frequency" in bench.device("PRIME").tags()
    assert "Well.A.Frequency@SECOND" in bench.device("SECOND").tags()
    assert bench.primary()["Well.A.Frequency"].name == "PRIME"


def test_an_unknown_device_is_unknown(load):
    with pytest.raises(Unknown, match="no device 'X'"):
        load(device()).device("X")


@pytest.mark.parametrize(("path", "unit"), [("", 1), ("17", 17)])
def test_a_modbus_unit_is_the_last_part_of_the_endpoint(path, unit):
    endpoint = Endpoint("modbus", "127.0.0.1", 502, path)
    assert endpoint.unit_id == unit
    assert str(endpoint) == "modbus://127.0.0.1:502" + (f"/{path}" if path else "")


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (device(endpoint='"127.0.0.1:502"'), "device[RTU].endpoint: must be SCHEME://HOST:PORT"),
        (device(endpoint='"modbus:///1"'), "device[RTU].endpoint: must be SCHEME://HOST:PORT"),
        (device(endpoint='"modbus://127.0.0.1:0/1"'), "device[RTU].endpoint: must be SCHEME://HOST:PORT"),
        (device(endpoint='"modbus://127.0.0.1 :502/1"'), "device[RTU].endpoint: must be SCHEME://HOST:PORT"),
        (device(endpoint='"modbus://me:pw@10.0.0.7:502/1"'), "device[RTU].endpoint: must not hold a user or password"),
        (device(endpoint='"modbus://10.0.0.7:502/1?slow=1"'), "device[RTU].endpoint: must end with its path"),
        (device(endpoint='"modbus://10.0.0.7:502/1#a"'), "device[RTU].endpoint: must end with its path"),
        (device(endpoint='"modbus://127.0.0.1:99999/1"'), "device[RTU].endpoint: must be SCHEME://HOST:PORT"),
        (device(endpoint='"opc.tcp://127.0.0.1:4840"'), "device[RTU].endpoint: does not speak modbus"),
        (device(endpoint='"modbus://127.0.0.1:502/one"'), "device[RTU].endpoint: must end in a Modbus unit number"),
        (device(endpoint='"modbus://127.0.0.1:502/999"'), "device[RTU].endpoint: must end in a Modbus unit number"),
        (device(endpoint='"modbus://127.0.0.1:502/248"'), "device[RTU].endpoint: must end in a Modbus unit number"),
        (device(endpoint='"modbus://127.0.0.1:502/²"'), "device[RTU].endpoint: must end in a Modbus unit number"),
        (device(profile='"no_such"'), "file: does not exist"),
        (device(assets='{ well = "Well.Z" }'), "device[RTU].assets.well: is no asset of the field"),
        (device(assets='{ well = "Separator.S" }'), "device[RTU].assets.well: must be a Well"),
        (device(assets="{ }"), "device[RTU].assets: must say which Well is its well"),
        (device(assets='{ well = "Well.A", pump = "Well.B" }'), "device[RTU].assets.pump: is no role of the profile"),
        (device(scan='"fast"'), "device[RTU].scan: must be one of normal"),
        (device(timeout_MPa="1"), "device[RTU].timeout_MPa: MPa is no unit of time"),
        (device(answers='"maybe"'), "device[RTU].answers: must be one of simulated, real"),
        (device() + device(), "device[RTU]: is a name given twice"),
        (device("A") + device("BB"), "device[BB]: is already served by A; one of them must be an alternate"),
        (
            device() + device("TWO", endpoint='"modbus://127.0.0.1:1003/1"', assets='{ well = "Well.B" }'),
            "device[TWO].endpoint: is already that of RTU",
        ),
        (mqtt("M", "/a/b"), "device[M].endpoint: must end in a device id without / + # and blanks, or in none"),
        (mqtt("M", "/a+b"), "device[M].endpoint: must end in a device id"),
        (mqtt("M") + mqtt("N", "/A", assets='{ well = "Well.B" }'), "device[N].endpoint: is already that of M"),
        ('clock = "field"\n' + device(answers='"real"'), "clock: must be wall, because RTU is real"),
        ('colour = "red"\n' + device(), "colour: is not a key of this table"),
    ],
)
def test_each_mistake_says_where_and_which_rule(load, text, mistake):
    assert any(told.startswith(mistake) for told in mistakes(load, text)), mistakes(load, text)


def test_mistakes_of_several_devices_and_their_profiles_come_together(load):
    told = mistakes(load, 'clock = "moon"\n' + device("A", profile='"none"') + device("B", endpoint='"x"'))
    assert len(told) == 3


def test_two_units_on_one_port_are_two_devices(load):
    second = device("TWO", endpoint='"modbus://127.0.0.1:1003/2"', assets='{ well = "Well.B" }')
    assert len(load(device() + second).devices) == 2


@pytest.mark.parametrize(
    ("profile", "endpoint", "whole"),
    [("well_rtu", "modbus://10.0.0.7/3", "modbus://10.0.0.7:502/3"), ("well_mqtt", "mqtt://10.0.0.7", "mqtt://10.0.0.7:1883"),
     ("well_opcua", "opc.tcp://[::1]/x", "opc.tcp://[::1]:4840/x")],
)  # fmt: skip
def test_an_endpoint_without_a_port_has_its_protocols_own(load, profile, endpoint, whole):
    assert str(load(device(profile=f'"{profile}"', endpoint=f'"{endpoint}"')).devices[0].endpoint) == whole


def test_one_place_by_two_names_is_one_place(load):
    """Unit 1 is what an endpoint without a unit means, and localhost is 127.0.0.1."""
    same = device("TWO", endpoint='"modbus://localhost:1003"', assets='{ well = "Well.B" }')
    assert "device[TWO].endpoint: is already that of RTU" in mistakes(load, device() + same)


def opcua(name: str, host: str, **keys: str) -> str:
    endpoint = f'"opc.tcp://{host}:1003/x"'
    return device(name, profile='"well_opcua"', endpoint=endpoint, assets='{ well = "Well.B" }', **keys)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_two_simulated_devices_of_different_protocols_cannot_share_a_port(load, host):
    """One process listens on a TCP port, in one protocol."""
    told = mistakes(load, device() + opcua("O", host))
    assert told == ["device[O].endpoint: is where RTU answers already, in another protocol"]


def test_a_port_of_another_host_or_of_a_real_device_or_a_broker_is_nobodys_here(load):
    """Only what the simulators listen on can collide; MQTT devices connect to a broker."""
    meets = mqtt("M", assets='{ well = "Well.B" }').replace(":1883", ":1003")
    for other in (opcua("O", "127.0.0.2"), opcua("O", "127.0.0.1", answers='"real"'), meets):
        assert len(load(device() + other).devices) == 2


@pytest.mark.parametrize("unit", [0, 247, 255])
def test_a_modbus_unit_is_0_to_247_or_255(load, unit):
    """Modbus Messaging on TCP/IP V1.0b, 4.4.2.1: 1 to 247 behind a gateway, 0 or 255 for the device itself."""
    assert load(device(endpoint=f'"modbus://127.0.0.1:502/{unit}"')).device("RTU").endpoint.unit_id == unit


@pytest.mark.parametrize(("ending", "device_id"), [("", "A"), ("/meter.7", "meter.7")])
def test_an_mqtt_device_is_known_by_its_assets_code_or_the_last_part_of_its_endpoint(load, ending, device_id):
    assert load(mqtt("M", ending)).device("M").device_id == device_id


def test_an_mqtt_device_is_one_asset(load, tmp_path):
    (tmp_path / "two.toml").write_text("""
        protocol = "mqtt"
        roles = { one = "Well", other = "Well" }
        [[point]]
        signal = "one.Frequency"
        key = "f"
    """)
    text = mqtt("M", assets='{ one = "Well.A", other = "Well.B" }').replace('"well_mqtt"', '"two.toml"')
    assert "device[M].profile: must have one role: an MQTT device is one asset" in mistakes(load, text)


def test_a_serial_line_is_a_file_and_a_unit(load):
    [line] = load(device(answers='"real"', endpoint='"modbus+serial:///dev/ttyUSB0/7"')).devices
    assert (line.endpoint.host, line.endpoint.port, line.endpoint.unit_id) == ("/dev/ttyUSB0", 0, 7)
    assert str(line.endpoint) == "modbus+serial:///dev/ttyUSB0/7"


@pytest.mark.parametrize("end", ["modbus+serial://dev/ttyUSB0/7", "modbus+serial:///dev/ttyUSB0", "modbus+serial:///7"])
def test_a_serial_line_without_file_or_unit_is_refused(load, end):
    with pytest.raises(ConfigError, match=r"must be modbus\+serial:///FILE/UNIT"):
        load(device(answers='"real"', endpoint=f'"{end}"'))


def test_devices_of_one_serial_line_that_would_set_it_differently_are_refused(load):
    line, other = '"modbus+serial:///dev/ttyUSB0/1"', '"modbus+serial:///dev/ttyUSB0/2"'
    first = device(answers='"real"', endpoint=line)
    second = device("RTU2", answers='"real"', endpoint=other, assets='{ well = "Well.B" }')
    assert len(load(first + second).devices) == 2
    with pytest.raises(ConfigError, match="must be baud 19200, parity even, 1 stop bits, as others there have it"):
        load(first + second + "settings = { baud = 9600 }\n")


def test_a_transport_that_no_simulator_speaks_is_refused_of_a_simulated_device(load):
    with pytest.raises(ConfigError, match=r"must be modbus:// or modbus\+rtu:// where our simulators answer"):
        load(device(endpoint='"modbus+tls://127.0.0.1:802/1"'))
