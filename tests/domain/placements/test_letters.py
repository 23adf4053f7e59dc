"""Messages to workers about the steps of their case: which, to whom, in which language, once; and the list of them."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import override

import rahdari
from rahdari.base.actor import machine
from rahdari.base.letters import letters_in_folder
from rahdari.base.models import Letter, OutboxEntry
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.departures.actions import decide_coe
from rahdari.domain.jobs.rules.line import STATION_OF
from rahdari.domain.placements.actions import tell_worker
from rahdari.domain.placements.actions.telling import STEP_TOLD
from rahdari.domain.placements.models import StationEvent
from rahdari.domain.placements.rules.letters import FOLDER, HELD, MOVED, SILENT, TOLD, letter_for
from rahdari.project.reactions import REACTIONS, react
from rahdari.web.words import shelf, spoken
from tests.make import jobs
from tests.make import placements as make
from tests.make.people import actor, sign_in, sign_in_as, worker
from tests.make.thread import alone, at, both
from tests.make.two_nodes import two_nodes

LANGUAGES = ["en", "ur", "ja"]
TEMPLATES = Path(rahdari.__file__).parent / "domain" / "placements" / "templates"
OF_STEPS = sorted({FOLDER + step for step in TOLD} | {FOLDER + "on_hold"})
LONGEST = {"number": "A-2026-000001", "at": dt.datetime(2026, 12, 24, 10, 0, tzinfo=dt.UTC), "flight": "PK8989"}
ONE_SMS, TWO_SMS_OF_OTHER_LETTERS = 160, 134


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def rendered(template, language):
    with override(language):
        values = {name: spoken(value) for name, value in LONGEST.items()}
        return render_to_string(f"{template}.txt", values).strip().partition("\n")


class TestTheTable:
    def test_every_step_of_a_case_is_told_or_has_a_reason_why_not(self):
        of_cases = {step for step, station in STATION_OF.items() if station >= 5}
        shelves = [TOLD, HELD, {MOVED}, set(SILENT)]
        assert of_cases == set().union(*shelves)
        assert sum(map(len, shelves)) == len(of_cases)

    def test_every_message_has_a_template_and_a_name_in_the_list(self):
        assert [one for one in OF_STEPS if not (TEMPLATES / f"{one}.txt").is_file()] == []
        every = [path for path in (Path(rahdari.__file__).parent / "domain").glob("*/templates/*/letters/*.txt")]
        names = [str(path.relative_to(path.parents[2]).with_suffix("")) for path in every]
        assert len(names) > 40
        assert [name for name in names if name not in shelf("CODES")] == []

    def test_a_template_says_nothing_but_number_time_and_flight(self):
        used = {name for one in OF_STEPS for name in re.findall(r"{{\s*(\w+)", (TEMPLATES / f"{one}.txt").read_text())}
        assert used == set(LONGEST)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_message_is_short_enough_for_a_phone(self, language):
        long = []
        for one in OF_STEPS:
            subject, _, text = rendered(one, language)
            text, most = text.strip(), ONE_SMS if language == "en" else TWO_SMS_OF_OTHER_LETTERS
            assert subject and "A-2026-000001" in text
            assert language != "en" or text.isascii()
            long += [(one, len(text))] if len(text.encode("utf-16-le")) // 2 > most else []
        assert long == []

    @pytest.mark.parametrize(
        ("told", "template"),
        [
            ({"step": "coe_refused", "reason": "documents_doubtful"}, "coe_refused"),
            ({"step": "case_held", "reason": "field_order"}, "on_hold"),
            ({"step": "case_held", "reason": "licence"}, ""),
            ({"step": "case_moved", "details": {"promoter": "pk:org:other"}}, ""),
            ({"step": "case_moved", "details": {"route": "oep"}}, "application_released"),
            ({"step": "slot_taken", "acting": "WORKER"}, ""),
            ({"step": "slot_taken", "acting": "jp:org:firm"}, "slot_taken"),
            ({"step": "visa_filed"}, ""),
        ],
    )
    def test_by_step_cause_and_who_acted(self, told, template):
        asked = {"acting": "X", "reason": "", "details": {}} | told
        assert letter_for(**asked) == (FOLDER + template if template else "")

    def test_the_event_has_its_reaction(self):
        assert STEP_TOLD in REACTIONS


PHONE = "+923001234567"


def letters(**told):
    return [one.template.removeprefix(FOLDER) for one in Letter.objects.filter(**told).order_by("id")]


@pytest.mark.django_db
def test_a_worker_is_told_of_each_station_once(settings):
    settings.RAHDARI_NODE = "pk"
    story = alone().go("work_begun")
    react()
    own = Person.objects.get(pk=story.people["worker"].person)
    told = [
        "application_filed", "candidate_nominated", "interview_set", "selected", "costs_declared", "costs_confirmed",
        "contract_signed", "coe_filed", "coe_issued", "visa_issued", "registered", "flight_booked", "departed", "arrived",
        "work_begun",
    ]  # fmt: skip
    assert letters(template__startswith=FOLDER) == told
    assert letters(template="exams/letters/results") == ["exams/letters/results"] * 2
    of_steps = Letter.objects.filter(template__startswith=FOLDER)
    assert set(of_steps.values_list("to_person", "language")) == {(own.pk, "ur")}
    actor_, steps = machine("pk", "timetable"), StationEvent.objects.filter(case=story.case_id)
    assert [tell_worker(actor=actor_, event_id=one.pk, at=at("work_begun")) for one in steps] == [None] * len(steps)
    assert react() == 0 and letters(template__startswith=FOLDER) == told


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_goes_to_the_phone_of_the_worker_alone_in_their_language(language, django_capture_on_commit_callbacks):
    vacancy = jobs.vacancy(at=make.AT)
    others, _case = make.applied(vacancy)
    case = make.case_of(worker(PHONE), vacancy)
    who = actor_for(Person.objects.get(pk=case.worker), None)
    QuerySet(Person).filter(pk=who.person).update(language=language)
    with django_capture_on_commit_callbacks(execute=True):
        react()
    letter = Letter.objects.get(to_person=who.person)
    assert Letter.objects.get(to_person=others.person).pk != letter.pk
    assert (letter.pk, letter.language) == (case.steps.get().pk, language)
    sent = [one for one in letters_in_folder(40) if one.id == str(letter.pk)]
    assert [(one.address, one.language, case.number in one.text) for one in sent] == [(PHONE, language, True)]
    ids = {str(pk) for pk in Letter.objects.exclude(to_person=who.person).values_list("pk", flat=True)}
    assert PHONE not in [one.address for one in letters_in_folder(40) if one.id in ids]


@pytest.mark.django_db
def test_without_a_phone_it_goes_by_mail_and_without_either_it_is_only_noted(django_capture_on_commit_callbacks):
    vacancy = jobs.vacancy(at=make.AT)
    who, case = make.applied(vacancy)
    QuerySet(Person).filter(pk=who.person).update(phone=None, email="worker@pk.test.invalid")
    other, _case = make.applied(vacancy)
    QuerySet(Person).filter(pk=other.person).update(phone=None)
    with django_capture_on_commit_callbacks(execute=True):
        react()
    mail, none = Letter.objects.get(to_person=who.person), Letter.objects.get(to_person=other.person)
    assert (mail.way, mail.address_hint) == ("email", "w…@pk.test.invalid")
    assert (none.way, none.failure, none.sent_at) == ("sms", "no address", None)
    assert case.state == "applied"


@pytest.mark.django_db
def test_the_node_that_has_the_account_writes_and_a_confirmed_paper_is_told_once(settings):
    story = both(two_nodes(settings)).go("coe_filed")
    paper = {"paper": jobs.paper(at("coe_issued"), number="17/2026"), "coe_number": "COE-777"}
    with story.on("pk"):
        promoter = story.who("promoter_manager", jobs.PROMOTER)
        decide_coe(actor=promoter, case_id=story.case_id, **paper, at=at("coe_issued"))
    story.take("coe_issued")
    with story.on("pk"):
        react()
        assert letters(template=f"{FOLDER}selected") == ["selected"]
        rows = StationEvent.objects.filter(case=story.case_id, step="coe_issued")
        assert rows.count() == 2 and rows.exclude(confirmed_by=None).count() == 1
        assert letters(template=f"{FOLDER}coe_issued") == ["coe_issued"]
        assert letters(template="exams/letters/results") == ["exams/letters/results"] * 2
    with story.on("jp"):
        react()
        assert not Letter.objects.filter(template__startswith="placements").exists()
        assert not OutboxEntry.objects.filter(type=STEP_TOLD).exists()


@pytest.mark.django_db
def test_nobody_writes_but_the_node_itself():
    _who, case = make.applied()
    for someone in (jobs.promoter(), actor("protector"), machine("jp", "timetable")):
        with pytest.raises(Refused) as refused:
            tell_worker(actor=someone, event_id=case.steps.get().pk, at=make.AT)
        assert {one.code for one in refused.value.refusals} & {"not_permitted", "wrong_node"}
    assert not Letter.objects.filter(template__startswith=FOLDER).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_reads_the_list_of_ones_own_messages_and_of_nobody_else(client, language):
    who, _case = make.applied()
    react()
    place = f"/{language}/account/letters/"
    with override(language):
        name = str(shelf("CODES")[f"{FOLDER}application_filed"])
    sign_in_as(client, Person.objects.get(pk=who.person))
    seen = client.get(place)
    assert name in text_of(seen) and seen.headers["Cache-Control"] == "no-store"
    assert f"/{language}/account/letters/" in client.get(f"/{language}/account/").content.decode()
    for role in ("protector", "promoter_manager"):
        sign_in(client, role)
        assert name not in text_of(client.get(place))
