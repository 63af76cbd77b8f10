"""Device profiles: maker's tables read whole, with every mistake told at once."""

import pytest

from plant.asset.profile.file import FOLDER, load_profile
from plant.asset.protocol.mqtt import Key
from plant.asset.protocol.opcua import Node
from plant.asset.register import Register
from plant.error import ConfigError


@pytest.fixture
def profile(tmp_path):
    def load(text: str, overrides=None):
        (tmp_path / "p.toml").write_text(text)
        return load_profile("p.toml", tmp_path / "bench.toml", overrides)

    return load


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_every_bundled_profile_is_right(name):
    found = load_profile(name)
    assert found.points
    assert {point.role for point in found.points} <= set(found.roles)


HEAD = 'protocol = "modbus"\nroles = { well = "Well" }\n'
OPCUA = 'protocol = "opcua"\nroles = { well = "Well" }\n[[point]]\nsignal = "well.Frequency"\n'
POINT = '[[point]]\nsignal = "well.Frequency"\narea = "input"\naddress = 4\n'


def test_a_point_has_the_signals_unit_and_the_profiles_order_unless_it_says_otherwise(profile):
    [point] = profile(f'{HEAD}word_order = "CDAB"\n{POINT}type = "float32"\n').points
    assert (point.unit.key, point.address) == ("Hz", Register("input", 4, "float32", "CDAB"))
    [point] = profile(f'{HEAD}word_order = "CDAB"\n{POINT}type = "float32"\norder = "ABCD"\nunit = "rpm"\n').points
    assert (point.unit.key, point.address.order) == ("rpm", "ABCD")


def test_a_bench_may_override_keys_of_a_point(profile):
    [point] = profile(HEAD + POINT, {"well.Frequency": {"address": 99, "scale": 0.1}}).points
    assert (point.address.address, point.meaning.scale) == (99, 0.1)


@pytest.mark.parametrize(
    ("text", "address"),
    [('protocol = "opcua"\nroles = { well = "Well" }\n[[point]]\nsignal = "well.Frequency"\n', Node("ns=2;s={tag}")),
     ('protocol = "mqtt"\nroles = { well = "Well" }\n[[point]]\nsignal = "well.Frequency"\nkey = "f"\n', Key("f"))],
)  # fmt: skip
def test_each_protocol_has_its_own_kind_of_address(profile, text, address):
    assert profile(text).points[0].address == address


def test_an_opc_ua_node_names_its_tag():
    assert Node("ns=2;s={tag}").of("Well.A.Frequency") == "ns=2;s=Well.A.Frequency"


@pytest.mark.parametrize(
    "node", ["i=1", "ns=2;s={tag}", "ns=65535;i=4294967295", "ns=1;b=QUJD", "s=with;ns=2;blank ", "nsu=urn:a;i=7"]
)
def test_a_node_id_is_what_opc_ua_calls_one(profile, node):
    """OPC UA Part 6, 5.3.1.10."""
    assert profile(f'{OPCUA}node = "{node}"\n').points[0].address == Node(node)


@pytest.mark.parametrize(
    "node",
    ["ns=2;i=abc", "ns=2;i={tag}", "ns=2;i=-1", "ns=2;i=4294967296", "ns=65536;i=1", "ns=x;s=a", "a", "ns=2;s=",
     "ns=2;g=7", "ns=2;b=?", "i=²", "nsu=;s=a", "nsu=http://maker"],
)  # fmt: skip
def test_what_no_opc_ua_server_can_have_as_a_node_id_is_refused(profile, node):
    with pytest.raises(
        ConfigError, match=r"node = .*: must be a node id: ns=NUMBER; or nsu=URI; and then i=NUMBER, s=TEXT"
    ):
        profile(f'{OPCUA}node = "{node}"\n')


@pytest.mark.parametrize(("kind", "last"), [("uint16", 65535), ("float32", 65534), ("float64", 65532)])
def test_a_value_ends_where_the_registers_end(profile, kind, last):
    """Modbus Application Protocol V1.1b3, 4.4: 65,536 items of each table."""

    def at(address):
        return profile(HEAD + POINT.replace("= 4", f"= {address}") + f'type = "{kind}"\n')

    assert at(last).points[0].address.address == last
    for beyond in range(last + 1, 65536):
        with pytest.raises(ConfigError, match=f"address = {beyond}: must be at most {last}: a {kind} takes"):
            at(beyond)


@pytest.mark.parametrize(("signal", "area"), [("FrequencyReference", "input"), ("Start", "discrete")])
def test_what_is_written_does_not_lie_where_a_master_can_only_read(profile, signal, area):
    text = f'{HEAD}[[point]]\nsignal = "well.{signal}"\narea = "{area}"\naddress = 4\n'
    with pytest.raises(ConfigError, match=rf"point\[well.{signal}\].area = '{area}': must be coil or holding: a"):
        profile(text)


def test_a_signal_that_is_two_points_of_a_profile_is_refused(profile):
    with pytest.raises(ConfigError, match=r"point\[well.Frequency\]: is a point given twice"):
        profile(HEAD + POINT + POINT.replace("4", "6"))


def test_all_mistakes_of_a_profile_are_told_at_once(profile):
    text = f"""
        {HEAD}
        maker = "ACME"
        [[point]]
        signal = "well.Velocity"
        area = "input"
        address = 1
        [[point]]
        signal = "well.Frequency"
        area = "output"
        address = 70000
        [[point]]
        signal = "well.Current"
        area = "coil"
        address = 1
        type = "float32"
        [[point]]
        signal = "well.Voltage"
        area = "input"
        address = 1
        unit = "bar"
        [[point]]
        signal = "well.Flow"
        area = "input"
        address = 1
        scale = 0
        colour = "red"
    """
    with pytest.raises(ConfigError) as error:
        profile(text, {"well.Choke": {"address": 1}, "well.Flow": 5})
    told = str(error.value)
    for expected in (
        "maker = ",
        "point[well.Velocity].signal = 'well.Velocity': names no signal of this profile's roles",
        "point[well.Frequency].area = 'output': must be one of coil, discrete, input, holding",
        "point[well.Frequency].address = 70000: must be between 0 and 65535",
        "point[well.Current].type = 'float32': does not fit a coil",
        "point[well.Voltage].unit = 'bar': is no unit of voltage",
        "point[well.Flow].scale = 0: must not be zero",
        "point[well.Flow].colour",
        "point = 'well.Choke': is overridden by the bench but is no point of this profile",
        "point[well.Flow] = 5: an override must be a table of keys",
    ):
        assert expected.rstrip("= ") in told, told


def test_a_profile_that_is_not_there_is_named():
    with pytest.raises(ConfigError, match=r"no_such_profile.toml: file: does not exist"):
        load_profile("no_such_profile")


@pytest.mark.parametrize(
    ("keys", "told"),
    [('states = { 1 = "Turning" }', r"states.1 = 'Turning': must be one of Stopped, Starting, Running"),
     ('states = { 1 = "Stopped" }\nscale = 0.1', r"states: must not stand beside scale"),
     ("mask = 1\nbit = 1", r"bit = 1: must not stand beside mask"),
     ("bit = 16", r"bit = 16: is beyond the 16 bits of a uint16"),
     ('bit = 1\ntype = "float32"', r"type = 'float32': must be an integer where it is taken by mask or bit"),
     ("otherwise = 0", r"otherwise = 0: must stand beside states"),
     ("no_value = 3", r"no_value = 3: must be a list of raw numbers or texts"),
     ("write = { address = 3 }", r"write: is said of a state, which is never written"),
     ("write_only = true", r"write_only = True: is said of a state, which is never written"),
     ('order = "EFGHABCD"', r"order = 'EFGHABCD': must be one of ABCD, CDAB, BADC, DCBA"),
     ('scale_at = { adress = 3 }', r"scale_at.adress: is not a key of this table")],
)  # fmt: skip
def test_what_a_point_cannot_mean_is_refused(profile, keys, told):
    with pytest.raises(ConfigError, match=told):
        profile(f'{HEAD}[[point]]\nsignal = "well.RunState"\narea = "input"\naddress = 4\n{keys}\n')


def test_a_setpoint_may_be_read_at_one_place_and_written_at_another(profile):
    text = f"""{HEAD}
        [[point]]
        signal = "well.FrequencyReference"
        area = "input"
        address = 4
        scale = 0.01
        write = {{ area = "holding", address = 9 }}
        [[point]]
        signal = "well.Start"
        area = "holding"
        address = 1
        write_only = true
        write = {{ value = 0x47F }}
    """
    reference, start = profile(text).points
    assert (reference.address.address, reference.target.address) == (4, Register("holding", 9, "uint16"))
    assert (reference.si(5000), reference.written(50.0)) == (50, 5000)
    assert (start.is_write_only, start.written(1.0), start.written(0.0)) == (True, 0x47F, 0)


def test_a_pattern_of_no_value_is_read_as_its_signed_register_reads_it(profile):
    [point] = profile(f'{HEAD}{POINT}type = "int16"\nno_value = [0x8000, -1]\n').points
    assert point.meaning.no_value == (-32768, -1)


def test_a_bench_may_change_settings_of_a_profile(tmp_path):
    (tmp_path / "p.toml").write_text(f"max_registers = 20\n{HEAD}{POINT}")
    found = load_profile("p.toml", tmp_path / "bench.toml", None, {"max_registers": 10, "time": "arrival"})
    assert (found.settings.max_registers, found.stamps.by_device) == (10, False)
    with pytest.raises(ConfigError, match="time = 'device': must be arrival: nothing says where"):
        load_profile("p.toml", tmp_path / "bench.toml", None, {"time": "device"})
