"""Whether a paper is what it says: forged, altered, by a key that does not count, by another state's key."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.domain.exchange.rules.keys import KnownKey
from rahdari.domain.exchange.rules.limits import RETIRED_ACCEPTED
from rahdari.domain.exchange.rules.papers import key_told, paper_key, read_against
from rahdari.seals.forms import decode, encode, read_json, write_json
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import make_paper

AT = dt.datetime(2026, 11, 28, 9, 30, tzinfo=dt.UTC)
NOW = int(AT.timestamp())
KEY = new_key("clerk", NOW - 1_000, NOW + 1_000)
KNOWN = [paper_key(KnownKey("pk", KEY.public))]


def made(key=KEY, node="pk", at=AT, **facts):
    return make_paper(node=node, kind="licence", facts={"number": "1", **facts}, issued_at=at, until=None, key=key)


def altered(token, **facts):
    header, payload, signature = token.split(".")
    told = read_json(decode(payload))
    return ".".join([header, encode(write_json(told | {"facts": told["facts"] | facts})), signature])


def outcome(token, keys=KNOWN):
    return read_against(token, keys).outcome


def test_a_genuine_one():
    read = read_against(made(), KNOWN)
    assert read.genuine and read.paper.facts == {"number": "1"}


def test_one_that_was_altered():
    assert outcome(altered(made(), number="2")) == "signature"


def test_one_with_the_signature_of_another_paper():
    assert outcome(".".join([*made(name="a").split(".")[:2], made(name="b").split(".")[2]])) == "signature"


def test_one_forged_with_a_key_of_ones_own():
    assert outcome(made(key=new_key("clerk", NOW - 1_000, NOW + 1_000))) == "key_unknown"


def test_one_that_names_the_other_state():
    """A key of Pakistan signs no paper of Japan."""
    assert outcome(made(node="jp")) == "key_unknown"


@pytest.mark.parametrize(
    ("seconds", "said"), [(-1_001, "key_out_of_validity"), (-1_000, "genuine"), (999, "genuine"), (1_000, "key_out_of_validity")]
)
def test_one_dated_outside_the_window_of_its_key(seconds, said):
    assert outcome(made(at=AT + dt.timedelta(seconds=seconds))) == said


def test_something_else():
    assert outcome("https://example.invalid/") == outcome("") == "malformed"


class TestWhichKeysCount:
    def test_a_clerks_key_alone(self):
        assert paper_key(KnownKey("pk", new_key("gateway", 0, 10).public)) is None

    def test_none_that_was_compromised_or_not_confirmed(self):
        assert paper_key(KnownKey("pk", KEY.public, compromised=True)) is None
        assert paper_key(KnownKey("pk", KEY.public, confirmed=False)) is None

    def test_a_retired_one_until_its_papers_count_no_more(self):
        retired = AT - RETIRED_ACCEPTED + dt.timedelta(seconds=10)
        key = paper_key(KnownKey("pk", KEY.public, retired_at=retired))
        assert key.exp == NOW + 10
        assert outcome(made(), [key]) == "genuine"
        assert outcome(made(at=AT + dt.timedelta(seconds=10)), [key]) == "key_out_of_validity"

    def test_a_list_of_keys_is_read_back(self):
        assert key_told(KNOWN[0].told()) == KNOWN[0]

    @pytest.mark.parametrize("told", [None, {}, "x", {**KNOWN[0].told(), "x": "="}, {**KNOWN[0].told(), "nbf": "soon"}])
    def test_anything_else_is_no_key(self, told):
        with pytest.raises(ValueError, match=r"no key|invalid literal"):
            key_told(told)
