"""A demand that says what no contract may say is refused with the phrase; where one is known already, it is shown marked."""

from __future__ import annotations

import copy
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import override

from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.base.refusal import Refused
from rahdari.domain.contracts.queries.seen import terms_shown
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.rules.terms import with_hash
from tests.make import jobs as make
from tests.make.forms import flat
from tests.make.people import sign_in

pytestmark = pytest.mark.django_db
BAD, LAWFUL = "breakages; the passport is kept by the company", "by law; the passport is never kept by the company"


def terms(basis):
    """Terms whose one deduction is worked out so."""
    told = copy.deepcopy(make.TERMS)
    told["deductions"][0]["basis"] = basis
    return told


def known(basis):
    """A demand that was taken up before anybody looked at its words."""
    made = make.demand("attested")
    QuerySet(Demand).filter(pk=made.pk).update(terms=with_hash(terms(basis)))
    return made


@pytest.mark.parametrize("node", ["pk", "jp"])
def test_is_not_filed_and_leaves_nothing(node, request):
    if node == "jp":
        request.getfixturevalue("on_jp")
    make.demand(terms=terms(LAWFUL))
    before = (Demand.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as wrong:
        make.demand(terms=terms(BAD))
    (refusal,) = wrong.value.refusals
    assert (refusal.code, refusal.member) == ("clause_forbidden", "asked.terms.deductions.0.basis")
    assert refusal.about["kind"] == refusal.rule == "passport_keeping"
    assert refusal.about["clause"] == "passport is kept"
    assert (Demand.objects.count(), AuditEntry.objects.filter(verb="jobs.file_demand").count()) == (before[0], before[0])


@pytest.mark.parametrize(
    ("language", "kind"),
    [("en", "Keeping of passport"), ("ja", "旅券・在留カードの保管"), ("ur", "پاسپورٹ یا ریزیڈنس کارڈ رکھنا")],
)
def test_the_form_names_the_phrase_its_kind_and_its_law_beside_the_field(language, kind, on_jp, client):
    sign_in(client, "employer", make.EMPLOYER, node="jp")
    asked = make.ASKED | {"terms": terms(BAD), "opens_on": make.days(6, now()), "closes_on": make.days(67, now())}
    power = {"from_on": make.days(-10, now()), "until": make.days(200, now()), "signatory": "Sato Kenji (invented)"}
    papers = {name: SimpleUploadedFile(f"{name}.pdf", make.PDF, "application/pdf") for name in ("letter", "attorney")}
    answer = client.post(f"/{language}/jobs/demands/file/", flat({"asked": asked, "power": power}) | papers)
    said = html.unescape(answer.content.decode())
    assert Demand.objects.count() == 0
    assert re.search(f"passport is kept[^<]*{kind}[^<]*Criteria ordinance 2", said)


@pytest.mark.parametrize(
    ("language", "rule"),
    [("en", "nobody else may keep them"), ("ja", "旅券と在留カードは本人が"), ("ur", "پاسپورٹ اور ریزیڈنس کارڈ")],
)
def test_the_page_of_a_demand_marks_the_phrase_with_its_rule(language, rule, client):
    made = known(BAD)
    sign_in(client, "attache", node="pk")
    page = client.get(f"/{language}/jobs/demands/{made.pk}/").content.decode()
    assert "<mark>passport is kept</mark>" in page
    assert rule in html.unescape(page)
    QuerySet(Demand).filter(pk=made.pk).update(terms=with_hash(terms(LAWFUL)))
    page = client.get(f"/{language}/jobs/demands/{made.pk}/").content.decode()
    assert "<mark>" not in page


def test_text_of_others_is_not_run_as_markup():
    with override("ur"):
        page = render_to_string(
            "contracts/_terms.html", terms_shown(with_hash(terms("<b>passport</b> is kept by the <i>agent</i>")))
        )
    assert "<mark>passport&lt;/b&gt; is kept</mark>" in page
    assert not re.search("<b>passport", page)
