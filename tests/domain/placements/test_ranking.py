"""Ranking by declared criteria: lawful ones alone, the same for everybody, seen by the worker, and binding for whoever recruits."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rahdari.base.actor import Actor, stranger
from rahdari.base.clock import now
from rahdari.base.models import Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Person
from rahdari.domain.placements import actions
from rahdari.domain.placements.models import Case, RankingRule, Turn
from rahdari.domain.placements.queries import line_of
from rahdari.domain.placements.queries.ranking import named_for, own_place, shortlist_of
from rahdari.domain.placements.rules.ranking import CRITERIA, UNLAWFUL_CRITERIA, Applicant, places_by, why_not_more
from tests.make import jobs
from tests.make import placements as make
from tests.make.people import actor, sign_in, sign_in_as

AT = make.AT
RULE = [("japanese", 60), ("work_months", 30), ("order_of_application", 10)]
TODAY = dt.date(2026, 11, 25)


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


def declare(vacancy, criteria=RULE, at=AT, who=None):
    return actions.declare_ranking(actor=who or jobs.promoter(), vacancy_id=vacancy.pk, criteria=criteria, at=at)


def applicants():
    told = st.tuples(
        st.sampled_from(["", "basic", "middle", "good", "native"]), st.integers(0, 90), st.integers(0, 3), st.integers(0, 5)
    )
    return st.lists(told, min_size=1, max_size=12)


class TestThePlaces:
    def test_follow_the_weights(self):
        one = Applicant("one", "A-1", AT, japanese="good")
        two = Applicant("two", "A-2", AT + dt.timedelta(hours=1), japanese="middle", work_months=60)
        by_language = places_by([("japanese", 100)], [one, two], TODAY)
        by_work = places_by([("japanese", 20), ("work_months", 80)], [one, two], TODAY)
        assert [place.case for place in by_language] == ["one", "two"]
        assert [(place.case, place.score) for place in by_work] == [("two", 90.0), ("one", 15.0)]
        assert by_work[0].points == {"japanese": 50, "work_months": 100}

    def test_equals_stand_in_the_order_in_which_they_applied(self):
        same = [Applicant(f"c{n}", f"A-{n}", AT - dt.timedelta(hours=n)) for n in range(4)]
        assert [place.case for place in places_by([("courses", 100)], same, TODAY)] == ["c3", "c2", "c1", "c0"]

    @settings(max_examples=80, deadline=None)
    @given(applicants(), st.randoms(use_true_random=False))
    def test_do_not_depend_on_the_order_of_reading_and_more_is_never_worse(self, drawn, random):
        those = [
            Applicant(f"c{n}", f"A-{n}", AT, tests, 3, language, "", months, courses)
            for n, (language, months, tests, courses) in enumerate(drawn)
        ]
        criteria = [(code, 10) for code in CRITERIA[:-1]] + [("order_of_application", 40)]
        places = places_by(criteria, those, TODAY)
        mixed = list(those)
        random.shuffle(mixed)
        assert places_by(criteria, mixed, TODAY) == places
        assert sorted(place.rank for place in places) == list(range(1, len(those) + 1))
        assert all(0 <= place.score <= 100 and all(0 <= points <= 100 for points in place.points.values()) for place in places)
        better = [replace(those[-1], work_months=those[-1].work_months + 12), *those[:-1]]
        ranks = [{place.case: place.rank for place in some} for some in (places, places_by(criteria, better, TODAY))]
        assert ranks[1][those[-1].case] <= ranks[0][those[-1].case]

    def test_the_limit_counts_places(self):
        assert why_not_more(nominated=9, places=2, a_place=5) == []
        assert why_not_more(nominated=10, places=2, a_place=5)[0].about == {"most": 10}


@pytest.mark.django_db
class TestDeclaring:
    @pytest.mark.parametrize(
        ("criteria", "found"),
        [
            *(([(code, 100)], ["criterion_unlawful"]) for code in ("sex", "religion", "family", "appearance", "pays_fee")),
            ([("luck", 100)], ["criterion_unknown"]),
            ([("japanese", 50), ("japanese", 50)], ["criterion_twice"]),
            ([("japanese", 99)], ["weights_not_100"]),
            ([], ["weights_not_100"]),
        ],
    )
    def test_refuses_what_is_unlawful_unknown_or_no_hundred(self, criteria, found):
        vacancy = jobs.vacancy()
        assert refused_codes(declare, vacancy=vacancy, criteria=criteria) == found
        assert not RankingRule.objects.exists() and not set(UNLAWFUL_CRITERIA) & set(CRITERIA)

    def test_may_be_changed_until_somebody_applied_under_it_and_not_after_the_closing(self):
        vacancy = jobs.vacancy()
        first = declare(vacancy)
        second = declare(vacancy, [("japanese", 100)])
        first.refresh_from_db()
        assert (first.replaced_at, second.replaced_at) == (AT, None)
        make.applied(vacancy)
        assert refused_codes(declare, vacancy=vacancy) == ["rule_in_use"]
        late = dt.datetime(2027, 1, 16, 1, 0, tzinfo=dt.UTC)
        assert refused_codes(declare, vacancy=vacancy, at=late) == ["vacancy_closed", "rule_in_use"]

    def test_is_done_by_whoever_recruits_alone(self):
        vacancy = jobs.vacancy()
        for who in (actor("protector"), stranger("pk"), Actor("jp", "employer", jobs.EMPLOYER)):
            assert set(refused_codes(declare, vacancy=vacancy, who=who)) <= {"not_permitted", "wrong_node", "sign_in_first"}
        for who in (actor("promoter_manager", "pk:org:other"), actor("oec_officer")):
            with pytest.raises(Missing):
                declare(vacancy, who=who)


@pytest.mark.django_db
class TestTheShortlist:
    def test_binds_the_nomination(self):
        vacancy = jobs.vacancy()
        rule = declare(vacancy)
        _one, case = make.applied(vacancy)
        _two, better = make.applied(vacancy, languages=[{"language": "ja", "level": "good"}])
        assert [place.case for place in shortlist_of(vacancy, rule)] == [str(better.pk), str(case.pk)]
        told = {"actor": jobs.promoter(), "case_id": case.pk, "at": AT}
        assert refused_codes(actions.nominate_candidate, rank=1, rule="declared_criteria", **told) == ["not_shortlisted"]
        assert refused_codes(actions.nominate_candidate, rank=2, rule="by_the_employer", **told) == ["not_shortlisted"]
        assert actions.nominate_candidate(rank=2, rule="declared_criteria", **told).rank == 2

    def test_without_declared_criteria_nobody_is_named_by_them(self):
        _who, case = make.applied()
        told = {"actor": jobs.promoter(), "case_id": case.pk, "rank": 1, "rule": "declared_criteria", "at": AT}
        assert refused_codes(actions.nominate_candidate, **told) == ["not_shortlisted"]

    def test_no_more_are_named_than_the_limit_and_who_is_out_makes_room(self):
        vacancy = jobs.vacancy(places=1)
        made = [make.applied(vacancy) for _ in range(6)]
        for _who, case in made[:5]:
            make.nominate(case)
        told = {"actor": jobs.promoter(), "case_id": made[5][1].pk, "rank": 6, "rule": "test_score", "at": AT}
        assert refused_codes(actions.nominate_candidate, **told) == ["over_nomination_limit"]
        actions.withdraw_application(actor=made[0][0], case_id=made[0][1].pk, at=AT)
        assert actions.nominate_candidate(**told)

    def test_who_was_not_selected_makes_room_and_keeps_their_place_on_the_list(self):
        vacancy = jobs.vacancy(places=1)
        declare(vacancy)
        _who, case = make.applied(vacancy)
        actions.nominate_candidate(actor=jobs.promoter(), case_id=case.pk, rank=1, rule="declared_criteria", at=AT)
        make.set_interview(case, jobs.promoter(), paper=jobs.paper(number=""))
        assert named_for(vacancy) == 1
        after = {"paper": jobs.paper(make.AFTER, number=""), "at": make.AFTER}
        told = {"outcome": "not_selected", "reason": "skill_below"} | after
        actions.record_decision(actor=jobs.promoter(), case_id=case.pk, **told)
        assert named_for(vacancy) == 0 and own_place(Case.objects.get()).among == 1

    def test_shows_a_worker_the_rule_and_their_own_place_and_nobody_elses(self):
        vacancy = jobs.vacancy()
        declare(vacancy)
        _one, case = make.applied(vacancy)
        make.applied(vacancy, name="SOMEBODY ELSE", languages=[{"language": "ja", "level": "good"}])
        own = own_place(case)
        assert (own.place.rank, own.among) == (2, 2)
        assert own.lines == [("japanese", 60, 50), ("work_months", 30, 30), ("order_of_application", 10, 100)]
        assert "SOMEBODY" not in repr(own)


@pytest.mark.django_db
class TestRefusing:
    def test_only_by_a_criterion_that_was_declared(self):
        vacancy = jobs.vacancy()
        declare(vacancy)
        who, case = make.applied(vacancy)
        told = {"actor": jobs.promoter(), "case_id": case.pk, "at": AT}
        assert refused_codes(actions.refuse_application, criterion="courses", **told) == ["criterion_not_declared"]
        assert refused_codes(actions.refuse_application, criterion="tests_asked", **told) == ["criterion_not_declared"]
        assert refused_codes(actions.refuse_application, criterion="religion", **told) == ["criterion_unlawful"]
        assert refused_codes(actions.refuse_application, criterion="japanese", seen=99, **told) == ["stale"]
        actions.refuse_application(criterion="japanese", **told)
        case.refresh_from_db()
        assert case.state == "refused" and not Waiting.objects.filter(subject_id=str(case.pk), closed_at=None).exists()
        steps = [step.row for one in line_of(who, case) for step in one.steps if step.open]
        assert [row.reason for row in steps if row.step == "application_refused"] == ["japanese"]
        assert refused_codes(actions.nominate_candidate, rank=1, rule="declared_criteria", **told)[0] == "wrong_state"

    def test_for_a_missing_test_without_any_rule(self):
        _who, case = make.applied(tests=("JFT_BASIC",))
        told = {"actor": jobs.promoter(), "case_id": case.pk, "at": AT}
        assert refused_codes(actions.refuse_application, criterion="japanese", **told) == ["criterion_not_declared"]
        assert actions.refuse_application(criterion="tests_asked", **told).state == "refused"

    def test_is_taken_back_once(self):
        _who, case = make.applied(tests=("JFT_BASIC",))
        told = {"actor": jobs.promoter(), "case_id": case.pk, "at": AT}
        assert refused_codes(actions.reopen_application, **told) == ["wrong_state"]
        actions.refuse_application(criterion="tests_asked", **told)
        assert actions.reopen_application(**told).state == "applied"
        assert Waiting.objects.filter(task="placements.nominate_candidate", closed_at=None).count() == 1
        turn = Turn.objects.get(case=case)
        assert (turn.task, turn.closed) == ("placements.nominate_candidate", False)
        actions.refuse_application(criterion="tests_asked", **told)
        assert refused_codes(actions.reopen_application, **told) == ["reopened_before"]

    def test_by_nobody_else(self):
        who, case = make.applied(tests=("JFT_BASIC",))
        for act in (actions.refuse_application, actions.reopen_application):
            more = {"criterion": "tests_asked"} if act is actions.refuse_application else {}
            assert set(refused_codes(act, actor=who, case_id=case.pk, at=AT, **more)) <= {"not_permitted"}
            with pytest.raises(Missing):
                act(actor=actor("promoter_manager", "pk:org:other"), case_id=case.pk, at=AT, **more)


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.django_db
def test_the_pages_from_the_rule_to_the_place(client):
    vacancy = jobs.vacancy(at=now())
    sign_in(client, "promoter_manager", jobs.PROMOTER)
    place = f"/en/cases/shortlists/{vacancy.pk}/"
    assert "No rule was declared yet" in text_of(client.get(place))
    unlawful = {"criteria.0.code": "japanese", "criteria.0.weight": "90"}
    assert "hundred together" in text_of(client.post(f"{place}rule/", unlawful))
    done = client.post(f"{place}rule/", unlawful | {"criteria.0.weight": "۱۰۰"}, follow=True)
    assert "100 / 100" in text_of(done)
    _who, case = make.applied(vacancy, at=now())
    assert case.name in text_of(client.get(place))
    page = client.get(f"/en/cases/{case.pk}/nominate/").content.decode()
    assert 'value="declared_criteria" selected' in page and 'value="1"' in page
    assert client.get(f"/en/cases/{case.pk}/refuse/").status_code == 200
    sign_in_as(client, Person.objects.get(pk=case.worker))
    for language in ("en", "ur", "ja"):
        line = client.get(f"/{language}/cases/{case.pk}/line/")
        assert line.status_code == 200
    assert "Your place is 1 of 1" in text_of(client.get(f"/en/cases/{case.pk}/line/"))
    assert "How candidates are ranked" in text_of(client.get(f"/en/jobs/{vacancy.pk}/"))
    assert Case.objects.count() == 1 and client.get(place).status_code == 403
