"""The API is what its description says: any call gives a documented answer, never a server error."""

from __future__ import annotations

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from rahdari.project.openapi import api
from rahdari.project.wsgi import application
from tests.make.sure import SURE

pytestmark = pytest.mark.django_db
DESCRIPTION = json.loads(json.dumps(api.get_openapi_schema(), default=str))
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
SCHEMA.app = application
OPERATIONS = [one.ok() for one in SCHEMA.get_all_operations()]
CHECKS = [schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(autouse=True)
def _one_connection():
    """A bare WSGI call would close the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method.upper()} {one.path}")
def test_every_operation_answers_as_described(operation):
    @settings(max_examples=20 if SURE else 4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy() | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
    def answers(case):
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    answers()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.text(st.characters(codec="utf-8", exclude_characters="?#\\"), max_size=40))
def test_any_address_below_the_api_is_a_problem_document(client, path):
    answer = client.get(f"/api/{path}")
    assert answer.status_code < 500


def test_the_description_is_openapi_3_1(client):
    told = client.get("/api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert told == DESCRIPTION


def test_every_operation_is_named_after_its_permission():
    names = [one["operationId"] for methods in DESCRIPTION["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))
    assert all("." in name for name in names)
