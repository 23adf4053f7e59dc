"""Every address has exactly one answer to "who may?"."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rahdari.base.access import Permit
from rahdari.base.actor import Actor, stranger
from tests.house.plan import PACKAGES, operations, patterns, room

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


def restricted_pages():
    """Pages that a stranger may not open."""
    for route, pattern in patterns():
        permit = getattr(pattern.callback, "permit", None)
        if permit and permit.why_not(stranger("pk")) and permit.why_not(stranger("jp")):
            yield pytest.param(pattern, id=route)


SAMPLE = {"uuid": "0198c0de-0000-7000-8000-000000000000", "str": "X", "slug": "x", "int": 1}


def address_of(pattern):
    kinds = {name: type(c).__name__.removesuffix("Converter").lower() for name, c in pattern.pattern.converters.items()}
    return reverse(pattern.name, kwargs={name: SAMPLE.get(kind.replace("string", "str"), "x") for name, kind in kinds.items()})


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", list(restricted_pages()))
@pytest.mark.parametrize("node", ["pk", "jp"])
def test_a_restricted_page_refuses_a_stranger(client, settings, node, pattern):
    settings.RAHDARI_NODE = node
    for method in sorted(pattern.callback.methods - {"HEAD"}):
        answer = client.generic(method, address_of(pattern))
        assert answer.status_code in (302, 403, 404), answer.content
        if answer.status_code == 302:
            assert "account/" in answer["Location"]


@pytest.mark.parametrize("pattern", list(restricted_pages()))
def test_a_restricted_page_refuses_a_role_without_rights(pattern):
    nobody = Actor(node="pk", role="none", body="NOBODY", person=None)
    assert pattern.callback.permit.why_not(nobody)
