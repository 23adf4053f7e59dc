"""An employer's own way in Japanese: the demand filed, and, once Pakistan told its steps, the interview and the decision on a candidate."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet
from django.test import Client
from playwright.sync_api import Page

from rahdari.base.clock import day_at, now
from rahdari.domain.jobs.messages import Subject, journey_stage
from rahdari.domain.jobs.models import Demand
from rahdari.domain.placements.models import Case, Decision, Interview
from rahdari.project.mailroom import JOURNEY, RECEIVERS, STEPS
from tests.browser.conftest import axe_faults, enter, overflow, shot
from tests.make import jobs
from tests.make.forms import flat
from tests.make.people import organisation, sign_in
from tests.make.statements import mailroom, spoken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]


@pytest.fixture(autouse=True)
def _on_japans_node(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"


def hear(type: str, thread: UUID, data: dict[str, Any]) -> None:
    """A statement of Pakistan's node, as the mailroom hands it on."""
    bodies = ("CONTACT_JP", jobs.EMPLOYER)
    told = spoken(type, data, sender="pk", receiver="jp", thread=thread, bodies=bodies, at=now())
    receiver = STEPS[data["step"]] if type == JOURNEY else RECEIVERS[type]
    receiver(actor=mailroom("jp"), statement=told, at=now())


def step(demand: Demand, station: int, name: str, acting: str, details: dict[str, Any]) -> None:
    """A step of the demand on Pakistan's side."""
    on, subject = day_at(now(), "pk"), Subject("demand", demand.pk)
    hear(JOURNEY, demand.pk, journey_stage(subject=subject, station=station, step=name, on=on, acting=acting, details=details))


def nominated(demand: Demand, vacancy: UUID) -> UUID:
    """A candidate named to the employer, with both tests passed."""
    case, on = uuid4(), day_at(now(), "pk").isoformat()
    tests = [{"exam": one, "result": str(uuid4()), "on": on, "source": "system"} for one in jobs.ASKED["tests"]]
    told = {
        "case": str(case), "person": str(uuid4()), "vacancy": str(vacancy), "rank": 1, "rule": "test_score", "name": "ZARGHUNA KHAN",
        "birth_year": 2001, "sex": "F", "skills": ["care of older people"], "tests": tests, "education": ["Diploma in nursing"],
        "work": [{"isco": "5322", "months": 18}], "languages": [{"language": "ja", "level": "middle"}], "available_from": None,
        "consent": str(uuid4()), "promoter": jobs.PROMOTER,
    }  # fmt: skip
    hear("placement.nominated/1", case, told)
    return case


def looked_at(page: Page, place: str = "") -> None:
    """The page is Japanese, fits and has no fault of access, on a desk and on a phone."""
    if place:
        assert page.goto(place).status == 200
    assert page.locator("html").get_attribute("lang") == "ja"
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        shot(page)
        assert overflow(page) == 0, (page.url, width)
    assert axe_faults(page) == [], page.url


def fill(page: Page, told: dict[str, Any]) -> None:
    """Types what is told into the fields of the form, as they are named."""
    for name, value in flat(told).items():
        field = page.locator(f"main [name='{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))


def send(page: Page, onto: str) -> None:
    """Sends the form of the page and comes to an address that matches."""
    page.locator("main form button.btn:not(.alt)").first.click()
    page.wait_for_load_state()
    refused = page.locator("main .err, main .alert.bad").all_inner_texts()
    assert refused == [], (page.url, refused)
    page.wait_for_url(onto)


def test_an_employer_files_a_demand_and_decides_on_a_candidate_in_japanese(page):
    client = Client()
    sign_in(client, "employer", jobs.EMPLOYER, node="jp")
    organisation("OEP", jobs.PROMOTER)
    enter(page, client)

    # The demand, with its letter and power of attorney.
    looked_at(page, "/ja/jobs/demands/file/")
    power = {"from_on": jobs.days(-10, now()), "until": jobs.days(200, now()), "signatory": "Sato Kenji (invented)"}
    period = {"opens_on": jobs.days(6, now()), "closes_on": jobs.days(67, now())}
    fill(page, {"asked": jobs.ASKED | period, "power": power})
    for name in ("letter", "attorney"):
        paper = {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": jobs.PDF}
        page.locator(f"main [name='{name}']").set_input_files(paper)
    send(page, "**/ja/jobs/demands/*-*/")
    looked_at(page)
    demand = Demand.objects.get()
    assert demand.state == "filed" and demand.places == 12

    # Pakistan attests, permits, publishes, and names a candidate: each is told, and shown in Japanese.
    vacancy = uuid4()
    step(demand, 2, "demand_attested", "MISSION_PK", {"attestation_no": "ATT-1/2026", "attestor": "MISSION_PK"})
    until = jobs.days(120, now()).isoformat()
    step(demand, 3, "demand_permitted", "PROTECTOR",
         {"permission_no": "1/2026/PEW", "protectorate": "PEW", "until": until, "places": 12})  # fmt: skip
    published = {"vacancy": str(vacancy), "url": "", "closes_on": jobs.days(51, now()).isoformat()}
    step(demand, 4, "vacancy_published", jobs.PROMOTER, published)
    case = nominated(demand, vacancy)
    looked_at(page, f"/ja/jobs/demands/{demand.pk}/")
    assert "1/2026/PEW" in page.locator("main").inner_text()

    # The candidate: what the nomination tells and nothing of the person beside it; then a time for the interview.
    looked_at(page, f"/ja/cases/{case}/")
    assert "ZARGHUNA KHAN" in page.locator("main").inner_text()
    page.locator("main a[href$='/interview/']").first.click()
    page.wait_for_url("**/interview/")
    looked_at(page)
    at = (now() + dt.timedelta(days=12)).replace(hour=5, minute=0)
    fill(page, {"starts_at": f"{day_at(at, 'jp')}T14:00", "place": "ビデオ会議", "language": "ja"})
    send(page, f"**/ja/cases/{case}/")
    assert Interview.objects.get().starts_at.isoformat() == f"{day_at(at, 'jp')}T05:00:00+00:00"
    looked_at(page)

    # The decision with its reason: a place on the reserve list.
    QuerySet(Interview).update(starts_at=now() - dt.timedelta(hours=1))  # its time is over
    page.goto(f"/ja/cases/{case}/decision/")
    looked_at(page)
    fill(page, {"outcome": "reserve", "rank": 1})
    send(page, f"**/ja/cases/{case}/")
    assert Case.objects.get(pk=case).state == "reserve" and Decision.objects.get().rank == 1
    looked_at(page)
