"""Hour → scheduled action: what the node does by itself, as a table.

The worker of a node (`rahdari node work`) does every row in its turn (`project/jobs.py`); a row may be asked
for by several workers and does nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from rahdari.base.actor import machine
from rahdari.base.audit import link_entries
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.tries import forget_tries
from rahdari.domain.candidates.actions import end_reveal, end_terms, rekey_files
from rahdari.domain.candidates.queries.finding import files_to_key
from rahdari.domain.candidates.queries.keeping import is_over
from rahdari.domain.candidates.queries.reveals import reveals_to_end
from rahdari.domain.contracts.actions import ask_again, tell_overdue
from rahdari.domain.contracts.queries.questions import cases_to_ask
from rahdari.domain.contracts.queries.services import milestones_overdue
from rahdari.domain.departures.actions import end_pass, expire_paper, keep_pass_list, miss_arrival, warn_of_window
from rahdari.domain.departures.outside import published_lists
from rahdari.domain.departures.queries.passes import lists_read, passes_to_end
from rahdari.domain.departures.queries.setbacks import arrivals_missed, papers_ended
from rahdari.domain.departures.queries.windows import windows_to_warn
from rahdari.domain.exchange.queries.papers import paper_keys
from rahdari.domain.exchange.queries.partners import partners
from rahdari.domain.fields.queries.orders import fields_stopped
from rahdari.domain.jobs.actions import end_vacancy, expire_permission, relist_vacancies, tell_of_new, warn_of_permission
from rahdari.domain.jobs.queries.demands import permissions_to_end, permissions_to_warn, vacancies_to_end
from rahdari.domain.jobs.queries.kept import searches_to_tell
from rahdari.domain.jobs.queries.listing import vacancies_to_list
from rahdari.domain.organisations.actions import (
    expire_licence,
    rekey_names,
    remind_of_figures,
    warn_of_expiry,
    warn_of_review,
)
from rahdari.domain.organisations.queries.agreements import agreements_to_warn
from rahdari.domain.organisations.queries.ending import licences_to_end, licences_to_warn
from rahdari.domain.organisations.queries.figures import figures_to_ask
from rahdari.domain.organisations.queries.finding import names_to_key
from rahdari.domain.placements.actions import hold_cases
from rahdari.domain.placements.queries.holds import not_held_yet
from rahdari.domain.placements.rules.holds import CERTIFICATE, FIELD_ORDER


@dataclass(frozen=True, slots=True)
class Due:
    """Something done every so many seconds; `act` is told the moment and says how much it did."""

    name: str
    every: float
    act: Callable[..., int]


def end_licences(*, at: dt.datetime) -> int:
    """Ends the licences of this node's register whose last day has passed, and warns of those that end soon; says how many."""
    node = settings.RAHDARI_NODE
    actor, today = machine(node, "timetable"), day_at(at, node)
    ended, warned = licences_to_end(node, today), licences_to_warn(node, today, current_book())
    for pk in ended:
        expire_licence(actor=actor, organisation_id=pk, at=at)
    for pk in warned:
        warn_of_expiry(actor=actor, organisation_id=pk, at=at)
    return len(ended) + len(warned)


def watch_agreements(*, at: dt.datetime) -> int:
    """Warns of agreements whose review comes near, and asks for figures of months that are missing; says of how many."""
    node = settings.RAHDARI_NODE
    actor, today = machine(node, "timetable"), day_at(at, node)
    warned, asked = agreements_to_warn(node, today, current_book()), figures_to_ask(today)
    for pk in warned:
        warn_of_review(actor=actor, agreement_id=pk, at=at)
    for pk in asked:
        remind_of_figures(actor=actor, agreement_id=pk, at=at)
    return len(warned) + len(asked)


def watch_permissions(*, at: dt.datetime) -> int:
    """Ends permissions and vacancies whose last day has passed, and warns of permissions that end soon; says how many."""
    node = settings.RAHDARI_NODE
    if node != "pk":
        return 0
    actor, today = machine(node, "timetable"), day_at(at, node)
    ended, warned = permissions_to_end(today), permissions_to_warn(today, current_book())
    for pk in ended:
        expire_permission(actor=actor, demand_id=pk, at=at)
    for pk in warned:
        warn_of_permission(actor=actor, demand_id=pk, at=at)
    over = vacancies_to_end(node, today)  # after the permissions, which end theirs
    for pk in over:
        end_vacancy(actor=actor, vacancy_id=pk, at=at)
    return len(ended) + len(warned) + len(over)


def key_names(*, at: dt.datetime) -> int:
    """Makes keys of names anew that another version of the tables of names made, all of them; says how many."""
    done = 0
    while names_to_key() and (some := rekey_names(actor=machine(settings.RAHDARI_NODE, "timetable"), at=at)):
        done += some
    return done


def key_files(*, at: dt.datetime) -> int:
    """Makes indexes of files anew that another version of the names or an older key made, on the sending side; says how many."""
    done = 0
    while settings.RAHDARI_NODE == "pk" and files_to_key()[:1] and (some := rekey_files(actor=machine("pk", "timetable"), at=at)):
        done += some
    return done


def end_candidates_terms(*, at: dt.datetime) -> int:
    """Empties drafts, lists and listed files whose term is over, on the sending side, all of them; says how many."""
    done, book, today = 0, current_book(), day_at(at, "pk")
    while settings.RAHDARI_NODE == "pk" and is_over(book, today) and (some := end_terms(actor=machine("pk", "timetable"), at=at)):
        done += some
    return done


def list_vacancies(*, at: dt.datetime) -> int:
    """Puts onto the list of the portal what is open and not yet found there as it stands; says how many."""
    done, actor = 0, machine(settings.RAHDARI_NODE, "timetable")
    while vacancies_to_list().exists() and (some := relist_vacancies(actor=actor, at=at)):
        done += some
    return done


def tell_workers_of_vacancies(*, at: dt.datetime) -> int:
    """Tells workers of what is new in the searches they keep, at most once a day for each; says of how many searches."""
    actor = machine(settings.RAHDARI_NODE, "timetable")
    return sum(tell_of_new(actor=actor, search_id=pk, at=at) > 0 for pk in searches_to_tell(at))


def ask_workers_again(*, at: dt.datetime) -> int:
    """Asks workers who arrived in private what they paid and whether the terms hold, on the sending side; says how many."""
    if settings.RAHDARI_NODE != "pk":
        return 0
    due = cases_to_ask(day_at(at, "pk"), current_book())
    for case_id, name in due:
        ask_again(actor=machine("pk", "timetable"), case_id=case_id, round=name, at=at)
    return len(due)


def watch_payments(*, at: dt.datetime) -> int:
    """Tells, on the worker's side, of milestones of a service whose last day of payment has passed; says of how many."""
    if settings.RAHDARI_NODE != "pk":
        return 0
    late = milestones_overdue(day_at(at, "pk"))
    for pk in late:
        tell_overdue(actor=machine("pk", "timetable"), milestone_id=pk, at=at)
    return len(late)


def end_passes(*, at: dt.datetime) -> int:
    """Ends the passes of cases that are over before anybody departed on them; says how many."""
    if settings.RAHDARI_NODE != "pk":
        return 0
    actor = machine("pk", "timetable")
    return sum(end_pass(actor=actor, pass_id=pk, at=at) for pk in passes_to_end().values_list("pk", flat=True))


def fetch_pass_lists(*, at: dt.datetime) -> int:
    """Asks each paired node for its list of revoked passes and keeps it where it is newer and signed; says of how many."""
    actor, newer = machine(settings.RAHDARI_NODE, "timetable"), 0
    for partner in partners():
        for found in lists_read(published_lists(partner), paper_keys()):
            if found.node == partner.node:
                moments = {"said_at": found.issued_at, "next_update": found.next_update, "at": at}
                newer += keep_pass_list(actor=actor, node=found.node, token=found.token, **moments)
    return newer


def end_reveals(*, at: dt.datetime) -> int:
    """Ends the questions of firms that nobody said yes to within their term, on the sending side; says how many.

    Once an hour and all together: by the moment of an answer nobody can tell a no from silence.
    """
    if settings.RAHDARI_NODE != "pk":
        return 0
    over = reveals_to_end(at)
    for pk in over:
        end_reveal(actor=machine("pk", "timetable"), reveal_id=pk, at=at)
    return len(over)


def hold_by_orders(*, at: dt.datetime) -> int:
    """Holds what the orders stop whose day of effect has come, and what came after it; says how many cases."""
    if settings.RAHDARI_NODE != "pk":
        return 0
    stopped = [one for one in fields_stopped(CERTIFICATE, day_at(at, "pk")) if not_held_yet("pk", FIELD_ORDER, one)]
    return sum(hold_cases(actor=machine("pk", "timetable"), cause=FIELD_ORDER, of=one, at=at) for one in stopped)


def watch_arrivals(*, at: dt.datetime) -> int:
    """Tells, on the accepting side, of arrivals that nobody confirmed in time; says of how many."""
    if settings.RAHDARI_NODE != "jp":
        return 0
    missed = arrivals_missed(at, current_book())
    for case_id in missed:
        miss_arrival(actor=machine("jp", "timetable"), case_id=case_id, at=at)
    return len(missed)


def end_papers(*, at: dt.datetime) -> int:
    """Tells of certificates and visas of this node that ended before the person left; says of how many.

    They are those of the accepting side; on the sending side those entered from paper where Japan's node told nothing.
    """
    node = settings.RAHDARI_NODE
    ended = papers_ended(node, day_at(at, node))
    for case_id, kind in ended:
        expire_paper(actor=machine(node, "timetable"), case_id=case_id, kind=kind, at=at)
    return len(ended)


def watch_windows(*, at: dt.datetime) -> int:
    """Warns once of each certificate, visa and permission that closes before it was used; says of how many."""
    node = settings.RAHDARI_NODE
    closing = windows_to_warn(node, at, current_book())
    for case_id, window in closing:
        warn_of_window(actor=machine(node, "timetable"), case_id=case_id, window=window, at=at)
    return len(closing)


MINUTE, HOUR = 60.0, 3600.0
TIMETABLE: tuple[Due, ...] = (
    Due("audit.link_entries", 1.0, link_entries),
    Due("base.forget_tries", HOUR, forget_tries),
    Due("organisations.end_licences", HOUR, end_licences),
    Due("organisations.key_names", MINUTE, key_names),
    Due("organisations.watch_agreements", HOUR, watch_agreements),
    Due("jobs.watch_permissions", HOUR, watch_permissions),
    Due("candidates.key_files", MINUTE, key_files),
    Due("candidates.end_terms", HOUR, end_candidates_terms),
    Due("jobs.list_vacancies", MINUTE, list_vacancies),
    Due("contracts.ask_again", HOUR, ask_workers_again),
    Due("contracts.watch_payments", HOUR, watch_payments),
    Due("jobs.tell_of_new", 10 * MINUTE, tell_workers_of_vacancies),
    Due("departures.end_passes", MINUTE, end_passes),
    Due("departures.fetch_pass_lists", 10 * MINUTE, fetch_pass_lists),
    Due("candidates.end_reveals", HOUR, end_reveals),
    Due("placements.hold_by_orders", 10 * MINUTE, hold_by_orders),
    Due("departures.watch_arrivals", HOUR, watch_arrivals),
    Due("departures.end_papers", HOUR, end_papers),
    Due("departures.watch_windows", HOUR, watch_windows),  # after what ended
)
