"""A session with the server of a device: secured as its bench says, within the limits that the server has.

Nothing that OPC UA throws gets past it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from urllib.parse import unquote

from asyncua import Client, ua
from asyncua.common.node import Node
from cryptography.exceptions import InvalidSignature

from control.acquisition.opcua.security import policy_of, secure
from plant.asset.bench import Device
from plant.error import DeviceError, DeviceLost, DeviceRefused, DeviceTimeout

logging.getLogger("asyncua").setLevel(logging.CRITICAL)  # what it would log, we raise

FAREWELL = 0.5  # s that a server gets to take leave
LIMITS = {  # what a server may limit, by the nodes that say so (10000-5, 6.3.11)
    "read": ua.ObjectIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead,
    "monitor": ua.ObjectIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
}
GONE = {
    "BadSessionIdInvalid", "BadSessionClosed", "BadSecureChannelClosed", "BadSecureChannelIdInvalid",
    "BadConnectionClosed", "BadServerHalted", "BadShutdown", "BadNotConnected", "BadServerNotConnected",
}  # fmt: skip
TOO_MUCH = (
    ua.StatusCodes.BadTooManyOperations, ua.StatusCodes.BadRequestTooLarge, ua.StatusCodes.BadResponseTooLarge,
    ua.StatusCodes.BadEncodingLimitsExceeded,
)  # fmt: skip
T = TypeVar("T")
Part = TypeVar("Part")
NOWHERE = "ns=65535;s=of a namespace that the server does not have"


class Session:
    """One session. ``on_loss`` is called with what ended it."""

    def __init__(self, device: Device, on_loss: Callable[[Exception], None]):
        self.device, self._on_loss = device, on_loss
        # Half a scan to notice and half to be sure keep a lost server's tags from looking good for two scans.
        half = device.scan / 2
        self.client = Client(str(device.endpoint), timeout=device.timeout, watchdog_intervall=half)
        self.client.connection_lost_callback = self._lost
        self._namespaces: list[str] = []
        self._most: dict[str, int] = {}  # nodes in one request of a kind

    async def open(self) -> None:
        """Raises :class:`DeviceLost`, :class:`DeviceTimeout`, or :class:`DeviceRefused` where one does not believe
        the other."""
        try:
            await self.asked(secure(self.client, self.device))
            await self.asked(self.client.connect())
            await self._learn()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Take leave, if it is there."""
        with contextlib.suppress(TimeoutError, OSError, ua.UaError):  # whoever is gone cannot be taken leave of
            async with asyncio.timeout(FAREWELL):
                await self.client.disconnect()
        protocol = self.client.uaclient.protocol
        if protocol is not None and protocol.transport is not None:  # asyncua leaves a frozen server's socket open
            protocol.transport.abort()

    def node(self, text: str) -> Node:
        """A node by its id; a namespace by URI has the number that it has in this session."""
        if not text.startswith("nsu="):
            return self.client.get_node(text)
        uri, _, rest = text.removeprefix("nsu=").partition(";")
        uri = unquote(uri)
        if uri not in self._namespaces:
            return self.client.get_node(NOWHERE)
        return self.client.get_node(f"ns={self._namespaces.index(uri)};{rest}")

    async def read(self, nodes: Sequence[Node]) -> list[ua.DataValue]:
        """The values of these nodes."""
        return await self.in_parts("read", nodes, self.client.read_attributes)

    async def in_parts(
        self, kind: str, parts: Sequence[Part], ask: Callable[[Sequence[Part]], Awaitable[list[T]]]
    ) -> list[T]:
        """What ``ask`` answers for each, asked for no more at once than the server takes; which is also learned."""
        answers: list[T] = []
        while len(answers) < len(parts):
            most = self._most.get(kind, 0) or len(parts)
            some = parts[len(answers) : len(answers) + most]
            try:
                answers += await self.asked(ask(some), TOO_MUCH if len(some) > 1 else ())
            except ua.UaStatusCodeError:
                self._most[kind] = (len(some) + 1) // 2
        return answers

    async def asked(self, request: Awaitable[T], let: Sequence[int] = ()) -> T:
        """Wait for the server, and turn whatever OPC UA throws into an error of ours, but for the codes ``let``."""
        name, place = self.device.name, self.device.endpoint
        try:
            return await request
        except DeviceError:
            raise
        except TimeoutError:
            raise DeviceTimeout(name, "did not answer in time") from None
        except OSError as error:
            raise DeviceLost(name, f"{place}: {error}") from None
        except InvalidSignature:
            raise DeviceRefused(name, "signs with another key than its certificate's") from None
        except ua.UaStatusCodeError as error:
            if error.code in let:
                raise
            said = ua.status_codes.get_name_and_doc(error.code)[0]
            if said in GONE:
                raise DeviceLost(name, f"session is gone: {said}") from None
            raise DeviceRefused(name, f"answered {said}") from None
        except ua.UaError as error:
            if "No matching endpoints" in str(error):  # as asyncua puts it
                raise DeviceRefused(name, f"offers no endpoint with security policy {policy_of(self.device)}") from None
            raise DeviceLost(name, f"does not answer in OPC UA: {error!r}") from None
        except Exception as error:  # whatever asyncua meets when it unpacks what is no OPC UA
            raise DeviceLost(name, f"does not answer in OPC UA: {error!r}") from None

    async def _learn(self) -> None:
        """What the server says of itself: its namespaces, and how much it takes at once (0: as much as one likes)."""
        asked = [self.client.get_node(ua.NodeId(ua.Int32(ua.ObjectIds.Server_NamespaceArray)))]
        asked += [self.client.get_node(ua.NodeId(ua.Int32(number))) for number in LIMITS.values()]
        namespaces, *limits = await self.asked(self.client.read_attributes(asked))
        self._namespaces = list(namespaces.Value.Value or ()) if namespaces.Value else []
        for kind, said in zip(LIMITS, limits, strict=True):
            own, most = self.device.profile.settings.per_call, said.Value.Value if said.Value else 0
            theirs = most if isinstance(most, int) and most > 0 else 0
            self._most[kind] = min(own, theirs) if own and theirs else own or theirs

    async def _lost(self, error: Exception) -> None:
        self._on_loss(error)
