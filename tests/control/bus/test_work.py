"""Work until told to stop: all of it ends with the first failure, or when told."""

import asyncio

import pytest

from control.bus.work import until

pytestmark = pytest.mark.anyio


class Endless:
    """Work that goes on until it is ended."""

    def __init__(self) -> None:
        self.has_ended = False

    async def work(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.has_ended = True


async def nothing() -> None:
    """Work that is done at once."""


async def test_told_to_stop_all_of_it_ends():
    stop, one, other = asyncio.Event(), Endless(), Endless()
    asyncio.get_running_loop().call_soon(stop.set)
    await until(stop, one.work(), nothing(), other.work())
    assert one.has_ended
    assert other.has_ended


async def test_the_first_failure_ends_the_rest_and_is_raised():
    async def fail() -> None:
        raise ValueError("no more")

    one = Endless()
    with pytest.raises(ValueError, match="no more"):
        await until(asyncio.Event(), one.work(), fail())
    assert one.has_ended


async def test_what_is_cancelled_takes_its_work_along():
    one = Endless()
    task = asyncio.create_task(until(asyncio.Event(), one.work()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert one.has_ended
