"""The three-state gas-lifted well credited to Jahanshahi, Skogestad and Hansen (8th IFAC Symp. ADCHEM, Singapore 2012):
annulus gas, tubing gas and tubing liquid [kg], friction at a nominal inflow. An independent peer of ours.

Equations and numbers are those on which two public codes of it agree, not read from the paper. The codes differ in the
tubing's roughness (1.5e-6 and 3e-4 m), so the one here lies between them: assumed, it moves the pressures tested by
under half a per cent.
"""

import numpy as np
from scipy.optimize import fsolve

R, G, MU, RHO_L, M, T_A, V_A, L_A = 8.314, 9.81, 3.64e-3, 760.0, 0.0167, 348.0, 64.34, 2048.0
V_T, S_BH, L_BH, T_T, D, L_T = 25.03, 0.0314, 75.0, 369.4, 0.134, 2048.0
K_GS, K_INJ, K_PR, ROUGHNESS, NOMINAL, PI, P_RES = 9.98e-5, 1.4e-4, 2.9e-3, 2.8e-5, 18.0, 2.47e-6, 160e5


def haaland(re, diameter):
    return (-1.8 * np.log10((ROUGHNESS / diameter / 3.7) ** 1.11 + 6.9 / re)) ** -2


def derivative(x, u1, u2, p_0=20e5, p_gs=140e5):
    """Rates of change, and the bottomhole pressure."""
    annulus, gas, liquid = x
    p_at = R * T_A * annulus / M / V_A
    p_ab = p_at + annulus * G * L_A / V_A
    w_in = K_GS * u2 * np.sqrt(p_gs * M / R / T_A * max(p_gs - p_at, 0.0))
    rho_g = gas / (V_T + S_BH * L_BH - liquid / RHO_L)
    p_tt = rho_g * R * T_T / M
    rho = (gas + liquid - RHO_L * S_BH * L_BH) / V_T
    alpha = (liquid - RHO_L * S_BH * L_BH) / V_T / RHO_L
    speed = 4.0 / np.pi / D**2 * (NOMINAL / RHO_L + w_in / rho_g)
    friction = alpha * haaland(rho * speed * D / MU, D) * rho * speed**2 * L_T / 2.0 / D
    p_tb = p_tt + rho * G * L_T + friction
    w_inj = K_INJ * np.sqrt(p_ab * M / R / T_A * max(p_ab - p_tb, 0.0))
    d_b, slow = np.sqrt(4.0 * S_BH / np.pi), NOMINAL / RHO_L / S_BH
    below = haaland(RHO_L * slow * d_b / MU, d_b) * RHO_L * slow**2 * L_BH / 2.0 / d_b
    p_bh = p_tb + RHO_L * G * L_BH + below
    w_res = PI * max(P_RES - p_bh, 0.0)
    at_foot = w_res * p_tb * M / R / T_T
    at_top = 2.0 * alpha - at_foot / (at_foot + w_inj * RHO_L)
    rho_top = at_top * RHO_L + (1.0 - at_top) * rho_g
    w_out = K_PR * u1 * np.sqrt(rho_top * max(p_tt - p_0, 0.0))
    of_gas = (1.0 - at_top) * rho_g / rho_top
    return np.array([w_in - w_inj, w_inj - of_gas * w_out, w_res - (1.0 - of_gas) * w_out]), p_bh


def steady(u1, u2, guess=(4016.0, 284.6, 10483.0)):
    """Contents and bottomhole pressure at rest, and the largest real part of the eigenvalues there [1/s]."""
    x, _, ok, message = fsolve(lambda y: derivative(y, u1, u2)[0], guess, full_output=True)
    assert ok == 1, message
    step = 1e-6 * np.diag(x)
    columns = [(derivative(x + d, u1, u2)[0] - derivative(x - d, u1, u2)[0]) / (2.0 * d.sum()) for d in step]
    return x, derivative(x, u1, u2)[1], np.linalg.eigvals(np.array(columns).T).real.max()
