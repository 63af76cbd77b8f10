"""A device behind registers: what is encoded when, and what a write of words means."""

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from plant.asset.profile.file import Profile, load_profile
from plant.error import CommandRefused, OutOfRange, Unknown
from plant.unit import atm
from simulators.device import Indication, check_span, measured, split
from simulators.manner import Manner
from simulators.modbus.bridge import Bridge


class Fake:
    """A device that shows what it is given and keeps what it is set to."""

    roles = {"well": "Well.A", "separator": "Separator.S"}  # noqa: RUF012

    def __init__(self, shown: Mapping[str, float], setpoints: Mapping[str, float]):
        self.time, self.shown, self.setpoints = 0, dict(shown), dict(setpoints)
        self.reads, self.commands, self.manner = 0, [], Manner()

    @property
    def stamp(self) -> int:
        return self.time

    @property
    def signals(self) -> list[str]:
        return [*self.shown, *self.setpoints]

    def readings(self) -> Mapping[str, Indication]:
        self.reads += 1
        return {k: measured(v) for k, v in (self.shown | self.setpoints).items()}

    def check(self, signal: str, value: float) -> None:
        if signal == "well.Start" and self.shown["well.RunState"] == 4:
            raise CommandRefused(signal, value, "the shaft turns backwards")
        check_span(*split(self.roles, signal), value)

    def write(self, signal: str, value: float) -> None:
        self.check(signal, value)
        if signal in self.setpoints:
            self.setpoints[signal] = value
        else:
            self.commands.append((signal, value))


SHOWN = {
    "Frequency": 47.0, "Current": 28.0, "Voltage": 2100.0, "IntakePressure": 5e6, "DischargePressure": 15e6,
    "MotorTemperature": 370.0, "IntakeTemperature": 340.0, "WellheadPressure": 4.6e6, "WellheadTemperature": 338.0,
    "FlowlinePressure": 1.7e6, "Choke": 0.5, "Flow": 0.003, "ActivePower": 77.8e3,
    "CurrentUnbalance": 0.012, "HarmonicDistortion": 0.03, "LeakageCurrent": 2.1e-5, "Vibration": 3.2e-4,
    "CasingPressure": 1.6e6, "RunState": 2.0, "TripCode": 0.0, "Inhibit": 2.0, "InhibitTime": 720.0,
}  # fmt: skip
SETPOINTS = {"FrequencyReference": 47.0, "ChokeReference": 0.5}


def rtu() -> tuple[Fake, Bridge]:
    device = Fake({f"well.{k}": v for k, v in SHOWN.items()}, {f"well.{k}": v for k, v in SETPOINTS.items()})
    return device, Bridge(device, load_profile("well_rtu"))


def plc() -> tuple[Fake, Bridge]:
    profile = load_profile("station_plc")
    names = [f"{p.role}.{p.signal.name}" for p in profile.points]
    setpoints = {"separator.PressureReference": 0.6e6 + atm, "separator.OilLevelReference": 0.5,
                 "separator.WaterLevelReference": 0.5}  # fmt: skip
    device = Fake({name: 0.5 for name in names if name not in setpoints}, setpoints)
    return device, Bridge(device, profile)


def shown(bridge: Bridge, profile: Profile, signal: str) -> float:
    bridge.refresh()
    (point,) = [p for p in profile.points if f"{p.role}.{p.signal.name}" == signal]
    words = bridge.image.read(point.address.area, point.address.address, point.address.width)
    return point.si(point.address.decode(words))


def words(value: float) -> np.ndarray:
    return np.array([value], ">f4").view(">u2")


def test_every_signal_reads_back_within_its_registers_resolution() -> None:
    _device, bridge = rtu()
    profile = load_profile("well_rtu")
    for name, value in (SHOWN | SETPOINTS).items():
        (point,) = [p for p in profile.points if p.signal.name == name]
        step = point.unit.delta_to_si(point.resolution)
        assert shown(bridge, profile, f"well.{name}") == pytest.approx(value, abs=step / 2, rel=1e-6)


def test_a_failed_sensor_shows_nan_in_a_float_and_the_types_end_in_an_integer() -> None:
    device, bridge = rtu()
    device.shown |= {"well.IntakePressure": math.nan, "well.MotorTemperature": math.nan, "well.Current": math.nan}
    bridge.refresh()
    assert np.isnan(bridge.image.read("input", 3, 2).view(">f4")[0])
    assert bridge.image.read("input", 7, 1)[0] == 32767
    assert bridge.image.read("input", 1, 1)[0] == 65535


def test_nothing_is_asked_of_a_device_whose_time_stands_still() -> None:
    device, bridge = rtu()
    for _ in range(5):
        bridge.refresh()
    assert device.reads == 1
    device.time += 1
    bridge.refresh()
    assert device.reads == 2


def test_a_setpoint_arrives_in_si_and_is_shown_at_once_though_time_stands_still() -> None:
    device, bridge = rtu()
    bridge.refresh()
    bridge.write("holding", 0, np.array([4550]))
    assert device.setpoints["well.FrequencyReference"] == pytest.approx(45.5)
    bridge.refresh()
    assert bridge.image.read("holding", 0, 1)[0] == 4550


def test_every_frequency_reference_reads_back_exactly_as_it_was_written() -> None:
    _device, bridge = rtu()
    for raw in range(3000, 6001):
        bridge.write("holding", 0, np.array([raw]))
        bridge.refresh()
        assert bridge.image.read("holding", 0, 1)[0] == raw


def test_one_refused_setpoint_keeps_the_others_of_the_same_write_out() -> None:
    device, bridge = rtu()
    with pytest.raises(OutOfRange, match=r"Well\.A\.ChokeReference = 200 %: must be 0 … 100"):
        bridge.write("holding", 0, np.array([4000, 2000]))
    assert device.setpoints == {"well.FrequencyReference": 47.0, "well.ChokeReference": 0.5}


def test_commands_are_momentary() -> None:
    device, bridge = rtu()
    bridge.write("coil", 1, np.array([1]))
    bridge.refresh()
    assert device.commands == [("well.Stop", 1.0)]
    assert bridge.image.read("coil", 1, 1)[0] == 0


def test_a_refused_command_is_the_devices_own_refusal() -> None:
    device, bridge = rtu()
    device.shown["well.RunState"] = 4.0
    with pytest.raises(CommandRefused):
        bridge.write("coil", 0, np.array([1]))


@pytest.mark.parametrize(("area", "address", "count"), [("coil", 2, 2), ("holding", 1, 2), ("holding", 40, 1)])
def test_a_write_where_nothing_can_be_written_is_an_illegal_address(area: str, address: int, count: int) -> None:
    device, bridge = rtu()
    with pytest.raises(Unknown):
        bridge.write(area, address, np.ones(count))
    assert device.commands == []


def test_a_32_bit_setpoint_arrives_in_one_write() -> None:
    device, bridge = plc()
    bridge.write("holding", 0, words(0.7))
    assert device.setpoints["separator.PressureReference"] == pytest.approx(0.7e6 + atm)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_32_bit_setpoint_written_word_by_word_holds_the_old_value_until_it_is_whole(order: tuple[int, int]) -> None:
    device, bridge = plc()
    both = words(0.7)
    bridge.write("holding", order[0], both[order[0] : order[0] + 1])
    assert device.setpoints["separator.PressureReference"] == 0.6e6 + atm
    bridge.write("holding", order[1], both[order[1] : order[1] + 1])
    assert device.setpoints["separator.PressureReference"] == pytest.approx(0.7e6 + atm)


def test_half_a_setpoint_left_behind_does_not_mix_with_the_next_attempt() -> None:
    device, bridge = plc()
    bridge.write("holding", 0, words(1.3)[:1])
    both = words(0.7)
    bridge.write("holding", 0, both[:1])
    bridge.write("holding", 1, both[1:])
    assert device.setpoints["separator.PressureReference"] == pytest.approx(0.7e6 + atm)
    bridge.write("holding", 0, words(1.3)[:1])
    bridge.write("holding", 0, both)
    bridge.write("holding", 0, both[:1])
    bridge.write("holding", 1, both[1:])
    assert device.setpoints["separator.PressureReference"] == pytest.approx(0.7e6 + atm)


@pytest.mark.parametrize("value", [math.nan, math.inf, 1.41, -1.0])
def test_a_setpoint_that_is_no_permitted_number_is_refused_whole(value: float) -> None:
    device, bridge = plc()
    with pytest.raises(OutOfRange):
        bridge.write("holding", 0, words(value))
    assert device.setpoints["separator.PressureReference"] == 0.6e6 + atm


def test_a_write_across_two_32_bit_setpoints_sets_both() -> None:
    device, bridge = plc()
    bridge.write("holding", 2, np.concatenate([words(40.0), words(60.0)]))
    assert device.setpoints["separator.OilLevelReference"] == pytest.approx(0.4)
    assert device.setpoints["separator.WaterLevelReference"] == pytest.approx(0.6)


def one_setpoint(folder: Path, kind: str, order: str = "ABCD") -> tuple[Fake, Bridge, Profile]:
    (folder / "p.toml").write_text(f"""
protocol = "modbus"
behaviour = "x"
word_order = "{order}"
[roles]
separator = "Separator"
[[point]]
signal = "separator.PressureReference"
unit = "MPag"
area = "holding"
address = 3
type = "{kind}"
""")
    profile = load_profile(str(folder / "p.toml"))
    device = Fake({}, {"separator.PressureReference": 0.6e6 + atm})
    return device, Bridge(device, profile), profile


def test_a_64_bit_setpoint_left_behind_does_not_mix_with_the_next_attempt(tmp_path: Path) -> None:
    device, bridge, profile = one_setpoint(tmp_path, "float64")
    stale, fresh = (profile.points[0].address.encode(value) for value in (1.3, 0.7))
    for word in range(3):
        bridge.write("holding", 3 + word, stale[word : word + 1])
    for word in range(4):
        assert device.setpoints["separator.PressureReference"] == 0.6e6 + atm
        bridge.write("holding", 3 + word, fresh[word : word + 1])
    assert device.setpoints["separator.PressureReference"] == pytest.approx(0.7e6 + atm)


@pytest.mark.parametrize("order", ["ABCD", "CDAB", "BADC", "DCBA"])
def test_word_order_of_the_profile_holds_both_ways(order: str, tmp_path: Path) -> None:
    device, bridge, profile = one_setpoint(tmp_path, "float32", order)
    bridge.write("holding", 3, profile.points[0].address.encode(0.9))
    assert device.setpoints["separator.PressureReference"] == pytest.approx(0.9e6 + atm)
    assert shown(bridge, profile, "separator.PressureReference") == pytest.approx(0.9e6 + atm)


def test_swapped_words_reverse_what_is_shown_and_what_is_taken_until_it_ends() -> None:
    device, bridge = rtu()
    flow = bridge.image.read
    bridge.refresh()
    sound = flow("input", 3, 2).copy()
    device.manner = Manner(is_swapped=True)
    bridge.refresh()
    assert flow("input", 3, 2).tolist() == sound[::-1].tolist()
    device.manner = Manner(is_swapped=False)
    bridge.refresh()
    assert flow("input", 3, 2).tolist() == sound.tolist()
