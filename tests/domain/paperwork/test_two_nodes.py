"""The accepting side's forms on its own node: filled from what Pakistan told, under its marking, for those it names alone."""

from __future__ import annotations

import pytest

from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.paperwork.queries.forms import form_for
from rahdari.domain.paperwork.queries.gathered import Gathered
from rahdari.domain.paperwork.queries.printed import document_of, pdf_for
from rahdari.domain.paperwork.rules.filling import plain
from tests.make import jobs
from tests.make.people import actor
from tests.make.thread import at, both
from tests.make.two_nodes import two_nodes

pytestmark = [pytest.mark.django_db, pytest.mark.sure]


def test_the_employer_prints_its_forms_from_what_the_partner_told(settings):
    story, moment = both(two_nodes(settings)).go("guidance_given"), at("guidance_given")
    with story.on("jp"):
        employer = story.who("employer", jobs.EMPLOYER, "jp")

        def seen(code, who=employer):
            return form_for(who, Gathered.of_case(who, story.case_id, moment), code, "see_form")

        held = {one.asked.key: plain(one.value) for one in seen("JP_1_17").filled if one.value is not None}
        assert (held["birth_date"], held["sex"]) == ("2001-03-14", "female")
        assert held["guidance_on"] == "2026-12-25"
        assert {one.asked.key: one.state for one in seen("JP_1_4").filled}["jp_monthly"] == "filled"
        assert seen("JP_1_6").marked.home == "pk"
        marking = document_of(seen("JP_1_6"), "en", moment).marking
        assert marking.startswith("パキスタン")
        assert pdf_for(seen("JP_1_6"), "en", moment).startswith(b"%PDF")
        with pytest.raises(Missing):
            seen("JP_1_6", actor("employer", "jp:org:other", node="jp"))
        with pytest.raises((Missing, Refused)):
            seen("PK_SERVICE_CARD")
