"""Bad manners that a device has from the start."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plant.asset.bench_file import load_bench, write_bench
from plant.asset.field_file import load_field
from plant.error import ConfigError
from simulators.fault.personality import NONE, mistakes, personalities
from simulators.fault.target import Targets
from simulators.field import SimulatedField
from simulators.injection import inject
from simulators.manner import SOUND, Manner

pytestmark = pytest.mark.anyio
DEVICE = "RTU-CACB27A-P1"


@pytest.mark.parametrize("name", personalities())
def test_each_is_made_of_faults_that_some_protocol_shows(name: str) -> None:
    targets = Targets.of(load_field("shengli12"), load_bench("shengli12"))
    fitting = [device for device in targets.protocols if not mistakes(name, device, targets, "bench")]
    assert fitting
    for device in fitting[:1]:
        assert len(personalities()[name].orders(device, targets)) <= len(personalities()[name].faults)


async def test_a_bench_gives_one_to_a_device_and_a_request_another_or_none(bench_file: Callable[..., Path]) -> None:
    bench = load_bench(bench_file(lambda bench: bench.changed(DEVICE, personality="small buffer")))
    assert bench.device(DEVICE).personality == "small buffer"  # as it was written and read back
    field = SimulatedField(load_field("shengli12"), bench)
    assert field.devices[DEVICE].manner == Manner(most_registers=32, long_code=3, has_gaps=True, gap_code=2)
    assert field.devices["RTU-XBKD47-X2"].manner == SOUND
    await inject(field, {"do": "personality", "on": DEVICE, "personality": "hangs up"})
    assert field.devices[DEVICE].manner == Manner(closes_after=1)
    await inject(field, {"do": "personality", "on": "RTU-*", "personality": NONE})
    assert field.devices[DEVICE].manner == SOUND
    told = [(one["what"], one["malfunction"]) for one in field.news.take()]
    assert ("began", "closes") in told
    assert ("ended", "closes") in told


async def test_what_cannot_be_is_refused_with_what_can(bench_file: Callable[..., Path], tmp_path: Path) -> None:
    asset_field = load_field("shengli12")
    bench = load_bench(bench_file())
    for name, rule in (
        ("grumpy", "must be one of sound, patient gateway"),
        ("stopped watch", "only devices that speak"),
    ):
        with pytest.raises(ConfigError, match=rule):
            SimulatedField(asset_field, bench.changed(DEVICE, personality=name))
    field = SimulatedField(asset_field, bench)
    for asked in ({"on": "RTU-*", "personality": "grumpy"}, {"on": "PLC-*-none", "personality": "hangs up"}):
        with pytest.raises(ConfigError):
            await inject(field, {"do": "personality", **asked})
    with pytest.raises(ConfigError, match="cannot be given to real hardware"):
        write_bench(bench.changed(DEVICE, personality="hangs up", is_simulated=False), tmp_path / "b.toml")
