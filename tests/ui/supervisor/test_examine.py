"""What is looked at before anything starts."""

from pathlib import Path

import pytest

from plant.asset.bench import FOLDER
from plant.asset.error import ServiceError
from ui.supervisor.examine import examine
from ui.supervisor.preflight import ports_of, preflight
from ui.supervisor.settings import Settings


def test_a_bench_of_another_field_is_a_mistake(tmp_path: Path) -> None:
    """The bench says which field it is for."""
    bench = tmp_path / "bench.toml"
    text = (FOLDER / "shengli12.toml").read_text(encoding="utf-8")
    bench.write_text(text.replace('field = "shengli12"', 'field = "elsewhere"'))
    assert examine("shengli12", bench)["mistakes"] == [
        f"{bench}: field = 'elsewhere': is not the field loaded, shengli12"
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
    assert ports[82] == "choose another with --bus-port"
    assert ports[15022] == f"change the endpoint of RTU-XBKD47-X2 in {bench}"
    assert 15021 not in ports


def test_mistakes_in_the_alarm_table_are_told_with_the_others(tmp_path: Path) -> None:
    """The table lies beside the field file."""
    bundled = FOLDER.parent / "fields" / "shengli12.toml"
    (tmp_path / "f.toml").write_text(bundled.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "f.alarms.toml").write_text('[[alarm]]\ntags = "Well.*.Colour"\n')
    told = examine(tmp_path / "f.toml", "shengli12")["mistakes"]
    assert told
    assert all(line.startswith(f"{tmp_path / 'f.alarms.toml'}: alarm[0]") for line in told)
