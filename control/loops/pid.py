"""A PID controller, as a pure function of its settings, its state and what it sees.

The ideal form of process control: one gain over proportional, integral and derivative
action. The derivative acts on the measurement, so a new setpoint does not kick; the integral stops where
the output is at its end, so it does not wind up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple


class PidState(NamedTuple):
    """What a controller remembers between two scans."""

    output: float
    integral: float
    measured: float


@dataclass(frozen=True)
class Pid:
    """Settings of one controller. Times in seconds; gain in output per unit measured."""

    gain: float
    integral_time: float = math.inf
    derivative_time: float = 0.0
    is_direct: bool = True  # direct: output rises when the measurement rises, as an outlet valve's must
    low: float = 0.0
    high: float = 1.0

    def bumpless(self, output: float, setpoint: float, measured: float) -> PidState:
        """The state from which control goes on at ``output``, as when a valve was moved by hand before."""
        return PidState(output, output - self.gain * self._error(setpoint, measured), measured)

    def step(self, state: PidState, setpoint: float, measured: float, dt: float) -> PidState:
        """The state after ``dt`` seconds; its ``output`` goes to the valve.

        A measurement that is NaN holds the output: a controller without eyes does not move.
        """
        if not math.isfinite(measured):
            return state
        error = self._error(setpoint, measured)
        gain = self.gain
        integral = state.integral + gain * error * dt / self.integral_time
        previous = measured if not math.isfinite(state.measured) else state.measured
        rate = self._error(previous, measured) / dt
        wanted = gain * error + integral + gain * self.derivative_time * rate
        output = min(max(wanted, self.low), self.high)
        if output != wanted and (wanted - output) * (integral - state.integral) > 0:
            integral = state.integral  # it would only wind up further
        return PidState(output, integral, measured)

    def _error(self, setpoint: float, measured: float) -> float:
        return measured - setpoint if self.is_direct else setpoint - measured
