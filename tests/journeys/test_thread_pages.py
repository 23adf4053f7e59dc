"""The same case through the pages: each step is the form of whoever takes it, on its own node, in their language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db.transaction import atomic, set_rollback
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from rahdari.domain.accounts.models import Person
from rahdari.domain.exams.actions import record_certificate
from rahdari.domain.exams.models import Sitting
from rahdari.domain.placements.models import StationEvent
from rahdari.domain.placements.queries import case_for, line_of
from rahdari.project.launch.thread_tour import COSTS, receipts
from tests.make import exams as make_exams
from tests.make import jobs, services, timetables
from tests.make.bad_input import LANGUAGE, Forms, send_naughty
from tests.make.people import sign_in_as
from tests.make.thread import AIRPORT, CHANGED, EXAM_BODY, FLIGHT, HANEDA, NOONS, STEPS, Story, alone, at, both, on
from tests.make.two_nodes import two_nodes
from tests.web.test_bad_input import of_the_line

pytestmark = pytest.mark.django_db
Form = Callable[[Story], dict[str, Any]]


def moment(step: str, hours: int = 0) -> str:
    """A moment as a browser sends it, by the clock of Pakistan's offices."""
    return f"{on(step).isoformat()}T{8 + hours:02}:00"


# Step → page, node, role, body, language, and what is typed; what the page showed hidden is sent back as a browser does.
PAGES: dict[str, tuple[str, str, str, str | None, str, Form]] = {
    "selected": (
        "contracts.offer_employment", "jp", "employer", jobs.EMPLOYER, "ja", lambda s: {"employer_signed_on": str(on("selected"))},
    ),
    "terms_confirmed": ("contracts.confirm_terms", "pk", "worker", None, "ur", lambda s: {}),
    "costs_declared": ("contracts.declare_costs", "pk", "promoter_manager", jobs.PROMOTER, "en", lambda s: COSTS),
    "costs_confirmed": ("contracts.confirm_costs", "pk", "worker", None, "ur", lambda s: {"alone": "on"}),
    "contract_signed": (
        "contracts.sign_contract", "pk", "worker", None, "ur", lambda s: {"lands_on": str(on("arrived")), "health_fit": "on"},
    ),
    "guidance_given": (
        "residence.record_guidance", "jp", "employer", jobs.EMPLOYER, "ja",
        lambda s: {"minutes": "۱۸۰", "language": "ur", "confirmed": "on"},
    ),
    "coe_filed": (
        "departures.file_coe", "jp", "employer", jobs.EMPLOYER, "ja",
        lambda s: {"bureau": "TOKYO", "receipt_no": "TYO-1", "council_member": "on"},
    ),
    "coe_issued": ("departures.decide_coe", "jp", "isa_regional", "ISA", "ja", lambda s: {"coe_number": "COE-777"}),
    "visa_filed": ("departures.record_visa_filed", "pk", "promoter_clerk", jobs.PROMOTER, "en", lambda s: {}),
    "visa_issued": ("departures.decide_visa", "jp", "visa_desk", "EMB_JP_PK", "en", lambda s: {"on": str(on("visa_issued"))}),
    "registration_applied": (
        "departures.apply_registration", "pk", "promoter_manager", jobs.PROMOTER, "en",
        lambda s: receipts(str(on("registration_applied"))),
    ),
    "registered": (
        "departures.issue_clearance", "pk", "protector", None, "en", lambda s: {"terms_hash": s.offer().terms_hash},
    ),
    "flight_booked": (
        "departures.build_manifest", "pk", "promoter_clerk", jobs.PROMOTER, "en",
        lambda s: {
            "flight": FLIGHT, "leaves_from": AIRPORT, "airport": HANEDA, "leaves_at": moment("departed"),
            "eta": moment("departed", 14),
        },
    ),
    "departed": ("departures.record_departure", "pk", "protector", None, "en", lambda s: {}),
    "arrived": (
        "departures.confirm_arrival", "jp", "employer", jobs.EMPLOYER, "ja", lambda s: {"airport": HANEDA, "picked_up": "on"},
    ),
    "work_begun": ("residence.begin_work", "jp", "employer", jobs.EMPLOYER, "ja", lambda s: {}),
}  # fmt: skip

# Before which step a page of the line has a form: the page, its node, who opens it, and the thing it is about.
EARLIER: tuple[tuple[str, str, str, str, str | None, str], ...] = (
    ("demand_attested", "jobs.attest_demand", "pk", "attache", None, "demand"),
    ("demand_permitted", "jobs.permit_demand", "pk", "protector", None, "demand"),
    ("vacancy_published", "jobs.publish_vacancy", "pk", "promoter_manager", jobs.PROMOTER, "demand"),
    ("application_filed", "jobs.close_vacancy", "pk", "promoter_manager", jobs.PROMOTER, "vacancy"),
    ("demand_attested", "jobs.refuse_attestation", "pk", "attache", None, "demand"),
    ("demand_permitted", "jobs.object_to_demand", "pk", "protector", None, "demand"),
    ("demand_permitted", "jobs.propose_refusal", "pk", "protector", None, "demand"),
    ("demand_permitted", "jobs.refuse_permission", "pk", "protector", None, "demand"),
    ("demand_permitted", "jobs.review_refusal", "pk", "bureau_officer", None, "demand"),
    ("demand_permitted", "jobs.correct_demand", "jp", "employer", jobs.EMPLOYER, "demand"),
    ("demand_permitted", "jobs.copy_demand", "jp", "employer", jobs.EMPLOYER, "demand"),
    ("demand_permitted", "jobs.withdraw_demand", "jp", "employer", jobs.EMPLOYER, "demand"),
    ("vacancy_published", "jobs.extend_permission", "pk", "protector", None, "demand"),
    ("application_filed", "jobs.take_down_vacancy", "pk", "promoter_manager", jobs.PROMOTER, "vacancy"),
    ("costs_declared", "contracts.change_terms", "jp", "employer", jobs.EMPLOYER, "case"),
    ("guidance_given", "contracts.rescind_contract", "jp", "employer", jobs.EMPLOYER, "case"),
    ("results_recorded", "exams.book_seat", "pk", "worker", None, "sitting"),
    ("results_recorded", "exams.record_results", "jp", "exam_body", EXAM_BODY, "sitting"),
    ("results_recorded", "exams.wait_for_seat", "pk", "worker", None, "sitting"),
    ("results_recorded", "exams.check_identity", "jp", "exam_body", EXAM_BODY, "sitting"),
    ("results_recorded", "exams.record_results_file", "jp", "exam_body", EXAM_BODY, "sitting"),
    ("results_recorded", "exams.hand_in_traces", "jp", "exam_body", EXAM_BODY, "sitting"),
    ("results_recorded", "exams.ask_void", "jp", "exam_body", EXAM_BODY, "sitting"),
    ("candidate_nominated", "placements.nominate_candidate", "pk", "promoter_manager", jobs.PROMOTER, "case"),
    ("interview_set", "placements.set_interview", "jp", "employer", jobs.EMPLOYER, "case"),
    ("interview_answered", "placements.answer_interview", "pk", "worker", None, "case"),
    ("selected", "placements.record_decision", "jp", "employer", jobs.EMPLOYER, "case"),
    ("application_filed", "placements.declare_ranking", "pk", "promoter_manager", jobs.PROMOTER, "vacancy"),
    ("candidate_nominated", "placements.refuse_application", "pk", "promoter_manager", jobs.PROMOTER, "case"),
    ("candidate_nominated", "placements.reopen_application", "pk", "promoter_manager", jobs.PROMOTER, "case"),
    ("candidate_nominated", "placements.withdraw_application", "pk", "worker", None, "case"),
    ("interview_set", "placements.return_nomination", "jp", "employer", jobs.EMPLOYER, "case"),
    ("interview_set", "placements.draft_timetable", "jp", "employer", jobs.EMPLOYER, "demand"),
    ("interview_answered", "placements.ask_move", "jp", "employer", jobs.EMPLOYER, "case"),
    ("interview_answered", "placements.decide_move", "jp", "contact_point_jp", None, "case"),
    ("selected", "placements.record_no_show", "jp", "employer", jobs.EMPLOYER, "case"),
    ("selected", "placements.explain_no_show", "pk", "worker", None, "case"),
    ("terms_confirmed", "contracts.decline_offer", "pk", "worker", None, "case"),
    ("terms_confirmed", "contracts.call_reserve", "jp", "employer", jobs.EMPLOYER, "case"),
    ("registered", "departures.refuse_clearance", "pk", "protector", None, "case"),
    ("flight_booked", "departures.replace_pass", "pk", "protector", None, "case"),
    ("flight_booked", "departures.propose_revocation", "pk", "protector", None, "case"),
    ("flight_booked", "departures.revoke_clearance", "pk", "protector", None, "case"),
    ("flight_booked", "departures.drop_revocation", "pk", "protector", None, "case"),
    ("flight_booked", "departures.appeal_clearance", "pk", "worker", None, "case"),
    ("flight_booked", "departures.decide_clearance_appeal", "pk", "bureau_officer", None, "case"),
    ("costs_confirmed", "contracts.record_receipt", "pk", "promoter_manager", jobs.PROMOTER, "case"),
    ("costs_confirmed", "contracts.record_money_back", "pk", "promoter_manager", jobs.PROMOTER, "case"),
    ("departed", "departures.record_flight_missed", "pk", "promoter_clerk", jobs.PROMOTER, "case"),
    ("coe_issued", "departures.refuse_coe", "jp", "isa_regional", "ISA", "case"),
    ("coe_issued", "departures.ask_for_papers", "jp", "employer", jobs.EMPLOYER, "case"),
    ("visa_issued", "departures.refuse_visa", "jp", "visa_desk", "EMB_JP_PK", "case"),
    ("arrived", "departures.report_no_arrival", "jp", "employer", jobs.EMPLOYER, "case"),
)
LATER = tuple((step, page, node, role, body, "case") for step, (page, node, role, body, _language, _form) in PAGES.items())


def signed_in(story: Story, role: str, body: str | None, node: str) -> Client:
    """A browser in which the person of the story is signed in on the present node."""
    told = {"office": "PEW"} if role == "protector" else {}
    who = story.people["worker"] if role == "worker" else story.who(role, body, node, **told)
    client = Client()
    sign_in_as(client, Person.objects.get(pk=who.person))
    return client


def hidden_in(page: str) -> dict[str, str]:
    """What the form of a page carries hidden."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def take(story: Story, step: str) -> None:
    """Takes a step through its page and lets the other node hear of it."""
    page, node, role, body, language, form = PAGES[step]
    with time_machine.travel(at(step), tick=False), story.on(node):
        client = signed_in(story, role, body, node)
        with override(language):
            address = reverse(page, args=[story.case_id])
        shown = client.get(address)
        assert shown.status_code == 200, (step, shown.status_code)
        text = shown.content.decode()
        assert f'lang="{language}"' in text
        answer = client.post(address, hidden_in(text) | form(story))
        assert answer.status_code == 302, (
            step,
            re.findall(r'class="err"[^>]*>([^<]+)|<li>([^<]+)</li>', answer.content.decode()),
        )
        assert client.get(answer["Location"]).status_code == 200
    story.done.append(step)
    story.corridor.exchange(at=at(step))


def test_every_step_can_be_taken_by_its_page_and_the_other_node_hears_of_it(settings):
    story = both(two_nodes(settings)).go("interview_answered")
    for step in (one for one in STEPS[STEPS.index("selected") :] if one not in CHANGED):
        take(story, step)
    for node, role, body in (("pk", "worker", None), ("jp", "employer", jobs.EMPLOYER)):
        with story.on(node), time_machine.travel(at("work_begun"), tick=False):
            who = story.people["worker"] if role == "worker" else story.who(role, body, node)
            assert {one.no for one in line_of(who, case_for(who, story.case_id)) if one.state == "passed"} == set(range(1, 18))
            client = signed_in(story, role, body, node)
            for page in ("contracts.see_terms", "departures.see_departure"):
                for language in ("en", "ur", "ja"):
                    with override(language):
                        shown = client.get(reverse(page, args=[story.case_id]))
                    assert shown.status_code == 200
            place = "placements.see_line" if role == "worker" else "placements.see_case"
            assert client.get(reverse(place, args=[story.case_id])).status_code == 200
    with story.on("jp"):
        assert StationEvent.objects.filter(step="work_begun", home="jp").count() == 1


def naughty(story: Story, page: str, node: str, role: str, body: str | None, *things: Any) -> None:
    """Sends naughty strings through the form of a page on its node; whatever one of them did is undone."""
    with story.on(node):
        send_to_forms(signed_in(story, role, body, node), page, *things)


def send_to_forms(client: Client, page: str, *things: Any) -> None:
    """Sends naughty strings through the forms of a page; whatever one of them did is undone."""
    with override(LANGUAGE):
        place = reverse(page, args=things)
    with atomic():
        forms = [one for one in Forms(client.get(place).content.decode()).found if one[0] in ("", place)]
        assert sum(send_naughty(client, place, controls) for _, controls in forms), page
        set_rollback(True)


def test_every_form_of_the_line_answers_naughty_strings(settings):
    story = both(two_nodes(settings))
    for step in STEPS:
        for before, page, node, role, body, kind in (*EARLIER, *LATER):
            if before == step:
                thing = story.sittings[0] if kind == "sitting" else getattr(story, f"{kind}_id")
                with time_machine.travel(at(step), tick=False):
                    naughty(story, page, node, role, body, thing)
        story.go(step)


def test_the_check_of_a_certificate_answers_naughty_strings(settings):
    story, moment = alone().go("test_booked"), at("results_recorded")
    with time_machine.travel(moment, tick=False):
        told = {"exam": "JFT_BASIC", "field": "", "level": "JFT_A2", "certificate_no": "C-1", "on": on("results_recorded")}
        school = story.who("training_desk", "pk:org:school")
        held = record_certificate(actor=school, file_id=story.file.pk, paper=jobs.paper(moment), **told, at=moment)
        naughty(story, "exams.check_certificate", "pk", "protector", None, held.pk)


OF_A_RESULT = {"exams.correct_result", "exams.record_hearing", "exams.decide_anomaly", "exams.decide_appeal"}


def test_corrections_hearings_and_signs_of_fraud_answer_naughty_strings(settings):
    moment = at("results_recorded")
    told = {"at": moment - dt.timedelta(days=20)}
    story = both(two_nodes(settings))
    with time_machine.travel(moment, tick=False):
        with story.on("jp"):
            sign, voiding = make_exams.fraud_sign(**told), make_exams.voiding(**told)
            result = voiding.results.get().result_id
        things = {"exams.correct_result": result, "exams.decide_anomaly": sign.pk}
        for page in sorted(OF_A_RESULT):
            naughty(story, page, "jp", "exam_body", make_exams.BODY, things.get(page, voiding.pk))


def test_the_comparison_of_two_demands_answers_naughty_strings(settings):
    entered = jobs.demand(at=at("demand_filed"), paper_only=True)
    story = both(two_nodes(settings)).go("demand_filed")
    with time_machine.travel(at("demand_attested"), tick=False):
        naughty(story, "jobs.compare_demand", "pk", "attache", None, story.demand_id, entered.pk)


OF_A_CHANGE = {
    "residence.file_change": ("change_filed", "employer", jobs.EMPLOYER),
    "residence.decide_change": ("status_changed", "isa_regional", "ISA"),
    "residence.refuse_change": ("status_changed", "isa_regional", "ISA"),
}
OF_A_SERVICE = {
    "contracts.offer_service": "selected",
    "contracts.begin_service": "service_begun",
    "contracts.end_service": "service_ended",
}


def test_the_pages_of_a_change_of_status_answer_naughty_strings(settings):
    story = both(two_nodes(settings), route="inside")
    for page, (before, role, body) in OF_A_CHANGE.items():
        story.go(STEPS[STEPS.index(before) - 1])
        with time_machine.travel(at(before), tick=False):
            naughty(story, page, "jp", role, body, story.case_id)


def test_the_pages_of_a_service_answer_naughty_strings(settings):
    story = services.remote(settings)
    for page, before in OF_A_SERVICE.items():
        story.go(services.STEPS[services.STEPS.index(before) - 1])
        with time_machine.travel(services.at(before), tick=False), story.on("jp"):
            client = Client()
            sign_in_as(client, Person.objects.get(pk=story.client.person))
            send_to_forms(client, page, story.case_id)


def test_the_pages_of_a_timetable_answer_naughty_strings(settings):
    story, moment = both(two_nodes(settings)).go("candidate_nominated"), at("interview_set")
    with time_machine.travel(moment, tick=False):
        with story.on("jp"):
            made = timetables.draft(story.who("employer", jobs.EMPLOYER, "jp"), at=moment)
        for page in ("placements.send_timetable", "placements.withdraw_timetable"):
            naughty(story, page, "jp", "employer", jobs.EMPLOYER, made.pk)


def test_every_page_of_the_line_with_a_form_is_tried():
    tried = {page for _, page, *_ in (*EARLIER, *LATER)} | {"exams.check_certificate", "jobs.compare_demand"} | OF_A_RESULT
    tried |= {"placements.send_timetable", "placements.withdraw_timetable"} | set(OF_A_CHANGE) | set(OF_A_SERVICE)
    # Beside the line: tried in test_events.py and test_rerouting.py of tests/domain/placements.
    tried |= {"placements.book_slot", "placements.answer_move", "placements.close_case"}
    assert of_the_line() <= tried


def test_seats_are_opened_booked_and_recorded_through_their_pages(settings):
    story = both(two_nodes(settings)).go("application_filed")
    with time_machine.travel(at("test_booked"), tick=False), story.on("jp"):
        client = signed_in(story, "exam_body", EXAM_BODY, "jp")
        typed = {
            "exam": "NURSING_CARE_SKILL", "field": "NURSING_CARE", "venue": "Lahore (invented)", "seats": "30",
            "starts_at": "2026-12-10T10:00", "booking_until": "2026-12-09",
        }  # fmt: skip
        wrong = client.post(reverse("exams.open_seats"), typed | {"booking_until": "2026-12-11"})
        assert wrong.status_code == 422
        assert 'value="30"' in wrong.content.decode()
        assert client.post(reverse("exams.open_seats"), typed).status_code == 302
        sitting = Sitting.objects.get()
    story.corridor.exchange(at=at("test_booked"))
    with time_machine.travel(at("test_booked"), tick=False), story.on("pk"):
        client = signed_in(story, "worker", None, "pk")
        assert client.get(reverse("exams.see_sittings")).status_code == 200
        assert client.get(reverse("exams.see_sitting", args=[sitting.pk])).status_code == 200
        assert client.post(reverse("exams.book_seat", args=[sitting.pk]), {}).status_code == 302
        assert "PK-" in client.get(reverse("exams.see_sittings")).content.decode()
    story.corridor.exchange(at=at("test_booked"))
    with time_machine.travel(at("results_recorded"), tick=False), story.on("jp"):
        client = signed_in(story, "exam_body", EXAM_BODY, "jp")
        roster = client.get(reverse("exams.see_roster", args=[sitting.pk])).content.decode()
        assert "ZARGHUNA KHAN" in roster
        assert "TLP" in roster
        place = reverse("exams.record_results", args=[sitting.pk])
        number = re.search(r'name="results.0.number" value="([^"]+)"', client.get(place).content.decode())[1]
        typed = {"results.0.number": number, "results.0.outcome": "pass", "results.0.certificate_no": "C-1"}
        assert client.post(place, typed).status_code == 422
        assert client.post(place, typed | {"results.0.identity_checked": "on"}).status_code == 302
    story.corridor.exchange(at=at("results_recorded"))
    with story.on("pk"):
        assert Sitting.objects.get().state == "sitting_recorded"


def test_the_moments_are_in_order():
    days = list(NOONS.values())
    assert days == sorted(days)
