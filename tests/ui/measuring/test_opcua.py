"""The bench of OPC UA servers."""

from ui.measuring.opcua import run


def test_its_shortest_form_tells_notifications_beside_those_of_a_bare_server() -> None:
    measured = run(1.0)
    assert list(measured) == ["bench", "figures", "peers", "ratios", "settings"]
    assert measured["figures"]["notifications_per_s"] > 0
    assert measured["peers"]["asyncua"] > 0
    assert measured["ratios"]["vs_asyncua"] > 0
