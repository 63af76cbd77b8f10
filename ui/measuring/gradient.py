"""Pressure gradients of multiphase flow: ours on a batch, beside the library fluids point by point."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

import numpy as np

from plant.error import ServiceError
from plant.physics.multiphase import beggs_brill
from plant.physics.multiphase.stream import Stream

POINTS = 4000  # drawn
TURBULENT = 4000.0  # Reynolds number: below, laminar flow is left at different ones
AGREEMENT = 1e-7


class Pipe(NamedTuple):
    """Pipes at points: diameter [m], angle of the flow above the horizontal [rad], roughness [m]."""

    diameter: np.ndarray
    angle: np.ndarray
    roughness: np.ndarray


class Gradients:
    """The same points for both, in the units of each.

    Rising and level tubing and lines. Left out are points whose holdup the formula puts above one, where ours is
    held at one, and those that are not turbulent.
    """

    def __init__(self, fluids: ModuleType):
        self._peer = fluids.two_phase.Beggs_Brill
        draw = np.random.default_rng(0).uniform
        stream, pipe = _drawn(draw)
        kept = (beggs_brill.holdup(stream, pipe.diameter, pipe.angle) < 1.0) & (
            _reynolds(stream, pipe.diameter) > TURBULENT
        )
        self.stream = Stream(**{name: values[kept] for name, values in vars(stream).items()})
        self.pipe = Pipe(*(values[kept] for values in pipe))
        self.points = int(kept.sum())
        self._rows = list(zip(*(values.tolist() for values in _by_mass(self.stream, self.pipe)), strict=True))

    def ours(self) -> np.ndarray:
        """Our gradients of all points."""
        pipe = self.pipe
        return beggs_brill.gradient(self.stream, pipe.diameter, pipe.angle, pipe.roughness)

    def peers(self) -> list[float]:
        """The same by fluids."""
        beggs = self._peer
        return [beggs(*row, acceleration=False) for row in self._rows]

    def deviation(self) -> float:
        """Greatest relative difference between both; refuses to go on where it is more than rounding."""
        apart = float(np.abs(self.ours() / np.array(self.peers()) - 1.0).max())
        if apart > AGREEMENT:
            raise ServiceError(f"gradients differ from those of fluids by {apart:g}, more than {AGREEMENT:g}")
        return apart


def _drawn(draw: Callable[..., np.ndarray]) -> tuple[Stream, Pipe]:
    def logarithmic(low: float, high: float) -> np.ndarray:
        return np.exp(draw(np.log(low), np.log(high), POINTS))

    stream = Stream(
        v_sl=logarithmic(0.05, 3.0),
        v_sg=logarithmic(0.05, 15.0),
        rho_l=draw(700.0, 1050.0, POINTS),
        rho_g=draw(2.0, 200.0, POINTS),
        mu_l=logarithmic(3e-4, 3e-2),
        mu_g=draw(1e-5, 3e-5, POINTS),
        sigma=draw(0.005, 0.07, POINTS),
        p=draw(1e6, 3e7, POINTS),
    )
    return stream, Pipe(draw(0.05, 0.2, POINTS), draw(0.0, 0.5 * np.pi, POINTS), draw(0.0, 5e-5, POINTS))


def _reynolds(stream: Stream, diameter: np.ndarray) -> np.ndarray:
    return stream.rho_n * stream.v_m * diameter / stream.mu_n


def _by_mass(stream: Stream, pipe: Pipe) -> tuple[np.ndarray, ...]:
    """What fluids asks for: rate and quality by mass, angles in degrees."""
    at = {name: np.asarray(values, float) for name, values in vars(stream).items()}
    diameter, angle, roughness = pipe
    area = 0.25 * np.pi * diameter**2
    gas, liquid = at["v_sg"] * at["rho_g"] * area, at["v_sl"] * at["rho_l"] * area
    properties = (at[name] for name in ("rho_l", "rho_g", "mu_l", "mu_g", "sigma", "p"))
    return gas + liquid, gas / (gas + liquid), *properties, diameter, np.degrees(angle), roughness
