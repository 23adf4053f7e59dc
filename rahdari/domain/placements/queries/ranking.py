"""The rule by which candidates of a vacancy are ranked, the shortlist it gives, and one worker's own place in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.work import Missing
from rahdari.domain.candidates.models import File, Qualification
from rahdari.domain.jobs.models import Vacancy

from ..models import Case, RankingRule, StationEvent
from ..rules.cases import OVER
from ..rules.ranking import Applicant, Place, places_by

OUT = tuple(state for state in OVER if state != "not_selected")  # whoever was interviewed keeps their place on the list
LIMIT = "placements.nomination_limit"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """What a worker sees of the ranking: the rule, their points and place, how many others; nothing of anybody else."""

    rule: RankingRule
    place: Place
    among: int

    @property
    def lines(self) -> list[tuple[str, int, int]]:
        """Each criterion with its weight and one's own points."""
        return [(code, weight, self.place.points[code]) for code, weight in self.rule.pairs]


def rule_of(vacancy: Vacancy) -> RankingRule | None:
    """The rule that stands for a vacancy, if one was declared."""
    return RankingRule.objects.filter(vacancy=vacancy, replaced_at=None).first()


def recruited_by(actor: Actor, vacancy_id: UUID) -> Vacancy:
    """A vacancy the actor's own body published; `Missing` for any other."""
    own = Vacancy.objects.filter(pk=vacancy_id, publisher=actor.body) if actor.body else Vacancy.objects.none()
    found: Vacancy | None = own.select_related("demand").first()
    if found is None:
        raise Missing(f"Vacancy {vacancy_id}")
    return found


def shortlist_of(vacancy: Vacancy, rule: RankingRule) -> list[Place]:
    """Everybody who applied and is not out, ranked."""
    cases = Case.objects.filter(vacancy=vacancy).exclude(state__in=OUT).exclude(file=None).select_related("file")
    return places_by(rule.pairs, _applicants(list(cases), vacancy), day_at(now(), "pk"))


def _applicants(cases: list[Case], vacancy: Vacancy) -> Iterable[Applicant]:
    asked = vacancy.demand.tests
    passed: dict[UUID, set[str]] = defaultdict(set)
    rows = Qualification.objects.filter(file__in=[one.file_id for one in cases], exam__in=asked, void_from=None)
    for file, exam in rows.values_list("file", "exam"):
        passed[file].add(exam)
    for one in cases:
        if one.file is not None:
            yield _applicant(one, one.file, len(passed[one.file.pk]), len(asked))


def _applicant(case: Case, file: File, passed: int, asked: int) -> Applicant:
    spoken = {row["language"]: row["level"] for row in file.languages}
    return Applicant(
        case=str(case.pk),
        number=case.number,
        applied_at=case.opened_at,
        tests_passed=passed,
        tests_asked=asked,
        japanese=spoken.get("ja", ""),
        english=spoken.get("en", ""),
        work_months=sum(row["months"] for row in file.work),
        courses=len(file.education),
        available_from=file.available_from,
    )


def place_in(case: Case, rule: RankingRule) -> tuple[Place | None, int]:
    """A case's own place in the shortlist, and how many are on it."""
    places = shortlist_of(case.vacancy, rule)
    return next((one for one in places if one.case == str(case.pk)), None), len(places)


def own_place(case: Case) -> OwnPlace | None:
    """What the worker of a case sees of the ranking; nothing where no rule was declared or they are out."""
    rule = rule_of(case.vacancy) if case.file_id is not None else None
    if rule is None:
        return None
    place, among = place_in(case, rule)
    return OwnPlace(rule, place, among) if place is not None else None


def candidates_a_place() -> int:
    """How many candidates may be named for each place, by the tables; one where they say nothing."""
    row = next(iter(current_book().in_force("action_targets", day_at(now(), "pk"), use_case=LIMIT, side="pk")), None)
    return (row.number("number") if row is not None else None) or 1


def named_for(vacancy: Vacancy) -> int:
    """How many candidates of a vacancy are named to the employer and still before it, or chosen."""
    return Case.objects.filter(vacancy=vacancy, station__gte=7).exclude(state__in=OVER).count()


def refusals_of(case: Case) -> int:
    """How often an application was refused."""
    return StationEvent.objects.filter(case=case, step="application_refused").count()


def refused_for(case: Case) -> str:
    """For which criterion an application was refused last."""
    events = StationEvent.objects.filter(case=case, step="application_refused")
    return events.order_by("-at", "-id").values_list("reason", flat=True).first() or ""


def shortlist_seen(vacancy: Vacancy, rule: RankingRule | None) -> list[tuple[Case, Place]]:
    """The shortlist as whoever recruits sees it."""
    if rule is None:
        return []
    places = shortlist_of(vacancy, rule)
    cases = {str(one.pk): one for one in Case.objects.filter(pk__in=[place.case for place in places])}
    return [(cases[place.case], place) for place in places]
