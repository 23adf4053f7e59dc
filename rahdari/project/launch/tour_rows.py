"""The rows of stations 1 to 9 and beside them: use cases with their refusals, and why the tour leaves some out.

What is walked is read off the steps (`docs/tour.md`, written by `project/tour_page.py`); here stands only what must be
there: a refusal that is neither walked nor in `LEFT` is found by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class UseCase:
    """A use case of a station, the refusals of its own, and why nobody takes it in the tour where that is so."""

    station: str
    name: str
    codes: tuple[str, ...] = ()
    left: str = ""


def _row(station: str, name: str, codes: str = "", left: str = "") -> UseCase:
    return UseCase(station, name, tuple(codes.split()), left)


DAYS = "months must pass; the clock of a node is not moved for a tour"
ROWS: tuple[UseCase, ...] = (
    _row("1", "jobs.file_demand", "field_not_open field_suspended pay_below_comparable clause_forbidden dispatch_not_allowed "
         "promoter_not_licensed papers_missing scan_missing"),
    _row("1", "jobs.correct_demand", "nothing_changed pay_below_comparable below_already_selected "
         "terms_worse_after_selection wrong_state"),
    _row("1", "jobs.withdraw_demand", "reason_missing contracts_signed not_permitted"),
    _row("2", "jobs.attest_demand", "papers_missing poa_expired employer_disqualified date_in_future wrong_state not_permitted"),
    _row("2", "jobs.refuse_attestation", "points_missing point_without_words"),
    _row("3", "jobs.object_to_demand", "point_without_words"),
    _row("3", "jobs.permit_demand", "not_attested objection_open licence_not_valid duplicate_demand wrong_state not_permitted"),
    _row("3", "jobs.propose_refusal", "employer_not_heard date_in_future"),
    _row("3", "jobs.refuse_permission", "four_eyes"),
    _row("3", "jobs.review_refusal", "reason_missing reviewed_before"),
    _row("3", "jobs.extend_permission", "not_later law_missing already_expired"),
    _row("3", "jobs.expire_permission", "", f"{DAYS}; walked as a permission that falls"),
    _row("4", "jobs.publish_vacancy", "no_permission over_permitted_places costs_not_shown closes_before_opens"),
    _row("4", "jobs.take_down_vacancy", "reason_missing"),
    _row("4", "jobs.close_vacancy", "", "no failure; one is taken down, others close with their demand"),
    _row("5", "placements.declare_ranking", "weights_not_100 rule_in_use criterion_unlawful"),
    _row("5", "placements.file_application", "under_age vacancy_closed already_applied duplicate_person consent_missing"),
    _row("5", "placements.refuse_application", "criterion_not_declared"),
    _row("5", "placements.reopen_application", "reopened_before"),
    _row("5", "placements.withdraw_application", "wrong_state offer_stands"),
    _row("6", "exams.open_seats", "field_not_open over_demand"),
    _row("6", "exams.book_seat", "full under_test_age booked_elsewhere barred_until sitting_begun"),
    _row("6", "exams.wait_for_seat", "seats_free waiting_already"),
    _row("6", "exams.cancel_seat", "not_own_booking"),
    _row("6", "exams.record_results", "before_sitting not_on_roster identity_not_checked already_recorded number_missing"),
    _row("6", "exams.record_certificate", "scan_missing"),
    _row("6", "exams.check_certificate", "certificate_differs not_permitted"),
    _row("6", "exams.ask_void", "no_result_stands bar_not_for_this bar_too_long void_asked_already"),
    _row("6", "exams.record_hearing", "heard_too_soon"),
    _row("6", "exams.void_results", "people_not_heard four_eyes"),
    _row("6", "exams.appeal_void", "what_missing appealed_already appeal_late"),
    _row("6", "exams.decide_appeal", "four_eyes"),
    _row("6", "exams.verify_certificate"),
    _row("6", "exams.hand_in_traces", "not_on_roster"),
    _row("6", "exams.decide_anomaly", "reason_missing"),
    _row("7", "placements.nominate_candidate", "tests_missing consent_missing not_shortlisted over_nomination_limit "
         "barred_person licence_not_valid wrong_state not_permitted"),
    _row("7", "placements.return_nomination", "reason_missing reason_unlawful wrong_state"),
    _row("8", "placements.set_interview", "outside_worker_hours less_than_48_h place_missing clash "
         "third_move case_held wrong_state"),
    _row("8", "placements.ask_move", "move_is_free move_asked"),
    _row("8", "placements.decide_move", "not_permitted"),
    _row("8", "placements.answer_interview", "already_answered too_late not_own_case"),
    _row("8", "placements.record_no_show", "too_early"),
    _row("8", "placements.explain_no_show", "reason_missing already_answered too_late"),
    _row("9", "placements.record_decision", "no_interview rank_missing rank_taken reason_missing worker_not_heard new_time_owed"),
    _row("9", "contracts.offer_employment", "over_places scan_missing terms_worse"),
    _row("9", "contracts.decline_offer", "wrong_state"),
    _row("9", "contracts.call_reserve", "no_place permission_expired"),
    _row("10", "contracts.confirm_terms", "qualification_void"),
    _row("the file", "candidates.open_file", "zone_number_differs mrz_mismatch duplicate_person identity_missing "
         "passport_expired name_not_latin"),
    _row("the file", "candidates.put_in_paper", "file_ending_lies file_kind_unknown file_empty"),
    _row("the file", "candidates.give_consent"),
    _row("the file", "candidates.withdraw_consent"),
    _row("the file", "candidates.correct_file", "", "no crossing; tests/domain/candidates"),
    _row("the file", "candidates.merge_files", "", "no crossing; tests/domain/candidates"),
    _row("the file", "candidates.erase_file", "held_by_case", "would end a file the next tour needs; tests/domain/candidates"),
    _row("a licence", "organisations.suspend_licence", "name_match_only not_heard"),
    _row("a licence", "organisations.decide_order", "four_eyes"),
    _row("a licence", "organisations.restore_licence"),
    _row("a licence", "organisations.cancel_licence", "", "holds as a suspension does; tests/domain/organisations"),
    _row("a licence", "organisations.appeal_licence_order", "", "tests/domain/organisations"),
    _row("a licence", "organisations.apply_licence", "", "tests/domain/organisations"),
    _row("an order", "fields.ask_stop", "not_own_field reason_missing wrong_node"),
    _row("an order", "fields.announce_order"),
    _row("an order", "fields.decide_order", "four_eyes"),
    _row("an order", "fields.change_order"),
    _row("an order", "fields.ask_lift"),
    _row("an order", "fields.lift_order"),
)  # fmt: skip
_LEFT = {
    ("jobs.file_demand", "clause_forbidden"): "asked at the offer (contracts), not at filing",
    ("jobs.correct_demand", "below_already_selected"): "needs two workers selected for one demand; tests/domain/jobs",
    ("jobs.attest_demand", "papers_missing"): "refused at filing already",
    ("jobs.attest_demand", "employer_disqualified"): "would bar the demonstration's only employer; tests/domain/jobs",
    ("jobs.permit_demand", "objection_open"): "not used: permitting withdraws an objection, and no code says so",
    ("jobs.permit_demand", "licence_not_valid"): "the same question is walked at station 7; tests/domain/jobs",
    ("jobs.extend_permission", "already_expired"): DAYS,
    ("placements.declare_ranking", "criterion_unlawful"): "cannot be chosen on the page; for programs: tests/domain/placements",
    ("placements.file_application", "duplicate_person"): "walked where it arises: when a file is opened",
    ("exams.appeal_void", "appeal_late"): "ten working days must pass; tests/domain/exams",
    ("placements.nominate_candidate", "over_nomination_limit"): "needs six who passed for one place; tests/domain/placements",
    ("placements.nominate_candidate", "barred_person"): "the bar is walked at booking; tests/domain/placements",
    ("placements.answer_interview", "too_late"): "48 hours must pass; tests/domain/placements",
    ("placements.explain_no_show", "too_late"): "three working days must pass; tests/domain/placements",
    ("contracts.offer_employment", "terms_worse"): "the page offers the terms of the demand alone; tests/domain/contracts",
    ("contracts.call_reserve", "permission_expired"): DAYS,
    ("candidates.erase_file", "held_by_case"): "see the use case",
}
LEFT: Mapping[tuple[str, str], str] = MappingProxyType(_LEFT)
