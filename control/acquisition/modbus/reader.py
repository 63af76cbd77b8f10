"""Readers: how the requests of a plan are asked, and what the plan learns from the answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import numpy as np
from pymodbus.client.base import ModbusBaseClient
from pymodbus.pdu import ModbusPDU

from control.acquisition.complaint import Complaints
from control.acquisition.modbus import exception
from control.acquisition.modbus.plan import Plan, Request
from control.bus import quality
from control.bus.clock import SECOND, Clock
from plant.asset.bench import Device
from plant.error import DeviceRefused, DeviceTimeout

Ask = Callable[[ModbusBaseClient], Awaitable[ModbusPDU]]
READS = {
    "coil": (1, ModbusBaseClient.read_coils), "discrete": (2, ModbusBaseClient.read_discrete_inputs),
    "holding": (3, ModbusBaseClient.read_holding_registers), "input": (4, ModbusBaseClient.read_input_registers),
}  # fmt: skip
REST = 60 * SECOND  # for which registers that are met with silence are left alone


class Reader:
    """Reads what a plan says, over whatever asks. One at a time: requests may be split on the way."""

    def __init__(
        self, device: Device, plan: Plan, asked: Callable[[Ask], Awaitable[ModbusPDU]],
        complaints: Complaints, clock: Clock,
    ):  # fmt: skip
        self._device, self._plan, self._asked = device, plan, asked
        self._complaints, self._clock = complaints, clock

    async def read(self, value: np.ndarray, code: np.ndarray) -> None:
        """Fill in what all requests bring. Raises as drivers do, where the device is gone."""
        for request in self._plan:
            await self._read(request, value, code)

    async def _read(self, request: Request, value: np.ndarray, code: np.ndarray) -> bool:
        """Fill in what a request brings; whether anything was answered."""
        index = request.decode.index
        if request.rests_until > self._clock.now():
            code[index] = quality.BAD_COMMUNICATION
            return False
        try:
            answer = await self._asked_twice(request)
        except DeviceTimeout:
            return await self._silent(request, value, code)
        except DeviceRefused as error:
            self._complain(request, error.rule)
            code[index] = quality.BAD_DEVICE_FAILURE
            return False
        if not answer.isError():
            return self._answered(request, answer, value, code)
        self._complain(request, f"answered {exception.told(answer)}")
        code[index] = exception.quality_of(answer.exception_code)
        if answer.exception_code in exception.PERHAPS_TOO_MUCH and request.can_be_split and not request.is_known:
            return await self._split(request, value, code)
        if answer.exception_code == exception.ADDRESS and request.can_be_split:
            return await self._split(request, value, code)
        return False

    def _answered(self, request: Request, answer: ModbusPDU, value: np.ndarray, code: np.ndarray) -> bool:
        index, data = request.decode.index, getattr(answer, "data", b"")
        wanted = READS[request.block.area][0]
        if answer.function_code != wanted:
            self._complain(request, f"answered function {answer.function_code} to function {wanted}")
        elif len(data) < request.block.size:
            self._complain(request, f"answered {len(data)} bytes in place of {request.block.size}")
        else:
            request.is_known, request.data = True, data
            value[index], code[index] = request.decode(data)
            return True
        code[index] = quality.BAD_DEVICE_FAILURE  # nothing of it can be trusted
        return False

    async def _silent(self, request: Request, value: np.ndarray, code: np.ndarray) -> bool:
        """The device is gone, or does not answer this: which of both it is tells the least that can be asked.

        Raises :class:`DeviceTimeout` where it is gone.
        """
        has_answered = any(other.is_known for other in self._plan)
        if request.can_be_split and not request.is_known:
            if not has_answered:
                await self._ask(request.first())
            return await self._split(request, value, code)
        if request.is_known or not has_answered:
            raise DeviceTimeout(self._device.name, "did not answer in time")
        self._complain(request, "silence")
        code[request.decode.index] = quality.BAD_COMMUNICATION
        request.rests_until = self._clock.now() + REST
        return False

    async def _split(self, request: Request, value: np.ndarray, code: np.ndarray) -> bool:
        """Ask in halves, and remember to where that brings anything."""
        parts = request.halves()
        self._plan.replace(request, parts)
        was_answered = [await self._read(part, value, code) for part in parts]
        if not any(was_answered):
            request.is_whole = True
            self._plan.restore(request)
        return any(was_answered)

    async def _asked_twice(self, request: Request) -> ModbusPDU:
        """One answer may get lost or late without the device being so, and busy it is for a moment. A write is never
        asked twice."""
        try:
            answer = await self._ask(request)
            return await self._ask(request) if _is_busy(answer) else answer
        except DeviceTimeout:
            return await self._ask(request)

    async def _ask(self, request: Request) -> ModbusPDU:
        read, block = READS[request.block.area][1], request.block
        return await self._asked(
            lambda c: read(c, block.start, count=block.count, device_id=self._device.endpoint.unit_id)
        )

    def _complain(self, request: Request, what: str) -> None:
        block = request.block
        self._complaints.add(f"{block.area} {block.start}..{block.start + block.count - 1}: {what}")


def _is_busy(answer: ModbusPDU) -> bool:
    return answer.isError() and answer.exception_code == exception.BUSY
