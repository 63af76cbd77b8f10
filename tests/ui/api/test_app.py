"""The application as a whole: its description, its shield, and how its process starts and ends."""

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from control.bus.connection import Bus
from control.bus.service import Pulse
from plant.error import ServiceError
from tests.conftest import free_port
from tests.historian.running import until
from tests.limit import HANGS
from tests.place import DEMO
from tests.ui.api.running import BEARER, TOKEN, Stack
from ui.api.service import body
from ui.api.shield import BODY

pytestmark = pytest.mark.anyio


async def test_every_route_is_described_with_an_example_and_its_problems(stack: Stack) -> None:
    api = await stack.get("/openapi.json")
    assert "Problem" in api["components"]["schemas"]
    assert "HTTPValidationError" not in api["components"]["schemas"]
    page = (await stack.client.get("/docs")).text
    for path, verbs in api["paths"].items():
        assert path in page
        for route in verbs.values():
            assert route["summary"]
            assert route["description"]
            refused = [reply for status, reply in route["responses"].items() if status >= "400"]
            assert all("application/problem+json" in reply["content"] for reply in refused)
    for text in ("raise rate", "FrequencyReference", "text/event-stream"):
        assert text in page or text in str(api)


async def test_the_page_of_the_description_asks_no_other_machine(stack: Stack) -> None:
    page = (await stack.client.get("/docs")).text
    assert "http" not in page.replace("urn:", "")
    assert "<script" not in page


async def test_browsers_are_told_not_to_be_misused(stack: Stack) -> None:
    for path in ("/health", "/api/v1/tags", "/api/v1/nothing", "/docs"):
        headers = (await stack.client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


async def test_a_page_of_another_site_cannot_reach_in_by_a_name_of_its_own(stack: Stack) -> None:
    for host in ("evil.example", "evil.example:8080", "127.0.0.1.evil.example", "[::1", ""):
        reply = await stack.client.get("/api/v1/tags", headers={"Host": host})
        assert (reply.status_code, reply.headers["content-type"]) == (400, "application/problem+json")
        said = reply.json()
        assert (said["type"], said["subject"], said["value"]) == ("urn:gemelo:problem:unknown-host", "Host", host)
    for host in ("localhost", "LOCALHOST:8080", "[::1]:80"):
        assert (await stack.client.get("/health", headers={"Host": host})).status_code == 200


async def test_no_such_page_and_no_such_method_are_problems(stack: Stack) -> None:
    assert (await stack.get("/nothing", 404))["type"] == "urn:gemelo:problem:not-found"
    reply = await stack.client.delete("/api/v1/tags")
    assert (reply.status_code, reply.headers["content-type"]) == (405, "application/problem+json")


@pytest.mark.parametrize("is_announced", [True, False])
async def test_a_body_too_large_is_refused(stack: Stack, is_announced: bool) -> None:
    async def parts():
        for _ in range(1 + BODY // 1000):
            yield b" " * 1000

    content = b" " * (BODY + 1) if is_announced else parts()
    headers = {"Authorization": f"Bearer {TOKEN}"}
    reply = await stack.client.post("/api/v1/commands", content=content, headers=headers)
    assert (reply.status_code, reply.json()["status"]) == (413, 413)


async def test_a_taken_port_is_named_with_the_setting_that_changes_it(bus_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = argparse.Namespace(host="127.0.0.1", port=port, field="shengli12", bench="shengli12", data=None)
        bus = await Bus.connect(bus_url, DEMO)
        with pytest.raises(ServiceError, match=rf"127\.0\.0\.1:{port}.*--port"):
            await body(bus, settings, Pulse("api"), asyncio.Event())
        await bus.close()


async def test_told_to_stop_it_lets_its_listeners_go_and_ends_well(bus_url: str, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "ui.api.service", "--bus", bus_url, "--port", str(port), "--data", str(tmp_path)]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[3], env=os.environ, stderr=subprocess.PIPE, text=True
    )

    async def health() -> int:
        try:
            return (await client.get("/health")).status_code
        except httpx.HTTPError as error:
            raise ServiceError("not yet") from error

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=BEARER, timeout=20) as client:
        await until(health)
        async with client.stream("GET", "/api/v1/live") as reply:
            lines = reply.aiter_lines()
            await anext(lines)
            process.send_signal(signal.SIGTERM)
            assert [line async for line in lines] == [""]  # the event's end, and then the stream's
    assert (process.wait(HANGS), process.stderr.read()) == (0, "")
