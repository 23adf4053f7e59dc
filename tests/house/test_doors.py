"""Every address has exactly one answer to "who may?"."""

from __future__ import annotations

from uuid import uuid4

import pytest

from rahdari.base.access import Permit
from rahdari.base.actor import Actor
from tests.house.plan import PACKAGES, SEATS, address_of, operations, patterns, restricted, room
from tests.make.people import actor_as, sign_in
from tests.make.sure import falls_to

NINJA_OWN = {"api/openapi.json", "api/"}
DOORS = [pytest.param(route, one, id=route) for route, one in patterns() if not route.startswith("api/")]


@pytest.mark.parametrize(("route", "pattern"), DOORS)
class TestEveryAddress:
    def test_has_exactly_one_permission(self, route, pattern):
        assert isinstance(getattr(pattern.callback, "permit", None), Permit)

    def test_permission_has_at_least_one_clause(self, route, pattern):
        assert pattern.callback.permit.clauses


def test_every_operation_of_the_api_has_a_permission():
    without = [path for path, view in operations() if not isinstance(getattr(view, "permit", None), Permit)]
    assert without == []
    assert list(operations())


def test_no_two_permissions_share_a_name():
    names = [permit.name for package in PACKAGES if (access := room(package, "access")) for permit in access.PERMITS.values()]
    assert len(names) == len(set(names))


RESTRICTED = [pytest.param(pattern, id=route) for route, pattern in restricted()]


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", RESTRICTED)
@pytest.mark.parametrize("node", ["pk", "jp"])
def test_a_restricted_page_refuses_a_stranger(client, settings, node, pattern):
    settings.RAHDARI_NODE = node
    for method in sorted(pattern.callback.methods - {"HEAD"}):
        answer = client.generic(method, address_of(pattern))
        assert answer.status_code in (302, 403, 404), answer.content
        if answer.status_code == 302:
            assert "account/" in answer["Location"]


@pytest.mark.parametrize("pattern", RESTRICTED)
def test_a_restricted_page_refuses_a_role_without_rights(pattern):
    nobody = Actor(node="pk", role="none", body="NOBODY", person=None)
    assert pattern.callback.permit.why_not(nobody)


@pytest.mark.django_db
@pytest.mark.parametrize(("node", "role"), SEATS)
def test_a_page_opens_to_whom_its_permission_names_and_to_no_other_role(client, settings, node, role):
    settings.RAHDARI_NODE = node
    someone = sign_in(client, role, node=node)
    actor = actor_as(someone)
    opened, refused = [], []
    for route, pattern in restricted():
        permit, address = pattern.callback.permit, address_of(pattern)
        if permit.why_not(actor):
            if not falls_to(f"{node} {role} {route}", 8):
                continue
            answers = {client.generic(method, address).status_code for method in pattern.callback.methods - {"HEAD"}}
            refused += [] if answers == {403} else [(route, answers)]
        elif "GET" in pattern.callback.methods:
            status = client.get(address).status_code
            about_one = any(clause.of_subject for clause in permit.clauses)
            opened += [] if status in (200, 302, 404) or (about_one and status == 403) else [(route, status)]
    assert (opened, refused) == ([], [])


@pytest.mark.parametrize("pattern", RESTRICTED)
def test_a_restricted_page_opens_to_some_role(pattern):
    seats = [Actor(node=node, role=role, body="B", person=uuid4()) for node, role in SEATS]
    seats += [Actor(node=node, role="worker", person=uuid4()) for node in ("pk", "jp")]
    assert [seat.role for seat in seats if not pattern.callback.permit.why_not(seat)]
