"""Reasons: why a write is refused, and what makes it pass, in each language. Control says both at once.

A drive shows in a point of its own what keeps it from starting, and for how long; an exception of its protocol says
neither.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from control.commands.expectation import Values, usable
from plant.asset.amount import about, amount
from plant.asset.name import LANGUAGES
from plant.asset.tag import Tag
from plant.unit import minute

Rules = Mapping[str, str]  # by language

TEXTS: Mapping[str, Mapping[str, str]] = {
    "Tripped": {
        "en": "the drive is tripped ({trip}): reset it first",
        "es": "el variador está disparado ({trip}): restablézcalo primero",
    },
    "Backspin": {
        "en": "the shaft still turns back: wait until it stands",
        "es": "el eje aún gira en reversa: espere a que se detenga",
    },
    "MotorTemperature": {
        "en": "the motor is still too hot: let it cool, then reset the drive",
        "es": "el motor sigue demasiado caliente: déjelo enfriar y luego restablezca el variador",
    },
    "SupplyVoltage": {
        "en": "the supply voltage is too low: wait until it is back",
        "es": "la tensión de red es demasiado baja: espere a que vuelva",
    },
    "Local": {
        "en": "the drive is in local mode: switch it to remote at its panel",
        "es": "el variador está en modo local: páselo a remoto en su tablero",
    },
    "Interlock": {
        "en": "an interlock is open: clear it first",
        "es": "hay un enclavamiento abierto: despéjelo primero",
    },
    "not connected": {
        "en": "its device does not answer: nothing was written; wait until it is back",
        "es": "su equipo no responde: no se escribió nada; espere a que vuelva",
    },
}
LEFT = {"en": ", about {minutes} min left", "es": ", faltan unos {minutes} min"}


def reason(key: str) -> Rules:
    """A reason without numbers."""
    return TEXTS[key]


def inhibition(tag: Tag, tags: Mapping[str, Tag], values: Values) -> Rules | None:
    """What the device itself says keeps ``tag`` from being written now; ``None`` where it says nothing."""
    inhibit = tags.get(f"{tag.asset}.{tag.signal.inhibited_by}")
    code = None if inhibit is None else usable(values, inhibit.name)
    name = None if inhibit is None or code is None else (inhibit.signal.states or {}).get(round(code))
    if name is None or name not in TEXTS:
        return None
    left, cause = usable(values, f"{tag.asset}.InhibitTime"), tags.get(f"{tag.asset}.TripCode")
    return {language: _told(name, language, left, cause, values) for language in LANGUAGES}


def _told(name: str, language: str, left: float | None, cause: Tag | None, values: Values) -> str:
    trip = "—" if cause is None else amount(usable(values, cause.name), cause.signal, language)
    wait = "" if not left else LEFT[language].format(minutes=about(math.ceil(left / minute), language))
    return TEXTS[name][language].format(trip=trip) + wait
