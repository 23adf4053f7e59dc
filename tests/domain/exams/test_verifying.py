"""Is this certificate real? One answer for everything that does not fit, a limit on tries, and a code that proves it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.domain.accounts.models import Person
from rahdari.domain.exams import actions
from rahdari.domain.exams.models import Result
from rahdari.domain.exams.queries.verifying import certificate_read
from rahdari.seals.forms import decode, encode
from tests.make import candidates
from tests.make import exams as make
from tests.make.exchange import Corridor
from tests.make.people import sign_in, sign_in_as
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AT, AFTER = make.AT, make.STARTS_AT + dt.timedelta(hours=2)
BORN = dt.date(2001, 3, 14)
PLACE = "exams.verify_certificate"


@pytest.fixture
def jp(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"


@pytest.fixture
def passed(settings):
    """A test passed, known on both nodes: the corridor, the worker and their result."""
    corridor = two_nodes(settings)
    with corridor.on("jp"):
        sitting = make.sitting("NURSING_CARE_SKILL")
    corridor.exchange(at=AT)
    with corridor.on("pk"):
        worker, _file = candidates.file(tests=())
        booking = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
    corridor.exchange(at=AT)
    with corridor.on("jp"):
        lines = [make.result_line(booking, certificate_no="C-77/2026")]
        actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)
    corridor.exchange(at=AFTER)
    return corridor, worker, Result.objects.get()


def asked(client, number, birth_date, language="en"):
    with override(language):
        return client.post(reverse(PLACE), {"certificate": number, "birth_date": birth_date})


class TestByNumberAndBirthDate:
    def test_both_nodes_know_a_genuine_one_however_it_is_typed(self, passed):
        corridor, *_ = passed
        for node in ("pk", "jp"):
            with corridor.on(node):
                read = certificate_read("c 77 2026", BORN)
                assert (read.standing, read.exam) == ("certificate_genuine", "NURSING_CARE_SKILL")

    def test_wrong_number_and_wrong_birth_date_have_one_answer(self, passed, client):
        pages = [asked(client, number, born) for number, born in (("C-78", "2001-03-14"), ("C-77/2026", "2001-03-15"))]
        assert [one.status_code for one in pages] == [200, 200]
        bodies = [one.content.decode().replace("C-78", "C-77/2026").replace("2001-03-15", "2001-03-14") for one in pages]
        marks = [body.split('name="csrfmiddlewaretoken"')[0] for body in bodies]
        assert marks[0] == marks[1]
        assert "No such certificate is known." in bodies[0]
        assert certificate_read("C-78", BORN) == certificate_read("C-77/2026", BORN + dt.timedelta(days=1))
        assert "NURSING" not in bodies[1] and "ZARGHUNA" not in bodies[1]

    def test_nothing_of_the_person_is_told_or_written(self, passed, client, capsys):
        before = AuditEntry.objects.count()
        page = asked(client, "C-77/2026", "2001-03-14").content.decode()
        assert "This certificate is genuine." in page
        assert "ZARGHUNA" not in page
        assert AuditEntry.objects.count() == before
        assert "2001-03-14" not in capsys.readouterr().err

    def test_tries_are_limited_by_the_number_too(self, passed, client):
        day = BORN
        for _try in range(10):
            day += dt.timedelta(days=1)
            assert asked(client, "C-77/2026", day.isoformat()).status_code == 200
        assert asked(client, "C 77-2026", "2001-03-14").status_code == 429
        assert asked(client, "C-5", "2001-03-14").status_code == 200

    def test_the_api_answers_alike(self, passed, client):
        place = reverse("api:exams.verify_certificate")
        ask = lambda **told: client.post(place, told, content_type="application/json").json()  # noqa: E731
        assert ask(number="C-77/2026", birth_date="2001-03-14")["standing"] == "certificate_genuine"
        wrong = [ask(number="C-1", birth_date="2001-03-14"), ask(number="C-77/2026", birth_date="1999-01-01")]
        assert wrong[0] == wrong[1]
        assert set(wrong[0].values()) == {"certificate_not_found", None}

    def test_a_fail_and_a_replaced_pass_prove_nothing(self, jp):
        result = make.own_result(certificate_no="C-8")
        assert certificate_read("C-8", BORN).standing == "certificate_genuine"
        after = result.recorded_at
        actions.correct_result(actor=make.examiner(), result_id=result.pk, outcome="fail", reason="marked_wrongly", at=after)
        assert certificate_read("C-8", BORN).standing == "certificate_not_found"
        assert certificate_read("", BORN).standing == "certificate_not_found"

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_is_asked_in_every_language(self, client, language):
        page = asked(client, "", "tomorrow", language)
        assert page.status_code == 422
        assert f'lang="{language}"' in page.content.decode()


class TestTheCode:
    def token(self, client, result):
        page = client.get(reverse("exams.see_certificate_card", args=[result.pk]))
        assert page.status_code == 200
        return page.content.decode().partition('small" dir="ltr">')[2].partition("<")[0]

    @pytest.fixture
    def ours(self, settings):
        Corridor(settings)
        return self

    def worker_with_card(self, client, passed):
        corridor, worker, result = passed
        with corridor.on("pk"):
            sign_in_as(client, Person.objects.get(pk=worker.person))
        return result

    def test_is_read_by_the_page_that_checks_papers(self, client, passed, ours):
        token = self.token(client, self.worker_with_card(client, passed))
        said = client.post(reverse("checks.check_paper"), {"paper": token}).content.decode()
        assert "This paper is genuine." in said
        for fact in ("ZARGHUNA KHAN", "C-77/2026", "14 March 2001", "Nursing Care Skills Evaluation Test"):
            assert fact in said
        assert f"{reverse(PLACE)}?number=C-77/2026" in said

    def test_a_forged_certificate_is_told_apart_and_shows_nothing(self, client, passed, ours):
        token = self.token(client, self.worker_with_card(client, passed))
        head, body, mark = token.split(".")
        forged = f"{head}.{encode(decode(body).replace(b'ZARGHUNA', b'SOMEBODY'))}.{mark}"
        said = client.post(reverse("checks.check_paper"), {"paper": forged}).content.decode()
        assert "This paper is forged or was changed." in said
        assert "SOMEBODY" not in said.replace(forged, "")

    def test_is_for_whoever_passed_and_while_the_result_stands(self, client, passed, ours):
        result = passed[2]
        sign_in_as(client, Person.objects.get(pk=candidates.file(tests=())[0].person))
        place = reverse("exams.see_certificate_card", args=[result.pk])
        assert client.get(place).status_code == 404

    def test_the_examiner_prints_its_own_alone(self, client, jp, ours):
        with time_machine.travel(AT, tick=False):
            result = make.own_result(at=now())
        sign_in(client, "exam_body", "jp:org:other", node="jp")
        assert client.get(reverse("exams.see_certificate_card", args=[result.pk])).status_code == 404
