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
    r"(?:ns=(?P<ns>\d+);)?(?:i=(?P<i>\d+)|s=.+|b=[A-Za-z0-9+/]+={0,2}"
    r"|g=[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})"
)


@dataclass(frozen=True)
class Node:
    """An OPC UA node id, in which ``{tag}`` stands for the tag."""

    id: str

    def of(self, tag: str) -> str:
        """The node id that serves ``tag``."""
        return self.id.replace("{tag}", tag)


def _node(row: Table, _: Any, _signal: Signal, _is_written: bool) -> Node:
    node = Node(row.text("node", "ns=2;s={tag}"))
    if node.id and not _is_node_id(node.of("tag")):
        rule = "must be a node id: ns=NUMBER; and then i=NUMBER, s=TEXT, g=GUID or b=BASE64"
        row.mistake("node", node.id, rule)
    return node


def _is_node_id(text: str) -> bool:
    """OPC UA Part 6, 5.3.1.10, without namespaces by URI, which no driver resolves."""
    found = NODE_ID.fullmatch(text)
    return found is not None and all(int(found[name] or 0) <= largest for name, largest in LARGEST.items())


OPTIONS = (
    Option("point", "node", "a node id; {tag} stands for the tag", "ns=2;s={tag}", "which node it is",
           'node = "ns=3;s=Pad1.P17.Hz"'),
)  # fmt: skip

# A subscription notices silence by itself, so there patience costs nothing, and opening a session takes a loaded
# machine a while. Any number of devices may be nodes of one server: their tags tell them apart.
OPCUA = Protocol("opcua", {"opc.tcp": 4840}, timeout=2.0, listens=True, read_address=_node, options=OPTIONS)
