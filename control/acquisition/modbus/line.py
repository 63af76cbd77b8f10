"""Lines: one connection to one host and port, or serial port, over which the devices behind it are asked in turn.

A gateway takes one connection and answers for many units; a serial port can be opened once. A server may also close
after each answer or after a while in which nothing was asked. So a line that has broken is made anew and asked again
before anybody calls its device lost.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Awaitable, Callable
from typing import Any

from pymodbus.client.base import ModbusBaseClient
from pymodbus.exceptions import ConnectionException, ModbusException, ModbusIOException
from pymodbus.pdu import ModbusPDU

from control.acquisition.modbus.client import WITHOUT_NUMBERS, client_of
from plant.asset.bench import Device
from plant.error import DeviceLost, DeviceRefused, DeviceTimeout

SIGHT = 0.001  # s in which the loop sees that the other end has closed, before what must not be sent twice is sent

Request = Callable[[ModbusBaseClient], Awaitable[ModbusPDU]]


class _Broken(Exception):
    """The connection broke while, or before, something was asked."""


class Line:
    """See the module. Devices hold it by :meth:`join` and :meth:`leave`."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._client: ModbusBaseClient | None = None
        self._users: set[tuple[str, int]] = set()  # device and unit
        self._answered = 0.0  # when, in the loop's time

    async def join(self, device: Device) -> None:
        """Reach what the line leads to. Raises :class:`DeviceLost` where nothing takes the connection."""
        async with self._turn:
            if not self._is_open:
                await self._open(device)
            self._users.add((device.name, device.endpoint.unit_id))

    def leave(self, device: Device) -> None:
        """Let go; the last one closes it."""
        self._users.discard((device.name, device.endpoint.unit_id))
        if not self._users:
            self._close()

    async def ask(self, device: Device, request: Request, is_repeatable: bool) -> ModbusPDU:
        """The answer to a request, in turn, the pause that the device wants kept.

        Where the line broke it is made anew; a request that was under way is then sent again if that does no harm.
        Raises as drivers do.
        """
        async with self._turn:
            pause = device.profile.settings.pause
            if pause or not is_repeatable:
                await self._rest(pause, 0.0 if is_repeatable else SIGHT)
            if not self._is_open:
                await self._open(device)
            try:
                return await self._asked(device, request)
            except _Broken as error:
                if not is_repeatable:
                    raise DeviceLost(device.name, f"connection is gone: {error}") from None
            await self._open(device)
            try:
                return await self._asked(device, request)
            except _Broken as error:
                raise DeviceLost(device.name, f"connection is gone: {error}") from None

    @property
    def _is_open(self) -> bool:
        return self._client is not None and self._client.connected

    async def _open(self, device: Device) -> None:
        self._close()
        client, refusals = client_of(device)
        try:
            is_taken = await client.connect()
        except Exception as error:  # of a serial port, TLS, or a name that nobody knows
            client.close()
            raise DeviceLost(device.name, f"{device.endpoint}: {error}") from None
        if not is_taken:
            client.close()
            why = f": {refusals[-1]}" if refusals and str(refusals[-1]) else ""
            raise DeviceLost(device.name, f"{device.endpoint} takes no connection{why}")
        self._client = client

    async def _rest(self, pause: float, least: float) -> None:
        left = self._answered + pause - asyncio.get_running_loop().time() if pause else 0.0
        if max(left, least) > 0.0:
            await asyncio.sleep(max(left, least))

    async def _asked(self, device: Device, request: Request) -> ModbusPDU:
        """Wait for the device, and turn whatever Modbus throws into an error of ours."""
        client = self._client
        if client is None:
            raise _Broken("it was closed")
        client.ctx.comm_params.timeout_connect = device.timeout
        try:
            return await request(client)
        except ConnectionException as error:
            raise _Broken(_words(error)) from None
        except ModbusIOException:
            if not client.connected:
                raise _Broken("it broke before the answer") from None
            if device.endpoint.scheme in WITHOUT_NUMBERS:
                self._close()  # what comes late would be taken for the answer to the next request
            raise DeviceTimeout(device.name, "did not answer in time") from None
        except OSError as error:
            raise _Broken(str(error) or type(error).__name__) from None
        except ModbusException as error:
            raise DeviceRefused(device.name, _words(error)) from None
        finally:
            self._answered = asyncio.get_running_loop().time()

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


_LINES: weakref.WeakValueDictionary[tuple[Any, ...], Line] = weakref.WeakValueDictionary()


def line_to(device: Device) -> Line:
    """The line to a device: that of all at its host and port, unless it wants one of its own."""
    if device.profile.settings.connection == "own":
        return Line()
    key = (asyncio.get_running_loop(), device.endpoint.scheme, *device.endpoint.place)
    return _LINES.setdefault(key, Line())


def _words(error: ModbusException) -> str:
    return error.string if hasattr(error, "string") else str(error)
