"""Obstacles: what keeps devices of a bench from being simulated."""

from __future__ import annotations

from collections.abc import Collection

from plant.asset.bench import Bench
from plant.error import ConfigError, Mistake
from simulators.behaviour import mistakes
from simulators.fault import personality
from simulators.fault.target import Targets


def check(bench: Bench, targets: Targets, protocols: Collection[str]) -> None:
    """Raise every reason why they cannot be, where only ``protocols`` can."""
    file = str(bench.path)
    simulated = [device for device in bench.devices if device.is_simulated]
    wrong = [mistake for device in simulated for mistake in mistakes(device, file)]
    for device in simulated:
        wrong += personality.mistakes(device.personality, device.name, targets, file)
        if device.profile.protocol not in protocols:
            rule = f"cannot be simulated: only {', '.join(protocols)} can"
            wrong.append(Mistake(file, f"device[{device.name}].profile", device.profile.name, rule))
    if wrong:
        raise ConfigError(wrong)
