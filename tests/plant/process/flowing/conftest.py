"""A field with wells without pumps, and a gas-lifted well whose numbers are published."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

import plant.asset
from plant.asset.field_file import load_field
from plant.process.flowing.parameter import FlowingParameters, flowing_parameters
from plant.process.flowing.well import Drive, FlowingWells

BAR = 1e5
# The well of published_model.py, whose heading says where its numbers come from.
ADCHEM = {
    "h_tubing": 2048.0, "h_below": 75.0, "tubing_length": 2048.0, "tubing_diameter": 0.134, "tubing_volume": 25.03,
    "below_volume": 0.0314 * 75.0, "annulus_volume": 64.34, "rho_o": 760.0, "rho_w": 1000.0, "molar_mass": 0.0167,
    "mu": 3.64e-3, "T_tubing": 369.4, "T_annulus": 348.0, "reservoir_pressure": 160 * BAR,
    "productivity": 2.47e-6 / 760.0, "choke_full": 2.9e-3, "choke_slew": 1.0, "line_length": 1.0,
    "line_diameter": 0.3, "line_factor": 0.0, "lift_choke_full": 9.98e-5, "orifice": 1.4e-4, "T_reservoir": 370.0,
    "T_surface": 280.0, "q_cooling": 1e-3, "slip": 0.0,
}  # fmt: skip


def mixed_file(folder: Path) -> Path:
    """The demo field's file with wells without pumps beside its own."""
    demo = Path(plant.asset.__file__).with_name("fields") / "shengli12.toml"
    path = folder / "mixed.toml"
    path.write_text(demo.read_text() + Path(__file__).with_name("wells.toml").read_text())
    return path


@pytest.fixture(scope="session")
def mixed(tmp_path_factory):
    return load_field(mixed_file(tmp_path_factory.mktemp("field")))


def published(n=1, **changes):
    return flowing_parameters(ADCHEM | changes, n)


def drive(n, choke, lift, p_manifold=20 * BAR, p_supply=140 * BAR):
    return Drive(*(np.broadcast_to(np.asarray(x, float), n) for x in (choke, lift, p_manifold, p_supply)))


def flow(wells, choke, lift, seconds, dt=2.0, started=None, watch=None, **around):
    """The wells after so long under constant drive; ``watch`` collects what it returns of them, step by step."""
    n = wells.rho_o.size
    acting = drive(n, choke, lift, **around)
    moving = FlowingWells(wells, acting.p_manifold, np.full(n, 100 * BAR)) if started is None else started
    seen = []
    for _ in range(round(seconds / dt)):
        moving.step(dt, acting)
        if watch is not None:
            seen.append(watch(moving))
    return (moving, np.array(seen)) if watch is not None else moving


def copies(wells, index, n):
    """``n`` wells alike, each as the one at ``index``."""
    values = {one.name: np.full(n, getattr(wells, one.name)[index]) for one in fields(FlowingParameters)}
    return FlowingParameters(**values)


def side_by_side(*groups):
    """The wells of several groups as one."""
    together = {one.name: np.concatenate([getattr(g, one.name) for g in groups]) for one in fields(FlowingParameters)}
    return FlowingParameters(**together)
