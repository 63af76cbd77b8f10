"""Writing: by which functions a value gets into its registers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from pymodbus.client.base import ModbusBaseClient
from pymodbus.pdu import ModbusPDU

from control.acquisition.modbus.exception import FUNCTION
from plant.asset.register import Register

Ask = Callable[[Callable[[ModbusBaseClient], Awaitable[ModbusPDU]]], Awaitable[ModbusPDU]]


class Writer:
    """Writes to one unit; remembers which functions it does not have."""

    def __init__(self, unit: int):
        self._unit = unit
        self._lacks_single = {"coil": False, "holding": False}

    async def write(self, ask: Ask, register: Register, words: Sequence[int], own: int | None) -> ModbusPDU:
        """Write words, of which only the bits ``own`` where given, and return the answer, an exception or not."""
        if register.function == "mask" and own is not None and len(words) == 1:
            keep, at = 0xFFFF & ~own, register.address
            return await ask(
                lambda c: c.mask_write_register(address=at, and_mask=keep, or_mask=words[0], device_id=self._unit)
            )
        if register.function == "multiple" or (register.function != "single" and len(words) > 1):
            return await self._multiple(ask, register, words)
        if register.function == "single" or not self._lacks_single[register.area]:
            answer = await self._single(ask, register, words)
            if register.function == "single" or not answer.isError() or answer.exception_code != FUNCTION:
                return answer
            self._lacks_single[register.area] = True  # it said that it does not know the function, and did nothing
        return await self._multiple(ask, register, words)

    async def _single(self, ask: Ask, register: Register, words: Sequence[int]) -> ModbusPDU:
        for offset, word in enumerate(words):
            answer = await ask(self._one(register, offset, word))
            if answer.isError():
                break
        return answer

    def _one(self, register: Register, offset: int, word: int) -> Callable[[ModbusBaseClient], Awaitable[ModbusPDU]]:
        at = register.address + offset
        if register.is_bit:
            return lambda client: client.write_coil(at, bool(word), device_id=self._unit)
        return lambda client: client.write_register(at, word, device_id=self._unit)

    async def _multiple(self, ask: Ask, register: Register, words: Sequence[int]) -> ModbusPDU:
        at, bits = register.address, [bool(word) for word in words]
        if register.is_bit:
            return await ask(lambda client: client.write_coils(at, bits, device_id=self._unit))
        return await ask(lambda client: client.write_registers(at, list(words), device_id=self._unit))
