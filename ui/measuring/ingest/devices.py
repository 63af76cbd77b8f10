"""The bench of a measured acquisition: units of ninety floats, five behind each port."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plant.asset.bench import Bench, Device
from plant.asset.bench_file import write_bench
from plant.asset.signal import signals
from plant.unit import UNITS

ROLES = 5  # wells that a unit serves
SI = {unit.quantity: name for name, unit in UNITS.items() if unit.scale == 1.0 and unit.offset == 0.0}
POINTS = [
    (f"w{role}.{name}", SI.get(signal.unit.quantity))
    for role in range(ROLES)
    for (kind, name), signal in signals().items()
    if kind == "Well" and signal.kind == "measurement"
]
REGISTERS = 2 * len(POINTS)  # of a unit


def written(path: Path, ports: Sequence[int], units: int, scan: float) -> Bench:
    """Write the bench, and its profile beside it; the bench as read from there."""
    profile = path.with_name("counting.toml")
    profile.write_text("\n".join(_profile()), encoding="utf-8")
    devices = [
        Device.of(
            f"U{port}-{unit}", str(profile), f"modbus://127.0.0.1:{port}/{unit}", _wells(i * units + unit - 1),
            is_simulated=False, scan=scan, timeout=5.0,
        )
        for i, port in enumerate(ports)
        for unit in range(1, units + 1)
    ]  # fmt: skip
    return write_bench(Bench("ingest", devices=tuple(devices)), path)


def _wells(unit: int) -> dict[str, str]:
    return {f"w{role}": f"Well.N{unit}-{role}" for role in range(ROLES)}


def _profile() -> list[str]:
    lines = ['protocol = "modbus"', 'behaviour = "well_rtu"', "[roles]"]
    lines += [f'w{role} = "Well"' for role in range(ROLES)]
    for i, (signal, unit) in enumerate(POINTS):
        lines += ["[[point]]", f'signal = "{signal}"', 'area = "input"', f"address = {2 * i}", 'type = "float32"']
        lines += [f'unit = "{unit}"'] if unit else []
    return lines
