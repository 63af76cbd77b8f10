"""What can be known or set of a bundled field is served by some device of its bench."""

import pytest

from plant.asset.bench_file import FOLDER, load_bench
from plant.asset.field_file import load_field
from plant.asset.tag import tags_of

FIELDS = sorted(path.stem for path in FOLDER.glob("*.toml"))
EXEMPT = {"estimate": "what the twin says comes from no device"}  # kinds of signal, and why


@pytest.mark.parametrize("name", FIELDS)
def test_every_signal_of_every_asset_is_served_by_a_device(name):
    field = load_field(name)
    served = set(load_bench(name, field.assets(), field.name).primary())
    asked = {tag.name for tag in tags_of(field.assets()).values() if tag.signal.kind not in EXEMPT}
    assert asked - served == set()


def test_the_bundled_fields_have_every_type_of_asset_between_them():
    from plant.asset.signal import signals

    present = {asset.partition(".")[0] for name in FIELDS for asset in load_field(name).assets()}
    assert {kind for kind, _ in signals()} == present


def test_the_island_is_on_every_wire():
    assert {device.profile.protocol for device in load_bench("island").devices} == {"modbus", "opcua", "mqtt"}
