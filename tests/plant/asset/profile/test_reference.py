"""The reference of a profile's words: it says what the readers understand, and its examples are read."""

import re
from pathlib import Path

import pytest

from plant.asset.bench_file import load_bench
from plant.asset.profile.file import load_profile
from plant.asset.profile.reference import options, written
from plant.asset.profile.register_map import import_map
from plant.asset.table import Table

PAGE = Path(__file__).parents[4] / "docs" / "profiles.md"
PLACE = {
    "modbus": 'area = "holding"\naddress = 4\n', "mqtt": 'key = "f"\n', "opcua": "", "http": 'key = "f"\n',
}  # fmt: skip
EXAMPLES = [(name, option) for name, option in options() if option.example]


def test_the_page_has_the_table_as_the_rows_say_it():
    page = PAGE.read_text(encoding="utf-8")
    assert written(page) == page, "python -m plant.asset.profile.reference docs/profiles.md writes it"


def profile_with(protocol: str, option) -> str:
    at_top = option.example if option.where == "profile" else ""
    at_point = option.example if option.where == "point" else ""
    place = "\n".join(line for line in PLACE[protocol].splitlines() if line.split(" ")[0] not in at_point.split())
    head = f'protocol = "{protocol}"\n{at_top}\nroles = {{ well = "Well" }}\n[[point]]\nsignal = "well.Frequency"\n'
    return f"{head}{place}\n{at_point}\n"


@pytest.mark.parametrize(("protocol", "option"), EXAMPLES, ids=lambda one: getattr(one, "key", one))
def test_each_example_is_read(tmp_path, protocol, option):
    name = "modbus" if protocol == "all" else protocol
    (tmp_path / "p.toml").write_text(profile_with(name, option))
    load_profile("p.toml", tmp_path / "bench.toml")
    if option.where == "device":
        for file in re.findall(r'_file = "(.*?)"', option.example):
            (tmp_path / file).write_text("secret")
        row = 'name = "D"\nprofile = "./p.toml"\nendpoint = "modbus://127.0.0.1/1"\nassets = { well = "Well.A" }\n'
        (tmp_path / "bench.toml").write_text(f'field = "f"\n[[device]]\n{row}{option.example}\n')
        load_bench(tmp_path / "bench.toml")


def test_every_key_that_is_read_is_in_the_reference(tmp_path, monkeypatch):
    asked: set[str] = set()
    for reader in ("_plain", "_key_of"):
        real = getattr(Table, reader)

        def noted(self, name, *rest, real=real):
            asked.add(name)
            return real(self, name, *rest)

        monkeypatch.setattr(Table, reader, noted)
    for protocol, place in PLACE.items():
        if protocol in {name for name, _ in options()}:
            (tmp_path / "p.toml").write_text(
                f'protocol = "{protocol}"\nroles = {{ well = "Well" }}\n[[point]]\nsignal = "well.Frequency"\n{place}'
            )
            load_profile("p.toml", tmp_path / "bench.toml")
    signals_own = {"kind", "span", "rate", "confirmed_by", "confirms", "inhibited_by"}  # read once, of signals.toml
    benchs_own = {"field", "clock", "scan", "device", "target", "features", "listener"}
    row = 'name = "D"\nprofile = "well_rtu"\nendpoint = "modbus://127.0.0.1/1"\nassets = { well = "Well.A" }\n'
    (tmp_path / "bench.toml").write_text(f'field = "f"\n[[device]]\n{row}')
    load_bench(tmp_path / "bench.toml")
    told = {key.removesuffix("_s") for _, option in options() for key in option.key.split(", ")}
    assert asked - signals_own - benchs_own <= told


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


PROFILES = [block for block in blocks("toml") if "protocol = " in block.partition("[")[0]]
BENCHES = [block for block in blocks("toml") if block.startswith("field")]


@pytest.mark.parametrize("text", PROFILES)
def test_each_profile_on_the_page_is_read(tmp_path, text):
    (tmp_path / "p.toml").write_text(text)
    assert load_profile("p.toml", tmp_path / "bench.toml").points


@pytest.mark.parametrize("text", BENCHES)
def test_each_bench_on_the_page_is_read(tmp_path, text):
    for file in re.findall(r'_file = "(.*?)"', text):
        (tmp_path / file).write_text("secret")
    (tmp_path / "bench.toml").write_text(text)
    assert load_bench(tmp_path / "bench.toml").devices


def test_the_register_map_on_the_page_is_imported(tmp_path):
    [text] = blocks("csv")
    (tmp_path / "map.csv").write_text(text)
    assert import_map(tmp_path / "map.csv").points == 3


def test_the_status_word_on_the_page_says_what_the_page_says(tmp_path):
    (tmp_path / "p.toml").write_text(PROFILES[0])
    points = {point.signal.name: point for point in load_profile("p.toml", tmp_path / "bench.toml").points}
    assert [points["RunState"].si(word) for word in (0, 1, 3, 0b1011, 0b10000)] == [0, 1, 2, 3, 0]
    assert points["Start"].written(1.0) == 0x047F
    reference = points["FrequencyReference"]
    assert (reference.written(50.0), reference.target.address.address) == (5000, 201)
