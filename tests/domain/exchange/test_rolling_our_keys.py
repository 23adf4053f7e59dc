"""Rolling our own keys: each role by itself and several at once, what is told and what is served."""

from __future__ import annotations

import pytest

from rahdari.base.clock import now
from rahdari.domain.exchange.actions import roll_keys
from rahdari.domain.exchange.models import IssuedKeys
from rahdari.domain.exchange.outside import keyring
from rahdari.seals.tokens import read_keys_token
from tests.make.exchange import PASSPHRASE, Corridor

pytestmark = pytest.mark.django_db


@pytest.fixture
def corridor(settings):
    return Corridor(settings)


@pytest.mark.parametrize("roles", [["sealing"], ["gateway"], ["clerk"], ["journal"], ["office"], ["sealing", "gateway"]])
def test_a_roll_tells_one_token_and_serves_one_that_ends_what_retired(corridor, roles):
    before = {key.public.kid for key in keyring.own_keys()}
    told = read_keys_token(roll_keys(actor=corridor.by, roles=roles, reason="planned", passphrase=PASSPHRASE, at=now()))
    fresh = [key.public for key in keyring.own_keys() if key.public.kid not in before]
    served = read_keys_token(keyring.keys_tokens()[-1])
    assert sorted(key.role for key in fresh) == sorted(roles)
    assert {key.kid for key in fresh} <= {key.kid for key in told.keys} & {key.kid for key in served.keys}
    assert (told.token == served.token) == (roles == ["sealing"])
    assert IssuedKeys.objects.filter(node=corridor.me, hash__in={told.hash, served.hash}).count() == len({told.hash, served.hash})
    assert corridor.signs() == 1
