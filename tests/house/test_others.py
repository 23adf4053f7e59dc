"""What belongs to another person or another body stays closed, at every address that names one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.urls.converters import IntConverter, UUIDConverter

from rahdari.base.clock import day_at, now
from rahdari.base.models import AuditEntry
from rahdari.domain.accounts import actions
from tests.house import foreign_cases
from tests.house.plan import restricted
from tests.make import corridor
from tests.make import fields as make
from tests.make.notices import notice, officer
from tests.make.people import actor, actor_as, person, sign_in, sign_in_as, worker

pytestmark = pytest.mark.django_db


def kinds_of(pattern: Any) -> set[type]:
    return {type(one) for one in pattern.pattern.converters.values()}


NUMBERED = {pattern.name for _, pattern in restricted() if {UUIDConverter, IntConverter} & kinds_of(pattern)}


def asked_by_another_ministry(client: Client) -> Any:
    sign_in(client, "field_ministry", "MAFF", node="jp")
    return make.request("CONSTRUCTION", at=now()).pk


def field_of_another_ministry(client: Client) -> Any:
    sign_in(client, "field_ministry", "MAFF", node="jp")
    return "CONSTRUCTION"


def delegation_of_others(client: Client) -> Any:
    sign_in(client, "protector")
    stands_in, until = person("protector"), now() + dt.timedelta(days=3)
    return actions.delegate_role(actor=actor("protector"), to_person=stands_in.pk, until=until, at=now()).pk


def role_of_another(client: Client) -> Any:
    sign_in(client, "promoter_manager", "pk:org:one")
    return person("promoter_clerk", "pk:org:two").grants.get().pk


def person_of_another_firm(client: Client) -> Any:
    sign_in(client, "promoter_manager", "pk:org:one")
    return person("promoter_clerk", "pk:org:two").pk


def session_of_another(client: Client) -> Any:
    sign_in(client, "protector")
    other, at = Client(), now()
    sign_in(other, "protector")
    row = {"user_id": other.session["_auth_user_id"], "session_key": other.session.session_key, "ip": "127.0.0.1"}
    return UserSession.objects.create(**row, user_agent="Firefox", last_seen_at=at).pk


def factor_of_another(client: Client) -> Any:
    sign_in(client, "protector")
    return Authenticator.objects.create(user=person("protector"), type="totp", data={"secret": "x"}).pk


def token_of_another(client: Client) -> Any:
    sign_in(client, "contact_point_jp", node="jp")
    other = actor_as(person("contact_point_jp", node="jp"))
    told = {"name": "nightly", "scopes": ["fields.see_orders"], "expires_at": now() + dt.timedelta(days=9)}
    return actions.make_token(actor=other, **told, at=now())[0].pk


def recovery_of_another(client: Client) -> Any:
    sign_in_as(client, worker("0300 7654321"))
    other = worker("0300 1234567", "17301-9999999-1")
    told = {"identity": "17301-9999999-1", "phone": "0301 1234567"}
    assert other.pk
    return actions.begin_recovery(actor=actor("oec_counter"), **told, at=now()).pk


def notice_of_another_office(client: Client) -> Any:
    sign_in(client, "police_liaison", node="jp")
    return notice("drafted", at=now(), by=officer(), known_on=day_at(now(), "jp")).pk


def name_in_a_notice_of_another_office(client: Client) -> Any:
    sign_in(client, "bureau_officer")
    row = notice("drafted", at=now(), by=officer("protector", "PROTECTOR:LHR", node="pk"), known_on=day_at(now(), "pk"))
    return [row.pk, 0, f"organisation:{row.pk}"]


FOREIGN: dict[str, tuple[str, Callable[[Client], Any]]] = {
    "fields.ask_stop": ("jp", field_of_another_ministry),
    "fields.ask_lift": ("jp", field_of_another_ministry),
    "fields.see_request": ("jp", asked_by_another_ministry),
    "fields.withdraw_request": ("jp", asked_by_another_ministry),
    "accounts.end_delegation": ("pk", delegation_of_others),
    "accounts.end_role": ("pk", role_of_another),
    "accounts.grant_role": ("pk", person_of_another_firm),
    "accounts.end_session": ("pk", session_of_another),
    "accounts.remove_factor": ("pk", factor_of_another),
    "accounts.revoke_token": ("jp", token_of_another),
    "accounts.cancel_recovery": ("pk", recovery_of_another),
    **corridor.FOREIGN,
    "notices.see_notice": ("jp", notice_of_another_office),
    "notices.draft_anew": ("jp", notice_of_another_office),
    "notices.decide_name": ("pk", name_in_a_notice_of_another_office),
}
# One body alone holds the role these ask for, and what they name is that body's: who may not is refused by role.
OF_ONE_BODY = {
    "fields.see_order",
    "fields.decide_order",
    "fields.change_order",
    "fields.lift_order",
    "fields.withdraw_order",
    "fields.decline_request",
    "accounts.confirm_recovery",
    "accounts.reset_factors",
    *corridor.OF_ONE_BODY,
    "notices.approve_notice",
    "notices.accept_notice",
    "notices.answer_notice",
    "notices.recall_notice",
    "cooperation.see_request",
    "cooperation.accept_request",
    "cooperation.answer_request",
    "cooperation.rate_answer",
}
FOREIGN |= foreign_cases.FOREIGN
OF_ONE_BODY |= foreign_cases.OF_ONE_BODY | foreign_cases.OF_ANYONE


def test_every_address_that_names_one_thing_is_asked_for_another_ones():
    assert NUMBERED - set(FOREIGN) - OF_ONE_BODY == set()


def test_every_permission_about_a_thing_is_asked_for_another_ones():
    about = {one.name for _, one in restricted() if any(clause.of_subject for clause in one.callback.permit.clauses)}
    assert about - set(FOREIGN) - OF_ONE_BODY == set()


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_another_ones_is_refused_and_left_as_it_is(client, settings, name):
    node, prepare = FOREIGN[name]
    settings.RAHDARI_NODE = node
    told = prepare(client)
    address = reverse(name, args=told if isinstance(told, list) else [told])
    before = AuditEntry.objects.count()
    methods = next(one.callback.methods for _, one in restricted() if one.name == name) - {"HEAD"}
    assert {method: client.generic(method, address).status_code in (403, 404) for method in methods} == dict.fromkeys(
        methods, True
    )
    assert AuditEntry.objects.count() == before
