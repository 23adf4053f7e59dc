"""Tables of placements: the case with its steps, nominations, interviews, decisions; the same tables on both nodes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText
from rahdari.domain.candidates.models import Consent, File
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.models import Demand, Step, StepPaper, Vacancy


class Case(Marked):
    """One application of one person for one vacancy, through all its stations. Its home is the sending side.

    `person` is the pseudonym both nodes know. The sending side has the file and the account (`worker`); the accepting
    side has what the nomination told: name, year of birth, profile. `station` is the furthest one passed. `licence` is
    that of whoever recruits for it since it moved (`moved`); before, that of its demand.
    """

    number = models.CharField(max_length=20, blank=True)
    person = models.UUIDField()
    worker = models.UUIDField(null=True)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=20)
    employer = models.CharField(max_length=80)
    placement_business = models.CharField(max_length=80, blank=True)
    support_org = models.CharField(max_length=80, blank=True)
    promoter = models.CharField(max_length=80, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    birth_year = models.PositiveSmallIntegerField(null=True)
    profile = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default="applied")
    station = models.PositiveSmallIntegerField(default=5)
    applied_on = models.DateField(null=True)
    opened_at = models.DateTimeField()

    @property
    def moved(self) -> tuple[str, str, str] | None:
        """Route, recruiter and licence of a case that moved away from the recruiter of its demand."""
        away = bool(self.licence) or self.route != self.demand.route
        return (self.route, self.promoter, self.licence) if away else None

    class Meta(Marked.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "vacancy"], name="one_application_a_vacancy"),
            models.UniqueConstraint(fields=["number"], name="one_case_a_number", condition=~Q(number="")),
        ]
        indexes = [
            *Marked.Meta.indexes,
            models.Index(fields=["worker"], name="cases_of_a_worker"),
            models.Index(fields=["employer", "-opened_at"], name="cases_of_an_employer"),
            models.Index(fields=["promoter", "-opened_at"], name="cases_of_a_promoter"),
            models.Index(fields=["vacancy", "state"], name="cases_of_a_vacancy"),
            models.Index(Length("number"), "number", name="cases_by_number", condition=~Q(number="")),
        ]


class StationEvent(Step):
    """A step of stations 5 to 19 of one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")

    class Meta(Step.Meta):
        abstract = False
        ordering = ["at", "id"]
        indexes = [
            *Marked.Meta.indexes,
            models.Index(fields=["case", "station", "at"], name="steps_of_a_case"),
            models.Index(fields=["station", "on"], name="steps_of_a_station"),
        ]


class Nomination(Marked):
    """A candidate named to the employer, by which rule in which rank, with the profile told and the consent for it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="nomination")
    on = models.DateField()
    rank = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=40)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")


class Interview(Marked):
    """A time for an interview; one that was moved names the one it supersedes, and only the newest stands."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interviews")
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    interpreter = models.CharField(max_length=20)
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    set_at = models.DateTimeField()
    source = models.CharField(max_length=8, default="system")
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, blank=True)
    other_times = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    interviewer = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=16, default="first")
    missed_party = models.CharField(max_length=20, blank=True)
    missed_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    heard = ClosedText(null=True)
    timetable = models.ForeignKey("Timetable", null=True, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("Event", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Marked.Meta):
        indexes = [
            *Marked.Meta.indexes,
            models.Index(fields=["case", "-set_at"], name="interviews_of_a_case"),
            models.Index(fields=["starts_at"], name="interviews_of_interviewers", condition=~Q(interviewer="")),
        ]


class Decision(Marked):
    """What the employer decided: selected with the terms it signed, reserve with its rank, or not selected with a reason."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20)
    on = models.DateField()
    reason = models.CharField(max_length=60, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    terms = models.JSONField(null=True)
    terms_hash = models.CharField(max_length=64, blank=True)
    employer_signed_on = models.DateField(null=True)
    source = models.CharField(max_length=8, default="system")
    paper = models.ForeignKey(StepPaper, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["case", "-decided_at"], name="decisions_on_a_case")]


class Timetable(Row):
    """Interviews of candidates of one demand, made together: drafted, looked at, then sent as invitations, all or none.

    `asked` holds the hours as they were typed, `meetings` a line for each interview (case, interviewer, place, begin), and
    `left_out` the cases without a time, with the reason. Only the node of the employer keeps it.
    """

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=80)
    asked = models.JSONField()
    meetings = models.JSONField(default=list)
    left_out = models.JSONField(default=dict)
    maker = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default="drafted")
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["demand", "-drafted_at"], name="timetables_of_a_demand")]


class MoveAsked(Row):
    """An employer that moved a time twice asks its contact point whether it may move it again."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=80)
    reason = models.CharField(max_length=400)
    state = models.CharField(max_length=12, default="asked")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-asked_at"], name="moves_asked_of_a_case")]


class RankingRule(Row):
    """By which criteria, with which weights, candidates of a vacancy are ranked; a rule that was replaced stays."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=80)
    criteria = models.JSONField()
    by_employer = models.BooleanField(default=False)
    declared_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    @property
    def pairs(self) -> list[tuple[str, int]]:
        """Each criterion with its weight."""
        return [(one["code"], one["weight"]) for one in self.criteria]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vacancy"], name="one_rule_a_vacancy", condition=Q(replaced_at=None)),
        ]


class Hold(Row):
    """What holds a case: a licence, an order on its field, a void result; `of` names which. Released, it stays with its day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20)
    of = models.CharField(max_length=80)
    since = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "cause", "of"], name="one_open_hold_a_cause", condition=Q(released_at=None)),
        ]
        indexes = [models.Index(fields=["cause", "of"], name="holds_of_a_cause", condition=Q(released_at=None))]


class Turn(Row):
    """Whose turn a case is: who must do what, since when, until when. One row a case, kept by the writer of the line.

    `due_at` is far away where no target is known, so that the list by clock is one walk along its index.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="turn")
    recruiter = models.CharField(max_length=80, blank=True)
    employer = models.CharField(max_length=80)
    holder = models.CharField(max_length=12)
    task = models.CharField(max_length=60)
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    closed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["recruiter", "due_at", "id"], name="turns_of_a_recruiter", condition=Q(closed=False)),
            models.Index(fields=["employer", "due_at", "id"], name="turns_of_an_employer", condition=Q(closed=False)),
            models.Index(
                fields=["recruiter", "holder", "due_at", "id"], name="turns_of_a_recruiter_held", condition=Q(closed=False)
            ),
            models.Index(
                fields=["employer", "holder", "due_at", "id"], name="turns_of_an_employer_held", condition=Q(closed=False)
            ),
        ]


class Event(Marked):
    """An expo or interview day: a place, a day, the firms that come, and how many they interview at once, each at its tables.

    Its home is the node of the body that announced it; anyone sees it on both. The times taken are interviews that name it.
    """

    body = models.CharField(max_length=80)
    kind = models.CharField(max_length=16)
    place = models.CharField(max_length=300)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    pause = models.PositiveSmallIntegerField()
    tables = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    interpreter = models.CharField(max_length=20)
    firms = models.JSONField(default=list)
    short_notice = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default="planned")
    reason = models.CharField(max_length=40, blank=True)
    planned_at = models.DateTimeField()

    class Meta(Marked.Meta):
        indexes = [*Marked.Meta.indexes, models.Index(fields=["ends_at", "id"], name="events_by_day")]


class CaseMove(Row):
    """Where a worker wants a held case to go, and what the one they chose answered; Pakistan's node alone keeps it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves")
    route = models.CharField(max_length=20)
    promoter = models.CharField(max_length=80)
    licence = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=16, default="move_chosen")
    reason = models.CharField(max_length=40, blank=True)
    chosen_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_open_move_a_case", condition=Q(state="move_chosen")),
        ]
        indexes = [models.Index(fields=["promoter", "state"], name="moves_asked_of_a_body")]
