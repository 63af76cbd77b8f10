"""Cancellations that get lost: asyncio.wait_for of Python 3.11 does that (python/cpython#81839)."""

import asyncio

import pytest

from control.bus import cancel
from control.bus.cancel import end, end_if_cancelled
from tests.limit import HANGS

pytestmark = pytest.mark.anyio


async def swallow_one() -> None:
    """As wait_for does when its result comes in the same moment."""
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        pass


async def test_a_task_that_swallows_a_cancellation_is_told_again(monkeypatch):
    monkeypatch.setattr(cancel, "AGAIN", 0.01)

    async def stubborn() -> None:
        await swallow_one()
        await swallow_one()
        await asyncio.Event().wait()

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    async with asyncio.timeout(HANGS):
        await end(task)
    assert task.cancelled()


async def test_a_task_that_has_ended_or_fails_at_its_end_is_ended():
    async def failing() -> None:
        raise ValueError("its own affair")

    task = asyncio.create_task(failing())
    await asyncio.sleep(0)
    await end(task)
    await end(task)
    assert isinstance(task.exception(), ValueError)


async def test_a_loop_that_looks_for_itself_ends_though_its_cancellation_was_swallowed():
    async def loop() -> None:
        while True:
            await swallow_one()
            end_if_cancelled()

    task = asyncio.create_task(loop())
    await asyncio.sleep(0)
    task.cancel()
    async with asyncio.timeout(HANGS):
        await asyncio.wait({task})
    assert task.cancelled()


async def test_a_loop_that_nobody_cancelled_goes_on():
    end_if_cancelled()
    async with asyncio.timeout(HANGS):  # a timeout that did not strike leaves nothing behind
        end_if_cancelled()
