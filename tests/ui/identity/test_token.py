"""Access tokens: what is ours opens, for its quarter of an hour; everything that only looks so does not."""

import base64
import json

import jwt
import pytest

from ui.identity.error import Unauthorized
from ui.identity.token import LIFE, Claims, issue, key_from, read

KEY, OTHER = key_from("secret", "access tokens"), key_from("another secret", "access tokens")
CLAIMS, HERE, NOW = Claims("acme", "u1", "s1"), "gemelo", 1_000_000.0
SAID = {"ten": "acme", "sub": "u1", "sid": "s1", "aud": HERE, "iat": int(NOW), "exp": int(NOW + LIFE)}


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(algorithm: str) -> str:
    return f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part(SAID)}."


OURS = issue(CLAIMS, KEY, HERE, NOW)
HEAD, BODY, SIGNATURE = OURS.split(".")
WRONG = {
    "alg none": unsigned("none"),
    "alg None in another case": unsigned("nOnE"),
    "no algorithm": f"{part({'typ': 'JWT'})}.{part(SAID)}.",
    "signed with another's key": issue(CLAIMS, OTHER, HERE, NOW),
    "signed with a longer hash": jwt.encode(SAID, KEY * 2, "HS512"),
    "for browsers": issue(CLAIMS, KEY, "gemelo-screens", NOW),
    "another user, old signature": f"{HEAD}.{part(SAID | {'sub': 'u2'})}.{SIGNATURE}",
    "signature cut": OURS[:-2],
    "no signature": f"{HEAD}.{BODY}.",
    "two parts": f"{HEAD}.{BODY}",
    "no session": jwt.encode({k: v for k, v in SAID.items() if k != "sid"}, KEY),
    "no end": jwt.encode({k: v for k, v in SAID.items() if k != "exp"}, KEY),
    "an end that is no number": jwt.encode(SAID | {"exp": "never"}, KEY),
    "from the future": issue(CLAIMS, KEY, HERE, NOW + 3600),
    "run out": issue(CLAIMS, KEY, HERE, NOW - LIFE),
    "empty": "", "no token": "nothing of the kind", "signs": "é.ü.ñ", "markup": "<script>.a.b", "long": "a" * 100_000,
}  # fmt: skip


def test_a_token_of_ours_says_who_and_in_which_session_until_it_runs_out() -> None:
    assert read(OURS, KEY, HERE, NOW) == CLAIMS
    assert read(OURS, KEY, HERE, NOW + LIFE - 1) == CLAIMS
    with pytest.raises(Unauthorized, match="run out"):
        read(OURS, KEY, HERE, NOW + LIFE)


@pytest.mark.parametrize("token", WRONG.values(), ids=WRONG.keys())
def test_what_only_looks_like_a_token_of_ours_opens_nothing(token: str) -> None:
    with pytest.raises(Unauthorized) as told:
        read(token, KEY, HERE, NOW)
    assert not token or token not in str(told.value)


def test_each_purpose_has_a_key_of_its_own_and_without_a_secret_it_is_by_chance() -> None:
    assert key_from("secret", "a") != key_from("secret", "b")
    assert key_from("secret", "a") == key_from("secret", "a")
    assert key_from(None, "a") != key_from(None, "a")
