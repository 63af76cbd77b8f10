"""What no well can be is refused with the reason, once, and with the unit that was probably meant.

The demo field passes; each row below is one edit of its first well. Rules are those of the physics named in the row:
hydrostatics, conservation of energy, geometry. A factor of a derived calibration breaks none.
"""

import re

import pytest

from plant.asset.field_file import load_field
from plant.asset.place import field_path
from plant.error import ConfigError

TEXT = field_path("shengli12").read_text(encoding="utf-8")
PRODUCTIVITY = re.search(r"productivity_m3_d_MPa = [\d.]+", TEXT)[0]  # derived: a new calibration changes it
HEAD = "[1585.8736, 1580.5633, 1548.4616, 1493.156, 1410.1167, 1290.2412, 1123.3992, 901.9772, 624.4237, 298.7935]"
RATE = "rate_m3_d = [5, 65, 125, 185, 245, 305, 365, 425, 485, 545]"
POWER = "shaft_power_kW = [55.3551, 59.682, 63.8389, 67.6938, 71.0078, 73.4749, 74.7622, 74.5493, 72.5684, 68.6441]"
EFFICIENCY = "motor_efficiency_pct = [74.9746,"

# what stands in the file, what is written instead, what is said
EDITS = [
    # hydrostatics: pressures against depth, and along the way of the liquid
    ("reservoir_pressure_MPa = 12.763447", "reservoir_pressure_MPa = 3",
     "reservoir_pressure_MPa = 3: is not within 0.3 to 2.5 times that of a water column down to the perforations; "
     "must be between 4.25"),
    ("reservoir_pressure_MPa = 12.763447", "reservoir_pressure_MPa = 45", "of a water column"),
    ("reservoir_pressure_MPa = 12.763447", "reservoir_pressure_psi = 12.763447",
     "did you mean reservoir_pressure_MPa (1.85e+03 psi) or"),
    ("reservoir_pressure_MPa = 12.763447", "reservoir_pressure_MPa = 1851",
     "did you mean reservoir_pressure_kPa (1.85 MPa) or reservoir_pressure_psi (12.8 MPa)?"),
    ("reservoir_pressure_MPa = 12.763447", "reservoir_pressure = 12763447e-3",
     "did you mean reservoir_pressure_kPa (1.28e+07 Pa) or"),
    (PRODUCTIVITY, "productivity_m3_d_MPa = 20", "would take a flowing pressure below"),
    (PRODUCTIVITY, "productivity_m3_d_MPa = 0", "must be between"),
    (PRODUCTIVITY, PRODUCTIVITY.replace("= ", "= -"), "must be between"),
    ("wellhead_pressure_MPag = 4.57", "wellhead_pressure_MPag = 1.5", "nothing would flow; must be between 1.58"),
    ("wellhead_pressure_MPag = 4.57", "wellhead_pressure_psig = 4.57", "wellhead_pressure_MPag (663 psi(g))?"),
    ("wellhead_pressure_MPag = 4.57", "wellhead_pressure_MPag = 14.57", "more than the catalogue head can lift"),
    ("flowline_pressure_MPag = 1.58", "flowline_pressure_MPag = 1.25", "is not above its manifold's design pressure"),
    ("casing_pressure_MPag = 1.52", "casing_pressure_MPag = 15.2", "is above the reservoir's"),
    # geometry
    ("perforation_depth_m = 1630", "perforation_depth_m = 1650", "is below the survey's end"),
    ("perforation_depth_m = 1849", "perforation_depth_m = 1440", "pump_depth_m = 1450: is below the perforations"),
    ("pump_depth_m = 1240", "pump_depth_m = 4068", "did you mean pump_depth_ft (1.24e+03 m) or pump_depth_in (103 m)?"),
    ("tubing_diameter_mm = 76", "tubing_diameter_mm = 2.992", "did you mean tubing_diameter_in (76 mm)?"),
    ("casing_diameter_mm = 220.5", "casing_diameter_mm = 60", "does not fit into the casing; must be"),
    ("bean_mm = 9.0", "bean_mm = 90", "is wider than the tubing"),
    ("opening_pct = 50.0", "opening_pct = 0", "must be between 5 and 100"),
    ("opening_pct = 50.0", "opening_pct = 101", "must be between 5 and 100"),
    ("opening_pct = 50.0", "opening_frac = 50.0", "did you mean opening_pct ("),
    ("md_m = [0, 221.05, 700.68", "md_m = [0, 700.68, 221.05", "survey.md: must rise from station to station"),
    ("tvd_m = [0, 220.97", "tvd_m = [0, 250.97", "survey.tvd: is deeper than the hole is long"),
    ("1121.34, 1140.4, 1159.1", "1121.34, 1100.4, 1159.1", "survey.tvd: must not change by more than"),
    # the pump's test
    ("624.4237, 298.7935]", "298.7935, 624.4237]", "pump.head: must fall beyond its peak"),
    (f"head_m = {HEAD}", "head_m = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "pump.head: must fall beyond its peak"),
    ("624.4237, 298.7935]", "624.4237, -298.7935]", "head_m = -298.7935: must be between 0 and 10000"),
    ("shaft_power_kW = [55.3551", "shaft_power_kW = [-55.3551", "must be between 0.001 and 2000"),
    (POWER, POWER.replace("kW", "W"), "shaft_power: is less than what the liquid receives from it"),
    (RATE, RATE.replace("m3_d", "m3_h"), "must be between 0 and 360; so must 3 others of the list"),
    (RATE, "rate_m3_d = [5, 65]", "pump: must be four or more points, each with all its columns"),
    (RATE, RATE.replace("5, 65", "65, 5"), "pump.rate: must rise from point to point"),
    (RATE, RATE.replace("5, 65", "-5, 65"), "must be between 0 and"),
    (RATE, RATE.replace("m3_d", "m3_s"), "so must 9 others of the list"),
    (EFFICIENCY, "motor_efficiency_pct = [104.9746,", "must be between 5 and 99"),
    (EFFICIENCY, "motor_efficiency_pct = [0.0,", "must be between 5 and 99"),
    ("speed_rpm = 2900", "speed_rpm = 3500", "is not what that frequency can turn a motor at"),
    ("speed_rpm = 2900", "speed_Hz = 2900", "did you mean speed_rpm ("),
    ("stages = 249", "stages = 0", "must be between 1 and 2000"),
    ("stages = 249", 'stages = "many"', "must be a whole number"),
    # the motor
    ("rated_power_kW = 90", "rated_power_kW = 30", "is far below the greatest that the pump takes"),
    ("rated_power_kW = 90", "rated_power_hp = 0.9", "must be"),
    ("current_A = 28.0", "current_A = 280", "out of proportion to the motor's rated power and voltage"),
    ("rated_voltage_V = 2234.04", "rated_voltage_kV = 2234.04", "did you mean rated_voltage_V ("),
    ("frequency_Hz = 47.0", "frequency_Hz = 470", "must be between 10 and 80"),
    ("frequency_Hz = 47.0", "frequency_rpm = 47.0", "did you mean frequency_Hz ("),
    ("frequency_Hz = 47.0", "frequency_Hz = 28", "is below the least frequency of the drive"),
    # rates and temperatures
    ("rate_m3_d = 263.8", "rate_m3_h = 263.8", "is over twice what the pump was tested to"),
    ("rate_m3_d = 263.8", "rate_m3_s = 263.8", "or rate_m3_d (0.00305 m³/s) or rate_bpd ("),
    ("wellhead_temperature_degC = 65.6", "wellhead_temperature_degF = 50.6",
     "is not between those of the surface and of the reservoir"),
    ("wellhead_temperature_degC = 65.6", "wellhead_temperature_degC = 150.1",
     "did you mean wellhead_temperature_degF ("),
    ("wellhead_temperature_degC = 65.6", "wellhead_temperature_K = 65.6", "wellhead_temperature_degC (339 K) or"),
    ("geothermal_gradient = 0.038", "geothermal_gradient = 3.8", "did you mean geothermal_gradient_K_100m"),
    ("geothermal_gradient = 0.038", "geothermal_gradient = -0.038", "must be between 0.005 and 0.2"),
    # the liquid
    ("water_cut_pct = 70.7", "water_cut_pct = -1", "must be between 0 and 100"),
    ("gor_m3_m3 = 7\n", "gor_m3_m3 = -7\n", "must be between 0 and 10000"),
    ("oil_density_kg_m3 = 945.0", "oil_density_kg_m3 = 1035.0", "is above that of water"),
    ("oil_density_kg_m3 = 945.0", "oil_density_kg_m3 = 0.945", "did you mean oil_density_g_cm3 ("),
    ("oil_density_kg_m3 = 945.0", "oil_density_kg_m3 = 59", "did you mean oil_density_lb_ft3 ("),
    ("oil_viscosity_cP = 558.0", "oil_viscosity_Pas = 558.0", "did you mean oil_viscosity_cP ("),
    ("oil_viscosity_cP = 558.0", "oil_viscosity_cP = 0", "must be between 0.1"),
    # the facilities
    ("pressure_MPag = 0.8", "pressure_MPag = 1.1", "design_pressure_MPag = 1.0: is not above the separator's; must be"),
    ("gas_header_pressure_MPag = 0.2", "gas_header_pressure_MPag = 0.8", "is not below the separator's; must be"),
    ("volume_m3 = 25.0", "volume_m3 = 18.0", "leaves no gas space"),
    ("pump_stop_pct = 30.0", "pump_stop_pct = 80.0", "must be below pump_start"),
    ('content = "oil"', 'content = "mud"', "must be one of oil, water"),
    ('wellpad = "A"\nx_m', "x_m", "wells[CACB27A-P1].wellpad: is missing"),
    ('wellpad = "A"\nx_m', 'wellpad = ""\nx_m', "must not be empty"),
]  # fmt: skip


def mistakes(text, tmp_path):
    path = tmp_path / "field.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_field(path)
    return [str(mistake).removeprefix(f"{path}: ") for mistake in caught.value.mistakes]


@pytest.mark.parametrize(("was", "becomes", "said"), EDITS, ids=[becomes[:50] for _, becomes, _ in EDITS])
def test_what_no_well_can_be_is_refused_once_and_with_the_reason(tmp_path, was, becomes, said):
    assert was in TEXT
    found = mistakes(TEXT.replace(was, becomes, 1), tmp_path)
    assert [said in mistake for mistake in found] == [True], found


def test_a_key_out_of_place_is_told_where_it_stands_and_where_it_lacks(tmp_path):
    """Two mistakes, for nobody can know that they are one."""
    found = mistakes(TEXT.replace("[wells.survey]", "[wells.survei]", 1), tmp_path)
    assert found == ["wells[CACB27A-P1].survey: is missing", "wells[CACB27A-P1].survei: is not a key of this table"]


def test_wells_of_one_code_are_each_checked_by_their_own_numbers(tmp_path):
    """The first one's mistake is not a stand-in for the second one's number."""
    text = TEXT.replace('code = "XBKD47-X2"', 'code = "CACB27A-P1"', 1)
    text = text.replace("water_cut_pct = 70.7", "water_cut_pct = 707").replace(
        "water_cut_pct = 92.9", "water_cut_pct = 929"
    )
    found = mistakes(text, tmp_path)
    assert [key in " ".join(found) for key in ("= 707", "= 929", "is used 2 times")] == [True] * 3
    assert len(found) == 3


def test_all_that_is_unphysical_comes_at_once(tmp_path):
    """Seven edits of the table above, in one well."""
    keys = ("reservoir_pressure_MPa", "bean_mm", "speed_rpm", "stages", "current_A", "gor_m3_m3", "oil_viscosity_cP")
    text = TEXT
    for was, becomes, _ in {edit[0].split(" = ")[0]: edit for edit in EDITS if edit[0].startswith(keys)}.values():
        text = text.replace(was, becomes, 1)
    assert len(mistakes(text, tmp_path)) == len(keys)
