"""What is to be seen of a station: the truth behind each signal of its assets, SI, by ``"{AssetType}.{Signal}"``."""

from __future__ import annotations

from plant.process.facility.power import NOMINAL
from plant.process.facility.station import Station
from plant.process.parameter import Array

FACILITY_SIGNALS = {
    "Manifold": ("Pressure", "Flow"),
    "Separator": (
        "Pressure", "Temperature", "OilLevel", "WaterLevel", "OilFlow", "WaterFlow", "GasFlow",
        "OilValve", "WaterValve", "GasValve",
    ),
    "Tank": ("Level",),
    "Flowline": ("InletPressure", "OutletPressure", "InletFlow", "OutletFlow", "Temperature"),
    "Riser": ("BasePressure", "TopPressure", "Flow"),
    "Heater": ("OutletTemperature", "Duty", "FuelFlow"),
    "Compressor": (
        "Speed", "SuctionPressure", "DischargePressure", "DischargeTemperature", "Flow", "RecycleValve", "Power",
        "DrumLevel",
    ),
    "Flare": ("Valve", "Flow", "Flame"),
    "InjectionPump": ("Flow", "DischargePressure", "Power"),
    "Generator": ("Power", "Frequency", "Voltage", "FuelFlow"),
}  # fmt: skip


def station_signals(station: Station) -> dict[str, Array | float]:
    """Every signal of the assets that the field has."""
    every = _always(station) | _flowlines(station)
    for part, read in ((station.riser, _risers), (station.heaters, _heaters), (station.compressors, _compressors),
                       (station.flares, _flares), (station.injection, _injection)):  # fmt: skip
        if part is not None:
            every |= read(station)
    return every | _generators(station)


def _always(station: Station) -> dict[str, Array | float]:
    gathering, vessel = station.gathering, station.separator
    oil_level, water_level = vessel.levels
    return {
        "Manifold.Pressure": gathering.pressure,
        "Manifold.Flow": gathering.inflow,
        "Separator.Pressure": vessel.pressure,
        "Separator.Temperature": vessel.T,
        "Separator.OilLevel": oil_level,
        "Separator.WaterLevel": water_level,
        "Separator.OilFlow": vessel.oil_out[:2].sum(axis=0),
        "Separator.WaterFlow": vessel.water_out[:2].sum(axis=0),
        "Separator.GasFlow": vessel.gas_out[2],
        "Separator.OilValve": vessel.oil_valve.opening,
        "Separator.WaterValve": vessel.water_valve.opening,
        "Separator.GasValve": vessel.gas_valve.opening,
        "Tank.Level": station.tanks.levels,
    }


def _flowlines(station: Station) -> dict[str, Array | float]:
    gathering, metered = station.gathering, station.metered
    return {
        "Flowline.InletPressure": gathering.pressure[metered],
        "Flowline.OutletPressure": gathering.outlet_pressure(station.line_end_pressure())[metered],
        "Flowline.InletFlow": gathering.inflow[metered],
        "Flowline.OutletFlow": gathering.delivered[:2, metered].sum(axis=0),
        "Flowline.Temperature": gathering.T[metered],
    }


def _risers(station: Station) -> dict[str, Array | float]:
    riser = station.riser
    assert riser is not None
    return {
        "Riser.BasePressure": riser.base_pressure,
        "Riser.TopPressure": riser.top_pressure,
        "Riser.Flow": riser.outflow[:2].sum(axis=0),
    }


def _heaters(station: Station) -> dict[str, Array | float]:
    heaters = station.heaters
    assert heaters is not None
    return {
        "Heater.OutletTemperature": heaters.T,
        "Heater.Duty": heaters.duty,
        "Heater.FuelFlow": heaters.fuel_rate,
    }


def _compressors(station: Station) -> dict[str, Array | float]:
    machines = station.compressors
    assert machines is not None
    return {
        "Compressor.Speed": machines.speed,
        "Compressor.SuctionPressure": machines.drum.pressure,
        "Compressor.DischargePressure": machines.discharge_pressure,
        "Compressor.DischargeTemperature": machines.T_2,
        "Compressor.Flow": machines.flow,
        "Compressor.RecycleValve": machines.recycle_valve.opening,
        "Compressor.Power": machines.power,
        "Compressor.DrumLevel": machines.drum.level,
    }


def _flares(station: Station) -> dict[str, Array | float]:
    flares = station.flares
    assert flares is not None
    flow = flares.flow[2]
    return {
        "Flare.Valve": flares.valve.opening,
        "Flare.Flow": flow,
        "Flare.Flame": (flares.parameters.flame >= 0.5).astype(float),
    }


def _injection(station: Station) -> dict[str, Array | float]:
    injection = station.injection
    assert injection is not None
    return {
        "InjectionPump.Flow": injection.flow,
        "InjectionPump.DischargePressure": injection.pressure,
        "InjectionPump.Power": injection.taken_power,
    }


def _generators(station: Station) -> dict[str, Array | float]:
    power = station.power
    return {
        "Generator.Power": power.given,
        "Generator.Frequency": power.frequency[0] * NOMINAL,
        "Generator.Voltage": power.voltage[0],
        "Generator.FuelFlow": power.fuel_rate,
    }
