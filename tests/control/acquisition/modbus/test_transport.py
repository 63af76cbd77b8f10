"""Transports and foreign servers: the driver against pymodbus, pyModbusTCP and libmodbus, on TCP, TLS, serial."""

import asyncio
import contextlib
import os
import ssl
import subprocess
import tty
from pathlib import Path

import pytest
from pymodbus import FramerType
from pymodbus.server import ModbusSerialServer, ModbusTcpServer, ModbusTlsServer
from pymodbus.simulator import DataType, SimData, SimDevice
from pyModbusTCP.server import ModbusServer

from control.acquisition.modbus.driver import ModbusDriver
from control.bus import quality
from control.bus.clock import WallClock
from plant.asset.bench_file import load_bench
from plant.error import DeviceLost
from tests.certificate import certificate
from tests.limit import HANGS

pytestmark = pytest.mark.anyio

GOOD = quality.GOOD
POINTS = """
    [[point]]
    signal = "well.Frequency"
    area = "holding"
    address = 0
    scale = 0.01
    [[point]]
    signal = "well.FrequencyReference"
    area = "holding"
    address = 3
    scale = 0.01
"""
WORDS = [4321, 0, 0, 4500, 0, 0, 0, 0]


def units() -> list[SimDevice]:
    return [SimDevice(1, simdata=[SimData(0, values=WORDS, datatype=DataType.REGISTERS)])]


async def check(driver: ModbusDriver, said) -> None:
    """It is read, and what is written shows."""
    assert await said(driver) == {"Frequency": (43.21, GOOD), "FrequencyReference": (45.0, GOOD)}
    await driver.write("Well.A.FrequencyReference", 47.5)
    assert (await said(driver))["FrequencyReference"] == (47.5, GOOD)


@contextlib.asynccontextmanager
async def serving(server):
    await server.serve_forever(background=True)
    try:
        yield server
    finally:
        await server.shutdown()


@pytest.mark.parametrize(("scheme", "framer"), [("modbus", FramerType.SOCKET), ("modbus+rtu", FramerType.RTU)])
async def test_pymodbus_serves_it_over_tcp_in_either_framing(drive, said, free_port, scheme, framer):
    async with serving(ModbusTcpServer(units(), framer=framer, address=("127.0.0.1", free_port))):
        await check(await drive(free_port, POINTS, "timeout_s = 5", scheme=scheme), said)


async def test_pyModbusTCP_serves_it(drive, said, free_port):
    server = ModbusServer("127.0.0.1", free_port, no_block=True)
    await asyncio.to_thread(server.start)
    server.data_bank.set_holding_registers(0, WORDS)
    await check(await drive(free_port, POINTS, "timeout_s = 5"), said)
    await asyncio.to_thread(server.stop)


@pytest.fixture
def line():
    """A serial line without a wire: two ends of two pseudo-terminals, joined by the loop."""
    ends = [os.openpty() for _ in range(2)]
    for pair in ends:
        for end in pair:
            tty.setraw(end)
    yield ends
    for pair in ends:
        for end in pair:
            os.close(end)


def join(ends) -> list[int]:
    """What comes from either terminal goes to the other."""
    loop, masters = asyncio.get_running_loop(), [master for master, _ in ends]
    for here, there in (masters, masters[::-1]):
        loop.add_reader(here, lambda here=here, there=there: os.write(there, os.read(here, 512)))
    return masters


def serial_bench(tmp_path: Path, terminal: str, profile: str = POINTS) -> ModbusDriver:
    head = 'protocol = "modbus"\nroles = { well = "Well" }\nbaud = 115200\nparity = "none"\n'
    (tmp_path / "p.toml").write_text(head + profile)
    (tmp_path / "bench.toml").write_text(
        f'field = "f"\n[[device]]\nname = "RTU"\nprofile = "./p.toml"\nanswers = "real"\ntimeout_s = 5\n'
        f'endpoint = "modbus+serial://{terminal}/1"\nassets = {{ well = "Well.A" }}\n'
    )
    return ModbusDriver(load_bench(tmp_path / "bench.toml").devices[0], WallClock())


async def test_pymodbus_serves_it_on_a_serial_line(line, said, tmp_path):
    theirs, ours = (os.ttyname(slave) for _, slave in line)
    masters = join(line)
    server = ModbusSerialServer(units(), framer=FramerType.RTU, port=theirs, baudrate=115200)
    driver = serial_bench(tmp_path, ours)
    async with serving(server):
        await driver.connect()
        await check(driver, said)
        await driver.close()
    for master in masters:
        asyncio.get_running_loop().remove_reader(master)


async def test_libmodbus_serves_it_on_a_serial_line(line, said, tmp_path, require_peer):
    source, program = Path(__file__).parents[3] / "foreign" / "rtu.c", tmp_path / "rtu"
    flags = subprocess.run(
        [require_peer("pkg-config"), "--cflags", "--libs", "libmodbus"], capture_output=True, text=True, timeout=HANGS
    ).stdout.split()
    subprocess.run([require_peer("gcc"), "-Wall", "-Werror", "-o", program, source, *flags], check=True, timeout=HANGS)
    theirs, ours = (os.ttyname(slave) for _, slave in line)
    masters, driver = join(line), serial_bench(tmp_path, ours)
    server = await asyncio.create_subprocess_exec(program, theirs, stdout=subprocess.PIPE)
    assert (await server.stdout.readline()).startswith(b"listening")
    await driver.connect()
    await check(driver, said)
    await driver.close()
    server.terminate()
    await server.wait()
    for master in masters:
        asyncio.get_running_loop().remove_reader(master)


async def test_a_serial_port_that_is_not_there_is_a_lost_device(tmp_path):
    with pytest.raises(DeviceLost, match=r"RTU: modbus\+serial:///dev/nobody/1"):
        await serial_bench(tmp_path, "/dev/nobody").connect()


@pytest.fixture
async def tls(tmp_path, free_port):
    """A server that wants to see the certificate named ``ours``."""
    for name in ("theirs", "ours", "stranger"):
        certificate(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "theirs.pem", tmp_path / "theirs.key")
    context.load_verify_locations(tmp_path / "ours.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    async with serving(ModbusTlsServer(units(), address=("127.0.0.1", free_port), sslctx=context)):
        yield free_port


KEYS = 'timeout_s = 5\ncertificate_file = "ours.pem"\nkey_file = "ours.key"\n'


async def test_over_tls_both_sides_prove_who_they_are(tls, drive, said):
    await check(await drive(tls, POINTS, KEYS + 'trust_file = "theirs.pem"', scheme="modbus+tls"), said)


async def test_a_device_with_a_certificate_that_nobody_trusts_is_refused_in_its_own_words(tls, drive):
    with pytest.raises(DeviceLost, match="certificate verify failed"):
        await drive(tls, POINTS, KEYS + 'trust_file = "stranger.pem"', scheme="modbus+tls")
