"""What a worker may try after a clearance was refused or revoked, on both nodes; and in which order rows are locked."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rahdari.base.actor import machine
from rahdari.base.refusal import Refused
from rahdari.domain.contracts.actions import agree_change, rescind_contract
from rahdari.domain.departures import actions
from rahdari.domain.departures.models import Departure, Pass, Passenger
from rahdari.domain.departures.rules.clearances import SlipUsed
from rahdari.domain.departures.rules.passes import write_serial
from tests.make import jobs
from tests.make.passes import founded
from tests.make.people import actor
from tests.make.thread import HANEDA, alone, at, both, on
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def protector():
    """An officer, another one each time."""
    return actor("protector", office="PEW")


def states(story):
    found = set()
    for node in ("pk", "jp"):
        with story.on(node):
            found.add(Departure.objects.get().state)
    return found


def test_a_second_refusal_is_told_as_the_first(settings):
    story = both(two_nodes(settings)).go("registration_applied")
    told = {"case_id": story.case_id, "at": at("registration_applied"), "heard_on": on("registration_applied")}
    for _time in range(2):
        with story.on("pk"):
            actions.refuse_clearance(actor=protector(), code="insurance_void", **told)
        story.corridor.exchange(at=at("registration_applied"))
        assert states(story) == {"clearance_refused"}
        story.done.remove("registration_applied")
        story.go("registration_applied")
    story.go("registered")
    assert states(story) == {"cleared"}


def test_whose_revocation_was_lifted_can_be_booked_again(settings):
    story = both(two_nodes(settings)).go("flight_booked")
    moment = at("flight_booked") + HOUR
    told = {"case_id": story.case_id, "at": moment}
    with story.on("pk"):
        actions.propose_revocation(actor=protector(), code="barred", heard_on=on("flight_booked"), **told)
        actions.revoke_clearance(actor=protector(), **told)
    story.corridor.exchange(at=moment)
    with story.on("pk"):
        actions.appeal_clearance(actor=story.people["worker"], words="It was another person.", **told)
        actions.decide_clearance_appeal(actor=actor("bureau_officer"), outcome="lifted", reasons="Namesakes.", **told)
        actions.issue_clearance(actor=protector(), terms_hash=story.offer().terms_hash, **told)
        leaves = at("departed") + HOUR
        flight = {"flight": "PK852", "leaves_from": "ISB", "airport": HANEDA, "leaves_at": leaves, "eta": leaves + 14 * HOUR}
        clerk = story.who("promoter_clerk", jobs.PROMOTER)
        actions.build_manifest(actor=clerk, case_ids=[story.case_id], **flight, at=moment)
    story.corridor.exchange(at=moment)
    assert states(story) == {"flight_booked"}
    for node in ("pk", "jp"):
        with story.on(node):
            assert Passenger.objects.get(missed_because="").manifest.flight == "PK852"
    story.go("arrived")
    assert states(story) == {"arrived"}


def locked(queries):
    """The tables whose rows are locked, in their order."""
    found = [re.search(r'FROM "(\w+)".*FOR UPDATE', one["sql"]) for one in queries]
    return list(dict.fromkeys(one[1] for one in found if one))


def test_a_case_is_locked_before_what_belongs_to_it_and_a_departure_before_its_pass(settings):
    founded(settings)
    story = alone().go("registered")
    told, order = {"case_id": story.case_id, "at": at("registered") + HOUR}, ("placements_case", "departures_departure")
    officer = protector()
    with CaptureQueriesContext(connection) as seen:
        actions.replace_pass(actor=officer, code="lost", **told)
    assert tuple(locked(seen)) == (*order, "departures_pass")
    with CaptureQueriesContext(connection) as seen, pytest.raises(Refused):
        agree_change(actor=story.people["worker"], terms_hash="0" * 64, **told)
    assert locked(seen) == ["placements_case", "contracts_offer"]
    rescind_contract(actor=story.people["worker"], reason="own_wish", **told)
    with CaptureQueriesContext(connection) as seen:
        assert actions.end_pass(actor=machine("pk", "timetable"), pass_id=Pass.objects.latest("serial").pk, at=told["at"])
    assert locked(seen) == ["departures_departure", "departures_pass"]


def test_counterfoils_wait_for_a_key_so_that_no_slip_is_used_twice(settings):
    founded(settings)
    story = alone().go("registration_applied")
    book = actions.draw_slips(actor=protector(), slips=2, at=at("registration_applied"))
    line = SlipUsed(write_serial(book.first), story.case().number, on("registration_applied"))
    told = {"book_id": book.pk, "lines": [line], "paper": jobs.paper(at("registered"))}
    with pytest.raises(Refused) as wrong:
        actions.reconcile_slips(actor=protector(), **told, at=at("registered") + dt.timedelta(days=20_000))
    assert [one.code for one in wrong.value.refusals] == ["no_keys"]
    assert Departure.objects.get().state == "registration_applied"
