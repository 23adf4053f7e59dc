"""The seal on a form: the node's own key over the hash of the data, read by anyone, naming nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.clock import now
from rahdari.domain.checks.queries.papers import facts_read, read_here
from rahdari.domain.paperwork.queries.forms import form_for
from rahdari.domain.paperwork.queries.gathered import Gathered
from rahdari.domain.paperwork.queries.printed import document_of, sealed
from rahdari.domain.paperwork.rules.filling import hash_of
from tests.make import placements
from tests.make.exchange import Corridor

pytestmark = pytest.mark.django_db


def test_the_seal_names_the_data_and_is_read_as_genuine(settings):
    Corridor(settings)
    worker, case = placements.applied(at=now())
    seen = form_for(worker, Gathered.of_case(worker, case.pk, now()), "JP_1_6", "see_form")
    at = now()
    seal = sealed(seen, at)
    assert seal == sealed(seen, at)
    read = read_here(seal.token)
    assert read.genuine
    assert read.paper.facts == {"form": "JP_1_6/1", "sha256": hash_of(seal.data)}
    assert [values for label, values in facts_read(read) if label == "Check number"] == [[seal.hash]]
    document = document_of(seen, "ur", at)
    assert {one.name: one.content for one in document.attached} == {"form.json": seal.data, "seal.jws": seal.token}
    assert document.code.startswith("<svg")
    lapsed = at + dt.timedelta(days=20_000)
    assert sealed(seen, lapsed).token == "" and sealed(seen, lapsed).hash == seal.hash
