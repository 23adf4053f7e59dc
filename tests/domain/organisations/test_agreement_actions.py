"""The register of agreements: who may write what, what a change leaves behind, what is asked of whom by the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from rahdari.base.actor import machine, stranger
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.departures.queries import counts
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import Agreement, AgreementFigures
from rahdari.domain.organisations.queries.agreements import agreement_file, agreement_seen, lines_of, register_of_agreements
from rahdari.domain.organisations.queries.figures import months_missing
from rahdari.domain.organisations.rules.agreements import PartnerNamed
from rahdari.domain.organisations.rules.demonstration_agreements import AGREEMENTS
from rahdari.domain.organisations.rules.figures import Amount
from rahdari.project.timetable import watch_agreements
from tests.make import agreements as make
from tests.make import organisations, thread
from tests.make.agreements import AT
from tests.make.people import actor
from tests.make.placements import case, interview_at

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 25)


def codes(act, **told):
    with pytest.raises(Refused) as refused:
        act(**told, at=AT)
    return [one.code for one in refused.value.refusals]


def open_tasks():
    return sorted(Waiting.objects.filter(closed_at=None).values_list("task", "holder_body"))


class TestRecording:
    def test_leaves_the_agreement_its_partner_and_one_audit_entry(self):
        row = make.agreement(papers=(organisations.PDF,))
        entry = AuditEntry.objects.filter(verb="organisations.record_agreement").get()
        assert (row.country, row.papers[0]["name"], entry.facts["number"]) == ("KR", "paper.pdf", row.number)
        partner = row.partners.get()
        assert [one["script"] for one in partner.names] == ["Latn", "Arab"]
        assert not OutboxEntry.objects.filter(kind="statement").exists()

    def test_is_for_the_contact_point_of_pakistan_alone(self, settings):
        for role in ("oec_officer", "bureau_officer", "protector", "promoter_manager"):
            assert codes(actions.record_agreement, actor=actor(role), terms=make.terms()) == ["not_permitted"]
        assert "sign_in_first" in codes(actions.record_agreement, actor=stranger("pk"), terms=make.terms())
        settings.RAHDARI_NODE = "jp"
        told = codes(actions.record_agreement, actor=actor("contact_point_jp", node="jp"), terms=make.terms())
        assert told == ["wrong_node", "not_permitted"]
        assert not Agreement.objects.exists()

    def test_a_number_is_taken_once_however_it_is_spaced_or_written(self):
        make.agreement(number="MoU 7/2026")
        told = make.terms(number=" MOU  7/2026 ")
        assert codes(actions.record_agreement, actor=make.contact_point(), terms=told) == ["number_taken"]

    def test_the_database_wants_one_agreement_a_number_too(self):
        first = make.agreement(number="MoU 7/2026")
        copy = Agreement(number="MOU 7/2026", country="KR", subject="x", signed_on=TODAY, from_on=TODAY, entered_at=AT)
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            unit_of_work("tests.copy", actor=machine("pk", "command"), at=AT),
        ):
            copy.save()
        assert Agreement.objects.get() == first

    def test_any_country_of_the_table_and_no_other(self):
        assert make.agreement(country="SA").country == "SA"
        assert codes(actions.record_agreement, actor=make.contact_point(), terms=make.terms(country="XX")) == ["country_unknown"]

    def test_a_partner_may_be_an_entry_of_a_register(self):
        promoter = organisations.licensed()
        for named in (promoter.registry_id, "op&hrd/4325/lhr/2018"):
            partner = PartnerNamed("placement_business", ("Sitara (invented)",), named)
            assert make.agreement(partners=(partner,)).partners.get().organisation == promoter

    @pytest.mark.parametrize("kind", ["TRAINING_PARTNER", "MATCHING_PARTNER"])
    def test_a_training_or_matching_firm_is_a_kind_of_the_register(self, kind):
        firm = organisations.entered(kind, name="Kotoba Academy (invented)")
        assert (firm.state, firm.home, firm.number) == ("valid", "pk", "")
        row = make.agreement(country="JP", partners=(PartnerNamed("training_firm", ("Kotoba",), firm.registry_id),))
        assert row.partners.get().organisation == firm
        told = OutboxEntry.objects.filter(kind="statement", content__part="public").get()
        assert told.content["kind"] == kind

    def test_an_application_is_no_entry_one_can_name(self):
        applied = organisations.applied()
        told = make.terms(partners=(PartnerNamed("employer", ("X",), applied.registry_id),))
        assert codes(actions.record_agreement, actor=make.contact_point(), terms=told) == ["organisation_not_registered"]


class TestChanging:
    def test_a_correction_keeps_what_stood_before(self):
        row = make.agreement(number="MOU-A", subject="Fishers (invented)")
        told = make.terms(
            number="MOU-B", subject="Weavers (invented)", partners=(PartnerNamed("ministry", ("Other (invented)",)),)
        )
        by = make.contact_point()
        row = actions.correct_agreement(actor=by, agreement_id=row.pk, terms=told, ground="typing_error", seen=1, at=AT)
        change = row.changes.get()
        assert (row.number, change.before["number"], change.before["subject"]) == ("MOU-B", "MOU-A", "Fishers (invented)")
        assert change.before["partners"][0]["names"] == list(make.PARTNER.names)
        assert row.partners.get().kind == "ministry" and change.entered_by == by.person

    def test_a_correction_may_keep_its_own_number_but_not_take_anothers(self):
        row, other = make.agreement(), make.agreement()
        told = {"actor": make.contact_point(), "agreement_id": row.pk, "ground": "typing_error"}
        assert codes(actions.correct_agreement, **told, terms=make.terms(number=other.number)) == ["number_taken"]
        assert actions.correct_agreement(**told, terms=make.terms(number=row.number), at=AT).number == row.number

    def test_needs_a_reason_and_the_version_that_was_seen(self):
        row = make.agreement()
        told = {"actor": make.contact_point(), "agreement_id": row.pk, "terms": make.terms()}
        assert codes(actions.correct_agreement, **told, ground="") == ["reason_missing"]
        assert codes(actions.correct_agreement, **told, ground="typing_error", seen=7) == ["stale"]

    def test_what_was_ended_is_not_touched_again(self):
        row = make.agreement()
        told = {"actor": make.contact_point(), "agreement_id": row.pk}
        row = actions.end_agreement(**told, ended_on=dt.date(2026, 12, 31), ground="ended_by_both", at=AT)
        assert row.changes.get().before["until"] == "2029-01-01"
        assert codes(actions.end_agreement, **told, ended_on=dt.date(2026, 12, 31), ground="replaced") == ["agreement_ended"]
        assert codes(actions.correct_agreement, **told, terms=make.terms(), ground="typing_error") == ["agreement_ended"]
        assert codes(actions.review_agreement, **told, outcome="goes_on", on=TODAY) == ["agreement_ended"]

    def test_is_for_the_contact_point_alone(self):
        row = make.agreement()
        told = {"actor": make.officer(), "agreement_id": row.pk}
        assert codes(actions.end_agreement, **told, ended_on=TODAY, ground="replaced") == ["not_permitted"]
        assert codes(actions.review_agreement, **told, outcome="goes_on", on=TODAY) == ["not_permitted"]
        assert codes(actions.correct_agreement, **told, terms=make.terms(), ground="typing_error") == ["not_permitted"]


class TestTheCalendar:
    def test_warns_once_of_a_review_that_comes_near(self):
        near = make.agreement(review_on=TODAY + dt.timedelta(days=90))
        make.agreement(review_on=TODAY + dt.timedelta(days=91))
        assert watch_agreements(at=AT) == 1
        assert watch_agreements(at=AT) == 0
        waiting = Waiting.objects.get()
        assert (waiting.task, waiting.holder_body, waiting.subject_id) == (
            "organisations.review_agreement", "CONTACT_PK", str(near.pk),
        )  # fmt: skip
        assert waiting.due_at == dt.datetime(2027, 2, 23, 18, 59, 59, tzinfo=dt.UTC)

    def test_warns_before_the_term_ends_and_never_of_what_has_run_out(self):
        make.agreement(review_on=None, until=TODAY + dt.timedelta(days=30))
        make.agreement(review_on=None, until=TODAY)
        make.agreement(review_on=None, until=None)
        assert watch_agreements(at=AT) == 1
        assert Waiting.objects.get().due_at.date() == TODAY + dt.timedelta(days=29)

    def test_a_review_settles_it_and_the_next_one_is_warned_of_again(self):
        row = make.agreement(review_on=TODAY)
        watch_agreements(at=AT)
        told = {"outcome": "prolonged", "on": TODAY, "until": dt.date(2031, 1, 1), "next_on": dt.date(2027, 1, 10)}
        row = actions.review_agreement(actor=make.contact_point(), agreement_id=row.pk, **told, text="Both agree.", at=AT)
        assert (row.until, row.review_on, open_tasks()) == (dt.date(2031, 1, 1), dt.date(2027, 1, 10), [])
        assert watch_agreements(at=AT) == 1

    def test_an_end_settles_it(self):
        row = make.agreement(review_on=TODAY)
        watch_agreements(at=AT)
        actions.end_agreement(actor=make.contact_point(), agreement_id=row.pk, ended_on=TODAY, ground="replaced", at=AT)
        assert (open_tasks(), watch_agreements(at=AT)) == ([], 0)

    def test_only_the_node_warns_and_asks(self):
        row = make.agreement(review_on=TODAY)
        for act in (actions.warn_of_review, actions.remind_of_figures):
            assert codes(act, actor=make.contact_point(), agreement_id=row.pk) == ["not_permitted"]
        assert codes(actions.remind_of_figures, actor=machine("pk", "timetable"), agreement_id=row.pk) == ["figures_complete"]

    def test_asks_for_the_figures_of_a_month_once_it_is_over(self):
        row = make.agreement()
        assert watch_agreements(at=AT) == 0
        after = AT.replace(month=12, day=1)
        assert (watch_agreements(at=after), watch_agreements(at=after)) == (1, 0)
        waiting = Waiting.objects.get()
        assert (waiting.task, waiting.holder_body, waiting.due_at.date()) == (
            "organisations.record_figures", "OEC", dt.date(2026, 12, 11),
        )  # fmt: skip
        assert months_missing(row, dt.date(2026, 12, 1)) == [dt.date(2026, 11, 1)]
        make.figures(row, "2026-11", 10, 5, 5, at=after)
        assert (open_tasks(), watch_agreements(at=after)) == ([], 0)

    def test_does_not_ask_for_what_is_counted_or_has_ended(self):
        make.agreement(country="JP")
        ended = make.agreement()
        actions.end_agreement(
            actor=make.contact_point(), agreement_id=ended.pk, ended_on=dt.date(2026, 11, 1), ground="replaced", at=AT
        )
        assert watch_agreements(at=AT.replace(month=12, day=1)) == 0


class TestFigures:
    def test_are_recorded_with_month_source_and_who(self):
        row = make.agreement()
        told = make.figures(row, "2026-09", 40, 12, 7)
        assert (told.month, told.source, told.entered_for) == (dt.date(2026, 9, 1), "Report 7 (invented)", "OEC")
        assert told.entered_by is not None
        assert AuditEntry.objects.filter(verb="organisations.record_figures").count() == 1

    def test_are_for_the_corporation_and_the_contact_point(self):
        row = make.agreement()
        told = {
            "agreement_id": row.pk, "month": "2026-09", "interviews": 1, "selections": 1, "departures": 1, "source": "x",
        }  # fmt: skip
        for role in ("protector", "bureau_officer", "promoter_manager", "oec_counter"):
            assert codes(actions.record_figures, actor=actor(role), **told) == ["not_permitted"]
            assert codes(actions.correct_figures, actor=actor(role), **told, ground="counted_again") == ["not_permitted"]
        assert actions.record_figures(actor=make.contact_point(), **told, at=AT).entered_for == "CONTACT_PK"

    def test_nobody_types_them_where_the_corridor_runs_here(self):
        row = make.agreement(country="JP")
        told = {
            "agreement_id": row.pk, "month": "2026-09", "interviews": 1, "selections": 1, "departures": 1, "source": "x",
        }  # fmt: skip
        assert codes(actions.record_figures, actor=make.officer(), **told) == ["counted_here"]
        assert codes(actions.correct_figures, actor=make.officer(), **told, ground="counted_again") == ["counted_here"]

    def test_a_correction_keeps_the_older_ones(self):
        row = make.agreement()
        old = make.figures(row, "2026-09", 40, 12, 7)
        told = {"month": "2026-09", "interviews": 41, "selections": 12, "departures": 7, "source": "Letter (invented)"}
        new = actions.correct_figures(
            actor=make.officer(), agreement_id=row.pk, **told, ground="counted_again", at=AT + dt.timedelta(days=1)
        )
        old.refresh_from_db()
        assert (old.interviews, old.superseded_at is not None, new.superseded_at) == (40, True, None)
        month = agreement_file(make.officer(), row.pk, TODAY).months[0]
        assert (month.figures["interviews"], month.ground, month.former) == (Amount(41, 41), "counted_again", [old])

    def test_a_month_has_one_row_in_the_database_too(self):
        row = make.agreement()
        make.figures(row, "2026-09", 40, 12, 7)
        assert codes(
            actions.record_figures, actor=make.officer(), agreement_id=row.pk, month="2026-09", interviews=1, selections=1,
            departures=1, source="x",
        ) == ["figures_recorded"]  # fmt: skip
        copy = AgreementFigures.objects.get()
        copy.pk = None
        copy._state.adding = True
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            unit_of_work("tests.copy", actor=machine("pk", "command"), at=AT),
        ):
            copy.id = row.pk
            copy.save(force_insert=True)


class TestReading:
    def test_anyone_reads_small_numbers_as_such_and_the_keepers_exactly(self):
        row = make.agreement()
        make.figures(row, "2026-09", 40, 12, 3)
        make.figures(row, "2026-10", 4, 0, 6)
        public = agreement_seen(stranger("pk"), row.pk, TODAY)
        assert public.line.sums == {"interviews": Amount(41, 44), "selections": Amount(12, 12), "departures": Amount(7, 10)}
        assert [one.figures["departures"] for one in public.months] == [Amount(6, 6), Amount(1, 4)]
        kept = agreement_file(make.officer(), row.pk, TODAY)
        assert kept.line.sums["departures"] == Amount(9, 9)
        others = [actor(role) for role in ("protector", "bureau_officer", "promoter_manager")]
        assert {agreement_seen(one, row.pk, TODAY).line.sums["departures"] for one in others} == {Amount(7, 10)}

    def test_anyone_reads_no_superseded_row_and_no_history(self):
        row = make.agreement()
        make.figures(row, "2026-09", 40, 12, 7)
        told = {"month": "2026-09", "interviews": 90, "selections": 12, "departures": 7, "source": "L", "ground": "typing_error"}
        actions.correct_figures(actor=make.officer(), agreement_id=row.pk, **told, at=AT)
        public = agreement_seen(stranger("pk"), row.pk, TODAY)
        assert (public.changes, public.next, [one.former for one in public.months]) == ((), (), [[]])
        assert public.line.sums["interviews"] == Amount(90, 90)

    def test_a_list_is_for_a_country_or_a_standing(self):
        korea, saudi = make.agreement(), make.agreement(country="SA", signed_on=dt.date(2020, 1, 1), from_on=dt.date(2020, 1, 1))
        ended = actions.end_agreement(
            actor=make.contact_point(), agreement_id=saudi.pk, ended_on=TODAY, ground="ended_by_partner", at=AT
        )
        read = lambda **asked: list(register_of_agreements(stranger("pk"), TODAY, **asked).rows)  # noqa: E731
        assert read() == [korea, ended]
        assert (read(country="SA"), read(country="KR"), read(country="DE")) == ([ended], [korea], [korea, ended])
        assert (read(standing="ended"), read(standing="in_force"), read(standing="term_over")) == ([ended], [korea], [])

    @pytest.mark.parametrize(
        "day", [dt.date(2025, 12, 31), dt.date(2026, 1, 1), TODAY, dt.date(2026, 12, 31), dt.date(2029, 1, 1)]
    )
    def test_the_standing_asked_for_is_the_one_shown(self, day):
        make.agreement()
        make.agreement(until=None, review_on=None)
        row = make.agreement(until=dt.date(2026, 12, 31), review_on=None)
        actions.end_agreement(actor=make.contact_point(), agreement_id=row.pk, ended_on=TODAY, ground="replaced", at=AT)
        everyone, shown = stranger("pk"), {}
        for one in lines_of(everyone, register_of_agreements(everyone, day).rows, day):
            shown.setdefault(one.standing, []).append(one.row)
        for standing in ("not_yet", "in_force", "term_over", "ended"):
            assert list(register_of_agreements(everyone, day, standing=standing).rows) == shown.get(standing, [])


class TestCounting:
    @pytest.fixture
    def later(self, monkeypatch):
        monkeypatch.setattr(counts, "now", lambda: dt.datetime(2027, 6, 1, tzinfo=dt.UTC))

    def test_the_cases_of_this_node_are_the_figures_of_the_corridor(self, later):
        thread.alone().go("departed")
        row = make.agreement(country="JP")
        seen = agreement_file(make.officer(), row.pk, dt.date(2027, 6, 1))
        told = {f"{one.first:%Y-%m}": {name: n.low for name, n in one.figures.items()} for one in seen.months}
        assert told == {
            "2027-03": {"interviews": 0, "selections": 0, "departures": 1},
            "2026-12": {"interviews": 1, "selections": 1, "departures": 0},
        }
        assert (seen.line.counted, seen.next) == (True, [])
        assert agreement_seen(stranger("pk"), row.pk, TODAY).line.sums["departures"] == Amount(1, 4)

    def test_an_agreement_with_an_entry_counts_its_own_cases_and_the_sum_each_case_once(self, later):
        case("interview_set")
        ours = organisations.licensed()
        other = organisations.licensed("pk:org:karwan", "OP&HRD/5109/SKT/2024", name="Karwan Example (invented)")
        for named in (ours, other):
            make.agreement(country="JP", partners=(PartnerNamed("employer", ("X",), named.registry_id),))
        make.agreement(country="JP")
        keeper = make.officer()
        register = register_of_agreements(keeper, TODAY)
        lines = lines_of(keeper, register.rows, TODAY)
        assert [one.sums["interviews"].low for one in reversed(lines)] == [1, 0, 1]
        assert register.sums["interviews"] == Amount(1, 1)

    def test_an_interview_ahead_declined_or_moved_is_not_counted_twice(self, monkeypatch):
        _worker, made = case("interview_set")
        row, keeper = make.agreement(country="JP"), make.officer()
        read = lambda: agreement_file(keeper, row.pk, TODAY).line.sums["interviews"].low  # noqa: E731
        monkeypatch.setattr(counts, "now", lambda: interview_at() - dt.timedelta(minutes=1))
        assert read() == 0
        monkeypatch.setattr(counts, "now", interview_at)
        assert read() == 1
        with unit_of_work("tests.answer", actor=machine("pk", "command"), at=AT) as unit:
            interview = made.interviews.get()
            interview.answer = "no"
            unit.save(interview)
            unit.about(interview)
        assert read() == 0

    def test_other_countries_are_not_counted(self, later):
        case("interview_set")
        row = make.agreement(country="KR")
        assert agreement_file(make.officer(), row.pk, TODAY).months == []

    def test_on_the_node_of_japan_it_is_pakistan_whose_figures_are_counted(self, settings):
        row = make.agreement(country="PK")
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        assert lines_of(stranger("jp"), [row], TODAY)[0].counted


class TestTheDemonstration:
    def test_records_invented_agreements_once(self):
        operator = machine("pk", "command")
        assert actions.seed_agreements(actor=operator, at=AT) == 0
        seed_demonstration(actor=operator, at=AT)
        assert actions.seed_agreements(actor=operator, at=AT) == len(AGREEMENTS)
        assert actions.seed_agreements(actor=operator, at=AT) == 0
        assert all("invented" in name for one in Agreement.objects.all() for name in [one.subject, one.reference])
        assert all("(invented)" in one.names[0] for one in AGREEMENTS)

    def test_is_refused_in_production(self, settings):
        settings.DEMO = settings.TEST = False
        assert codes(actions.seed_agreements, actor=machine("pk", "command")) == ["not_permitted"]
