"""Gas: z against the chart, the pseudo-critical point, and argon through a small valve."""

from __future__ import annotations

import numpy as np

from plant.physics.pvt import pseudocritical, z_factor
from plant.physics.valve import PER_KV, R_GAS, iec_gas_rate

# The Standing–Katz chart as digitised for the R package zFactor, by pseudo-reduced temperature
P_PR = np.array([0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
CHART = {
    1.2: (0.893, 0.657, 0.519, 0.565, 0.650, 0.741),
    1.3: (0.916, 0.756, 0.638, 0.633, 0.684, 0.759),
    1.5: (0.948, 0.859, 0.794, 0.770, 0.790, 0.836),
    2.0: (0.982, 0.956, 0.941, 0.937, 0.945, 0.969),
    3.0: (1.002, 1.009, 1.018, 1.029, 1.041, 1.056),
}


def worst_on_chart(author: str, T_pr: float) -> float:
    """Greatest difference from the chart's curve over its values."""
    chart = np.array(CHART[T_pr])
    return float(np.abs(getattr(z_factor, author)(P_PR, T_pr) / chart - 1.0).max())


def pseudo_critical(of: str, gamma_g: float, y_h2s: float, y_co2: float, y_n2: float) -> float:
    """Temperature [K] or pressure [Pa] by Piper, McCain and Corredor."""
    return float(pseudocritical.mccain(gamma_g, y_h2s, y_co2, y_n2)[("T", "p").index(of)])


def argon_K_v() -> float:
    """Kv of 0.46 m³/h of argon, with the constant that IEC's tables round to 24.6 where R and the mole give 24.57."""
    exact = 1e3 * (PER_KV * 3600) * np.sqrt(1e3 * R_GAS) * 273.15 / 101_325.0
    argon = 0.03995 * 0.46 / 3600 * 101_325.0 / (R_GAS * 273.15)  # [kg/s]
    return float(argon / iec_gas_rate(1.0, 2.8e5, 1.3e5, 320.0, 0.03995, gamma=1.67, x_T=0.8) * exact / 24.6)
