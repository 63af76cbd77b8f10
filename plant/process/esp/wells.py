"""The pumped wells of a field as they move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from plant.asset.field import Field
from plant.physics.heat import arriving_temperature
from plant.physics.pvt.z_table import z_table
from plant.process.esp import kernel
from plant.process.esp.contents import Rest, at_rest, flowing_pressure
from plant.process.esp.duty import Work, working
from plant.process.esp.freshness import Seen, seen_of
from plant.process.esp.heat import warmed
from plant.process.esp.parameter import over_wells, usual_temperature
from plant.process.esp.pressure import (
    hydrostatic,
    intake_pressure,
    place,
    reservoir_swell,
    tubing_friction,
    tubing_pressure,
)
from plant.process.esp.row import Array, Motion, Outside, Parameters, blank
from plant.process.esp.step_size import Setting
from plant.process.esp.stride import present
from plant.process.parameter import G

TIGHT = 15.0  # in which a well fills an annulus that is as if it had a packer [s]
OUT = [Motion._fields.index(name) for name in ("out_o", "out_w", "out_g")]


class Wells:
    """All of them. ``outflow`` is what they give to their manifolds: oil, water and gas, shape (3, n) [m³ sc/s]."""

    def __init__(self, field: Field, parameters: Parameters, table: Array, setting: Setting = Setting()):  # noqa: B008
        self.n, self.table, self.setting = len(field.wells), table, setting
        self._w, self.parameters = blank(Parameters, self.n)
        self._w[:] = parameters
        rest, work = _first(field, self.parameters, table)
        (self._m, self._o, self._l) = rest.matrices
        self.motion, self.slow, self.liquid = rest.m, rest.o, rest.li
        self._u, self.outside = blank(Outside, self.n)
        self.outflow = np.zeros((3, self.n))
        self._seen, self.seen = blank(Seen, self.n)
        self._seen[:] = seen_of(self.motion, self.slow, self.parameters)
        self._since = np.zeros(1)
        self.state = {
            "motion": self._m, "slow": self._o, "liquid": self._l, "outside": self._u, "outflow": self.outflow,
            "seen": self._seen, "since": self._since,
        }  # fmt: skip
        self._start(field, work)
        self._matrices = kernel.Matrices(self._m, self._o, self._w, self._l, self._seen, self._u)

    def step(self, dt: float, inputs: Mapping[str, Array], p_manifold: Array, supply: Array | float = 1.0) -> None:
        """Advance by ``dt`` [s]; ``p_manifold`` is that of each well's own manifold [Pa]."""
        self._take(inputs, p_manifold, supply)
        given = self._m[OUT].copy()
        kernel.step(self._matrices, self.setting, dt, self.table, z_table())
        self.outflow[:] = (self._m[OUT] - given) / dt
        self._since += dt
        if self._since[0] >= self.setting.refresh - 1e-9:
            self.refresh()

    def refresh(self) -> None:
        """Work out the liquids' properties of the wells that have changed."""
        self._since[:] = 0.0
        kernel.refresh(self._matrices, self.setting.changed, z_table())

    @contextmanager
    def tight(self) -> Iterator[None]:
        """As if packers stood above the pumps, so that wells that fill their annulus in hours settle in minutes."""
        w = self.parameters
        area = w.annulus_area.copy()
        self._fit(np.minimum(area, TIGHT * w.productivity * self.liquid.rho_annulus * G))
        yield
        self._fit(area)

    def settle_temperatures(self) -> None:
        """Take temperatures a good step nearer to where they would settle at the present rates and losses."""
        m, o, w = self.motion, self.slow, self.parameters
        produced = m.q / reservoir_swell(w, present(self.liquid, o))
        T_m, T_i, _ = warmed(o, produced, o.motor_heat, np.zeros(self.n), w, 1e12)
        T_wh = arriving_temperature(produced, w.T_reservoir, w.T_surface, w.q_cooling)
        for row, value in ((o.T_m, T_m), (o.T_i, T_i), (o.T_wh, T_wh)):
            row += 0.05 * (value - row)

    def inventory(self) -> Array:
        """Oil, water and gas in holes, annuli and tubings [m³ sc]."""
        m = self.motion
        return np.array([(m.h_o + m.t_o).sum(), (m.h_w + m.t_w).sum(), (m.h_g + m.t_g + m.c_g).sum()])

    def signals(self) -> dict[str, Array]:
        """Everything that can be measured on a well, by the signal's name."""
        m, o, w = self.motion, self.slow, self.parameters
        li = present(self.liquid, o)
        at = place(m, w, li)
        p_wh, _ = tubing_pressure(at.liquid, at.gas, w)
        p_in, _ = intake_pressure(at, w, li)
        above = np.maximum(at.hole - w.sump_volume, 0.0)
        return {
            "Frequency": o.f,
            "ShaftSpeed": m.n * w.test_frequency,
            "Current": o.current,
            "Voltage": o.voltage,
            "ActivePower": o.power,
            "CurrentUnbalance": o.unbalance,
            "HarmonicDistortion": w.distortion * (o.f > 0.0),
            "LeakageCurrent": o.leakage,
            "Vibration": o.vibration,
            "IntakePressure": p_in,
            "DischargePressure": p_wh + hydrostatic(at.weight, w) + tubing_friction(m.q, w, li)[0] * m.q,
            "MotorTemperature": o.T_m,
            "IntakeTemperature": o.T_i,
            "WellheadPressure": p_wh,
            "WellheadTemperature": o.T_wh,
            "CasingPressure": at.casing / np.maximum(w.annulus_volume - above, 0.02 * w.annulus_volume),
            "FlowlinePressure": m.p_line,
            "Choke": o.z,
            "Flow": self.outflow[0] + self.outflow[1],
            "WaterCut": self.outflow[1] / np.maximum(self.outflow[0] + self.outflow[1], 1e-12),
            "GasFlow": self.outflow[2],
            "PumpFlow": m.q,
            "AnnulusLevel": above / w.annulus_area,
            "GasInPump": o.x_p,
        }

    def _hole(self) -> Array:
        """Liquid in hole and annulus [m³]."""
        return self.motion.h_o * self.slow.B_hole + self.motion.h_w

    def _fit(self, area: Array) -> None:
        """Change the annulus' area and keep its pressures: with the liquid and gas that then stand in it."""
        m, w = self.motion, self.parameters
        hole = self._hole()
        above = (hole - w.sump_volume) * area / w.annulus_area
        gas_room = np.maximum(w.annulus_volume - above, 0.02 * w.annulus_volume)
        m.c_g[:] *= gas_room / np.maximum(w.annulus_volume + w.sump_volume - hole, 0.02 * w.annulus_volume)
        for contents in (m.h_o, m.h_w, m.h_g):
            contents[:] *= (w.sump_volume + above) / hole
        w.annulus_area[:] = area

    def _start(self, field: Field, work: Work) -> None:
        """Running as measured."""
        m, o, w = self.motion, self.slow, self.parameters
        o.f[:] = over_wells(field, lambda well: well.measured.frequency)
        o.z[:] = over_wells(field, lambda well: well.choke.opening)
        o.x_p[:], o.T_i[:], o.T_m[:] = work.x_p, work.T_i, work.T_m
        m.p_line[:] = over_wells(field, lambda well: well.measured.flowline_pressure)
        rate = over_wells(field, lambda well: well.measured.rate)
        self.outflow[:] = rate * np.stack((1.0 - w.water_cut, w.water_cut, (1.0 - w.water_cut) * w.gor))

    def _take(self, inputs: Mapping[str, Array], p_manifold: Array, supply: Array | float) -> None:
        u = self.outside
        u.energised[:], u.attached[:] = inputs["Well.Energised"], inputs["Well.Attached"]
        u.frequency[:], u.choke[:] = inputs["Well.FrequencyTarget"], inputs["Well.ChokeTarget"]
        u.p_manifold[:], u.supply[:] = p_manifold, supply


def _first(field: Field, w: Parameters, table: Array) -> tuple[Rest, Work]:
    """Contents at the measured rates and wellhead pressures, at the pressure the reservoir then leaves the intake."""
    rate, p_wh, T_wh, f = (over_wells(field, get) for get in (
        lambda one: one.measured.rate, lambda one: one.measured.wellhead_pressure,
        lambda one: one.measured.wellhead_temperature, lambda one: one.measured.frequency,
    ))  # fmt: skip
    T_i, p_wf = usual_temperature(field, w), inflow_pressure(rate, w)
    p_in = np.maximum(p_wf - 9.0e3 * w.h_below, w.casing_pressure)
    for _ in range(4):
        rest = at_rest(w, rate, p_wh, p_in, T_i, T_wh)
        work = working(rest, w, table, f, rate)
        p_in = np.maximum(p_in + p_wf - flowing_pressure(rest, w, p_in), w.casing_pressure)
        T_i = work.T_i
    return rest, work


def inflow_pressure(rate: Array, w: Parameters) -> Array:
    """At which the reservoir gives a rate: the composite inflow curve, turned round [Pa]."""
    knee = np.minimum(w.bubble_point, w.reservoir_pressure)
    beyond = 1.8 * (rate / w.productivity - (w.reservoir_pressure - knee)) / knee
    y = (np.sqrt(np.maximum(0.04 + 3.2 * (1.0 - beyond), 0.0)) - 0.2) / 1.6
    return np.where(beyond > 0.0, y * knee, w.reservoir_pressure - rate / w.productivity)
