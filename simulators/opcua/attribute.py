"""Attributes read and written as OPC 10000-4, 5.10 has it, in place of asyncua's.

asyncua 2.1 leaves server timestamps away, does not look at what was asked of time stamps, encodings and index ranges,
and says BadUserAccessDenied of whatever is not writable, or not there at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from typing import Any

from asyncua import Server, ua
from asyncua.common.utils import ServiceError
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.address_space import AttributeService

Code = ua.StatusCodes
NUMERIC_RANGE = re.compile(r"(\d+)(?::(\d+))?(?:,\d+(?::\d+)?)*")
SERVER = User(role=UserRole.Admin)


def repair(server: Server) -> None:
    """Let ``server`` read and write so."""
    server.iserver.attribute_service = Attributes(server.iserver.aspace)


class Attributes(AttributeService):
    """The attribute services of one server."""

    def read(self, params: ua.ReadParameters) -> list[ua.DataValue]:
        """A value for each, with the time stamps that were asked for."""
        if params.MaxAge < 0:
            raise ServiceError(Code.BadMaxAgeInvalid)
        now = ua.DateTime.now(UTC)
        return [self._stamped(self._read(one), params.TimestampsToReturn, now) for one in params.NodesToRead]

    async def write(self, params: ua.WriteParameters, user: User = SERVER) -> list[ua.StatusCode]:
        """A status for each."""
        if user.role == UserRole.Admin:
            return await super().write(params, user)
        return [await self._write(one, user) for one in params.NodesToWrite]

    def _read(self, one: ua.ReadValueId) -> ua.DataValue:
        found = self._aspace.read_attribute_value(one.NodeId, one.AttributeId)
        if _code(found) in (Code.BadNodeIdUnknown, Code.BadAttributeIdInvalid):
            return found
        if one.DataEncoding and one.DataEncoding.Name:
            is_structure = found.Value is not None and found.Value.VariantType == ua.VariantType.ExtensionObject
            if one.AttributeId != ua.AttributeIds.Value or not is_structure:
                return _bad(Code.BadDataEncodingInvalid)
            if one.DataEncoding.Name != "Default Binary":
                return _bad(Code.BadDataEncodingUnsupported)
        return _part(found, one.IndexRange) if one.IndexRange else found

    def _stamped(self, value: ua.DataValue, wanted: ua.TimestampsToReturn, now: ua.DateTime) -> ua.DataValue:
        wants_source = wanted in (ua.TimestampsToReturn.Source, ua.TimestampsToReturn.Both)
        wants_server = wanted in (ua.TimestampsToReturn.Server, ua.TimestampsToReturn.Both)
        return replace(
            value,
            SourceTimestamp=value.SourceTimestamp if wants_source else None,
            SourcePicoseconds=value.SourcePicoseconds if wants_source else None,
            ServerTimestamp=(value.ServerTimestamp or now) if wants_server else None,
            ServerPicoseconds=value.ServerPicoseconds if wants_server else None,
        )

    async def _write(self, one: ua.WriteValue, user: User) -> ua.StatusCode:
        code = self._refusal(one, user)
        if code != Code.Good:
            return ua.StatusCode(ua.UInt32(code))
        shown = self._aspace.read_attribute_value(one.NodeId, one.AttributeId)
        now = ua.DateTime.now(UTC)  # the source is the device, whose time it keeps, whatever clock the client has
        value = replace(one.Value, StatusCode=None, SourceTimestamp=shown.SourceTimestamp, ServerTimestamp=now)
        return await self._aspace.write_attribute_value(one.NodeId, one.AttributeId, value)

    def _refusal(self, one: ua.WriteValue, user: User) -> int:
        code = _code(self._aspace.read_attribute_value(one.NodeId, one.AttributeId))
        if code in (Code.BadNodeIdUnknown, Code.BadAttributeIdInvalid):
            return code
        if one.AttributeId != ua.AttributeIds.Value or not self._allows(one, ua.AttributeIds.AccessLevel):
            return Code.BadNotWritable
        if user.role != UserRole.User or not self._allows(one, ua.AttributeIds.UserAccessLevel):
            return Code.BadUserAccessDenied
        if one.IndexRange or (one.Value.StatusCode and one.Value.StatusCode.value):
            return Code.BadWriteNotSupported
        return Code.Good

    def _allows(self, one: ua.WriteValue, level: ua.AttributeIds) -> bool:
        found = self._aspace.read_attribute_value(one.NodeId, level)
        return found.Value is not None and bool(ua.ua_binary.test_bit(found.Value.Value, ua.AccessLevel.CurrentWrite))


def _part(whole: ua.DataValue, wanted: str) -> ua.DataValue:
    """The part of an array that an index range names (10000-4, 7.27)."""
    found = NUMERIC_RANGE.fullmatch(wanted)
    first = int(found[1]) if found else 0
    last = int(found[2]) if found and found[2] else first
    if found is None or (found[2] is not None and last <= first):
        return _bad(Code.BadIndexRangeInvalid)
    value: Any = whole.Value.Value if whole.Value else None
    if not isinstance(value, (list, str, bytes)) or first >= len(value) or "," in wanted:
        return _bad(Code.BadIndexRangeNoData)
    assert whole.Value is not None
    return replace(whole, Value=ua.Variant(value[first : last + 1], whole.Value.VariantType))


def _code(value: ua.DataValue) -> int:
    return int(value.StatusCode.value) if value.StatusCode else Code.Good


def _bad(code: int) -> ua.DataValue:
    return ua.DataValue(StatusCode=ua.StatusCode(ua.UInt32(code)))
