import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.two_phase_choke import sachdeva_critical_ratio, sachdeva_flux

QUALITY = st.floats(0.0, 1.0)
RHO_G = st.floats(1.0, 300.0)


@pytest.mark.parametrize("k", [1.2, 1.3, 1.4])
def test_gas_alone_chokes_at_the_isentropic_ratio(k):
    # limit: [2/(k+1)]^(k/(k-1)), and the flux of an ideal nozzle, closed form
    assert float(sachdeva_critical_ratio(1.0, 10.0, 800.0, k)) == pytest.approx((2 / (k + 1)) ** (k / (k - 1)))
    ideal = np.sqrt(k * 1e6 * 10.0 * (2 / (k + 1)) ** ((k + 1) / (k - 1)))
    assert float(sachdeva_flux(1e6, 1e5, 1.0, 10.0, 800.0, k, discharge=1.0)) == pytest.approx(ideal)


def test_liquid_alone_obeys_the_orifice_equation():
    # limit: G = sqrt(2 ρ Δp), Bernoulli
    flux = sachdeva_flux(5e6, np.array([4.9e6, 1e6, 1e5]), 0.0, 40.0, 850.0, discharge=1.0)
    assert flux == pytest.approx(np.sqrt(2 * 850.0 * np.array([0.1e6, 4e6, 4.9e6])), rel=1e-6)


@given(QUALITY, RHO_G)
def test_lower_pressure_behind_never_lowers_the_rate(x, rho_g):
    p_2 = np.linspace(1e7, 0.0, 101)
    flux = sachdeva_flux(1e7, p_2, x, rho_g, 850.0)
    assert np.isfinite(flux).all()
    assert flux[0] == 0.0
    assert np.all(np.diff(flux) >= -1e-9 * flux.max())


@given(st.floats(1e-4, 1.0), RHO_G)
def test_below_the_critical_ratio_nothing_behind_is_felt_before(x, rho_g):
    y_c = float(sachdeva_critical_ratio(x, rho_g, 850.0))
    assert 0.0 < y_c < 0.7
    critical, lower = sachdeva_flux(1e7, np.array([y_c, 0.3 * y_c]) * 1e7, x, rho_g, 850.0)
    assert lower == pytest.approx(critical, rel=1e-12)


@given(st.floats(0.0, 1.0), st.floats(0.1, 10.0))
def test_flux_scales_with_the_root_of_pressure_times_density(x, scale):
    # dimensional: all pressures times s and all densities times s give G times s
    once = sachdeva_flux(4e6, 3e6, x, 30.0, 850.0)
    assert float(sachdeva_flux(4e6 * scale, 3e6 * scale, x, 30.0 * scale, 850.0 * scale)) == pytest.approx(
        float(once) * scale, rel=1e-6
    )


def test_no_mixture_flows_backwards():
    assert float(sachdeva_flux(1e6, 2e6, 0.1, 10.0, 850.0)) == 0.0


@pytest.mark.parametrize(
    ("change", "name"),
    [({"x": 1.1}, "x"), ({"rho_g": 0.0}, "rho_g"), ({"rho_l": -1.0}, "rho_l"), ({"p_1": 0.0}, "p_1")],
)
def test_an_impossible_mixture_is_refused_by_name(change, name):
    legal = {"p_1": 1e6, "p_2": 5e5, "x": 0.1, "rho_g": 10.0, "rho_l": 850.0}
    with pytest.raises(OutOfRange) as refused:
        sachdeva_flux(**{**legal, **change})
    assert refused.value.name == name
