"""Whom a server lets in: by certificate into a channel, by name into a session, as a viewer or an operator.

asyncua alone believes any certificate and lets anybody write. Without a :class:`~plant.asset.listener.Listener` it is
open to all, as a field on its own network is.
"""

from __future__ import annotations

import hmac
from hashlib import sha1
from typing import Any

from asyncua import Server, ua
from asyncua.common.utils import ServiceError as Refusal
from asyncua.crypto.permission_rules import ADMIN_TYPES, SimpleRoleRuleset, User, UserRole
from asyncua.crypto.truststore import TrustStore
from asyncua.crypto.validator import CertificateValidator, CertificateValidatorOptions
from asyncua.server.user_managers import UserManager
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from plant.asset.listener import Listener
from plant.error import ServiceError

ROLES = {"viewer": UserRole.Anonymous, "operator": UserRole.User}  # asyncua has no role that reads alone but this
CLOSED = {ua.NodeId(ua.Int32(kind)) for kind in ADMIN_TYPES}
REJECTED, MOST = "rejected", 50  # the folder beside the trusted ones, and how many certificates it keeps
CHECKS = (CertificateValidatorOptions.TRUSTED_VALIDATION ^ CertificateValidatorOptions.REVOKED) | (
    CertificateValidatorOptions.PEER_CLIENT
)


async def guard(server: Server, listener: Listener | None) -> None:
    """Let it offer what ``listener`` says, and turn away all others. Raises :class:`ServiceError` for a bad file."""
    if listener is None:
        server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
        return
    server.set_security_policy([kind for policy in listener.policies for kind in _kinds(policy)], Services())
    names = [ua.UserNameIdentityToken] if listener.guests else []
    server.set_identity_tokens([*names, *([ua.AnonymousIdentityToken] if listener.anonymous else [])])
    server.iserver.user_manager = Guests(listener)
    if listener.certificate_file is None or listener.key_file is None:
        return
    try:
        certificate = x509.load_der_x509_certificate(listener.certificate_file.read_bytes())
        await server.load_certificate(listener.certificate_file)
        await server.load_private_key(listener.key_file, format="pem")
    except (OSError, ValueError) as error:
        raise ServiceError(f"listener[{listener.endpoint}]: certificate_file and key_file: {error}") from None
    await server.set_application_uri(_uri(certificate))
    server.iserver.certificate_validator = Doorkeeper(listener)


class Services(SimpleRoleRuleset):
    """All but those that change what nodes there are; who may write is said of each node."""

    def check_validity(self, _user: User, action_type_id: ua.NodeId, _body: Any) -> bool:
        """Whether the user may ask for it."""
        return action_type_id not in CLOSED


class Guests(UserManager):
    """A user manager of asyncua: who comes in by name, and as what."""

    def __init__(self, listener: Listener):
        self._listener = listener

    def get_user(
        self,
        iserver: Any,  # noqa: ARG002
        username: str | None = None,
        password: Any = None,
        certificate: Any = None,  # noqa: ARG002
    ) -> User | None:
        """The user; None where the name is not known or the password wrong."""
        if username is None:
            role = self._listener.anonymous
            return User(ROLES[role]) if role else None
        guest, given = self._listener.guests.get(username), password or ""
        if guest is None:
            return None
        try:
            kept = guest.password_file.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
        except OSError:
            return None  # nobody comes in by a password that is not there
        is_right = hmac.compare_digest(kept.encode(), (given if isinstance(given, bytes) else given.encode()))
        return User(ROLES[guest.role], username) if is_right and kept else None


class Doorkeeper:
    """Believes certificates of clients that lie in the trusted folder, as it is when they come.

    One that it turns away is laid into the folder ``rejected`` within it, from where it can be moved up.
    """

    def __init__(self, listener: Listener):
        assert listener.trust_folder is not None
        self._folder = listener.trust_folder

    async def __call__(self, certificate: x509.Certificate, client: ua.ApplicationDescription) -> None:
        """Raises what asyncua answers a client with."""
        try:
            await CertificateValidator(CHECKS, await self._trusted()).validate(certificate, client)
        except Refusal:
            self._keep(certificate.public_bytes(Encoding.DER))
            raise

    async def _trusted(self) -> TrustStore:
        store = TrustStore([self._folder], [])
        try:
            await store.load()
        except (OSError, ValueError):  # an empty folder, or one with something else in it
            raise Refusal(ua.StatusCodes.BadCertificateUntrusted) from None
        return store

    def _keep(self, der: bytes) -> None:
        place = self._folder / REJECTED
        try:
            place.mkdir(exist_ok=True)
            if len(list(place.iterdir())) < MOST:
                (place / f"{sha1(der, usedforsecurity=False).hexdigest()}.der").write_bytes(der)
        except OSError:
            return  # a folder that cannot be written: the client is turned away all the same


def _kinds(policy: str) -> list[ua.SecurityPolicyType]:
    if policy == "None":
        return [ua.SecurityPolicyType.NoSecurity]
    prefix = policy.replace("_", "")
    return [kind for kind in ua.SecurityPolicyType if kind.name.replace("_", "").startswith(prefix)]


def _uri(certificate: x509.Certificate) -> str:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return "urn:gemelo:field"
    return next(iter(names.get_values_for_type(x509.UniformResourceIdentifier)), "urn:gemelo:field")
