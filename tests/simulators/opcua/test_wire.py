"""The simulated devices' OPC UA server, asked by a plain asyncua client. Clauses are those of OPC 10000-4 and -8."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from asyncua import Client, ua

from control.bus import quality
from plant.asset.protocol.opcua import Node
from plant.error import ServiceError
from simulators.device import Indication
from simulators.opcua.wire import NAMESPACE, OpcUaWire
from tests.simulators.opcua.conftest import OTHER, WELL, Shown

pytestmark = pytest.mark.anyio


async def code_of(work) -> str:
    """The name of the status code with which the server refuses."""
    with pytest.raises(ua.UaStatusCodeError) as refused:
        await work
    return ua.status_codes.get_name_and_doc(refused.value.code)[0]


async def test_a_tag_is_a_node_id_in_namespace_two(rig):
    assert (await rig.client.get_namespace_array())[2] == NAMESPACE
    assert await rig.node("Frequency").read_value() == 47.0
    assert (await rig.node("Frequency").read_browse_name()).to_string() == "2:Frequency"


async def test_a_namespace_may_be_named_by_its_uri(rig, other_place):
    point = other_place.profile.points[0]
    moved = replace(other_place.profile, points=(replace(point, address=Node("nsu=urn:maker;s=P")),))
    await rig.wire.add(replace(other_place, profile=moved), Shown())
    index = (await rig.client.get_namespace_array()).index("urn:maker")
    assert (await rig.client.get_node(f"ns={index};s=P").read_browse_name()).Name == point.signal.name
    await rig.wire.remove(other_place)


async def test_nodes_stand_in_folders_by_type_and_asset(rig):
    kind = await rig.client.nodes.objects.get_child("2:Well")
    asset = await kind.get_child("2:CACB27A-P1")
    assert asset.nodeid.Identifier == WELL
    names = {(await node.read_browse_name()).Name for node in await asset.get_variables()}
    assert names == {point.signal.name for point in rig.place.profile.points}


async def test_a_value_carries_plant_time_and_its_quality(rig):
    await rig.show("Frequency", Indication(41.5, quality.UNCERTAIN_LAST_USABLE))
    shown = await rig.node("Frequency").read_data_value(raise_on_bad_status=False)
    assert (shown.Value.Value, shown.StatusCode.value) == (41.5, quality.UNCERTAIN_LAST_USABLE)
    assert shown.SourceTimestamp.replace(tzinfo=UTC) == datetime.fromtimestamp(rig.device.time // 10**9, UTC)


async def test_analogs_are_doubles_with_range_and_unit_in_what_people_see(rig):
    pressure = rig.node("IntakePressure")
    assert await pressure.read_data_type_as_variant_type() == ua.VariantType.Double
    span = await (await pressure.get_child("0:EURange")).read_value()
    assert (span.Low, span.High) == (pytest.approx(-0.1), pytest.approx(35.0))
    assert (await (await pressure.get_child("0:EngineeringUnits")).read_value()).DisplayName.Text == "MPa(g)"
    await rig.show("IntakePressure", Indication(2_101_325.0))
    assert await pressure.read_value() == pytest.approx(2.0)


async def test_states_are_integers_with_their_names_and_commands_are_booleans(rig):
    state = rig.node("RunState")
    assert await state.read_data_type_as_variant_type() == ua.VariantType.Int32
    names = [name.Text for name in await (await state.get_child("0:EnumStrings")).read_value()]
    assert names == ["Stopped", "Starting", "Running", "Tripped", "Backspin"]
    assert await rig.node("Start").read_data_type_as_variant_type() == ua.VariantType.Boolean


async def test_a_setpoint_written_reaches_the_device_in_si_and_shows(rig):
    await rig.node("ChokeReference").write_value(40.0)
    assert rig.device.written == [("well.ChokeReference", pytest.approx(0.4))]
    assert await rig.node("ChokeReference").read_value() == pytest.approx(40.0)
    assert rig.wire.requests(rig.place) == 1


async def test_what_the_device_refuses_is_refused_with_a_code_that_says_why_and_changes_nothing(rig):
    assert await code_of(rig.node("FrequencyReference").write_value(999.0)) == "BadOutOfRange"
    assert await rig.node("FrequencyReference").read_value() == 47.0
    assert await code_of(rig.node("Start").write_value(True)) == "BadInvalidState"
    assert rig.device.written == []


async def test_a_refused_write_leaves_the_others_of_its_request_alone(rig):
    """10000-4, 5.10.4: a status for each node. In asyncua what a setter raises fails the whole request."""
    nodes = [rig.node("FrequencyReference"), rig.node("ChokeReference")]
    answers = await rig.client.write_values(nodes, [999.0, 40.0], raise_on_partial_error=False)
    assert [answer.name for answer in answers] == ["BadOutOfRange", "Good"]
    assert [signal for signal, _ in rig.device.written] == ["well.ChokeReference"]


async def test_a_measurement_cannot_be_written(rig):
    assert await code_of(rig.node("Frequency").write_value(50.0)) == "BadNotWritable"
    assert await rig.node("Frequency").read_value() == 47.0


@pytest.mark.parametrize("value", ["fast", None, [1.0, 2.0]])
async def test_a_value_of_another_type_is_a_type_mismatch(rig, value):
    """10000-4, 5.10.4: Bad_TypeMismatch. asyncua alone would store it."""
    data = ua.DataValue(ua.Variant(value))
    work = rig.node("FrequencyReference").write_attribute(ua.AttributeIds.Value, data)
    assert await code_of(work) == "BadTypeMismatch"
    assert rig.device.written == []


async def test_a_lost_device_is_bad_and_takes_no_writes_and_the_others_of_the_server_do(rig, other_place):
    await rig.wire.add(other_place, other := Shown())
    await rig.wire.remove(other_place)
    assert (rig.wire.answers(rig.place), rig.wire.answers(other_place)) == (True, False)
    lost = await rig.node("Frequency", OTHER).read_data_value(raise_on_bad_status=False)
    assert lost.StatusCode.value == quality.BAD_COMMUNICATION
    assert await code_of(rig.node("FrequencyReference", OTHER).write_value(50.0)) == "BadCommunicationError"
    await rig.node("FrequencyReference").write_value(50.0)
    assert (len(rig.device.written), other.written) == (1, [])


async def test_a_lost_device_that_returns_shows_and_takes_again(rig, other_place):
    await rig.wire.add(other_place, other := Shown())
    await rig.wire.remove(other_place)
    await rig.wire.add(other_place, other)
    assert await rig.node("Frequency", OTHER).read_value() == 47.0
    await rig.node("FrequencyReference", OTHER).write_value(50.0)
    assert other.written == [("well.FrequencyReference", 50.0)]
    await rig.wire.remove(other_place)


async def test_the_port_closes_with_its_last_device_and_opens_again(place_alone):
    port, device = place_alone.endpoint.port, Shown()
    wire = OpcUaWire("127.0.0.1", port, "a test")
    await wire.add(place_alone, device)
    await wire.remove(place_alone)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    await wire.add(place_alone, device)
    async with Client(str(place_alone.endpoint), timeout=20) as client:
        assert await client.get_node(f"ns=2;s={WELL}.Frequency").read_value() == 47.0
    await wire.remove(place_alone)


async def test_clients_are_counted(rig):
    assert rig.wire.clients() == 1
    async with Client(str(rig.place.endpoint), timeout=20):
        assert rig.wire.clients() == 2


async def test_a_taken_port_is_named_with_the_setting_that_chose_it(place_alone):
    port = place_alone.endpoint.port
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", port)
    wire = OpcUaWire("127.0.0.1", port, "device[OPC].endpoint in bench.toml")
    with pytest.raises(ServiceError, match=rf":{port} .*set by device\[OPC\]\.endpoint in bench\.toml"):
        await wire.add(place_alone, Shown())
    taken.close()


async def test_only_the_policy_without_security_is_offered(rig):
    """On loopback; docs/decisions says so."""
    endpoints = await Client(str(rig.place.endpoint), timeout=20).connect_and_get_server_endpoints()
    assert {end.SecurityMode for end in endpoints} == {ua.MessageSecurityMode.None_}
    assert {end.EndpointUrl for end in endpoints} == {str(rig.place.endpoint)}
