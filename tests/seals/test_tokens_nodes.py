"""What a node says of its keys: who signs them, how many there are, and whose they are."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.seals import jws, tokens
from rahdari.seals.faults import Fault
from rahdari.seals.forms import digest, encode, write_json
from rahdari.seals.keys import ROLES, new_key

AT = dt.datetime(2026, 11, 28, 3, 0, tzinfo=dt.UTC)
NOW = int(AT.timestamp())
OWN = {role: new_key(role, NOW - 100, NOW + 100) for role in ROLES}
PUBLIC = [key.public for key in OWN.values()]
ORIGIN = "pk.example/rahdari/pk"


def keys_token(keys=PUBLIC, key=OWN["office"], node="pk", origin=ORIGIN):
    return tokens.make_keys_token(node=node, journal_origin=origin, tls=None, keys=keys, issued_at=AT, key=key)


def hostile(jwks, key=OWN["office"]):
    """A keys token as another program might sign it."""
    told = {
        "spec": 1,
        "node": "pk",
        "journal_origin": ORIGIN,
        "tls": None,
        "keys": {"keys": jwks},
        "issued_at": "2026-11-28T03:00:00.000Z",
    }
    return jws.sign(write_json(told), key, "rahdari-keys+jwt")


def refuses(token):
    with pytest.raises(Fault) as refused:
        tokens.read_keys_token(token)
    assert refused.value.name == "malformed"


class TestKeysToken:
    def test_names_the_office_key_that_signs_it(self):
        read = tokens.read_keys_token(keys_token())
        assert read.office == OWN["office"].public
        jws.check(read.jws, read.office)

    def test_may_name_several_of_a_role(self):
        more = [new_key(role, NOW + 100, NOW + 200).public for role in ROLES]
        assert tokens.read_keys_token(keys_token([*more, *PUBLIC])).keys == (*more, *PUBLIC)

    @pytest.mark.parametrize(
        "key",
        [new_key("office", 0, 1), OWN["clerk"], OWN["gateway"], OWN["journal"]],
        ids=["stranger", "clerk", "gateway", "journal"],
    )
    def test_is_refused_when_signed_by_another_key(self, key):
        refuses(hostile([one.jwk() for one in PUBLIC], key=key))

    def test_is_refused_when_the_signer_stands_under_another_role(self):
        refuses(hostile([OWN["office"].public.jwk() | {"role": "clerk"}]))

    def test_is_refused_when_a_key_stands_twice_or_in_two_roles(self):
        every = [one.jwk() for one in PUBLIC]
        refuses(hostile([*every, every[1]]))
        refuses(hostile([*every, every[1] | {"exp": NOW + 500}]))
        refuses(hostile([*every, OWN["clerk"].public.jwk() | {"role": "gateway"}]))
        with pytest.raises(Fault, match="malformed"):
            keys_token([*PUBLIC, PUBLIC[0]])

    @pytest.mark.parametrize("place", range(5))
    def test_is_refused_when_one_key_is_wrong(self, place):
        every = [one.jwk() for one in PUBLIC]
        secret = encode(OWN[ROLES[place]].secret.private_bytes_raw())
        for change in ({"d": secret}, {"kid": digest("x")}, {"crv": "P-256"}, {"x": encode(bytes(32))}, {"exp": None}):
            refuses(hostile([*every[:place], every[place] | change, *every[place + 1 :]]))
        tokens.read_keys_token(hostile([*every[:place], every[place] | {"use": "any"}, *every[place + 1 :]]))

    def test_finds_a_key_only_under_its_role(self):
        read = tokens.read_keys_token(keys_token())
        for key in PUBLIC:
            assert [read.named(key.kid, role) for role in ROLES] == [key if role == key.role else None for role in ROLES]
        assert read.named("", "clerk") is None


class TestWhyNotKeys:
    def reasons(self, keys, at=AT, **told):
        origin = told.pop("origin", ORIGIN)
        return tokens.why_not_keys(tokens.read_keys_token(keys_token(keys, origin=origin)), at, **told)

    def test_one_of_each_role_is_right(self):
        assert self.reasons(PUBLIC) == []

    def test_old_and_coming_keys_do_not_count(self):
        others = [new_key(role, *window).public for role in ROLES for window in ((0, NOW), (NOW + 1, NOW + 9))]
        assert self.reasons([*others, *PUBLIC]) == []

    @pytest.mark.parametrize("role", ROLES[1:])
    def test_a_role_without_a_key_is_named(self, role):
        assert self.reasons([one for one in PUBLIC if one.role != role]) == [f"The role {role} has 0 keys valid now."]

    @pytest.mark.parametrize("role", ROLES)
    def test_a_role_has_one_key_and_sealing_two_at_most(self, role):
        more = [new_key(role, NOW, NOW + 1).public for _ in range(2)]
        second = [] if role == "sealing" else [f"The role {role} has 2 keys valid now."]
        assert self.reasons([*PUBLIC, more[0]]) == second
        assert self.reasons([*PUBLIC, *more]) == [f"The role {role} has 3 keys valid now."]
        assert self.reasons([*PUBLIC, *more], retired={one.kid for one in more}) == []

    def test_every_reason_is_told(self):
        assert len(self.reasons(PUBLIC, at=AT + dt.timedelta(seconds=100))) == 5
        assert len(self.reasons(PUBLIC, at=AT - dt.timedelta(seconds=101), origin="pk.example/rahdari/jp")) == 6

    def test_the_origin_is_the_nodes_own(self):
        assert self.reasons(PUBLIC, origin="pk.example/rahdari/pk/3") == []
        assert self.reasons(PUBLIC, origin="pk.example/rahdari/jp") == ["The journal_origin is that of another node."]
