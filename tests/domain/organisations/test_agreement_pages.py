"""The register of agreements as pages, downloads and API: anyone reads, its keepers write."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rahdari.base.clock import now
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.organisations.models import Agreement, AgreementFigures
from tests.make import agreements as make
from tests.make import organisations
from tests.make.people import actor_as, sign_in

pytestmark = pytest.mark.django_db
TYPED = {
    "agreement.number": "MOU 9/2026",
    "agreement.country": "DE",
    "agreement.partners.0.kind": "matching_firm",
    "agreement.partners.0.names": "Brücke Pflege (invented)\nبروکے فلیگے (فرضی)",
    "agreement.subject": "Nurses (invented)",
    "agreement.signed_on": "2026-02-01",
    "agreement.from_on": "۲۰۲۶-۰۳-۰۱",
    "agreement.reference": "File 3 (invented)",
}
FIGURES = {
    "figures.month": "2026-10",
    "figures.interviews": "1,240",
    "figures.selections": "۳۱",
    "figures.departures": "12",
    "figures.source": "Report 8 (invented)",
}


def page(client, address, language="en"):
    answer = client.get(f"/{language}/licences/{address}")
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


@pytest.fixture
def row():
    made = make.agreement(number="MOU 1/2026", partners=(make.PARTNER,))
    make.figures(made, "2026-09", 4021, 12, 3)
    return made


class TestAnyone:
    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_reads_the_register_and_one_agreement(self, client, row, language):
        for text in (page(client, "agreements/", language), page(client, f"agreements/{row.pk}/", language)):
            assert "MOU 1/2026" in text and "4,021" in text and "Hanbit Work Agency (invented)" in text
            assert "1</bdi>–<bdi>4" in text
        assert {"en": "South Korea", "ur": "جنوبی کوریا", "ja": "韓国"}[language] in page(client, "agreements/", language)

    def test_may_ask_for_a_country_and_odd_words_break_nothing(self, client, row):
        assert "MOU 1/2026" in page(client, "agreements/?country=KR&standing=in_force")
        assert "MOU 1/2026" not in page(client, "agreements/?country=KR&standing=ended")
        for odd in ("?country=%00", "?country=XX&standing=%27", "?page=999", "?page=x", "?standing=" + "x" * 3000):
            page(client, "agreements/" + odd)
            assert client.get("/api/agreements" + odd).status_code == 200

    def test_takes_the_figures_along_without_formulas(self, client, row):
        make.agreement(number="=HYPERLINK(1)", subject="@x")
        lines = client.get("/en/licences/agreements.csv").content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("number,country,partners") and len(lines) == 3
        assert any(one.startswith("MOU 1/2026,KR,") and one.endswith("typed,4021,4021,12,12,1,4") for one in lines)
        assert "'=HYPERLINK(1)" in lines[1] and "'@x" in lines[1]
        months = client.get(f"/en/licences/agreements/{row.pk}/figures.csv").content.decode("utf-8-sig").splitlines()
        assert months[1] == "MOU 1/2026,KR,2026-09,4021,4021,12,12,1,4,typed,Report 7 (invented),2026-11-25"

    def test_reads_the_same_as_a_program(self, client, row):
        told = client.get("/api/agreements").json()
        assert told["sums"]["departures"] == {"at_least": 1, "at_most": 4}
        assert told["agreements"][0]["partners"][0]["kind"] == "agency"
        one = client.get(f"/api/agreements/{row.pk}").json()
        assert (one["months"][0]["month"], one["figures_are"]) == ("2026-09", "typed")
        assert client.get(f"/api/agreements/{make.agreement().pk}").json()["months"] == []

    def test_sees_no_desk_no_text_and_no_history(self, client):
        made = make.agreement(papers=(organisations.PDF,))
        sha = made.papers[0]["sha256"]
        for address in ("agreements/desk/", f"agreements/desk/{made.pk}/", f"agreements/desk/{made.pk}/text/{sha}/"):
            assert client.get(f"/en/licences/{address}").status_code in (302, 403)
        assert sha not in page(client, f"agreements/{made.pk}/") and "paper.pdf" not in page(client, f"agreements/{made.pk}/")

    def test_is_told_on_japans_node_where_the_register_is_kept(self, client, settings):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        assert "on the node of Pakistan" in page(client, "agreements/")

    def test_nothing_there_is_404(self, client):
        for address in ("agreements/0198c0de-0000-7000-8000-000000000000/", "agreements/x/"):
            assert client.get(f"/en/licences/{address}").status_code == 404


class TestTheDesk:
    def test_records_an_agreement_with_its_text(self, client):
        sign_in(client, "contact_point_pk")
        paper = SimpleUploadedFile("mou.pdf", b"%PDF-1.4\n% invented\n")
        answer = client.post("/en/licences/agreements/desk/record/", TYPED | {"paper": paper})
        row = Agreement.objects.get()
        assert answer.status_code == 302 and answer["Location"].endswith(f"/licences/agreements/desk/{row.pk}/")
        assert (row.from_on, row.country) == (dt.date(2026, 3, 1), "DE")
        assert [one["script"] for one in row.partners.get().names] == ["Latn", "Arab"]
        sha = row.papers[0]["sha256"]
        assert client.get(f"/en/licences/agreements/desk/{row.pk}/text/{sha}/")["Content-Disposition"].startswith("attachment")
        assert client.get(f"/en/licences/agreements/desk/{row.pk}/text/{'0' * 64}/").status_code == 404
        assert client.get(f"/en/licences/agreements/desk/{make.agreement().pk}/text/{sha}/").status_code == 404

    def test_refusals_stand_beside_their_field_and_what_was_typed_stays(self, client, row):
        sign_in(client, "contact_point_pk")
        answer = client.post("/en/licences/agreements/desk/record/", TYPED | {"agreement.number": "mou 1/2026"})
        text = answer.content.decode()
        assert answer.status_code == 422 and "Another agreement has this number already." in text and "Nurses (invented)" in text
        assert Agreement.objects.count() == 1

    def test_corrects_reviews_and_ends_with_what_stood_before_in_the_form(self, client, row):
        sign_in(client, "contact_point_pk")
        at = f"agreements/desk/{row.pk}/"
        text = page(client, at + "correct/")
        assert 'value="MOU 1/2026"' in text and "Hanbit Work Agency (invented)" in text and 'value="2025-12-15"' in text
        told = TYPED | {"ground": "typing_error", "seen": "1"}
        assert client.post(f"/en/licences/{at}correct/", told).status_code == 302
        told = {"review.outcome": "to_be_changed", "review.on": "2026-11-20", "reasons": "Wages (invented)"}
        assert client.post(f"/en/licences/{at}review/", told).status_code == 302
        told = {"ended_on": "2027-06-30", "ground": "ended_by_both"}
        assert client.post(f"/en/licences/{at}end/", told).status_code == 302
        text = page(client, at)
        assert (
            "MOU 1/2026" in text
            and "typed wrongly" in text
            and "Wages (invented)" in text
            and "it is to be changed" in text
            and "ended by both" in text
        )
        assert "Next step" in text and "Correct figures" in text and "/end/" not in text

    def test_the_corporation_records_and_corrects_figures(self, client, row):
        sign_in(client, "oec_officer")
        at = f"/en/licences/agreements/desk/{row.pk}/"
        assert "October 2026" in client.get(at + "figures/").content.decode()
        assert client.post(at + "figures/", FIGURES).status_code == 302
        assert (
            client.post(at + "correct-figures/", FIGURES | {"figures.departures": "2", "ground": "typing_error"}).status_code
            == 302
        )
        standing = AgreementFigures.objects.get(month=dt.date(2026, 10, 1), superseded_at=None)
        assert (standing.interviews, standing.selections, standing.departures) == (1240, 31, 2)
        assert (
            client.get(at + "end/").status_code == 403 and client.get("/en/licences/agreements/desk/record/").status_code == 403
        )

    def test_where_the_corridor_runs_here_nobody_is_asked_for_figures(self, client):
        made = make.agreement(country="JP")
        sign_in(client, "oec_officer")
        text = page(client, f"agreements/desk/{made.pk}/")
        assert "Record figures" not in text and "counted" in text
        answer = client.post(f"/en/licences/agreements/desk/{made.pk}/figures/", FIGURES)
        assert answer.status_code == 422 and not AgreementFigures.objects.exists()


class TestThePrograms:
    def told(self, client, path, content, role="contact_point_pk", scope="organisations.record_agreement"):
        by = actor_as(sign_in(client, role))
        client.logout()
        _token, secret = make_token(actor=by, name="n", scopes=[scope], expires_at=now() + dt.timedelta(days=3), at=now())
        return client.post(path, content, content_type="application/json", headers={"Authorization": f"Bearer {secret}"})

    def content(self):
        partner = {"kind": "ministry", "names": ["Ministry (invented)"]}
        days = {"signed_on": "2026-02-01", "from_on": "2026-03-01"}
        return {"agreement": {"number": "A 1", "country": "SA", "partners": [partner], "subject": "s", "reference": "r"} | days}

    def test_record_an_agreement(self, client):
        answer = self.told(client, "/api/agreements", self.content())
        assert (answer.status_code, Agreement.objects.get().country) == (200, "SA")

    def test_are_told_what_is_wrong(self, client):
        content = self.content()
        content["agreement"] |= {"country": "ZZ", "number": ""}
        answer = self.told(client, "/api/agreements", content)
        assert answer.status_code == 422 and "/agreement/country" in answer.content.decode()
        assert not Agreement.objects.exists()

    def test_need_the_scope(self, client):
        answer = self.told(client, "/api/agreements", self.content(), scope="organisations.end_agreement")
        assert (answer.status_code, Agreement.objects.count()) == (403, 0)
