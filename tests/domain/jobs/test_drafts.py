"""Drafts of demands: kept unfinished, copied, taken from a table, filed; each body sees its own alone."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.models import Demand, DemandDraft
from rahdari.domain.jobs.queries.drafts import drafts_of
from rahdari.domain.jobs.rules.drafts import MOST_DRAFTS, MOST_LISTED, field_of, kept, listed
from rahdari.domain.jobs.rules.papers import Scan
from tests.make import jobs as make
from tests.make.people import actor, sign_in

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture(autouse=True)
def there(on_jp):
    pass


def save(typed, who=None, **told):
    return actions.save_draft(actor=who or make.employer(), typed=typed, at=AT, **told)


def refused(act, **arguments):
    with pytest.raises(Refused) as wrong:
        act(**arguments)
    return [one.code for one in wrong.value.refusals]


def table(text):
    return actions.take_drafts(actor=make.employer(), file=Scan("demands.csv", text.encode()), at=AT)


class TestKeeping:
    def test_keeps_the_fields_of_a_demand_and_nothing_else(self):
        row = save(
            {"asked.places": " 3 ", "power.signatory": "Sato Kenji (invented)", "csrfmiddlewaretoken": "x", "asked.duty": ""}
        )
        assert row.content == {"asked.places": "3", "power.signatory": "Sato Kenji (invented)"}
        with connection.cursor() as cursor:
            cursor.execute("select one::text from jobs_demanddraft as one")
            assert "Sato" not in cursor.fetchone()[0]

    def test_keeps_again_and_tells_who_comes_second(self):
        row = save({"asked.places": "3"})
        again = save({"asked.places": "4"}, draft_id=row.pk, seen=row.version)
        assert again.content == {"asked.places": "4"} and DemandDraft.objects.count() == 1
        assert refused(save, typed={"asked.places": "5"}, draft_id=row.pk, seen=row.version) == ["stale"]

    def test_refuses_what_is_no_draft(self):
        assert refused(save, typed={}) == refused(save, typed={"seen": "1", "asked": "x"}) == ["draft_empty"]
        assert refused(save, typed={f"asked.terms.allowances.{n}.basis": "x" * 2000 for n in range(25)}) == ["draft_too_long"]

    def test_belongs_to_its_body(self):
        row = save({"asked.places": "3"})
        other = actor("employer", "jp:org:another", node="jp")
        assert list(drafts_of(make.employer())) == [row] and not drafts_of(other)
        for act in (actions.drop_draft, actions.file_draft):
            with pytest.raises(Missing):
                act(actor=other, draft_id=row.pk, at=AT)
        with pytest.raises(Missing):
            save({"asked.places": "9"}, other, draft_id=row.pk)
        assert refused(save, typed={"asked.places": "9"}, who=actor("exam_body", node="jp")) == ["not_permitted"]
        assert DemandDraft.objects.get().content == {"asked.places": "3"}


class TestCopying:
    def test_takes_everything_but_days_papers_and_power(self):
        demand = make.demand()
        content = actions.copy_demand(actor=make.employer(), demand_id=demand.pk, at=AT).content
        assert content["asked.places"] == "12" and content["asked.terms.allowances.0.money.amount"] == "20000"
        assert content["asked.tests"] == "NURSING_CARE_SKILL\nJFT_BASIC"
        assert not [name for name in content if name.startswith("power") or name.endswith(("_on", "terms_hash"))]

    def test_of_others_is_missing(self):
        demand = make.demand()
        with pytest.raises(Missing):
            actions.copy_demand(actor=actor("employer", "jp:org:another", node="jp"), demand_id=demand.pk, at=AT)


class TestTable:
    def test_each_line_is_a_draft_whatever_the_language_of_its_titles(self):
        rows = table("人数,分野,Prefecture,comment\n3,NURSING_CARE,15,x\n5,FOOD_SERVICE,13,y\n,,,only a note\n")
        assert [row.content for row in rows] == [
            {"asked.places": "3", "asked.field": "NURSING_CARE", "asked.prefecture": "15"},
            {"asked.places": "5", "asked.field": "FOOD_SERVICE", "asked.prefecture": "13"},
        ]
        assert {row.origin for row in rows} == {"table"}

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("a,b\n1,2\n", "no_known_column"),
            ("places,field\n,\n", "import_no_rows"),
            ("places\n" + "3\n" * (MOST_LISTED + 1), "too_many_drafts"),
            ("", "import_file_empty"),
        ],
    )
    def test_is_refused_whole(self, text, code):
        assert refused(table, text=text) in ([code], ["import_too_many_rows"])
        assert not DemandDraft.objects.exists()

    def test_is_no_program(self):
        content = io.BytesIO(b"MZ" + bytes(2000)).getvalue()
        assert refused(actions.take_drafts, actor=make.employer(), file=Scan("x.csv", content), at=AT)

    def test_titles_are_known_in_any_case(self):
        assert field_of("  PLACES ") == field_of("asked.places") == field_of("آسامیاں") == "asked.places"
        assert field_of("") == field_of("nonsense") == ""

    def test_rules_are_deaf_to_naughty_names(self):
        assert kept({"asked.__class__": "x", "asked.terms.0.1.2.3.4.5": "x", "asked.x\0": "x", "power": "x"}) == {
            "asked.__class__": "x"
        }
        assert listed(["places", "places"], [(1, ["3", "4"])]) == [{"asked.places": "4"}]

    def test_no_more_than_so_many_are_kept(self):
        for number in range(2):
            table("places\n" + "3\n" * (MOST_DRAFTS // 2))
            assert DemandDraft.objects.count() == (number + 1) * MOST_DRAFTS // 2
        assert refused(save, typed={"asked.places": "1"}) == ["too_many_drafts"]


class TestPages:
    @pytest.fixture
    def desk(self, client):
        make.employer()
        sign_in(client, "employer", make.EMPLOYER, node="jp")
        return client

    def test_a_demand_begun_today_is_filed_tomorrow(self, desk):
        page = desk.get(reverse("jobs.file_demand")).content.decode()
        assert reverse("jobs.save_draft") in page
        assert desk.post(reverse("jobs.save_draft"), {"asked.places": "12", "asked.field": "NURSING_CARE"}).status_code == 302
        listed_ = desk.get(reverse("jobs.see_drafts")).content.decode()
        draft = DemandDraft.objects.get()
        assert "things missing" in listed_ and reverse("jobs.file_draft", args=[draft.pk]) in listed_
        page = desk.get(reverse("jobs.file_draft", args=[draft.pk])).content.decode()
        assert 'value="12"' in page and reverse("jobs.save_draft_again", args=[draft.pk]) in page

    def test_a_copied_demand_needs_its_days_and_papers_alone(self, desk):
        demand = make.demand()
        answer = desk.post(reverse("jobs.copy_demand", args=[demand.pk]))
        draft = DemandDraft.objects.get()
        assert answer["Location"].endswith(reverse("jobs.file_draft", args=[draft.pk]))
        assert "2 things missing" in desk.get(reverse("jobs.see_drafts")).content.decode()
        given = draft.content | {"asked.opens_on": make.days(6).isoformat(), "asked.closes_on": make.days(67).isoformat()}
        given |= {name: SimpleUploadedFile(f"{name}.pdf", make.PDF) for name in ("letter", "attorney")}
        given |= {"power.until": make.days(217).isoformat(), "power.signatory": "Sato Kenji (invented)", "seen": draft.version}
        answer = desk.post(reverse("jobs.file_draft", args=[draft.pk]), given)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        assert Demand.objects.count() == 2 and not DemandDraft.objects.exists()

    def test_what_is_refused_leaves_the_draft(self, desk):
        save({"asked.places": "12"})
        draft = DemandDraft.objects.get()
        assert desk.post(reverse("jobs.file_draft", args=[draft.pk]), draft.content).status_code == 422
        assert desk.post(reverse("jobs.save_draft"), {}).status_code == 422
        assert DemandDraft.objects.get().content == {"asked.places": "12"}
        assert desk.post(reverse("jobs.drop_draft", args=[draft.pk])).status_code == 302
        assert not DemandDraft.objects.exists()

    def test_what_cannot_be_kept_is_shown_as_it_was_typed(self, desk):
        typed = {"asked.places": "12", "asked.tests": "JFT_BASIC", "asked.dispatch": "on"}
        table("places\n" + "3\n" * MOST_LISTED)
        table("places\n" + "3\n" * (MOST_DRAFTS - MOST_LISTED))
        answer = desk.post(reverse("jobs.save_draft"), typed)
        page = answer.content.decode()
        assert answer.status_code == 422 and 'value="12"' in page and "JFT_BASIC</textarea>" in page and "checked" in page
        assert f'action="{reverse("jobs.file_demand")}"' in page and reverse("jobs.save_draft") in page
        assert f"{MOST_DRAFTS}" in page and "member_missing" not in page

    def test_who_comes_second_still_sees_what_they_typed(self, desk):
        draft = save({"asked.places": "12"})
        save({"asked.places": "13"}, draft_id=draft.pk, seen=draft.version)
        address = reverse("jobs.save_draft_again", args=[draft.pk])
        answer = desk.post(address, {"asked.places": "14", "seen": draft.version})
        page = answer.content.decode()
        assert answer.status_code == 409 and 'value="14"' in page and address in page
        assert f'action="{reverse("jobs.file_draft", args=[draft.pk])}"' in page
        assert DemandDraft.objects.get().content == {"asked.places": "13"}

    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_a_table_is_taken_in(self, desk, language):
        address = f"/{language}/jobs/demands/drafts/table/"
        assert "人数" in desk.get(address).content.decode()
        file = SimpleUploadedFile("demands.csv", b"places,field\n3,NURSING_CARE\n")
        assert desk.post(address, {"file": file}).status_code == 302
        assert DemandDraft.objects.count() == 1
