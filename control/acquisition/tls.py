"""TLS to a device: whom we believe, and who we are, as its bench says."""

from __future__ import annotations

import ssl

from plant.asset.bench import Device
from plant.error import DeviceRefused


def context_of(device: Device) -> ssl.SSLContext:
    """What a connection to the device is made with. The name in its certificate must be the endpoint's host.

    Raises :class:`DeviceRefused` where a file cannot be used.
    """
    credentials, trust = device.credentials, device.credentials.trust_file
    try:
        context = ssl.create_default_context(
            cafile=str(trust) if trust and trust.is_file() else None,
            capath=str(trust) if trust and trust.is_dir() else None,
        )
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if credentials.certificate_file:
            context.load_cert_chain(credentials.certificate_file, credentials.key_file)
    except (OSError, ssl.SSLError) as error:
        files = f"{trust or ''} {credentials.certificate_file or ''} {credentials.key_file or ''}".strip()
        raise DeviceRefused(device.name, f"its certificates cannot be used ({files}): {error}") from None
    return context
