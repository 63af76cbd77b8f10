"""The injectors of a field: water or gas from the header, through a choke and down into the reservoir.

A well's tubing and the rock around it store a little, so that pressure at the bottom follows the rate; dirt in the
water plugs the rock as it goes in. Above the fracturing pressure the rock opens and takes several times as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plant.asset.field import Field
from plant.physics.choke import choke_coefficient, choke_rate, choke_slope
from plant.physics.friction import friction_slope
from plant.physics.injection import injection_rate
from plant.process.flowing.asset import column_of
from plant.process.flowing.parameter import BULK_MODULUS, SKIN_FREE
from plant.process.parameter import STEEL_ROUGHNESS, Array, G

TYPE = "Injector"
NUDGE = 1e3  # of pressure, over which slopes are taken [Pa]
VAPOUR = 2e3  # pressure of water's [Pa]
GAS_DENSITY = 0.8  # of gas at standard conditions, into which a gas injector's rate is counted [kg/m³]


@dataclass
class InjectorParameters:
    """One array per parameter, one element per injector, SI."""

    depth: Array
    tubing_length: Array
    tubing_diameter: Array
    density: Array
    viscosity: Array
    is_gas: Array
    reservoir_pressure: Array
    injectivity: Array
    fracture_pressure: Array
    choke_full: Array  # flow coefficient, open
    choke_slew: Array
    storage: Array  # volume taken in per pressure [m³/Pa]
    # malfunctions, neutral
    skin: Array
    plugging: Array  # skin that a volume injected leaves [1/m³]
    fracture_factor: Array  # of the fracturing pressure
    choke_factor: Array
    choke_leak: Array
    thief: Array  # what a hole in the tubing gives to a zone at reservoir pressure [m³/s/Pa]
    check_leak: Array  # share of its injectivity with which a well flows back past a failed check


def injector_parameters(field: Field) -> InjectorParameters:
    """The nominal parameters of a field's injectors."""
    wells = field.injectors
    same = {name: column_of(wells, name) for name in SAME}
    volume = 0.25 * np.pi * same["tubing_diameter"] ** 2 * same["tubing_length"]
    is_gas = np.array([well.kind == "INJ_GAS" for well in wells], float)
    stiffness = np.where(is_gas > 0.0, same["reservoir_pressure"], BULK_MODULUS)
    nothing, whole = np.zeros(len(wells)), np.ones(len(wells))
    return InjectorParameters(
        **same,
        is_gas=is_gas,
        choke_full=choke_coefficient(column_of(wells, "choke_bean"), same["density"]),
        storage=volume / stiffness,
        fracture_factor=whole.copy(),
        choke_factor=whole.copy(),
        **{name: nothing.copy() for name in ("skin", "plugging", "choke_leak", "thief", "check_leak")},
    )


SAME = (
    "depth", "tubing_length", "tubing_diameter", "density", "viscosity", "reservoir_pressure", "injectivity",
    "fracture_pressure", "choke_slew",
)  # fmt: skip


class Injectors:
    """The injectors of a field. ``state["taken"]``, shape (3, n), is what they draw from the header [m³/s sc]."""

    def __init__(self, field: Field):
        self.parameters = wells = injector_parameters(field)
        n = wells.depth.size
        self.state: dict[str, Array] = {name: np.zeros(n) for name in ("rate", "plugged", "into_rock", "p_header")}
        self.state |= {name: np.zeros((3, n)) for name in ("taken", "injected")}
        self.state["p_wf"] = wells.reservoir_pressure.copy()
        self.state["choke"] = column_of(field.injectors, "opening")

    def inventory(self) -> Array:
        """Oil, water and gas held by compression, over what no pressure would hold [m³ at standard conditions]."""
        return (self._phases() * self.parameters.storage * self.state["p_wf"]).sum(axis=1)

    def step(
        self, dt: float, target: Array, p_header: Array, most_water: float = np.inf, attached: Array | float = 1.0
    ) -> None:
        """Advance by ``dt`` [s] under chokes' targets and the header's pressure [Pa].

        ``most_water`` is the rate that the header has for all of them together [m³/s]; who is not ``attached`` is
        shut in.
        """
        wells, state = self.parameters, self.state
        stroke = wells.choke_slew * dt
        state["choke"] += np.clip(np.clip(target, 0.0, 1.0) - state["choke"], -stroke, stroke)
        state["p_header"][:] = p_header
        coming, coming_slope = (attached * each for each in self._through_choke(p_header))
        going, going_slope = self._into_rock()
        rise = dt * (coming - going) / (wells.storage + dt * (coming_slope + going_slope))
        rate = self._given(coming - coming_slope * rise, most_water)
        rise = dt * (rate - going) / (wells.storage + dt * going_slope)
        rock = going + going_slope * rise
        state["p_wf"] += dt * (rate - rock) / wells.storage
        state["rate"][:], state["taken"][:] = rate, self._phases() * rate
        state["into_rock"] += dt * rock
        state["injected"] += dt * self._phases() * rock
        state["plugged"] += wells.plugging * dt * np.maximum(rock, 0.0)

    def wellhead_pressure(self) -> Array:
        """Behind the choke; a column that the rock sucks down leaves its vapour there [Pa]."""
        wells, q = self.parameters, self.state["rate"]
        return np.maximum(self.state["p_wf"] - wells.density * G * wells.depth + self._friction() * q, VAPOUR)

    def signals(self) -> dict[str, Array]:
        """The truth behind each signal of these wells, SI."""
        state = self.state
        return {
            f"{TYPE}.WellheadPressure": self.wellhead_pressure(),
            f"{TYPE}.BottomholePressure": state["p_wf"],
            f"{TYPE}.HeaderPressure": state["p_header"],
            f"{TYPE}.Choke": state["choke"],
            f"{TYPE}.Flow": state["rate"],
        }

    def inputs(self) -> Mapping[str, Array]:
        """What devices drive, as the wells stand."""
        attached = np.ones(self.parameters.depth.size, bool)
        return {f"{TYPE}.ChokeTarget": self.state["choke"].copy(), f"{TYPE}.Attached": attached}

    def _phases(self) -> Array:
        """Volumes at standard conditions in a volume at the well's, shape (3, n): water, or gas."""
        wells = self.parameters
        gas = wells.is_gas > 0.0
        return np.stack(
            (np.zeros_like(wells.depth), np.where(gas, 0.0, 1.0), np.where(gas, wells.density / GAS_DENSITY, 0.0))
        )

    def _given(self, wanted: Array, most_water: float) -> Array:
        """What each gets of the rate that it would take: water as far as there is, in equal shares."""
        water = np.where(self.parameters.is_gas > 0.0, 0.0, np.maximum(wanted, 0.0))
        asked = float(water.sum())
        return wanted if asked <= most_water else wanted - water * (1.0 - most_water / asked)

    def _friction(self) -> Array:
        wells = self.parameters
        return friction_slope(
            self.state["rate"], wells.tubing_length, wells.tubing_diameter, wells.density, wells.viscosity,
            STEEL_ROUGHNESS,
        )  # fmt: skip

    def _through_choke(self, p_header: Array) -> tuple[Array, Array]:
        """Rate from the header and how it falls as the bottom's pressure rises; a check valve holds."""
        wells = self.parameters
        coefficient = np.maximum(self.state["choke"], wells.choke_leak) * wells.choke_full * wells.choke_factor
        pushing = p_header + wells.density * G * wells.depth - self.state["p_wf"]
        drop = pushing - self._friction() * self.state["rate"]
        drop = np.where(drop > 0.0, drop, drop * wells.check_leak)
        rate, slope = choke_rate(drop, coefficient), choke_slope(drop, coefficient)
        slope = slope * np.where(drop > 0.0, 1.0, wells.check_leak)
        # friction in series with the choke, its rate that of the last step
        series = 1.0 + 2.0 * slope * self._friction()
        return self.state["rate"] + (rate - self.state["rate"]) / series, slope / series

    def _into_rock(self) -> tuple[Array, Array]:
        """Rate into the reservoir and through a hole in the tubing, and how it rises with pressure."""
        wells, state = self.parameters, self.state
        damage = SKIN_FREE / (SKIN_FREE + wells.skin + state["plugged"])
        p_frac = wells.fracture_pressure * wells.fracture_factor
        both = np.stack((state["p_wf"], state["p_wf"] + NUDGE))
        returning = wells.check_leak * wells.injectivity * np.minimum(both - wells.reservoir_pressure, 0.0)
        rock = injection_rate(both, wells.reservoir_pressure, wells.injectivity, p_frac) * damage + returning
        rock += wells.thief * np.maximum(both - wells.reservoir_pressure, 0.0)
        return rock[0], (rock[1] - rock[0]) / NUDGE
