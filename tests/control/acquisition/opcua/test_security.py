"""The OPC UA driver and a bare asyncua server with certificates and users: who believes whom."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from asyncua import Server, ua
from asyncua.crypto.cert_gen import setup_self_signed_certificate
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.crypto.truststore import TrustStore
from asyncua.crypto.validator import CertificateValidator, CertificateValidatorOptions
from cryptography.x509.oid import ExtendedKeyUsageOID

from control.acquisition.opcua.driver import OpcUaDriver
from control.bus import quality
from control.bus.clock import WallClock
from plant.asset.bench_file import load_bench
from plant.error import DeviceRefused
from tests.conftest import free_port
from tests.limit import HANGS

pytestmark = pytest.mark.anyio
PROFILE = """
protocol = "opcua"
roles = { well = "Well" }
[[point]]
signal = "well.Frequency"
node = "ns=2;s=F"
"""
SECRET = "an open door"
US, SERVER, STRANGER = "us", "server", "stranger"
USE = {SERVER: ExtendedKeyUsageOID.SERVER_AUTH}


class Users:
    """One user, and nobody else."""

    def get_user(self, _server, username=None, password=None, **_):
        return User(UserRole.User, username) if (username, password) == ("gemelo", SECRET) else None


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Of the module, which shares a server."""
    return "asyncio"


@pytest.fixture(scope="module")
async def folder(anyio_backend, tmp_path_factory):
    """Certificates and keys of us, of the server, and of a stranger; and whom the server believes."""
    place = tmp_path_factory.mktemp("certificates")
    for name in (US, SERVER, STRANGER):
        use = [USE.get(name, ExtendedKeyUsageOID.CLIENT_AUTH)]
        files = place / f"{name}.key", place / f"{name}.der"
        await setup_self_signed_certificate(*files, f"urn:test:{name}", "localhost", use, {"commonName": name})
    (place / "trusted").mkdir()
    (place / "trusted" / "us.der").write_bytes((place / "us.der").read_bytes())
    (place / "password").write_text(f"{SECRET}\n")
    (place / "wrong").write_text("guessed\n")
    return place


@pytest.fixture(scope="module")
async def port(folder) -> AsyncIterator[int]:
    """Of a server that believes our certificate alone, and one user."""
    server, at = Server(user_manager=Users()), free_port()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{at}/maker")
    await server.set_application_uri("urn:test:server")
    server.set_security_policy([ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt])
    server.set_identity_tokens([ua.UserNameIdentityToken])
    await server.load_certificate(folder / "server.der")
    await server.load_private_key(folder / "server.key", format="pem")
    store = TrustStore([folder / "trusted"], [])
    await store.load()
    options = CertificateValidatorOptions.TRUSTED | CertificateValidatorOptions.PEER_CLIENT
    server.iserver.certificate_validator = CertificateValidator(options, store)
    await server.register_namespace("urn:maker")
    await server.nodes.objects.add_variable(ua.NodeId("F", 2), "F", 45.0)
    await server.start()
    yield at
    await server.stop()


@pytest.fixture
def driver_with(tmp_path, folder, port):
    """A driver of the server's device, with these keys in the bench."""

    def make(**keys: str) -> OpcUaDriver:
        for name, value in keys.items():
            keys[name] = str(folder / value) if name.endswith("_file") else value
        said = "\n".join(f"{name} = {value!r}" for name, value in keys.items())
        (tmp_path / "profile.toml").write_text(PROFILE)
        (tmp_path / "bench.toml").write_text(f"""
            field = "test"
            [[device]]
            name = "OPC"
            profile = "profile.toml"
            endpoint = "opc.tcp://127.0.0.1:{port}/maker"
            assets = {{ well = "Well.A" }}
            timeout_s = 20
            {said}""")
        return OpcUaDriver(load_bench(tmp_path / "bench.toml", ["Well.A"]).devices[0], WallClock())

    return make


THEIRS = {"certificate_file": "stranger.der", "key_file": "stranger.key"}
OURS = {"user": "gemelo", "password_file": "password", "certificate_file": "us.der", "key_file": "us.key"}


async def test_with_certificates_that_each_believes_and_a_user_it_is_read(driver_with):
    driver = driver_with(**OURS, trust_file="server.der")
    async with asyncio.timeout(HANGS):
        await driver.connect()
        reading = await driver.read()
        await driver.close()
    assert (reading.value[0], reading.quality[0]) == (45.0, quality.GOOD)


async def test_the_password_may_stand_in_the_environment(driver_with, monkeypatch):
    monkeypatch.setenv("FIELD_PASSWORD", SECRET)
    keys = {name: value for name, value in OURS.items() if name != "password_file"}
    driver = driver_with(**keys, password_env="FIELD_PASSWORD", trust_file="server.der")
    await driver.connect()
    await driver.close()


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (OURS | {"trust_file": "stranger.der"}, "CN=server.* with SHA-1 .*, which trust_file = .* lacks"),
        (OURS, "CN=server.* with SHA-1 .*: name it in trust_file"),
        (OURS | {"trust_file": "password"}, "must hold a certificate"),
        (OURS | {"trust_file": "server.der", "password_file": "wrong"}, "BadUserAccessDenied"),
        (OURS | THEIRS | {"trust_file": "server.der"}, "BadCertificate"),
        ({}, "offers no endpoint with security policy None"),
    ],
)  # fmt: skip
async def test_whoever_is_not_believed_is_refused_with_the_reason(driver_with, keys, why):
    driver = driver_with(**keys)
    async with asyncio.timeout(HANGS):
        with pytest.raises(DeviceRefused, match=why):
            await driver.connect()
    await driver.close()
