"""Refusals: a write that a device does not take fails by itself, and the rest of the request is done.

In asyncua 2.1 what a setter raises fails the whole request; Part 4, 5.10.4 wants a status for each node.
"""

from __future__ import annotations

from asyncua import Server, ua


def answer_each(server: Server) -> None:
    """Let ``server`` answer each write with a status of its own."""
    space = server.iserver.aspace
    write = space.write_attribute_value

    async def answered(node: ua.NodeId, attribute: ua.AttributeIds, value: ua.DataValue) -> ua.StatusCode:
        try:
            return await write(node, attribute, value)
        except ua.UaStatusCodeError as error:
            return ua.StatusCode(ua.UInt32(error.code))

    space.write_attribute_value = answered  # type: ignore[method-assign, assignment]
