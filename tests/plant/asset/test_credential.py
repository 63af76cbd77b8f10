"""Credentials: named in a bench, kept elsewhere."""

import pytest

from plant.asset.bench_file import load_bench, write_bench
from plant.error import ConfigError, DeviceRefused


@pytest.fixture
def load(tmp_path):
    def device(keys: str):
        (tmp_path / "bench.toml").write_text(
            f'field = "f"\n[[device]]\nname = "D"\nprofile = "well_opcua"\nanswers = "real"\n'
            f'endpoint = "opc.tcp://10.0.0.1:4840"\nassets = {{ well = "Well.A" }}\n{keys}\n'
        )
        return load_bench(tmp_path / "bench.toml").devices[0]

    return device


def test_a_password_stands_in_a_file_beside_the_bench_and_may_change(load, tmp_path):
    (tmp_path / "secret.txt").write_text("first\n")
    credentials = load('user = "u"\npassword_file = "secret.txt"').credentials
    assert (credentials.user, credentials.password("D")) == ("u", "first")
    (tmp_path / "secret.txt").write_text("second")
    assert credentials.password("D") == "second"
    (tmp_path / "secret.txt").unlink()
    with pytest.raises(DeviceRefused, match=r"D: password_file = .*secret.txt: No such file"):
        credentials.password("D")


def test_a_password_stands_in_the_environment(load, monkeypatch):
    credentials = load('user = "u"\npassword_env = "WELL_PASSWORD"').credentials
    with pytest.raises(DeviceRefused, match="WELL_PASSWORD: no such variable"):
        credentials.password("D")
    monkeypatch.setenv("WELL_PASSWORD", "hidden")
    assert credentials.password("D") == "hidden"


def test_a_bench_written_keeps_where_secrets_stand(load, tmp_path):
    for name in ("own.pem", "own.key", "peer.pem"):
        (tmp_path / name).write_text("x")
    device = load('user = "u"\npassword_env = "P"\ncertificate_file = "own.pem"\nkey_file = "own.key"\n'
                  'trust_file = "peer.pem"')  # fmt: skip
    bench = load_bench(tmp_path / "bench.toml")
    (tmp_path / "elsewhere").mkdir()
    assert write_bench(bench, tmp_path / "elsewhere" / "bench.toml").devices[0].credentials == device.credentials


@pytest.mark.parametrize(
    ("keys", "told"),
    [('password_env = "P"', "user: must be said where there is a password"),
     ('user = "u"\npassword_env = "P"\npassword_file = "p"', "password_file = 'p': must not stand beside password_env"),
     ('certificate_file = "own.pem"', "key_file: must be said"),
     ('trust_file = "nobody.pem"', "trust_file = 'nobody.pem': does not exist")],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(load, keys, told):
    with pytest.raises(ConfigError, match=told):
        load(keys)
