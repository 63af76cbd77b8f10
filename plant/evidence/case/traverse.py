"""Pressure traverses: the well that IHS Perform was run on, and a gradient curve of Brown's book."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from plant.physics.multiphase.stream import Array, black_oil_stream
from plant.physics.multiphase.traverse import cells, pressure_traverse
from plant.physics.pvt.blackoil import Fluid
from plant.physics.pvt.field_unit import SCF_STB, oil_gravity
from plant.unit import UNITS, bbl, day, foot, inch, psi

FAHRENHEIT = UNITS["degF"].to_si
ROUGHNESS = 0.00065 * inch
SCENARIOS = {"A": (500.0, 0.5, 4500.0, 100.0), "B": (250.0, 0.25, 6000.0, 90.0)}  # b/d, water cut, scf/stb, °F


def perform_pressure(author: str, scenario: str, md: float) -> float:
    """Pressure at a measured depth of the simulator's well [Pa]."""
    return float(np.interp(md, *_perform_traverse(author, scenario)))


def brown_pressure() -> float:
    """Pressure at 3590 ft of 1.995 in by Hagedorn and Brown [Pa]."""
    md, rate, diameter = np.linspace(0.0, 3590.0, 60) * foot, 600.0 * bbl / day, 1.995 * inch
    fluid = Fluid(float(oil_gravity(42.0)), 0.65, gor=1000.0 * SCF_STB)
    stream_at = black_oil_stream(fluid, rate, 0.0, rate * 1000.0 * SCF_STB, diameter)
    T = np.linspace(FAHRENHEIT(120.0), FAHRENHEIT(150.0), 60)
    p = pressure_traverse(500 * psi, T, *cells(md, md), stream_at, diameter, ROUGHNESS, "hagedorn_brown")
    return float(p[-1])


@cache
def _perform_traverse(author: str, scenario: str) -> tuple[Array, Array]:
    """Depths and pressures of the simulator's well; its survey is from PressureDrop.jl (MIT)."""
    file = Path(__file__).with_name("perform_survey.csv")
    md, tvd = np.loadtxt(file, delimiter=",", skiprows=1, encoding="utf-8").T * foot
    rate, water_cut, glr, T_wh = SCENARIOS[scenario]
    rate, diameter = rate * bbl / day, 2.441 * inch
    fluid = Fluid(float(oil_gravity(35.0)), 0.65, gor=1000.0, salinity=0.098, y_co2=0.005)  # brine of gravity 1.07
    T = FAHRENHEIT(T_wh + (165.0 - T_wh) * tvd / tvd.max())
    stream_at = black_oil_stream(fluid, rate * (1 - water_cut), rate * water_cut, rate * glr * SCF_STB, diameter)
    return md, pressure_traverse(220 * psi, T, *cells(md, tvd), stream_at, diameter, ROUGHNESS, author)
