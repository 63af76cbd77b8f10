"""The field with every type of asset: each device shows what its profile says, and drives what is set at it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from plant.asset.bench import Device
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from simulators.behaviour import BEHAVIOURS
from simulators.field import SimulatedField
from simulators.setting import SETTINGS

WELLS = ("Well", "GasLiftWell", "NaturalWell", "Injector")


@pytest.fixture(scope="module")
def island() -> SimulatedField:
    return SimulatedField(load_field("island"), load_bench("island"))


def test_every_device_shows_every_signal_of_its_profile(island: SimulatedField) -> None:
    for name, device in island.devices.items():
        points = island.places[name].profile.points
        shown = device.readings()
        asked = {f"{p.role}.{p.signal.name}" for p in points if p.signal.kind != "command"}
        assert asked <= set(shown), name
        assert not any(math.isnan(shown[signal].value) for signal in asked), name


def test_a_setpoint_is_held_and_drives_the_plant(island: SimulatedField) -> None:
    seen = set()
    for name, place in island.places.items():
        for point in place.profile.points:
            asset, key = place.assets[point.role], f"{point.role}.{point.signal.name}"
            kind = asset.partition(".")[0]
            if point.signal.kind != "setpoint" or f"{kind}.{point.signal.name}" not in SETTINGS:
                continue
            wanted = point.signal.low + 0.37 * (point.signal.high - point.signal.low)
            island.devices[name].write(key, wanted)
            driven = island.plant.inputs[SETTINGS[f"{kind}.{point.signal.name}"]]
            assert driven[island.plant.index(asset)] == island.devices[name].readings()[key].value == wanted
            seen.add(f"{kind}.{point.signal.name}")
    assert seen == set(SETTINGS)


def test_wells_of_any_kind_whose_devices_are_real_are_shut_in() -> None:
    bench = load_bench("island")
    first: dict[str, Device] = {}
    for device in bench.devices:
        for asset in device.assets.values():
            if asset.partition(".")[0] in WELLS:
                first.setdefault(asset.partition(".")[0], device)
    chosen = list(first.values())
    real = bench.each(lambda device: replace(device, is_simulated=False) if device in chosen else device)
    field = SimulatedField(load_field("island"), real)
    field.env.run(until=20)
    for kind, device in first.items():
        i = field.plant.index(next(asset for asset in device.assets.values() if asset.startswith(f"{kind}.")))
        attached = field.plant.inputs[f"{kind}.Attached"]
        assert (bool(attached[i]), attached.sum()) == (False, len(attached) - 1), kind
        assert field.plant.signals[f"{kind}.Flow"][i] == 0.0, kind
        assert (np.delete(field.plant.signals[f"{kind}.Flow"], i) > 0.0).all(), kind


def test_every_behaviour_is_some_devices(island: SimulatedField) -> None:
    assert {place.profile.behaviour for place in island.places.values()} == set(BEHAVIOURS)
