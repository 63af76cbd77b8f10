"""Trust: whether a server's certificate is one that the bench's ``trust_file`` lets us believe.

asyncua alone accepts any. Here one is believed that stands in the list itself, or that an authority in the list issued.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA1

from plant.asset.bench import Device
from plant.error import DeviceRefused

PEM = b"-----BEGIN"


def check(device: Device, der: bytes | None) -> x509.Certificate:
    """The server's certificate. Raises :class:`DeviceRefused` where it is not to be believed, and says which it was."""
    trust = device.credentials.trust_file
    if not der:
        raise DeviceRefused(device.name, "shows no certificate, which a secured connection needs")
    certificate = x509.load_der_x509_certificate(der)
    if trust is None:
        raise DeviceRefused(
            device.name, f"its certificate is {_told(certificate)}: name it in trust_file to believe it"
        )
    if not any(_vouches(known, certificate) for known in _certificates(device.name, trust)):
        raise DeviceRefused(device.name, f"its certificate is {_told(certificate)}, which trust_file = {trust} lacks")
    if not certificate.not_valid_before_utc <= datetime.now(UTC) <= certificate.not_valid_after_utc:
        raise DeviceRefused(device.name, f"its certificate is {_told(certificate)}, which is not valid now")
    return certificate


def pem_or_der(device: str, path: Path) -> bytes:
    """A file of a certificate or key. Raises :class:`DeviceRefused` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DeviceRefused(device, f"{path}: {error.strerror}") from None


def certificate_of(device: str, path: Path) -> x509.Certificate:
    """The certificate in a file. Raises :class:`DeviceRefused` where there is none."""
    return _certificates(device, path)[0]


def _certificates(device: str, place: Path) -> list[x509.Certificate]:
    files = sorted(file for file in place.iterdir() if file.is_file()) if place.is_dir() else [place]
    found = []
    for file in files:
        data = pem_or_der(device, file)
        try:
            is_pem = data.lstrip().startswith(PEM)
            found += x509.load_pem_x509_certificates(data) if is_pem else [x509.load_der_x509_certificate(data)]
        except ValueError:
            raise DeviceRefused(device, f"{file}: must hold a certificate in PEM or DER") from None
    return found


def _vouches(known: x509.Certificate, shown: x509.Certificate) -> bool:
    if known == shown:
        return True
    try:
        is_authority = known.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        if is_authority:
            shown.verify_directly_issued_by(known)
        return is_authority
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False


def _told(certificate: x509.Certificate) -> str:
    return f"{certificate.subject.rfc4514_string()} with SHA-1 {certificate.fingerprint(SHA1()).hex()}"
