"""Operating points of oil wells that flow by themselves: ours in a batch, beside pyrestoolbox's well by well."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from plant.physics.natural_well import NaturalWells, operating_points, wellhead_pressure
from plant.physics.nodal import Outcome
from plant.physics.performance import refine
from plant.physics.pvt.blackoil import Fluid, dissolved
from plant.unit import UNITS

WELLS, COPIES = 40, 25  # different wells, for the peer; and copies of each, for ours
API, GAS_GRAVITY, P_B, T_R, T_WH = 35.0, 0.75, 2000.0, 180.0, 100.0  # of all [°API, -, psi, °F]
BRINE_GRAVITY, SALINITY = 1.03, 0.042  # the same brine, as each is told
ROUGHNESS = 0.0006  # [in]
FINE_CELLS = 320


class OperatingPoints:
    """The same wells for both, in the units of each: Hagedorn and Brown's tubing, composite inflow, scan of rates.

    Productivity and the gas dissolved at the bubble point are the peer's own, so that what is left to differ are the
    properties along the tubing.
    """

    def __init__(self, toolbox: ModuleType):
        self._nodal = toolbox.nodal
        self.oil = toolbox.oil.OilPVT(api=API, sg_sp=GAS_GRAVITY, pb=P_B, degf=T_R)
        draw = np.random.default_rng(1).uniform
        low_high = {
            "pr": (2600.0, 4000.0), "k": (5.0, 60.0), "thp": (150.0, 400.0), "gor": (500.0, 1200.0), "wc": (0.0, 0.5),
            "length": (6000.0, 9000.0), "tid": (1.995, 2.992),
        }  # fmt: skip
        self.rows = {name: draw(*ends, WELLS) for name, ends in low_high.items()}
        self._asked = [self._question({name: row[i] for name, row in self.rows.items()}) for i in range(WELLS)]
        self.one, self.many = self._wells(1), self._wells(COPIES)

    def ours(self) -> Any:
        """Our rates of all copies of all wells."""
        return operating_points(*self.many)

    def peers(self) -> np.ndarray:
        """The same of the wells alone by pyrestoolbox [m³/s]; NaN where it finds none."""
        found = [self._nodal.operating_point(**asked) for asked in self._asked]
        return np.array([one.rate if one.converged else np.nan for one in found]) * UNITS["bpd"].scale

    def apart(self) -> dict[str, float]:
        """How far both agree, and how far ours would be from finer cells."""
        ours, peers = operating_points(*self.one), self.peers()
        flowing = ours.outcome == Outcome.FLOWING
        apart = np.abs(ours.q / peers - 1.0)[flowing & ~np.isnan(peers)]
        wells, p_wh = self.one
        fine = refine(lambda q: wellhead_pressure(wells, q, FINE_CELLS), ours, p_wh, wells.q_max)
        cells = np.abs(ours.q / fine.q - 1.0)[flowing]
        return {
            "operating_point_difference_median": float(np.median(apart)),
            "operating_point_difference_max": float(apart.max()),
            "operating_point_one_flows_other_not": int((flowing == np.isnan(peers)).sum()),
            "operating_point_cell_error_median": float(np.median(cells)),
            "operating_point_cell_error_max": float(cells.max()),
        }

    def _question(self, row: dict[str, float]) -> dict[str, Any]:
        nodal = self._nodal
        return {
            "thp": row["thp"],
            "completion": nodal.Completion(
                tid=row["tid"], length=row["length"], tht=T_WH, bht=T_R, rough=ROUGHNESS
            ),
            "reservoir": nodal.Reservoir(pr=row["pr"], degf=T_R, k=row["k"], h=30, re=1500, rw=0.35),
            "vlpmethod": "HB", "well_type": "oil", "oil_pvt": self.oil, "gsg": GAS_GRAVITY, "api": API,
            "gor": row["gor"], "wc": row["wc"], "wsg": BRINE_GRAVITY,
        }  # fmt: skip

    def _productivity(self) -> np.ndarray:
        """Of liquid, from the straight part of the peer's inflow [bbl/d/psi]."""
        found = []
        for asked in self._asked:
            inflow = self._nodal.ipr_curve(
                asked["reservoir"],
                well_type="oil",
                oil_pvt=self.oil,
                wc=asked["wc"],
                wsg=BRINE_GRAVITY,
                gsg=GAS_GRAVITY,
            )
            drawdown = asked["reservoir"].pr - np.asarray(inflow["pwf"])
            straight = (np.asarray(inflow["pwf"]) > P_B) & (drawdown > 1.0)
            found.append(np.mean(np.asarray(inflow["rate"])[straight] / drawdown[straight]))
        return np.array(found)

    def _wells(self, copies: int) -> tuple[NaturalWells, np.ndarray]:
        """Ours, and their wellhead pressures."""
        row = {name: np.tile(values, copies) for name, values in self.rows.items()}
        p_b, depth = UNITS["psi"].to_si(P_B), UNITS["ft"].to_si(row["length"])
        wells = NaturalWells(
            fluid=_fluid(float(self.oil.rsb), p_b),
            f_w=row["wc"],
            gor=UNITS["scf_stb"].to_si(row["gor"]),
            p_r=UNITS["psi"].to_si(row["pr"]),
            p_b=p_b,
            J=UNITS["bpd_psi"].to_si(np.tile(self._productivity(), copies)),
            md=depth,
            tvd=depth,
            diameter=UNITS["in"].to_si(row["tid"]),
            roughness=UNITS["in"].to_si(ROUGHNESS),
            T_r=UNITS["degF"].to_si(T_R),
            T_wh=UNITS["degF"].to_si(T_WH),
        )
        return wells, UNITS["psi"].to_si(row["thp"])


def _fluid(rsb: float, p_b: float) -> Fluid:
    """Ours of the peer's oil: what it dissolves, and where."""
    gravity, gor = 141.5 / (131.5 + API), UNITS["scf_stb"].to_si(rsb)
    author = Fluid(gravity, GAS_GRAVITY, gor, SALINITY)
    factor = p_b / dissolved(author, p_b, UNITS["degF"].to_si(T_R))[1]
    return Fluid(gravity, GAS_GRAVITY, gor, SALINITY, pressure_factor=float(factor))
