"""The bench of simulated MQTT devices."""

from ui.measuring.mqtt import run


def test_its_shortest_form_tells_messages_beside_those_of_bare_clients_of_the_same_broker() -> None:
    measured = run(1.0)
    assert list(measured) == ["bench", "figures", "peers", "ratios", "settings"]
    assert measured["figures"]["qos1_msg_per_s"] > 0
    assert measured["figures"]["batch_points_per_s"] > measured["figures"]["qos1_msg_per_s"]
    assert measured["ratios"]["vs_nats_bare"] > 0
