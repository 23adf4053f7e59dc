"""Windows that close, the desk of departures and manifests in a real browser: three languages, a desk and a phone."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from rahdari.domain.accounts.models import Person
from rahdari.domain.departures import actions
from rahdari.domain.departures.models import Manifest
from rahdari.domain.departures.rules.manifests import Missed
from tests.browser.conftest import look_at
from tests.browser.test_line_and_beside import at_home, let_in
from tests.make import jobs
from tests.make.flights import FLIGHT_TOLD, LEAVES, one_more, ready
from tests.make.people import actor
from tests.make.thread import HANEDA, alone, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]
CLERK = ("promoter_clerk", jobs.PROMOTER)
DAY = dt.timedelta(days=1)


def test_windows_that_close(page, settings):
    at_home(settings)
    story = alone().go("visa_issued")
    with time_machine.travel(dt.datetime(2027, 5, 18, 9, tzinfo=dt.UTC)):
        let_in(page, Person.objects.get(pk=story.people["worker"].person))
        look_at(page, {"windows_line": f"cases/{story.case_id}/line/", "windows_own": f"departures/{story.case_id}/"})
        let_in(page, *CLERK)
        look_at(page, {"windows_case": f"cases/{story.case_id}/", "windows_desk": f"departures/{story.case_id}/"})


def test_the_desk_of_departures_and_a_manifest(page, settings):
    at_home(settings)
    story, second, third = ready(3)
    one_more(story, 3).go("registration_applied")
    with time_machine.travel(at("flight_booked")):
        let_in(page, *CLERK)
        look_at(
            page,
            {
                "ready": "departures/ready/",
                "ready_none": "departures/ready/?airport=KHI",
                "manifests_none": "departures/manifests/",
            },
        )
        page.goto("/en/departures/ready/")
        boxes = page.locator("input[name=cases]")
        assert boxes.count() == 3
        for number in range(3):
            boxes.nth(number).check()
        page.get_by_label("Flight", exact=True).fill("PK898")
        page.get_by_label("Lands at (IATA)").fill(HANEDA)
        page.get_by_label("Leaves at").fill("2027-05-20T08:00")
        page.get_by_label("Expected to land at").fill("2027-05-21T04:00")
        page.get_by_role("button", name="Put those ticked on this flight").click()
        assert page.locator(".err").count() == 3  # the certificate of each ends before
        assert boxes.nth(0).is_checked()
    manifest = actions.build_manifest(
        actor=actor(*CLERK), case_ids=[one.case_id for one in (story, second, third)], **FLIGHT_TOLD, at=at("flight_booked")
    )
    with time_machine.travel(LEAVES):
        let_in(page, "protector", office="PEW")
        place = f"departures/manifests/{manifest.pk}/"
        look_at(page, {"manifests": "departures/manifests/", "who_left": f"{place}departed/"})
        actions.record_departures(
            actor=actor("protector", office="PEW"), manifest_id=manifest.pk, departed=[story.case_id],
            missed=[Missed(second.case_id, "late")], at=LEAVES,
        )  # fmt: skip
        look_at(page, {"manifest": place})


def test_arrivals_of_an_employers_own_people(page, settings):
    at_home(settings)
    alone().go("departed")
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    with time_machine.travel(at("arrived")):
        let_in(page, "employer", jobs.EMPLOYER, node="jp")
        place = f"departures/manifests/{Manifest.objects.get().pk}/"
        look_at(page, {"manifest_jp": place, "who_arrived": f"{place}arrived/"})
