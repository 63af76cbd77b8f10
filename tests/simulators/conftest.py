from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import simpy

from plant.asset.bench import Bench, Device
from plant.asset.bench_file import load_bench, write_bench
from plant.asset.signal import signals

BenchFile = Callable[..., Path]


class FakePlant:
    """Arrays that a test sets by hand, under the names that the plant gives them."""

    def __init__(self, n: int = 2):
        self.env = simpy.Environment()
        counts = {"Well": n, "Manifold": 2, "Separator": 1, "Tank": 2}
        names = [key for key, signal in signals().items() if signal.kind == "measurement" and key[0] in counts]
        self.signals = {f"{kind}.{name}": np.zeros(counts[kind]) for kind, name in names}
        self.signals["Well.ShaftSpeed"] = np.full(n, 50.0)
        self.signals["Well.Frequency"][:] = 50.0
        self.signals["Well.Current"][:] = 30.0
        self.signals["Well.MotorTemperature"][:] = 360.0
        self.inputs = {
            "Well.Energised": np.ones(n, bool), "Well.Attached": np.ones(n, bool),
            "Well.FrequencyTarget": np.full(n, 50.0), "Well.ChokeTarget": np.full(n, 0.5), "Well.Supply": np.ones(n),
            "Separator.OilValve": np.full(1, 0.5), "Separator.WaterValve": np.full(1, 0.5),
            "Separator.GasValve": np.full(1, 0.5),
        }  # fmt: skip

    def index(self, asset: str) -> int:
        return int(asset.rpartition(".")[2])


@pytest.fixture
def plant() -> FakePlant:
    """Two wells at 50 Hz, 30 A."""
    return FakePlant()


@pytest.fixture
def bench_file(tmp_path: Path, free_port: int) -> BenchFile:
    """The demo bench's Modbus devices on one free port, a unit each; ``change`` makes another of it."""

    def write(change: Callable[[Bench], Bench] = lambda bench: bench) -> Path:
        units = count(1)

        def placed(device: Device) -> Device:
            end = replace(device.endpoint, port=free_port, path=str(next(units)))
            return replace(device, endpoint=end)

        bench = load_bench("shengli12").only(lambda device: device.profile.protocol == "modbus").each(placed)
        return write_bench(change(bench), tmp_path / "bench.toml").path

    return write
