"""``gemelo field``: how what is typed becomes a request."""

from ui.cli.field import request


def test_settings_are_numbers_where_they_are_and_targets_may_be_many_or_none() -> None:
    assert request("gas lock", "Well.A", ["severity_pct=80", "ramp=10m"]) == {
        "malfunction": "gas lock", "on": "Well.A", "severity_pct": 80.0, "ramp": "10m",
    }  # fmt: skip
    assert request("dip", "depth_pct=60", ["lasts=1s"]) == {"malfunction": "dip", "depth_pct": 60.0, "lasts": "1s"}
    assert request("cut", "RTU-A", ["RTU-B"]) == {"malfunction": "cut", "on": ["RTU-A", "RTU-B"]}
    assert request(None, None, None) == {}
