"""The client of one connection, by its transport: pymodbus', mended where real devices go beyond it.

It leaves data as they came (NumPy decodes them), notices a connection that breaks while an answer is awaited, and
survives what is no Modbus.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient, AsyncModbusTlsClient
from pymodbus.client.base import ModbusBaseClient
from pymodbus.exceptions import ConnectionException, ModbusException
from pymodbus.framer import FramerType
from pymodbus.pdu import ModbusPDU
from pymodbus.pdu.bit_message import ReadCoilsResponse, ReadDiscreteInputsResponse
from pymodbus.pdu.register_message import ReadHoldingRegistersResponse, ReadInputRegistersResponse

from control.acquisition.tls import context_of
from plant.asset.bench import Device

logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)  # what it would log, we raise

RAW = (ReadCoilsResponse, ReadDiscreteInputsResponse, ReadHoldingRegistersResponse, ReadInputRegistersResponse)
NEVER = 1 << 62  # unanswered requests after which pymodbus would close what other units of a gateway share
WITHOUT_NUMBERS = ("modbus+rtu", "modbus+serial")  # of transactions: a late answer cannot be told from the awaited one


def client_of(device: Device) -> tuple[ModbusBaseClient, list[Exception]]:
    """A client for the device's connection, and what keeps it from connecting, once it has tried.

    Raises :class:`DeviceRefused` where its certificates cannot be used.
    """
    client = TRANSPORTS[device.endpoint.scheme](device, {"timeout": device.timeout, "retries": 0, "reconnect_delay": 0})
    for kind in RAW:
        client.register(_undecoded(kind))
    client.set_max_no_responses(NEVER)
    return client, _mend(client)


def _tcp(device: Device, options: dict[str, Any]) -> ModbusBaseClient:
    return AsyncModbusTcpClient(device.endpoint.host, port=device.endpoint.port, **options)


def _rtu_over_tcp(device: Device, options: dict[str, Any]) -> ModbusBaseClient:
    return AsyncModbusTcpClient(device.endpoint.host, port=device.endpoint.port, framer=FramerType.RTU, **options)


def _tls(device: Device, options: dict[str, Any]) -> ModbusBaseClient:
    end = device.endpoint
    return AsyncModbusTlsClient(end.host, port=end.port, sslctx=context_of(device), **options)


def _serial(device: Device, options: dict[str, Any]) -> ModbusBaseClient:
    line = device.profile.settings
    return AsyncModbusSerialClient(
        device.endpoint.host, baudrate=line.baud, parity=line.parity[0].upper(), stopbits=line.stop_bits, **options
    )


TRANSPORTS: dict[str, Callable[[Device, dict[str, Any]], ModbusBaseClient]] = {
    "modbus": _tcp,
    "modbus+tls": _tls,
    "modbus+rtu": _rtu_over_tcp,
    "modbus+serial": _serial,
}


def _mend(client: ModbusBaseClient) -> list[Exception]:
    context, received, create = client.ctx, client.ctx.callback_data, client.ctx.call_create
    refusals: list[Exception] = []

    async def created() -> Any:
        try:
            return await create()
        except Exception as error:
            refusals.append(error)
            raise

    def fail(why: Exception) -> None:
        if not context.response_future.done():
            context.response_future.set_exception(why)
            context.response_future.exception()  # whoever asked may have gone

    def taken(data: bytes, addr: Any = None) -> int:
        try:
            return received(data, addr)
        except Exception as error:  # of bytes that are no Modbus, anything may come
            fail(ModbusException(f"answered what is no answer to that ({type(error).__name__})"))
            return len(data)

    def connected(is_so: bool) -> None:
        if not is_so:
            fail(ConnectionException("it broke before the answer"))

    context.callback_data, context.trace_connect, context.call_create = taken, connected, created  # type: ignore
    return refusals


def _undecoded(kind: type[ModbusPDU]) -> type[ModbusPDU]:
    def decode(self: Any, data: bytes) -> None:
        self.data = data[1 : 1 + data[0]]

    return type(kind.__name__, (kind,), {"decode": decode})
