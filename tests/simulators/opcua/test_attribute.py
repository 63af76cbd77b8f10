"""The attribute services of the simulated devices' server: OPC 10000-4, 5.10, where asyncua 2.1 does otherwise."""

from datetime import UTC, datetime, timedelta

import pytest
from asyncua import ua

pytestmark = pytest.mark.anyio
VALUE, NAME = ua.AttributeIds.Value, ua.AttributeIds.BrowseName
BOTH, SOURCE = ua.TimestampsToReturn.Both, ua.TimestampsToReturn.Source
SERVER, NEITHER = ua.TimestampsToReturn.Server, ua.TimestampsToReturn.Neither


async def read(rig, signal, attribute=VALUE, stamps=BOTH, node=None, **keys):
    wanted = ua.ReadValueId(NodeId=node or rig.node(signal).nodeid, AttributeId=attribute, **keys)
    [said] = await rig.client.uaclient.read(ua.ReadParameters(TimestampsToReturn=stamps, NodesToRead=[wanted]))
    return said


@pytest.mark.parametrize(
    ("stamps", "has_source", "has_server"),
    [(BOTH, True, True), (SOURCE, True, False), (SERVER, False, True), (NEITHER, False, False)],
)
async def test_a_value_comes_with_the_time_stamps_that_were_asked_for(rig, stamps, has_source, has_server):
    said = await read(rig, "Frequency", stamps=stamps)
    assert (said.SourceTimestamp is not None, said.ServerTimestamp is not None) == (has_source, has_server)


async def test_the_servers_time_is_the_machines_whatever_the_plants(rig):
    said = await read(rig, "Frequency")
    assert abs(said.ServerTimestamp.replace(tzinfo=UTC) - datetime.now(UTC)) < timedelta(hours=1)
    assert said.SourceTimestamp.year == 2023


@pytest.mark.parametrize(
    ("signal", "attribute", "keys", "code"),
    [
        ("Frequency", VALUE, {"DataEncoding": ua.QualifiedName("Default Binary")}, "BadDataEncodingInvalid"),
        ("Frequency", VALUE, {"DataEncoding": ua.QualifiedName("Cobol")}, "BadDataEncodingInvalid"),
        ("Frequency", NAME, {"DataEncoding": ua.QualifiedName("Default Binary")}, "BadDataEncodingInvalid"),
        ("Frequency", VALUE, {"IndexRange": "0:1"}, "BadIndexRangeNoData"),
        ("Frequency", VALUE, {"IndexRange": "2:1"}, "BadIndexRangeInvalid"),
        ("Frequency", VALUE, {"IndexRange": "some"}, "BadIndexRangeInvalid"),
        ("NoSuchSignal", VALUE, {}, "BadNodeIdUnknown"),
        ("Frequency", ua.AttributeIds.Executable, {}, "BadAttributeIdInvalid"),
    ],
)
async def test_what_cannot_be_read_so_is_told(rig, signal, attribute, keys, code):
    assert (await read(rig, signal, attribute, **keys)).StatusCode.name == code


async def test_a_structure_has_one_encoding_and_another_is_told(rig):
    status = ua.NodeId(ua.ObjectIds.Server_ServerStatus)
    binary, other = (ua.QualifiedName(name) for name in ("Default Binary", "Default JSON"))
    assert (await read(rig, "", node=status, DataEncoding=binary)).StatusCode.is_good()
    assert (await read(rig, "", node=status, DataEncoding=other)).StatusCode.name == "BadDataEncodingUnsupported"


async def test_a_part_of_an_array_is_read_by_its_range(rig):
    array = ua.NodeId(ua.ObjectIds.Server_NamespaceArray)
    assert (await read(rig, "", node=array, IndexRange="2")).Value.Value == ["urn:gemelo:field"]


async def test_no_value_is_older_than_nothing(rig):
    with pytest.raises(ua.UaStatusCodeError, match="BadMaxAgeInvalid"):
        await rig.client.uaclient.read(ua.ReadParameters(MaxAge=-1.0))


DOUBLE = ua.DataValue(ua.Variant(50.0, ua.VariantType.Double))
BAD = ua.DataValue(ua.Variant(50.0, ua.VariantType.Double), ua.StatusCode(ua.StatusCodes.BadSensorFailure))


@pytest.mark.parametrize(
    ("signal", "attribute", "value", "index_range", "code"),
    [
        ("NoSuchSignal", VALUE, DOUBLE, None, "BadNodeIdUnknown"),
        ("Frequency", VALUE, DOUBLE, None, "BadNotWritable"),
        ("Frequency", NAME, DOUBLE, None, "BadNotWritable"),
        ("Frequency", ua.AttributeIds.Executable, DOUBLE, None, "BadAttributeIdInvalid"),
        ("FrequencyReference", VALUE, DOUBLE, "0:1", "BadWriteNotSupported"),
        ("FrequencyReference", VALUE, BAD, None, "BadWriteNotSupported"),
        ("FrequencyReference", VALUE, DOUBLE, None, "Good"),
    ],
)
async def test_what_cannot_be_written_is_told(rig, signal, attribute, value, index_range, code):
    asked = ua.WriteValue(rig.node(signal).nodeid, attribute, index_range, value)
    [status] = await rig.client.uaclient.write(ua.WriteParameters(NodesToWrite=[asked]))
    assert status.name == code


async def test_a_setpoint_is_of_the_devices_time_whatever_clock_its_writer_has(rig):
    theirs = ua.DataValue(ua.Variant(51.0), SourceTimestamp=ua.DateTime(2001, 1, 1))
    await rig.node("FrequencyReference").write_attribute(VALUE, theirs)
    said = await read(rig, "FrequencyReference")
    assert (said.Value.Value, said.SourceTimestamp.year) == (51.0, 2023)
