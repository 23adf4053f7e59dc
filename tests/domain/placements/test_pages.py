"""The pages of a case: the worker's file, application and line, the desk's case with its line, the steps between them."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rahdari.base.clock import now
from rahdari.base.models import Look
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates.models import Consent, File
from rahdari.domain.placements.models import Case, Interview
from tests.make import candidates
from tests.make import jobs as make_jobs
from tests.make import placements as make
from tests.make.people import sign_in, sign_in_as, worker

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ur", "ja"]
FILE = {
    "told.name": "ZARGHUNA KHAN", "told.birth_date": "2001-03-14", "told.sex": "F", "told.passport_no": "ZZ8000001",
    "told.passport_until": "2036-03-14", "told.languages.0.language": "ja", "told.languages.0.level": "middle",
    "told.work.0.isco": "5322", "told.work.0.months": "۱۸", "told.skills": "care of older people\ncooking",
}  # fmt: skip


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def stations(answer):
    """The classes of the stations on a page, by number."""
    found = re.findall(r'<li class="([^"]+)"[^>]*><span class="no">(\d+)</span>', answer.content.decode())
    return {int(number): set(classes.split()) for classes, number in found}


def person_of(case):
    return Person.objects.get(pk=case.worker)


class TestTheWorkersWay:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_opens_a_file_and_sees_it(self, client, language):
        sign_in_as(client, worker("0300 1234567"))
        assert client.get(f"/{language}/file/").status_code == 200
        assert client.get(f"/{language}/file/open/").status_code == 200
        answer = client.post(f"/{language}/file/open/", FILE, follow=True)
        file = File.objects.get()
        assert answer.redirect_chain[-1][0] == f"/{language}/file/"
        assert "ZZ8000001" in text_of(answer)
        assert (file.skills, file.work) == (["care of older people", "cooking"], [{"isco": "5322", "months": 18}])

    def test_says_why_no_file_was_opened_beside_the_field(self, client):
        sign_in_as(client, worker("0300 1234567"))
        answer = client.post("/en/file/open/", FILE | {"told.passport_no": "123"})
        assert answer.status_code == 422
        assert "two letters and seven digits" in text_of(answer) and 'value="ZARGHUNA KHAN"' in answer.content.decode()

    def test_a_counter_opens_one_and_sees_it(self, client):
        worker(identity="17301-5550000-4")
        sign_in(client, "oec_counter")
        answer = client.post("/en/file/open/", FILE | {"identity": "17301-5550000-4"}, follow=True)
        assert "File in front of you" in text_of(answer) and "17301-5550000-4" in text_of(answer)

    def test_applies_from_the_vacancy_and_comes_to_the_line(self, client):
        vacancy = make_jobs.vacancy(at=now())
        who = worker("0300 1234567")
        sign_in_as(client, who)
        assert "To apply you need a file" in text_of(client.get(f"/en/jobs/{vacancy.pk}/"))
        candidates.file(who, at=now(), tests=("JFT_BASIC",))
        shown = text_of(client.get(f"/en/jobs/{vacancy.pk}/"))
        assert "not shown yet" in shown and "skill test" in shown
        place = f"/en/cases/apply/{vacancy.pk}/"
        assert client.get(place).status_code == 200
        refused = client.post(place, {})
        assert refused.status_code == 422 and "Without consent" in text_of(refused)
        answer = client.post(place, {"show_file": "on"}, follow=True)
        case = Case.objects.get()
        assert answer.redirect_chain[-1][0] == f"/en/cases/{case.pk}/line/"
        assert case.number in text_of(answer)
        assert "You applied" in text_of(client.get(f"/en/jobs/{vacancy.pk}/"))
        assert case.number in text_of(client.get("/en/file/")) and case.number in text_of(client.get("/en/cases/mine/"))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_sees_the_line_in_their_language_and_answers_the_interview(self, client, language):
        _who, case = make.case("interview_set", at=now())
        sign_in_as(client, person_of(case))
        line = client.get(f"/{language}/cases/{case.pk}/line/")
        drawn = stations(line)
        assert list(drawn) == list(range(1, 20))
        assert [no for no, classes in drawn.items() if "done" in classes] == [1, 2, 3, 4, 5, 6, 7]
        assert drawn[8] >= {"now", "wait", "jp"} and "paper" in drawn[1]
        assert drawn[1] >= {"jp"} and drawn[2] >= {"pk"}
        assert f"/{language}/cases/{case.pk}/answer/" in line.content.decode()
        assert client.get(f"/{language}/cases/{case.pk}/answer/").status_code == 200
        answer = client.post(f"/{language}/cases/{case.pk}/answer/", {"answer": "yes"}, follow=True)
        assert answer.status_code == 200 and Interview.objects.get().answer == "yes"
        assert "/answer/" not in answer.content.decode()

    def test_takes_a_consent_back(self, client):
        _who, case = make.applied(at=now())
        sign_in_as(client, person_of(case))
        consent = Consent.objects.get(purpose="nominate")
        answer = client.post(f"/en/file/consents/{consent.pk}/withdraw/", follow=True)
        assert "taken back" in text_of(answer)
        assert client.post(f"/en/file/consents/{consent.pk}/withdraw/").status_code == 409

    def test_another_worker_sees_nothing_of_it(self, client):
        _who, case = make.applied(at=now())
        sign_in_as(client, worker("0300 1234567"))
        assert client.get(f"/en/cases/{case.pk}/line/").status_code == 404
        assert client.get(f"/en/cases/{case.pk}/").status_code == 403


class TestTheDesk:
    def test_the_recruiter_names_sets_and_records_from_the_page_of_the_case(self, client):
        _who, case = make.applied(at=now())
        sign_in(client, "promoter_manager", make_jobs.PROMOTER)
        place = f"/en/cases/{case.pk}/"
        assert "ZARGHUNA KHAN" in text_of(client.get("/en/cases/"))
        assert f'href="{place}nominate/"' in client.get(place).content.decode()
        assert "Name the candidate to the employer" in text_of(client.get("/en/desk/"))
        answer = client.post(f"{place}nominate/", {"rule": "test_score", "rank": "1"}, follow=True)
        assert "Named to the employer." in text_of(answer)
        begins = make.interview_at(now()).astimezone(dt.timezone(dt.timedelta(hours=5))).strftime("%Y-%m-%dT%H:%M")
        told = {"starts_at": begins, "place": "video", "minutes": "45", "language": "ja", "interpreter": "employer"}
        refused = client.post(f"{place}interview/", told)
        assert refused.status_code == 422 and "The scan of the paper is missing" in text_of(refused)
        paper = {"paper.scan": _upload(), "paper.issuer": "Hinata (invented)", "paper.received_on": make_jobs.days(0, now())}
        answer = client.post(f"{place}interview/", told | paper, follow=True)
        assert "The time is set." in text_of(answer)
        interview = Interview.objects.get()
        assert (interview.minutes, interview.starts_at) == (45, make.interview_at(now()))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_case_shows_the_line_with_paper_hatched_and_who_entered_it(self, client, language):
        _who, case = make.case("reserve", at=now() - dt.timedelta(days=20))
        sign_in(client, "promoter_manager", make_jobs.PROMOTER)
        page = client.get(f"/{language}/cases/{case.pk}/")
        drawn = stations(page)
        assert drawn[8] >= {"done", "paper"} and drawn[7] == {"pk", "done"}
        assert case.number in text_of(page)
        if language == "en":
            assert (
                "from paper" in text_of(page)
                and "entered by: Manager of a promoter" in text_of(page)
                and "On the reserve list" in text_of(page)
            )

    def test_is_closed_to_others_and_says_who_looked(self, client):
        _who, case = make.applied(at=now())
        sign_in(client, "promoter_manager", "pk:org:other")
        assert client.get(f"/en/cases/{case.pk}/").status_code == 404
        assert not Look.objects.exists()
        sign_in(client, "protector")
        page = client.get(f"/en/cases/{case.pk}/")
        assert page.status_code == 200 and "Next step" not in text_of(page)
        assert client.get(f"/en/cases/{case.pk}/nominate/").status_code == 403
        look = Look.objects.first()
        assert (look.about, look.by_role, look.purpose) == (case.worker, "protector", "placements.see_case")

    def test_a_case_is_data_for_a_program(self, client):
        _who, case = make.case("nominated", at=now())
        until = now() + dt.timedelta(days=9)
        _token, secret = make_token(
            actor=make_jobs.promoter(), name="p", scopes=["placements.see_case"], expires_at=until, at=now()
        )
        told = client.get(f"/api/cases/{case.pk}", headers={"Authorization": f"Bearer {secret}"}).json()
        assert [one["no"] for one in told["line"] if one["state"] == "passed"] == [1, 2, 3, 4, 5, 6, 7]
        assert told["line"][6]["steps"] == ["candidate_nominated"] and told["line"][0]["hatched"]
        assert client.get(f"/api/cases/{case.pk}").status_code == 403


def _upload():
    return SimpleUploadedFile("letter.pdf", make_jobs.PDF, "application/pdf")
