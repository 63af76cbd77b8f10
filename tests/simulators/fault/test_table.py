"""The fault table: one name for what goes wrong, whatever it befalls."""

from pathlib import Path

import pytest

from plant.error import ConfigError
from plant.process.malfunction_file import malfunctions
from simulators.fault.instrument import DISTORTING, InstrumentFaults
from simulators.fault.row import as_json
from simulators.fault.table import faults, load_faults


def test_every_malfunction_of_the_plant_is_in_it_and_says_what_it_is_in_both_languages() -> None:
    assert malfunctions().keys() < faults().keys()
    for fault in faults().values():
        for words in (fault.title, fault.cause, *(parameter.says for parameter in fault.parameters)):
            assert set(words) == {"en", "es"}
            assert all(words.values())
    assert len({fault.title["es"] for fault in faults().values()}) >= 0.8 * len({name for _, name in faults()})


def test_every_fault_of_an_instrument_changes_what_it_shows() -> None:
    bank = InstrumentFaults((1, 1), lambda: 0.0)
    assert set(bank.rows) == set(DISTORTING) | {"frozen", "replayed", "dropout", "dead"}


def test_a_row_as_json_has_no_number_that_json_lacks() -> None:
    import json

    text = json.dumps([as_json(fault) for fault in faults().values()], allow_nan=False)
    assert '"acts_on": "Instrument"' in text


def test_every_mistake_of_a_table_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "faults.toml"
    path.write_text("""
[[fault]]
name = "trip"
acts_on = ["Well", "Wall", "Well"]
group = "drove"
cause = "c"
colour = "red"
[[fault.parameters]]
name = "size"
of = "luck"
en = "e"
[[fault]]
name = "gas lock"
acts_on = ["Well"]
group = "well"
cause = "c"
es = { name = "n", cause = "c", extra = 1 }
""")
    with pytest.raises(ConfigError) as caught:
        load_faults(path)
    said = str(caught.value)
    for part in ("'Wall'", "'drove'", "colour", "'luck'", ".es", "twice for Well", "extra", "'gas lock'"):
        assert part in said, part
