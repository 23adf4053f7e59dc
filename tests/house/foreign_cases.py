"""What another one's case is, at each address that names one: for `test_others.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client, override_settings

from rahdari.base.clock import day_at, now
from rahdari.domain.candidates.actions import give_consent, record_dependant
from rahdari.domain.departures.actions import draw_slips
from rahdari.domain.departures.models import Manifest
from rahdari.domain.exams.actions import book_seat, record_certificate
from rahdari.domain.jobs.actions import keep_search
from rahdari.domain.placements.models import Case
from tests.make import candidates, corridor, enquiries, exams, jobs, one_service, organisations, own_files, registers, watches
from tests.make.events import event_of_another, slot_of_another
from tests.make.people import actor, actor_as, sign_in, sign_in_as, worker
from tests.make.placements import applied
from tests.make.thread import alone
from tests.make.timetables import of_another

Prepare = Callable[[Client], Any]


def _case() -> Any:
    with override_settings(RAHDARI_NODE="pk", RAHDARI_PARTNER="jp"):
        return applied(jobs.vacancy(at=now()), at=now())[1].pk


def _of_others(role: str, body: str | None = None, node: str = "pk") -> tuple[str, Prepare]:
    def prepare(client: Client) -> Any:
        sign_in(client, role, body, node=node)
        return _case()

    return node, prepare


def _receipt_of_another(client: Client) -> Any:
    sign_in(client, *RECRUITER)
    return [_case(), uuid4()]


def _of_another_worker(client: Client) -> Any:
    sign_in_as(client, worker())
    return _case()


def _form_of_another(of_case: bool, *more: str) -> Prepare:
    """A form of a case of another promoter, or of its demand."""

    def prepare(client: Client) -> Any:
        sign_in(client, "promoter_manager", "pk:org:other")
        case = _case()
        return [case if of_case else Case.objects.get(pk=case).demand_id, *more]

    return prepare


def _sitting_of_another(client: Client) -> Any:
    sign_in(client, "exam_body", "jp:org:other", node="jp")
    return exams.sitting(by=exams.examiner(), at=now(), starts_at=now().replace(year=now().year + 1)).pk


def _seat_of_another(client: Client) -> Any:
    sign_in_as(client, worker())
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        sitting = exams.sitting("NURSING_CARE_SKILL", by=exams.examiner(), at=now(), starts_at=now().replace(year=now().year + 1))
    return book_seat(actor=candidates.file(tests=(), at=now())[0], sitting_id=sitting.pk, at=now()).pk


def _result_of_another(client: Client) -> Any:
    """A result of another examiner's sitting, as Japan's node holds it."""
    sign_in(client, "exam_body", "jp:org:other", node="jp")
    return exams.own_result(at=now()).pk


def _key_of_another(client: Client) -> Any:
    sign_in(client, "exam_body", "jp:org:other", node="jp")
    return exams.key_in_use(exams.signing_key(), at=now()).pk


def _sign_of_another(client: Client) -> Any:
    """A sign of fraud in another examiner's sitting, on whose roster two share a device."""
    sign_in(client, "exam_body", "jp:org:other", node="jp")
    return exams.fraud_sign(at=now() - dt.timedelta(days=20)).pk


def _bar_of_another(client: Client) -> Any:
    """A proposal to bar somebody, for a sign in another examiner's sitting."""
    sign_in(client, "exam_body", "jp:org:other", node="jp")
    return exams.bar(at=now() - dt.timedelta(days=20)).pk


def _voiding_of_another(client: Client) -> Any:
    sign_in(client, "exam_body", "jp:org:other", node="jp")
    return exams.voiding(at=now() - dt.timedelta(days=20)).pk


def _void_result_of_another(client: Client) -> Any:
    """A booking with a result, as Pakistan's node holds it, of another worker."""
    sign_in_as(client, worker())
    return exams.result_on_both(at=now()).pk


def _certificate_of_another(client: Client) -> Any:
    sign_in(client, "training_desk", "pk:org:other-school")
    someone, file = candidates.file(tests=(), at=now())
    school = actor("training_desk", "pk:org:school")
    give_consent(actor=someone, purpose="show_file", body=school.body, at=now())
    told = {"exam": "NURSING_CARE_SKILL", "field": "NURSING_CARE", "on": day_at(now(), "pk"), "certificate_no": "C-1"}
    return record_certificate(actor=school, file_id=file.pk, **told, paper=jobs.paper(now()), at=now()).pk


def _dependant_of_another(client: Client) -> Any:
    sign_in_as(client, worker())
    someone, _file = candidates.file(tests=(), at=now())
    born = dt.date(2020, 5, 1)
    return record_dependant(actor=someone, relation="child", status="ssw2", name="Gul Khan", birth_date=born, at=now()).pk


def _search_of_another(client: Client) -> Any:
    sign_in_as(client, worker("0300 7654321"))
    other = actor_as(worker("0300 1234567", "17301-9999999-1"))
    return keep_search(actor=other, asked={"q": "nursing"}, at=now()).pk


def _licence_of_the_other_state(client: Client) -> Any:
    """An entry of Japan's register as Pakistan's node was told of it: nobody here may change it."""
    sign_in(client, "bureau_officer")
    with override_settings(RAHDARI_NODE="pk", RAHDARI_PARTNER="jp"):
        return organisations.mirrored().pk


def _licence_of_pakistan(client: Client) -> Any:
    sign_in(client, "isa_regional", node="jp")
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        return organisations.mirrored().pk


def _licence_of_another(client: Client) -> Any:
    sign_in(client, "promoter_manager", "pk:org:other")
    return organisations.licensed(at=now()).pk


def _document_of_another(client: Client) -> Any:
    sign_in(client, "protector")
    row = organisations.applied(at=now())
    return [row.pk, row.changes.get().papers[0]["sha256"]]


def _import_of_japan(client: Client) -> Any:
    """A register that Japan's agency handed in, asked for at Pakistan's Bureau."""
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        row = registers.drafted(at=now())
    sign_in(client, "bureau_officer")
    return row.pk


def _slips_of_another_desk(client: Client) -> Any:
    """A book of blank slips that the desk in Karachi drew, asked for at the desk of an officer of none."""
    sign_in(client, "protector")
    return draw_slips(actor=actor("protector", office="KHI"), slips=1, at=now()).pk


def _manifest_of_another(role: str, body: str, node: str) -> tuple[str, Prepare]:
    """A flight on which are people of one promoter and one employer alone, asked for by others."""

    def prepare(client: Client) -> Any:
        with override_settings(RAHDARI_NODE="pk", RAHDARI_PARTNER="jp"):
            alone().go("flight_booked")
        sign_in(client, role, body, node=node)
        return Manifest.objects.get().pk

    return node, prepare


FORMS: dict[str, tuple[str, ...]] = {
    "see_forms": (),
    "see_form": ("JP_1_6",),
    "print_form": ("JP_1_6", "pdf"),
    "see_demand_forms": (),
    "see_demand_form": ("PK_DEMAND_LETTER",),
    "print_demand_form": ("PK_DEMAND_LETTER", "pdf"),
}
BUREAUS = ("grant", "refuse", "renew", "suspend", "cancel", "surrender", "restore")
LICENCES: dict[str, tuple[str, Prepare]] = {
    **{f"organisations.{word}_licence": ("pk", _licence_of_the_other_state) for word in BUREAUS},
    "organisations.decide_order": ("pk", _licence_of_the_other_state),
    "organisations.withdraw_order": ("pk", _licence_of_the_other_state),
    "organisations.decide_appeal": ("pk", _licence_of_the_other_state),
    "organisations.disqualify_employer": ("jp", _licence_of_pakistan),
    "organisations.restore_employer": ("jp", _licence_of_pakistan),
    "organisations.appeal_licence_order": ("pk", _licence_of_another),
    "organisations.see_organisation": ("pk", _licence_of_another),
    "organisations.see_document": ("pk", _document_of_another),
}
IMPORTS = (
    "see_import", "see_import_rows", "see_import_report", "map_import", "submit_import", "decide_import", "withdraw_import",
    "ask_undo_import", "undo_import",
)  # fmt: skip
LICENCES |= {f"organisations.{word}": ("pk", _import_of_japan) for word in IMPORTS}
RECRUITER, CLERK = ("promoter_manager", "pk:org:other"), ("promoter_clerk", "pk:org:other")
EMPLOYER, WORKER = ("employer", "jp:org:other", "jp"), ("pk", _of_another_worker)
VOIDINGS = ("see_voiding", "record_hearing", "void_results", "drop_void", "decide_appeal")
FOREIGN: dict[str, tuple[str, Prepare]] = {
    **LICENCES,
    "exams.see_roster": ("jp", _sitting_of_another),
    "exams.record_results": ("jp", _sitting_of_another),
    **{f"exams.{name}": ("jp", _sitting_of_another) for name in ("see_door", "check_identity", "record_results_file")},
    **{f"exams.{name}": ("pk", _seat_of_another) for name in ("see_booking", "cancel_seat")},
    **{f"exams.{name}": ("jp", _result_of_another) for name in ("see_result", "correct_result", "see_certificate_card")},
    **{f"exams.{name}": ("jp", _sitting_of_another) for name in ("hand_in_traces", "ask_void")},
    **{f"exams.{name}": ("jp", _sign_of_another) for name in ("see_anomaly", "decide_anomaly")},
    **{f"exams.{name}": ("jp", _voiding_of_another) for name in VOIDINGS},
    **{f"exams.{name}": ("pk", _void_result_of_another) for name in ("see_own_result", "appeal_void")},
    **{f"exams.{name}": ("jp", _key_of_another) for name in ("see_key", "confirm_key", "end_key")},
    "exams.see_certificate": ("pk", _certificate_of_another),
    "contracts.see_terms": _of_others(*RECRUITER),
    "contracts.offer_employment": _of_others(*EMPLOYER),
    "contracts.confirm_terms": WORKER,
    "contracts.declare_costs": _of_others(*RECRUITER),
    "contracts.confirm_costs": WORKER,
    "contracts.sign_contract": WORKER,
    "departures.see_departure": WORKER,
    "departures.file_coe": _of_others(*EMPLOYER),
    "departures.decide_coe": _of_others(*RECRUITER),
    "departures.record_visa_filed": _of_others(*CLERK),
    **{f"departures.{name}": _of_others(*RECRUITER) for name in ("refuse_coe", "ask_for_papers")},
    "departures.refuse_visa": _of_others("visa_desk", node="jp"),
    "departures.decide_visa": _of_others("visa_desk", node="jp"),
    "departures.apply_registration": _of_others(*RECRUITER),
    "departures.build_manifest": _of_others(*CLERK),
    "departures.record_departure": _of_others(*CLERK),
    "departures.record_flight_missed": _of_others(*CLERK),
    "departures.confirm_arrival": _of_others(*EMPLOYER),
    "departures.report_no_arrival": _of_others(*EMPLOYER),
    "departures.see_pass": WORKER,
    "departures.appeal_clearance": WORKER,
    **{f"departures.{name}": ("pk", _slips_of_another_desk) for name in ("see_slip_book", "void_slips", "reconcile_slips")},
    "residence.record_guidance": _of_others(*EMPLOYER),
    "residence.begin_work": _of_others(*EMPLOYER),
    "residence.file_change": _of_others(*EMPLOYER),
    "residence.decide_change": _of_others(*EMPLOYER),
    "residence.refuse_change": _of_others(*EMPLOYER),
    **own_files.FOREIGN,
    **{f"paperwork.{name}": ("pk", _form_of_another("demand" not in name, *more)) for name, more in FORMS.items()},
    "jobs.look_through": ("pk", _search_of_another),
    "jobs.drop_search": ("pk", _search_of_another),
}
# Every Protector has every case before it, and every result that waits for its check.
OF_ONE_BODY = {"departures.issue_clearance", "exams.check_certificate"}
CLEARANCES = ("refuse_clearance", "propose_revocation", "revoke_clearance", "drop_revocation", "decide_clearance_appeal")
OF_ONE_BODY |= {f"departures.{name}" for name in (*CLEARANCES, "replace_pass")}
# The exchange is the node's: its operator, its auditor and its contact point look after the whole of it.
OF_ONE_BODY |= {"exchange.see_story", "exchange.see_said", "exchange.take_evidence", "exchange.settle_alarm"}
# Those who recruit without a licence are kept by the register's offices, all of them by each.
OF_ONE_BODY |= {f"organisations.{name}_individual" for name in ("see", "decide", "lift")}
OF_ONE_BODY |= {"organisations.see_individual_document", "organisations.record_individual_reply"}
# Every officer who decides matches has every match before them, and the net around every organisation they may see.
OF_ONE_BODY |= {f"organisations.{word}_match" for word in ("see", "take", "confirm", "dismiss", "doubt")} | {
    "organisations.see_links"
}
# What these name is anyone's; for whom a seat is booked is tried in tests/domain/exams.
OF_ANYONE = {"exams.book_seat", "exams.wait_for_seat"}
# Anyone reads the agreements; their contact point and the corporation keep all of them.
OF_ONE_BODY |= {f"organisations.{name}_agreement" for name in ("correct", "review", "end")}
OF_ONE_BODY |= {
    f"organisations.{name}" for name in ("record_figures", "correct_figures", "see_agreement_file", "see_agreement_text")
}
# Every Protector who judges has every pair of files before them.
OF_ONE_BODY |= {
    f"candidates.{name}" for name in ("see_likeness", "judge_likeness", "ask_merge", "merge_files", "refuse_merge", "part_files")
}
# A manifest is shown to each with its own people, and to whoever has none on it not at all.
FOREIGN |= {
    f"departures.{name}": _manifest_of_another(*CLERK, "pk")
    for name in ("see_manifest", "see_manifest_table", "record_departures")
}
FOREIGN |= {"departures.confirm_arrivals": _manifest_of_another(*EMPLOYER)}
# Many are booked on a page that names nobody in its address: each of them is asked for (tests/domain/departures/test_manifests.py).
OF_ONE_BODY |= {"departures.build_manifests"}
# Timetables of interviews are the employer's.
FOREIGN |= {f"placements.{name}": ("jp", of_another) for name in ("see_timetable", "see_timetable_table", "send_timetable")}
FOREIGN |= {
    "placements.withdraw_timetable": ("jp", of_another),
    "placements.draft_timetable": ("jp", corridor.demand_of_another_employer),
}
# The turns of a case.
FOREIGN |= {f"placements.{name}": WORKER for name in ("withdraw_application", "explain_no_show")}
FOREIGN |= {f"placements.{name}": _of_others(*EMPLOYER) for name in ("return_nomination", "record_no_show", "ask_move")}
# One contact point has every case that was told to its node before it.
OF_ONE_BODY |= {"placements.decide_move"}
# Shortlists and refusals are those of whoever recruits for the vacancy.
FOREIGN |= {f"placements.{name}": ("pk", corridor.vacancy_of_another) for name in ("see_shortlist", "declare_ranking")}
FOREIGN |= {f"placements.{name}": _of_others(*RECRUITER) for name in ("refuse_application", "reopen_application")}
FOREIGN |= {"contracts.decline_offer": WORKER, "contracts.call_reserve": _of_others(*EMPLOYER)}
# What is asked of a worker in private, and a contract taken back or changed.
FOREIGN |= {f"contracts.{name}": WORKER for name in ("contest_costs", "answer_again", "agree_change", "rescind_contract")}
FOREIGN |= {"contracts.change_terms": _of_others(*EMPLOYER)}
# One office looks at every private answer.
OF_ONE_BODY |= {"contracts.see_answer", "contracts.examine_answer"}
# Enquiries and what was shown are the firm's; on the side that answers the corporation's officers have all of them.
FOREIGN |= enquiries.FOREIGN
OF_ONE_BODY |= enquiries.OF_ONE_BODY
# Expo and interview days are anyone's to see; the list of one holds the reader's own candidates alone.
OF_ANYONE |= {"placements.see_event_list"}
FOREIGN |= {"placements.call_off_event": ("jp", event_of_another), "placements.book_slot": ("pk", slot_of_another)}
FOREIGN |= {"placements.see_slot": ("pk", slot_of_another)}
FOREIGN |= {"placements.see_named": _of_others(*RECRUITER)}
# A held case goes on with whom its worker chose; a Protector closes any.
FOREIGN |= {"placements.move_case": WORKER, "placements.answer_move": _of_others(*RECRUITER)}
FOREIGN |= {"placements.see_move_answered": ("pk", _of_others(*RECRUITER)[1])}
OF_ONE_BODY |= {"placements.close_case"}
# Bars from tests are the examiner's whose sitting it was.
FOREIGN |= {f"exams.{name}": ("jp", _bar_of_another) for name in ("see_bar", "bar_person", "drop_bar", "lift_bar")}
FOREIGN |= {"exams.ask_bar": ("jp", _sign_of_another)}
# Whoever watches a worker's way.
FOREIGN |= watches.FOREIGN
# Who comes along with another one.
FOREIGN |= {"candidates.remove_dependant": ("pk", _dependant_of_another)}
# Receipts and money back are of the sides of a case.
FOREIGN |= {f"contracts.{name}": _of_others(*RECRUITER) for name in ("record_receipt", "record_money_back")}
FOREIGN |= {"contracts.confirm_money_back": WORKER, "contracts.see_receipt": ("pk", _receipt_of_another)}
# A service from home: of the client, of the worker; what is late is the contact point's, whoever's it is.
FOREIGN |= {f"contracts.{name}": _of_others(*EMPLOYER) for name in ("offer_service", "begin_service")}
FOREIGN |= {"contracts.agree_service": WORKER, "contracts.end_service": WORKER}
FOREIGN |= one_service.FOREIGN
OF_ONE_BODY |= one_service.OF_ONE_BODY
