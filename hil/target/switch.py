"""Switches at work: a command is run, or a Modbus register is written, and a switch that does not answer is a fault of
the bench."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from hil.outcome import BenchFault
from plant.asset.target import Switch

WITHIN = 20.0  # s that a switch may take


async def throw(switch: Switch, is_on: bool, places: Mapping[str, object]) -> None:
    """Set it. Raises :class:`BenchFault` where it does not take it."""
    try:
        async with asyncio.timeout(WITHIN):
            await (_run if switch.endpoint is None else _write)(switch, is_on, places)
    except TimeoutError:
        raise BenchFault(f"switch {switch.name!r} did not answer within {WITHIN:g} s") from None


async def _run(switch: Switch, is_on: bool, places: Mapping[str, object]) -> None:
    command = [part.format_map(places) for part in (switch.on_command if is_on else switch.off_command)]
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
    except OSError as error:
        raise BenchFault(f"switch {switch.name!r}: {command[0]} cannot be started: {error.strerror}") from None
    try:
        said, _ = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        raise
    if process.returncode:
        raise BenchFault(
            f"switch {switch.name!r}: {command[0]} ended with {process.returncode}: {said.decode()[-300:]}"
        )


async def _write(switch: Switch, is_on: bool, places: Mapping[str, object]) -> None:
    from pymodbus.client import AsyncModbusTcpClient
    from pymodbus.exceptions import ModbusException

    place = switch.endpoint
    assert place is not None
    port = places.get(f"port {place.port}", place.port)  # where a process of the target's was moved to
    client = AsyncModbusTcpClient(place.host, port=int(str(port)), retries=0)
    try:
        if not await client.connect():
            raise BenchFault(f"switch {switch.name!r}: {place} takes no connection")
        value = switch.on if is_on else switch.off
        acts: dict[str, Callable[..., Awaitable[object]]] = {
            "coil": lambda: client.write_coil(switch.address, bool(value), device_id=place.unit_id),
            "holding": lambda: client.write_register(switch.address, value, device_id=place.unit_id),
        }
        answer = await acts[switch.area]()
        if answer.isError():  # type: ignore[attr-defined]
            raise BenchFault(f"switch {switch.name!r}: {place} answered {answer}")
    except (ModbusException, OSError) as error:
        raise BenchFault(f"switch {switch.name!r}: {place}: {error}") from None
    finally:
        client.close()
