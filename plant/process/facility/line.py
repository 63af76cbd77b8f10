"""How a line from a manifold moves: its stream warms it and is pushed on, some leaks, a dip and deposits hold it up."""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.physics.emulsion import broken_viscosity
from plant.physics.fluid import mixture_density, oil_viscosity, water_viscosity
from plant.physics.friction import friction_slope
from plant.process.facility.row import LineKind, LineState, Stream
from plant.process.parameter import STEEL_ROUGHNESS, Array

GAS_SHARE = 0.01  # of a line's volume that is gas and gives under pressure
ATMOSPHERE = 101_325.0
DISCHARGE = 0.6  # of a hole's edge
OIL_HEAT, WATER_HEAT = 1.8e6, 4.1e6  # to warm a volume [J/m³/K]
CAUGHT = 0.8  # share of the liquid that stays while a dip fills
BLOW_TIME = 60.0  # in which a full dip is emptied [s]
LEFT = 0.1  # share of a dip at which the gas has broken through
LEAST_BORE = 2e-3  # share that even a frozen line leaves open, for its ice is porous
TINY = 1e-30


@elementwise
def area(k: LineKind) -> Array:
    """Of the bore [m²]."""
    return 0.25 * np.pi * k.diameter * k.diameter


@elementwise
def compliance(k: LineKind) -> Array:
    """Liquid that a line takes per pressure [m³/Pa]."""
    return GAS_SHARE * area(k) * k.length / k.design_pressure


@elementwise
def pressure(s: LineState, k: LineKind) -> Array:
    """At the manifold, by what the line holds beyond what its steel asks for [Pa]."""
    return k.design_pressure + (s.stock_o + s.stock_w - area(k) * k.length) / compliance(k)


@elementwise
def liquid_heat(oil: Array, water: Array) -> Array:
    """Of oil and water per kelvin; that of their gas is left out [J/K]."""
    return OIL_HEAT * oil + WATER_HEAT * water


@elementwise
def warmed(s: LineState, k: LineKind, dt: float, arriving: Stream, T: Array) -> Array:
    """Temperature of a line that a stream brings heat into and that gives some away; exact for a constant rate [K]."""
    brings = liquid_heat(arriving.oil, arriving.water)
    loses = (k.heat_transfer + k.heat_loss) * np.pi * k.diameter * k.length
    settled = (brings * T + loses * (k.surroundings - k.chill)) / np.maximum(brings + loses, TINY)
    return s.T + (settled - s.T) * -np.expm1(-dt * (brings + loses) / liquid_heat(s.stock_o, s.stock_w))


@elementwise
def resistance(s: LineState, k: LineKind) -> Array:
    """Friction with what has grown in the line over that of the clean one: with the fifth power of the diameter."""
    left = np.maximum((1.0 - s.hydrate) * (1.0 - k.plug), LEAST_BORE)
    bore = np.maximum(1.0 - 2.0 * s.wax / k.diameter, 0.05)
    open_area = left * bore * bore
    return 1.0 / (open_area * open_area * np.sqrt(open_area))


@elementwise
def clean_friction(
    q: Array, water_cut: Array, T: Array | float, length: Array, diameter: Array, factor: Array,
    mu_oil: Array, rho_oil: Array, rho_water: Array,
) -> Array:  # fmt: skip
    """Pressure lost per rate of liquid in a clean line [Pa·s/m³]."""
    mu = broken_viscosity(water_cut, oil_viscosity(T, mu_oil), water_viscosity(T))
    rho = mixture_density(water_cut, rho_oil, rho_water)
    return factor * friction_slope(q, length, diameter, rho, mu, STEEL_ROUGHNESS)


@elementwise
def friction(q: Array, water_cut: Array, T: Array, s: LineState, k: LineKind) -> Array:
    """Pressure lost per rate of liquid in the line as it is now [Pa·s/m³]."""
    clean = clean_friction(
        q, water_cut, T, k.length, k.diameter, k.factor, k.oil_viscosity, k.oil_density, k.water_density
    )
    return clean * k.fouling * resistance(s, k) + k.outlet_drop * q


@elementwise
def pushed(s: LineState, k: LineKind, dt: float, T: Array, p_behind: Array) -> Array:
    """Rate that leaves: the liquid's momentum, its friction taken at the step's end, which keeps any step stable."""
    lost = friction(s.outflow, s.stock_w / (s.stock_o + s.stock_w), T, s, k)
    gain = dt * area(k) / (1000.0 * k.length)
    return np.maximum((s.outflow + gain * (pressure(s, k) - p_behind)) / (1.0 + gain * lost), 0.0)


@elementwise
def leaking(s: LineState, k: LineKind, dt: float, p_behind: Array) -> Array:
    """Liquid out of a hole half way, its pressure taken at the end of the step [m³/s]."""
    p_inlet = pressure(s, k)
    drop = np.maximum(np.minimum(p_inlet, 0.5 * (p_inlet + p_behind)) - ATMOSPHERE, 1.0)
    q = DISCHARGE * k.leak_area * np.sqrt(2.0 * drop / 1000.0)
    return q / (1.0 + 0.5 * dt * q / (drop * compliance(k)))


@elementwise
def moved(s: LineState, k: LineKind, dt: float, arriving: Stream, T_arriving: Array, p_behind: Array) -> LineState:
    """The line ``dt`` later, its deposits as they were."""
    T = warmed(s, k, dt, arriving, T_arriving)
    outflow, leak = pushed(s, k, dt, T, p_behind), leaking(s, k, dt, p_behind)
    held = s.stock_o + s.stock_w
    oil, water, gas = s.stock_o / held, s.stock_w / held, s.stock_g / held
    in_dip = s.dip_o + s.dip_w
    still = choose(in_dip > LEFT * k.dip_volume, s.blowing, 0.0)
    blowing = choose(in_dip >= k.dip_volume, 1.0, choose(still > 0.0, 1.0, 0.0))
    passing = 1.0 - CAUGHT * (1.0 - blowing)
    emptied = blowing * choose(k.dip_volume > 0.0, -np.expm1(-2.3 * dt / BLOW_TIME), 1.0)
    return LineState(
        s.stock_o + (arriving.oil - oil * outflow - oil * leak) * dt,
        s.stock_w + (arriving.water - water * outflow - water * leak) * dt,
        s.stock_g + (arriving.gas - gas * outflow - gas * leak) * dt,
        T, arriving.oil + arriving.water, outflow,
        oil * outflow * passing + s.dip_o * emptied / dt,
        water * outflow * passing + s.dip_w * emptied / dt,
        gas * outflow * passing + s.dip_g * emptied / dt,
        s.leaked_o + oil * leak * dt, s.leaked_w + water * leak * dt, s.leaked_g + gas * leak * dt,
        s.dip_o + oil * outflow * (1.0 - passing) * dt - s.dip_o * emptied,
        s.dip_w + water * outflow * (1.0 - passing) * dt - s.dip_w * emptied,
        s.dip_g + gas * outflow * (1.0 - passing) * dt - s.dip_g * emptied,
        blowing, s.hydrate, s.wax,
    )  # fmt: skip
