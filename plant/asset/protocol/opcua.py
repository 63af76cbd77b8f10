"""OPC UA: signals are nodes of a server, subscribed to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from plant.asset.profile.option import Option
from plant.asset.protocol.row import Protocol
from plant.asset.signal import Signal
from plant.asset.table import Table

LARGEST = {"ns": 65_535, "i": 4_294_967_295}  # of the numbers in a node id
NODE_ID = re.compile(
    r"(?:ns=(?P<ns>\d+);|nsu=[^;]+;)?(?:i=(?P<i>\d+)|s=.+|b=[A-Za-z0-9+/]+={0,2}"
    r"|g=[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})"
)


POLICIES = ("auto", "None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss")
MODES = ("sign_and_encrypt", "sign")


@dataclass(frozen=True)
class OpcUaSettings:
    """How a kind of server wants to be met."""

    policy: str = "auto"
    mode: str = "sign_and_encrypt"
    per_call: int = 0  # nodes in one request; 0: as the server says


def _settings(file: Table) -> OpcUaSettings:
    policy, mode = file.text("security_policy", "auto", POLICIES), file.text("security_mode", MODES[0], MODES)
    return OpcUaSettings(policy, mode, file.integer("max_nodes", 0, 1, 1_000_000))


@dataclass(frozen=True)
class Node:
    """An OPC UA node id, in which ``{tag}`` stands for the tag; of an array, which of its elements."""

    id: str
    index: int | None = None

    def of(self, tag: str) -> str:
        """The node id that serves ``tag``."""
        return self.id.replace("{tag}", tag)


def _node(row: Table, _: Any, _signal: Signal, _is_written: bool) -> Node:
    index = row.integer("index", -1, 0, 65_535)
    node = Node(row.text("node", "ns=2;s={tag}"), None if index < 0 else index)
    if node.id and not _is_node_id(node.of("tag")):
        rule = "must be a node id: ns=NUMBER; or nsu=URI; and then i=NUMBER, s=TEXT, g=GUID or b=BASE64"
        row.mistake("node", node.id, rule)
    return node


def _is_node_id(text: str) -> bool:
    """OPC UA Part 6, 5.3.1.10."""
    found = NODE_ID.fullmatch(text)
    return found is not None and all(int(found[name] or 0) <= largest for name, largest in LARGEST.items())


OPTIONS = (
    Option("point", "node", "a node id; {tag} stands for the tag", "ns=2;s={tag}", "which node it is. With nsu=URI; in "
           "place of ns=NUMBER; the namespace itself is named, whose number is asked for at each connection, since "
           "servers move them", 'node = "ns=3;s=Pad1.P17.Hz"'),
    Option("point", "index", "0 to 65535", "the whole value", "which element of an array it is",
           'node = "ns=3;s=Pad1.Motors"\nindex = 2'),
    Option("profile", "security_policy", ", ".join(POLICIES), "Basic256Sha256 where the bench names a "
           "certificate of ours, else None", "how messages are secured", 'security_policy = "Basic256Sha256"'),
    Option("profile", "security_mode", ", ".join(MODES), MODES[0], "whether they are signed alone, or encrypted too",
           'security_mode = "sign"'),
    Option("profile", "max_nodes", "1 to 1000000", "as the server says", "how many nodes one request may name",
           "max_nodes = 50"),
)  # fmt: skip

# A subscription notices silence by itself, so there patience costs nothing, and opening a session takes a loaded
# machine a while. Any number of devices may be nodes of one server: their tags tell them apart.
OPCUA = Protocol(
    "opcua", {"opc.tcp": 4840}, timeout=2.0, listens=True, read_address=_node, read_settings=_settings,
    options=OPTIONS,
)  # fmt: skip
