"""Rolling keys: each role by itself and several at once, what is told and what is served; and following a partner's."""

from __future__ import annotations

import pytest

from rahdari.base.clock import now
from rahdari.domain.exchange.actions import roll_keys
from rahdari.domain.exchange.models import IssuedKeys, Told
from rahdari.domain.exchange.outside import keyring
from rahdari.seals.forms import write_moment
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import make_keys_token, read_keys_token, why_not_keys
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


def test_sealing_keys_rolled_again_and_again_leave_two_that_are_valid(corridor):
    for _ in range(4):
        roll_keys(actor=corridor.by, roles=["sealing"], reason="planned", passphrase=PASSPHRASE, at=now())
    told = read_keys_token(roll_keys(actor=corridor.by, roles=["clerk"], reason="planned", passphrase=PASSPHRASE, at=now()))
    served = read_keys_token(keyring.keys_tokens()[-1])
    clerks = {key.kid for key in told.keys if key.role == "clerk"}
    assert why_not_keys(told, now(), clerks - {key.kid for key in served.keys if key.valid_at(now())}) == []
    assert why_not_keys(served, now()) == [], "whoever pairs now is not told what has retired"
    assert sum(key.role == "sealing" and key.valid_at(now()) for key in served.keys) == 2


def test_a_partner_whose_earlier_sealing_keys_keep_their_ends_is_followed(corridor):
    partner, begins = corridor.partner, int(now().timestamp()) - 60
    keys = list(partner.keys.values())
    for role in ("sealing", "sealing", "gateway"):
        old, fresh = partner.keys[role], new_key(role, begins, begins + 86_400)
        partner.keys[role] = fresh
        keys.append(fresh)
        token = make_keys_token(
            node=partner.node, journal_origin=partner.origin, tls=None, keys=tuple(key.public for key in keys),
            issued_at=now(), key=partner.keys["office"],
        )  # fmt: skip
        data = {"keys_token": token, "at": write_moment(now()), "reason": "planned", "retire": [old.public.kid]}
        signs = partner.keys["gateway"] if role != "gateway" else old
        partner.keys["gateway"] = signs
        rolled = corridor.arrives("exchange.key_rolled/1", data)
        corridor.take_up()
        assert Told.objects.get(pk=rolled.pk).state == "taken_up", Told.objects.get(pk=rolled.pk).reasons
