from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from control.bus.connection import Bus
from tests.historian.running import HistorianProcess, Running, running_historian
from tests.place import DEMO


@pytest.fixture
async def bus(bus_url: str) -> AsyncIterator[Bus]:
    """A connection to a bus of the test's own."""
    connection = await Bus.connect(bus_url, DEMO)
    yield connection
    await connection.close()


@pytest.fixture
async def historian(bus_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """A historian that runs on the test's own bus and loop."""
    async with running_historian(bus_url, tmp_path) as running:
        yield running


@pytest.fixture
def historian_process(bus_url: str, tmp_path: Path) -> Iterator[HistorianProcess]:
    """A historian that can be started and killed; ended with the test."""
    process = HistorianProcess(bus_url, tmp_path / "data")
    yield process
    if process.process and process.process.poll() is None:
        process.kill()
