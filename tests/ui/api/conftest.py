import os
from collections.abc import AsyncIterator, Iterator

import pytest

from control.bus.batch import Batch
from control.bus.quality import BAD_SENSOR_FAILURE, GOOD
from tests.conftest import BusServer
from tests.ui.api.running import SECOND, TOKEN, WELL, Stack, running_stack

BEFORE = 1_750_000_000 * SECOND


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """One loop for a module, so that one stack serves all its tests."""
    return "asyncio"


@pytest.fixture(scope="module", autouse=True)
def token() -> Iterator[None]:
    """The token, where the API looks for it."""
    os.environ["GEMELO_TOKEN"] = TOKEN
    yield
    del os.environ["GEMELO_TOKEN"]


@pytest.fixture(scope="module")
def module_bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusServer]:
    """A bus for all tests of a module."""
    running = BusServer(tmp_path_factory.mktemp("bus"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
async def stack(module_bus: BusServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """A running API; one scan of one well had been taken before it started."""
    tags = [f"{WELL}.{signal}" for signal in ("Voltage", "RunState", "MotorTemperature")]
    quality = [GOOD, GOOD, BAD_SENSOR_FAILURE]
    before = Batch.snapshot(tags, BEFORE, [1000.0, 2.0, float("nan")], quality, "RTU-CACB27A-P1")
    async with running_stack(module_bus.url, tmp_path_factory.mktemp("data"), before) as running:
        yield running
