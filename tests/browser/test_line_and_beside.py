"""Pages of the line and beside it in a real browser: three languages, a desk and a phone, each accessible and nothing runs out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from rahdari.base.clock import now
from rahdari.domain.accounts.models import Person
from rahdari.domain.cooperation.actions import enquire_firm
from rahdari.domain.departures.actions import draw_slips
from tests.browser.conftest import enter, look_at
from tests.make import candidates, enquiries, events, exams, jobs, organisations, watches
from tests.make.exchange import Corridor
from tests.make.people import actor, actor_as, person, sign_in_as, worker
from tests.make.placements import applied
from tests.make.thread import alone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]
PROMOTER = ("promoter_manager", jobs.PROMOTER)


def let_in(page, *who, **told):
    """The page acts as a person, or as a fresh one in a role."""
    client = Client()
    sign_in_as(client, who[0] if isinstance(who[0], Person) else person(*who, **told))
    enter(page, client)


def at_home(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    Corridor(settings)


def test_from_the_contract_to_the_flight(page, settings):
    at_home(settings)
    story = alone().go("contract_signed")
    own = Person.objects.get(pk=story.people["worker"].person)
    case, terms = f"departures/{story.case_id}/", f"terms/{story.case_id}/"
    let_in(page, own)
    look_at(page, {"line": f"cases/{story.case_id}/line/", "rescind": f"{terms}rescind/"})
    let_in(page, *PROMOTER)
    look_at(page, {"receipt": f"{terms}receipts/", "money_back": f"{terms}money-back/", "costs": f"{terms}costs/"})
    story.go("registration_applied")
    let_in(page, "protector", office="PEW")
    look_at(page, {"refuse": f"{case}clearance/refuse/", "case": f"cases/{story.case_id}/"})
    story.go("registered")
    book = draw_slips(actor=actor("protector", office="PEW"), slips=2, at=now())
    slips = "departures/slips/"
    look_at(page, {"propose": f"{case}clearance/propose/", "replace": f"{case}pass/replace/"})
    look_at(page, {"slips": slips, "draw": f"{slips}draw/", "book": f"{slips}{book.pk}/"})
    look_at(page, {"reconcile": f"{slips}{book.pk}/reconcile/"})
    let_in(page, own)
    look_at(page, {"pass": f"{case}pass/"})
    story.go("flight_booked")
    let_in(page, "promoter_clerk", jobs.PROMOTER)
    look_at(page, {"missed": f"{case}flight/missed/", "departure": case})


def test_official_forms(page, settings):
    at_home(settings)
    story = alone().go("contract_signed")
    let_in(page, *PROMOTER)
    look_at(page, {"forms": f"forms/cases/{story.case_id}/", "form_1_6": f"forms/cases/{story.case_id}/JP_1_6/"})


def test_expo_and_interview_days(page, settings):
    at_home(settings)
    case = applied(jobs.vacancy(at=now()), at=now())[1]
    day = events.event(actor("oec_officer", "OEC"), at=now())
    look_at(page, {"days": "cases/days/", "day": f"cases/days/{day.pk}/"})
    let_in(page, "oec_officer", "OEC")
    look_at(page, {"plan": "cases/days/new/", "day_list": f"cases/days/{day.pk}/list/", "off": f"cases/days/{day.pk}/off/"})
    assert case.state == "applied"


def test_enquiries(page, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    Corridor(settings)
    organisations.entered("ACCEPTING_ORG", enquiries.NUMBER, registry_id=enquiries.FIRM, names=("Asked Firm (invented)",))
    firm = actor("employer", enquiries.FIRM, node="jp")
    made = enquire_firm(actor=firm, asked=enquiries.asked_facts(), at=now())
    let_in(page, "employer", enquiries.FIRM, node="jp")
    look_at(page, {"ask_firm": "enquiries/ask/", "enquiry": f"enquiries/{made.pk}/", "enquiries": "enquiries/"})


def test_watchers_family_and_an_account_of_ones_own(page, settings):
    at_home(settings)
    look_at(page, {"own_account": "account/open/"})
    own = worker(watches.OWN)
    candidates.file(own, tests=())
    watch = watches.allowed(actor_as(own))
    let_in(page, own)
    look_at(
        page, {"watchers": "account/watchers/", "family": "file/family/", "record": "file/family/record/", "asked": "file/asked/"}
    )
    let_in(page, Person.objects.get(pk=watch.person_id))
    look_at(page, {"watching": "account/watching/", "watched": f"account/watching/{watch.pk}/"})


def test_bars(page, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    bar = exams.bar(at=now() - dt.timedelta(days=20))
    let_in(page, "exam_body", exams.BODY, node="jp")
    look_at(
        page, {"bar": f"exams/bars/{bar.pk}/", "lift": f"exams/bars/{bar.pk}/lift/", "decide_bar": f"exams/bars/{bar.pk}/decide/"}
    )
