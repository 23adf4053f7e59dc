"""Enquiries on the pages of the firm, its contact point, the desk that answers and the person, and for programs."""

from __future__ import annotations

import datetime as dt
import html
import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.clock import now
from rahdari.base.models import Look
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates.models import Reveal, ShownProfile
from rahdari.domain.cooperation.models import Enquiry
from tests.make.enquiries import Line
from tests.make.people import sign_in_as

LANGUAGES = ("en", "ur", "ja")
TYPED = {
    "asked.work_kind": "professional",
    "asked.occupation": "2512",
    "asked.skills": "Python\nweb services",
    "asked.people": "３",
    "asked.mode": "in_person",
}


def text_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def url(name, *args):
    with override("en"):  # whatever the page before was read in
        return reverse(name, args=args)


@pytest.fixture
def line(db, settings):
    return Line(settings, at=now())


@pytest.fixture
def enter(line, client):
    """Signs somebody of one of the nodes in, for what is done there."""

    def entering(who):
        sign_in_as(client, Person.objects.get(pk=who.person))
        return client

    return entering


@pytest.mark.sure
def test_goes_from_the_firm_to_the_person_and_back_through_the_pages(line, enter):
    with line.corridor.on("jp"):
        client = enter(line.firm)
        wrong = client.post(url("cooperation.enquire_firm"), TYPED | {"asked.work_kind": "ssw1", "asked.field": "NURSING_CARE"})
        assert wrong.status_code == 422 and "Information technology is no field" in text_of(wrong)
        done = client.post(url("cooperation.enquire_firm"), TYPED, follow=True)
        row = Enquiry.objects.get()
        assert "at the contact point" in text_of(done) and row.people == 3
        enter(line.contact).post(url("cooperation.forward_enquiry", row.pk), {"seen": row.version})
    line.carry(at=now())
    with line.corridor.on("pk"):
        client, there = enter(line.officer), Enquiry.objects.get()
        assert "Asked Firm (invented)" in text_of(client.get("/en/desk/"))
        client.post(url("cooperation.assign_enquiry", there.pk), {"owner": str(line.officer.person)})
        page = client.get(url("cooperation.answer_enquiry", there.pk))
        assert line.profile.text in text_of(page) and line.file.name not in page.content.decode()
        empty = client.post(url("cooperation.answer_enquiry", there.pk), {"profiles": [line.profile.number]})
        assert empty.status_code == 422 and " checked" in empty.content.decode()  # what was ticked stays ticked
        client.post(url("cooperation.answer_enquiry", there.pk), {"profiles": [line.profile.number], "next_step": "Ask them."})
        for language in LANGUAGES:
            for page in ("enquiries/", f"enquiries/{there.pk}/", "enquiries/ask/"):
                assert client.get(f"/{language}/{page}").status_code == 200
    line.carry(at=now())
    with line.corridor.on("jp"):
        client, shown = enter(line.firm), ShownProfile.objects.get()
        page = client.get(url("cooperation.see_enquiry", row.pk))
        assert line.profile.text in text_of(page) and url("candidates.see_shown", shown.pk) in page.content.decode()
        for language in LANGUAGES:
            assert client.get(f"/{language}/file/shown/{shown.pk}/").status_code == 200
        asked = client.post(url("candidates.ask_reveal", shown.pk), {"purpose": "An interview."}, follow=True)
        assert "No answer is a no" in text_of(asked)
    line.carry(at=now())
    with line.corridor.on("pk"):
        client, reveal = enter(line.worker), Reveal.objects.get()
        for language in LANGUAGES:
            assert "Asked Firm (invented)" in text_of(client.get(f"/{language}/file/asked/"))
        answer = url("candidates.answer_reveal", reveal.pk)
        page = text_of(client.get(answer))
        assert "An interview." in page and "ZARGHUNA KHAN" in page and "KARIM KHAN" not in page
        assert client.post(answer, {"answer": "yes", "contact": "call me"}).status_code == 422
        client.post(answer, {"answer": "yes", "contact": "a@b.pk"})
    line.carry(at=now())
    with line.corridor.on("jp"):
        page = enter(line.firm).get(url("candidates.see_shown", shown.pk))
        assert "ZARGHUNA KHAN" in text_of(page) and "a@b.pk" in text_of(page)
        assert Look.objects.get(purpose="candidates.see_shown").by_body == "jp:org:asked-firm"
    with line.corridor.on("pk"):
        reveal.refresh_from_db()
        assert "jp:org:asked-firm" in text_of(enter(line.worker).get("/en/account/looks/"))
        client.post(url("candidates.withdraw_consent", reveal.consent_id))
    line.carry(at=now())
    with line.corridor.on("jp"):
        page = enter(line.firm).get(url("candidates.see_shown", shown.pk))
        assert "ZARGHUNA" not in page.content.decode() and "a@b.pk" not in page.content.decode()


def test_programs_take_the_same_steps(line, client):
    row = line.answered(line.asked(at=now()), at=now())
    with line.corridor.on("jp"):
        scopes = [
            "cooperation.see_enquiries", "cooperation.see_enquiry", "cooperation.close_enquiry", "candidates.see_shown",
        ]  # fmt: skip
        told = {"name": "desk", "scopes": scopes, "expires_at": now() + dt.timedelta(days=3)}
        _token, secret = make_token(actor=line.firm, **told, at=now())
        headers = {"authorization": f"Bearer {secret}"}
        found = client.get("/api/enquiries", headers=headers).json()["enquiries"]
        assert [one["number"] for one in found] == [row.number]
        detail = client.get(f"/api/enquiries/{row.pk}", headers=headers).json()
        assert detail["profiles"][0]["text"] == line.profile.text and detail["state"] == "enquiry_answered"
        person = client.get(f"/api/file/shown/{detail['profiles'][0]['id']}", headers=headers)
        assert [one["code"] for one in person.json()["refusals"]] == ["no_consent"]
        body = json.dumps({"ground": "others_chosen"})
        closed = client.post(f"/api/enquiries/{row.pk}/close", body, content_type="application/json", headers=headers)
        assert closed.json()["state"] == "enquiry_closed"
        again = client.post(f"/api/enquiries/{row.pk}/close", body, content_type="application/json", headers=headers)
        assert again.status_code in (409, 422)
