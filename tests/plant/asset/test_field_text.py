from pathlib import Path

import pytest

from plant.asset.field_file import load_field
from plant.asset.field_text import field_text


@pytest.mark.parametrize("name", ["shengli12", "island"])
def test_a_field_that_is_written_is_read_again_to_the_last_bit(name: str, tmp_path: Path) -> None:
    field = load_field(name)
    file = tmp_path / "written.toml"
    file.write_text(field_text(field), encoding="utf-8")
    assert load_field(file) == field
