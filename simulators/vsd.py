"""The variable speed drives of all wells, as arrays: what they run, when they trip, when they refuse.

A drive says what the motor should do; how fast it gets there and what current that takes is the plant's.
Its relays are those of :mod:`control.loops.trip`. After any stop the liquid column falls back through
the pump and spins it; a motor started against that may break its shaft, so the drive refuses until the
shaft has all but stopped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from control.loops.trip import definite_time, very_inverse_time
from plant.asset.field import Field
from plant.error import CommandRefused

DAY = 86_400.0  # s; what would take longer is not reckoned


class RunState(IntEnum):
    """As ``Well.RunState`` in the signal table."""

    STOPPED = 0
    STARTING = 1
    RUNNING = 2
    TRIPPED = 3
    BACKSPIN = 4


class Inhibit(IntEnum):
    """As ``Well.Inhibit`` in the signal table."""

    NONE = 0
    TRIPPED = 1
    BACKSPIN = 2
    MOTOR_TEMPERATURE = 3
    SUPPLY_VOLTAGE = 4
    LOCAL = 5
    INTERLOCK = 6  # of drives that have one wired


RULES = {
    Inhibit.TRIPPED: "the drive is tripped: reset it first",
    Inhibit.BACKSPIN: "the shaft still turns: wait until backspin has ended",
    Inhibit.MOTOR_TEMPERATURE: "the motor is still too hot",
    Inhibit.SUPPLY_VOLTAGE: "the supply voltage is too low",
    Inhibit.LOCAL: "the drive is in local mode",
}


class TripCode(IntEnum):
    """As ``Well.TripCode`` in the signal table."""

    NONE = 0
    UNDERLOAD = 1
    OVERLOAD = 2
    MOTOR_TEMPERATURE = 3
    SUPPLY_VOLTAGE = 4
    STALL = 5
    EXTERNAL = 6
    GROUND_FAULT = 7


@dataclass(frozen=True)
class DriveSettings:
    """Protection settings, the same for every drive of a field."""

    underload: float = 0.8  # of the current expected at this frequency
    underload_delay: float = 15.0  # [s]
    underload_grace: float = 60.0  # after reaching speed: the column is not yet up [s]
    overload: float = 1.15  # of rated current
    overload_multiplier: float = 0.6  # of the very inverse curve
    motor_temperature: float = 423.15  # [K]
    motor_temperature_delay: float = 5.0  # [s]
    motor_temperature_reset: float = 10.0  # below the limit, before a reset is taken [K]
    supply: float = 0.8  # of nominal voltage
    supply_delay: float = 0.3  # ride-through [s]
    stall_delay: float = 60.0  # to reach the least frequency [s]
    locked_speed: float = 0.5  # of the frequency; a rotor that turns slower, and takes more than rated, is locked
    locked_delay: float = 2.0  # sooner than overload, which has the locked current in 2.4 s [s]
    ground_fault: float = 0.1  # leakage: a hundred times that of a whole motor, hot [A]
    ground_fault_delay: float = 0.5  # [s]
    still_speed: float = 5.0  # of the shaft; below, its torque is a hundredth of rated, and a start is safe [Hz]
    slowing_time: float = 20.0  # over which it reckons how fast the shaft slows [s]
    still_delay: float = 10.0  # for which it must stay below, as it passes through standstill on its way back [s]


MOVING = (
    "state", "trip_code", "reference", "_load_current", "_load_frequency", "_locked_for", "_on_for", "_still_for",
    "_back", "_slowing", "is_local",
)  # fmt: skip


class DriveBank:
    """One drive a well. It reads the plant's ``signals`` and drives its ``inputs``.

    Drives start in the state that the plant is in: running where it is energised. Currents at this
    moment are what underload is judged against, as an operator sets it after commissioning.
    """

    def __init__(
        self,
        wells: Sequence[str],
        signals: Mapping[str, np.ndarray],
        inputs: Mapping[str, np.ndarray],
        least_frequency: np.ndarray,
        rated_current: np.ndarray,
        settings: DriveSettings | None = None,
    ):
        self._wells, self._signals, self._inputs = wells, signals, inputs
        self.settings = settings or DriveSettings()
        self._least, self._rated = least_frequency, rated_current
        is_on = inputs["Well.Energised"].astype(bool)
        self.state = np.where(is_on, RunState.RUNNING, RunState.STOPPED).astype(np.int8)
        self.trip_code = np.zeros(len(is_on), np.int8)
        self.reference = inputs["Well.FrequencyTarget"].copy()
        self.supply = inputs["Well.Supply"]  # of nominal voltage; the plant feels what is set here
        self._load_current = signals["Well.Current"].copy()
        self._load_frequency = np.maximum(signals["Well.Frequency"], least_frequency)
        self._relays = {code: np.zeros(len(is_on)) for code in TripCode}
        self._locked_for = np.zeros(len(is_on))  # [s]
        self._on_for = np.where(is_on, np.inf, 0.0)  # since the least frequency was reached [s]
        self._still_for = np.full(len(is_on), np.inf)  # [s]
        self._back = np.zeros(len(is_on))  # the speed at which the shaft turned back at the last step [Hz]
        self._slowing = np.zeros(len(is_on))  # [Hz/s]
        self.is_local = np.zeros(len(is_on), dtype=bool)  # operated at its panel, deaf to the wire

    def step(self, dt: float) -> None:
        """Move every drive on by ``dt`` seconds of plant time."""
        frequency = self._signals["Well.Frequency"]
        is_at_speed = frequency >= np.minimum(self.reference, self._least) - 0.05
        self.state[(self.state == RunState.STARTING) & is_at_speed] = RunState.RUNNING
        is_running = self.state == RunState.RUNNING
        self._on_for = np.where(is_running, self._on_for + dt, 0.0)
        self._protect(frequency, is_running, dt)
        self._watch_shaft(dt)
        self._apply()

    def start(self, i: int) -> None:
        """Start one; nothing where it runs already."""
        if self._is_on(i):
            return
        self.check_start(i)
        self.state[i] = RunState.STARTING
        for relay in (*self._relays.values(), self._locked_for):
            relay[i] = 0.0
        self._apply()

    def check_start(self, i: int) -> None:
        """Raise :class:`CommandRefused` where :meth:`start` would not start it."""
        if (why := self.inhibit(i)) is not Inhibit.NONE:
            raise self._refusal(i, "Start", RULES[why])

    def stop(self, i: int) -> None:
        """Stop one; the trip of a tripped one stands."""
        if self._is_on(i):
            self.state[i] = RunState.BACKSPIN
            self._still_for[i] = 0.0
            self._apply()

    def trip(self, i: int, code: int) -> None:
        """Trip one, if it is on."""
        if self._is_on(i):
            self.state[i], self.trip_code[i], self._still_for[i] = RunState.TRIPPED, code, 0.0
            self._apply()

    def reset(self, i: int) -> None:
        """Clear a trip; the drive may then be started once its shaft stands."""
        self.check_reset(i)
        if self.state[i] == RunState.TRIPPED:
            self.state[i] = RunState.STOPPED if self._still_for[i] >= self.settings.still_delay else RunState.BACKSPIN
        self.trip_code[i] = TripCode.NONE

    def check_reset(self, i: int) -> None:
        """Raise :class:`CommandRefused` where what tripped it is still there."""
        if (why := self._unreset(i)) is not Inhibit.NONE:
            raise self._refusal(i, "Reset", RULES[why])

    def check_remote(self, i: int, name: str) -> None:
        """Raise :class:`CommandRefused` where it takes nothing from the wire."""
        if self.is_local[i]:
            raise self._refusal(i, name, RULES[Inhibit.LOCAL])

    def inhibit(self, i: int) -> Inhibit:
        """What keeps one from being started now; of one that is tripped, what keeps it from being reset first."""
        if self.is_local[i]:
            return Inhibit.LOCAL
        if self._is_on(i):
            return Inhibit.NONE
        if self.state[i] == RunState.TRIPPED:
            return self._unreset(i) or Inhibit.TRIPPED
        if self.state[i] == RunState.BACKSPIN:
            return Inhibit.BACKSPIN
        return Inhibit.SUPPLY_VOLTAGE if self.supply[i] < self.settings.supply else Inhibit.NONE

    def inhibited_for(self, i: int) -> float:
        """How much longer backspin will last, from how the shaft slows [s]; 0 without any, NaN while it gains."""
        if self.inhibit(i) is not Inhibit.BACKSPIN:
            return 0.0
        s, speed, slowing = self.settings, self._signals["Well.ShaftSpeed"][i], self._slowing[i]
        if abs(speed) < s.still_speed:
            return float(max(s.still_delay - self._still_for[i], 0.0))
        turning = self._back[i] - s.still_speed
        return float(turning / slowing + s.still_delay) if slowing > turning / DAY > 0.0 else float("nan")

    def _unreset(self, i: int) -> Inhibit:
        """What keeps the cause of a trip from being taken for gone."""
        s, code = self.settings, self.trip_code[i]
        limit = s.motor_temperature - s.motor_temperature_reset
        if code == TripCode.MOTOR_TEMPERATURE and self._signals["Well.MotorTemperature"][i] > limit:
            return Inhibit.MOTOR_TEMPERATURE
        is_low = code == TripCode.SUPPLY_VOLTAGE and self.supply[i] < s.supply
        return Inhibit.SUPPLY_VOLTAGE if is_low else Inhibit.NONE

    def set_reference(self, i: int, frequency: float) -> None:
        """Hold a new reference, and go there if it runs."""
        self.reference[i] = frequency
        self._apply()

    def save(self) -> dict[str, np.ndarray]:
        """Everything that moves in them, besides the plant's inputs."""
        relays = {f"relay.{code.name}": timer.copy() for code, timer in self._relays.items()}
        return {name: getattr(self, name).copy() for name in MOVING} | relays

    def restore(self, saved: Mapping[str, np.ndarray]) -> None:
        """Be as drives were that were saved."""
        for name in MOVING:
            setattr(self, name, saved[name].astype(getattr(self, name).dtype))
        for code in self._relays:
            self._relays[code] = saved[f"relay.{code.name}"].copy()

    def _refusal(self, i: int, command: str, rule: str) -> CommandRefused:
        return CommandRefused(f"{self._wells[i]}.{command}", 1, rule)

    def _is_on(self, i: int) -> bool:
        return self.state[i] in (RunState.STARTING, RunState.RUNNING)

    def _protect(self, frequency: np.ndarray, is_running: np.ndarray, dt: float) -> None:
        s, current = self.settings, self._signals["Well.Current"]
        is_on = is_running | (self.state == RunState.STARTING)
        # Torque, and with it the load part of the current, goes with the square of the speed.
        due = s.underload * self._load_current * np.minimum(frequency / self._load_frequency, 1.0) ** 2
        is_light = is_running & (self._on_for > s.underload_grace) & (current < due)
        is_hot = self._signals["Well.MotorTemperature"] > s.motor_temperature
        # A broken shaft leaves its rotor light: what stalls one takes far more than rated current.
        is_locked = (np.abs(self._signals["Well.ShaftSpeed"]) < s.locked_speed * frequency) & (current > self._rated)
        leaks = self._signals["Well.LeakageCurrent"] > s.ground_fault
        multiple = np.where(is_on, current / (s.overload * self._rated), 0.0)
        relays = self._relays
        conditions = (
            (TripCode.UNDERLOAD, is_light, s.underload_delay),
            (TripCode.MOTOR_TEMPERATURE, is_on & is_hot, s.motor_temperature_delay),
            (TripCode.SUPPLY_VOLTAGE, is_on & (self.supply < s.supply), s.supply_delay),
            (TripCode.GROUND_FAULT, is_on & leaks, s.ground_fault_delay),
            (TripCode.STALL, is_on & ~is_running, s.stall_delay),
        )
        for code, is_beyond, delay in conditions:
            relays[code] = definite_time(relays[code], is_beyond, dt)
            self._trip_where(is_on & (relays[code] >= delay), code)
        self._locked_for = definite_time(self._locked_for, is_on & is_locked, dt)
        self._trip_where(is_on & (self._locked_for >= s.locked_delay), TripCode.STALL)
        relays[TripCode.OVERLOAD] = very_inverse_time(relays[TripCode.OVERLOAD], multiple, dt, s.overload_multiplier)
        self._trip_where(is_on & (relays[TripCode.OVERLOAD] >= 1.0), TripCode.OVERLOAD)

    def _trip_where(self, is_tripping: np.ndarray, code: TripCode) -> None:
        for i in np.flatnonzero(is_tripping):
            self.trip(int(i), code)

    def _watch_shaft(self, dt: float) -> None:
        speed = self._signals["Well.ShaftSpeed"]
        back = np.maximum(-speed, 0.0)
        self._slowing += ((self._back - back) / dt - self._slowing) * dt / (self.settings.slowing_time + dt)
        self._back = back
        is_still = np.abs(speed) < self.settings.still_speed
        self._still_for = np.where(is_still, self._still_for + dt, 0.0)
        is_off = (self.state == RunState.STOPPED) | (self.state == RunState.BACKSPIN)
        resting = np.where(self._still_for >= self.settings.still_delay, RunState.STOPPED, RunState.BACKSPIN)
        self.state = np.where(is_off, resting, self.state).astype(np.int8)

    def _apply(self) -> None:
        is_on = (self.state == RunState.STARTING) | (self.state == RunState.RUNNING)
        self._inputs["Well.Energised"][:] = is_on
        self._inputs["Well.FrequencyTarget"][:] = np.where(is_on, self.reference, 0.0)


def rated_currents(field: Field) -> np.ndarray:
    """Full-load current of each well's motor from its nameplate and its test, or a margin over what it takes.

    A cable's voltage drop, or a nameplate at odds with a measurement, must not have a running motor tripped.
    """
    rows = []
    for well in field.wells:
        efficiency, power_factor = max(well.pump.motor_efficiency), max(well.pump.power_factor)
        nameplate = well.motor.rated_power / (np.sqrt(3.0) * well.motor.rated_voltage * efficiency * power_factor)
        rows.append(max(nameplate, 1.1 * (well.measured.current or 0.0)))
    return np.array(rows)
