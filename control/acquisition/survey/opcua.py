"""The survey of an OPC UA server: how it may be met, and which variables it has, with what they show now."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, NamedTuple

from asyncua import Client, ua
from asyncua.common.node import Node

from control.acquisition.opcua.session import Session
from control.acquisition.survey.finding import Finding, Wanted
from plant.asset.protocol.opcua import OpcUaSettings
from plant.error import DeviceRefused

OFFER = ("policy", "mode", "who may come in")
HEAD = ("node", "path", "type", "value", "unit", "range", "written", "status")
TYPES = {number: kind.name for kind in ua.VariantType for number in (kind.value,)}
WRITABLE = 1 << ua.AccessLevel.CurrentWrite.value
SERVER = ua.NodeId(ua.Int32(ua.ObjectIds.Server))
FORWARD = ua.NodeId(ua.Int32(ua.ObjectIds.HierarchicalReferences))
PROPERTIES = ("EngineeringUnits", "EURange")


class Variable(NamedTuple):
    """A variable, by the names on the way to it, and its properties by theirs."""

    node: Node
    path: str
    properties: dict[str, Node]


async def probe(wanted: Wanted) -> AsyncIterator[Finding]:
    """Everything found, as it is found. Raises :class:`DeviceLost` where nothing answers in OPC UA."""
    device = wanted.device("opcua", OpcUaSettings())
    session = Session(device, lambda _: None)
    offered = await session.asked(Client(str(wanted.endpoint), wanted.timeout).connect_and_get_server_endpoints())
    yield Finding("ways in that the server offers", OFFER, [_offer(one) for one in offered])
    try:
        await session.open()
    except DeviceRefused as refused:
        hint = "choose another with --user, --password-file, --certificate, --key and --trust"
        yield Finding(f"it does not let us in: {refused.rule}; {hint}")
        return
    try:
        variables = await _browse(session, wanted.most)
        cut = f", the first {wanted.most}: --most shows more" if len(variables) == wanted.most else ""
        yield Finding(f"{len(variables)} variables{cut}", HEAD, await _shown(session, variables))
    finally:
        await session.close()


def _offer(one: ua.EndpointDescription) -> tuple[str, str, str]:
    policy = (one.SecurityPolicyUri or "").rpartition("#")[2]
    tokens = sorted({str(token.TokenType.name).removesuffix("_") for token in one.UserIdentityTokens or ()})
    return policy, one.SecurityMode.name.removesuffix("_"), ", ".join(tokens)


async def _browse(session: Session, most: int) -> list[Variable]:
    """The variables below Objects, the server's own left out; each node once, whichever ways lead to it."""
    found: list[Variable] = []
    queue: list[tuple[Node, str]] = [(session.client.nodes.objects, "")]
    seen = {session.client.nodes.objects.nodeid, SERVER}
    for node, path in queue:
        for one in await _below(session, node):
            if one.NodeId in seen or len(found) >= most:
                continue
            seen.add(one.NodeId)
            way = f"{path}/{one.BrowseName.Name}" if path else str(one.BrowseName.Name)
            child = session.client.get_node(one.NodeId)
            if one.NodeClass == ua.NodeClass.Variable:
                below = {str(b.BrowseName.Name): b.NodeId for b in await _below(session, child)}
                seen.update(below.values())
                kept = {name: session.client.get_node(below[name]) for name in PROPERTIES if name in below}
                found.append(Variable(child, way, kept))
            elif one.NodeClass == ua.NodeClass.Object:
                queue.append((child, way))
    return found


async def _below(session: Session, node: Node) -> Sequence[ua.ReferenceDescription]:
    return await session.asked(node.get_references(FORWARD, ua.BrowseDirection.Forward, includesubtypes=True))


async def _shown(session: Session, variables: Sequence[Variable]) -> list[tuple[object, ...]]:
    nodes = [one.node for one in variables]
    values = await session.read(nodes) if nodes else []
    levels = await session.in_parts("read", nodes, lambda some: _levels(session, some)) if nodes else []
    owned = [(i, name, node) for i, one in enumerate(variables) for name, node in one.properties.items()]
    said = await session.read([node for *_, node in owned]) if owned else []
    kept = {(i, name): value for (i, name, _), value in zip(owned, said, strict=True)}
    return [
        (
            one.node.nodeid.to_string(), one.path, *_typed(value), _unit(kept.get((i, "EngineeringUnits"))),
            _range(kept.get((i, "EURange"))), "yes" if _number(level) & WRITABLE else "", _status(value),
        )
        for i, (one, value, level) in enumerate(zip(variables, values, levels, strict=True))
    ]  # fmt: skip


async def _levels(session: Session, nodes: Iterable[Node]) -> list[ua.DataValue]:
    return await session.client.read_attributes(list(nodes), ua.AttributeIds.UserAccessLevel)


def _typed(value: ua.DataValue) -> tuple[str, str]:
    if value.Value is None or value.Value.Value is None:
        return "", ""
    raw, kind = value.Value.Value, TYPES.get(getattr(value.Value.VariantType, "value", -1), "?")
    if isinstance(raw, list):
        return f"{kind}[{len(raw)}]", _short(raw)
    return kind, f"{raw:.6g}" if isinstance(raw, float) else _short(raw)


def _short(raw: Any) -> str:
    text = str(raw)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _unit(said: ua.DataValue | None) -> str:
    value = said.Value.Value if said is not None and said.Value is not None else None
    return str(getattr(getattr(value, "DisplayName", None), "Text", "") or "")


def _range(said: ua.DataValue | None) -> str:
    value = said.Value.Value if said is not None and said.Value is not None else None
    return f"{value.Low:g} … {value.High:g}" if isinstance(value, ua.Range) else ""


def _number(said: ua.DataValue) -> int:
    value = said.Value.Value if said.Value is not None else 0
    return value if isinstance(value, int) else 0


def _status(value: ua.DataValue) -> str:
    return value.StatusCode.name if value.StatusCode is not None else "Good"
