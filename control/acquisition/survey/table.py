"""How an endpoint is surveyed, a row for each protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from control.acquisition.survey.finding import Finding, Wanted
from plant.asset.protocol.table import SPOKEN
from plant.error import OutOfRange


def _modbus(wanted: Wanted) -> AsyncIterator[Finding]:
    from control.acquisition.survey.modbus import probe

    return probe(wanted)


def _opcua(wanted: Wanted) -> AsyncIterator[Finding]:
    from control.acquisition.survey.opcua import probe  # half a second, for whom looks at one

    return probe(wanted)


def _mqtt(wanted: Wanted) -> AsyncIterator[Finding]:
    from control.acquisition.survey.mqtt import probe

    return probe(wanted)


PROBES: dict[str, Callable[[Wanted], AsyncIterator[Finding]]] = {"modbus": _modbus, "opcua": _opcua, "mqtt": _mqtt}


def probe(wanted: Wanted) -> AsyncIterator[Finding]:
    """What answers at the endpoint, as it is found. Raises :class:`OutOfRange` where its protocol is not surveyed."""
    protocol = SPOKEN[wanted.endpoint.scheme].name
    if protocol not in PROBES:
        raise OutOfRange("endpoint", wanted.endpoint, f"must speak one of {', '.join(PROBES)} to be probed")
    return PROBES[protocol](wanted)
