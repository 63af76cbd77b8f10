"""How a session is secured: by policy and certificates, and by who we say we are."""

from __future__ import annotations

from typing import Any

from asyncua import Client, ua
from asyncua.crypto import security_policies
from asyncua.crypto.uacrypto import CertProperties
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from control.acquisition.opcua import trust
from plant.asset.bench import Device
from plant.asset.protocol.opcua import OpcUaSettings
from plant.error import DeviceRefused

POLICIES: dict[str, Any] = {
    "Basic256Sha256": security_policies.SecurityPolicyBasic256Sha256,
    "Aes128_Sha256_RsaOaep": security_policies.SecurityPolicyAes128Sha256RsaOaep,
    "Aes256_Sha256_RsaPss": security_policies.SecurityPolicyAes256Sha256RsaPss,
}
MODES = {"sign": ua.MessageSecurityMode.Sign, "sign_and_encrypt": ua.MessageSecurityMode.SignAndEncrypt}
USUAL = "Basic256Sha256"


async def secure(client: Client, device: Device) -> None:
    """Let ``client`` connect as the device's credentials say; nothing secret is said before the server is believed.

    Raises :class:`DeviceRefused` where it is not, or has no such endpoint.
    """
    own, settings = device.credentials, device.profile.settings
    if own.user:
        client.set_user(own.user)
        client.set_password(own.password(device.name))
    policy = policy_of(device)
    if policy == "None":
        return
    if own.certificate_file is None or own.key_file is None:
        raise DeviceRefused(device.name, f"security_policy = {policy} needs certificate_file and key_file in the bench")
    shown = _offered(await client.connect_and_get_server_endpoints(), device, policy, settings)
    server = trust.check(device, shown)
    mine = trust.certificate_of(device.name, own.certificate_file)
    client.application_uri = _uri(mine) or client.application_uri
    key = trust.pem_or_der(device.name, own.key_file)
    await client.set_security(
        POLICIES[policy], CertProperties(mine.public_bytes(Encoding.DER), "der"), CertProperties(key, _format(key)),
        server_certificate=CertProperties(server.public_bytes(Encoding.DER), "der"), mode=MODES[settings.mode],
    )  # fmt: skip


def policy_of(device: Device) -> str:
    """The policy that a device is met with: without a word of its profile, that of our certificate."""
    settings: OpcUaSettings = device.profile.settings
    if settings.policy != "auto":
        return settings.policy
    return USUAL if device.credentials.certificate_file else "None"


def _offered(
    endpoints: list[ua.EndpointDescription], device: Device, policy: str, settings: OpcUaSettings
) -> bytes | None:
    uri, mode = POLICIES[policy].URI, MODES[settings.mode]
    for endpoint in endpoints:
        if endpoint.SecurityPolicyUri == uri and endpoint.SecurityMode == mode:
            return endpoint.ServerCertificate
    found = {f"{(e.SecurityPolicyUri or '').rpartition('#')[2]} {e.SecurityMode.name}" for e in endpoints}
    raise DeviceRefused(device.name, f"offers no {policy} {mode.name}, but {', '.join(sorted(found))}")


def _uri(certificate: x509.Certificate) -> str:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ""
    return next(iter(names.get_values_for_type(x509.UniformResourceIdentifier)), "")


def _format(data: bytes) -> str:
    return "pem" if data.lstrip().startswith(trust.PEM) else "der"
