"""Files compared across scripts, judged by a person, made one by two, parted again; honest namesakes are left alone."""

from __future__ import annotations

import datetime as dt
from itertools import count
from uuid import uuid4

import pytest
from django.db.models import Q
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.models import AuditEntry, Look, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import Consent, Degree, File, Likeness, Merge
from rahdari.domain.candidates.queries import file_of
from rahdari.domain.candidates.queries.profiles import own_profile, profiles_visible_to
from rahdari.domain.candidates.rules.likeness import Side, is_asked, likeness_of, nearly, nearly_born, slips_of
from rahdari.project.reactions import react
from tests.make import candidates as make
from tests.make import jobs, placements
from tests.make.people import actor, sign_in, worker

AT, NODE = make.AT, machine("pk", "timetable")
BORN = dt.date(1999, 4, 3)
_card = count(1)


def side(**changed):
    told = {"names": ("Bilal Ahmed Khan",), "father": "Tariq Khan", "born": BORN, "card": "3520112345671"}
    return Side(**told | changed)


def other(**changed):
    return side(**{"card": "1730155500004"} | changed)


class TestReasons:
    @pytest.mark.parametrize(("changed", "asked"), [
        ({}, True),  # name, birthday, father
        ({"names": ("بلال احمد خان",)}, True), ({"names": ("ビラル・アフマド・カーン",)}, True), ({"names": ("Belal Ahmad Khan",)}, True),
        ({"father": ""}, True), ({"father": "Ghulam Rasool"}, False),  # the same name and birthday, another father
        ({"born": dt.date(1987, 9, 21)}, False), ({"born": dt.date(1987, 9, 21), "father": ""}, False),  # a namesake
        ({"born": dt.date(1999, 3, 4)}, True), ({"born": dt.date(1998, 4, 3)}, True),
        ({"born": dt.date(1999, 3, 4), "father": ""}, False),
        ({"names": ("Zarghuna Gul",)}, False),
        ({"card": "3520112345672", "born": dt.date(1970, 1, 1), "father": ""}, True),  # one digit of the card
        ({"card": "3520112345761", "father": "Ghulam Rasool"}, True), ({"card": "3520112345672", "names": ("Zarghuna Gul",)}, False),
        ({"phones": frozenset({"+92300"}), "born": dt.date(1970, 1, 1)}, False),  # a family shares a phone
    ])  # fmt: skip
    def test_ask_a_person_or_leave_honest_people_alone(self, changed, asked):
        ours = side(phones=frozenset({"+92300"}))
        assert is_asked(likeness_of(ours, other(**changed))) == asked
        assert is_asked(likeness_of(other(**changed), ours)) == asked

    @pytest.mark.parametrize(("one", "two", "is_so"), [
        ("12345", "12345", False), ("12345", "12346", True), ("12345", "13245", True), ("12345", "13254", False), ("", "", False),
        ("12345", "1234", False), ("12345", "52341", False),
    ])  # fmt: skip
    def test_one_slip_in_a_number(self, one, two, is_so):
        assert nearly(one, two) is is_so

    def test_every_slip_in_a_card_is_found_and_its_dashes_stay(self):
        card = "17301-5550000-4"
        slips = slips_of(card)
        assert all(nearly(card.replace("-", ""), one.replace("-", "")) and (one[5], one[13]) == ("-", "-") for one in slips)
        assert len(slips) == 13 * 9 + 7  # one digit, or two neighbours that differ
        assert {"17301-5550000-5", "17305-1550000-4", "17301-5550004-0"} <= slips

    @pytest.mark.parametrize(("day", "is_so"), [
        ("1999-04-03", False), ("1999-03-04", True), ("1999-04-30", True), ("1989-04-03", True), ("1988-04-03", False),
        ("2000-04-04", False),
    ])  # fmt: skip
    def test_one_slip_in_a_birthday(self, day, is_so):
        assert nearly_born(BORN, dt.date.fromisoformat(day)) is is_so


def opened(name="BILAL AHMED KHAN", card="", **changed):
    number = next(_card) * 1_234_567 % 10_000_000  # no two a slip apart
    someone = worker(identity=card or f"17301-{number:07}-1")
    told = {
        "name": name,
        "father_name": "TARIQ KHAN",
        "birth_date": "1999-04-03",
        "sex": "M",
        "passport_no": f"ZY{number:07}",
    } | changed
    return actor_for(someone, None), actions.open_file(actor=actor_for(someone, None), told=make.facts(**told), at=AT)


def pair(**changed):
    first, second = opened(), opened("BELAL AHMAD KHAN", name_urdu="بلال احمد خان", **changed)
    react()
    return first, second


@pytest.mark.django_db
class TestComparing:
    def test_asks_once_with_reasons_and_a_clock(self):
        (_, one), (_, two) = pair()
        found = Likeness.objects.get()
        assert {found.file, found.other} == {one, two}
        assert found.codes == ["same_birth", "like_father", "like_name"]
        task = Waiting.objects.get(task="candidates.judge_likeness")
        assert (task.holder_role, task.due_at is not None) == ("protector", True)
        assert "KHAN" not in str(task.matter) and "KHAN" not in str(
            AuditEntry.objects.filter(verb="candidates.compare_file").values()
        )
        assert actions.compare_file(actor=NODE, file=two.pk, at=AT) == 0

    def test_leaves_namesakes_alone(self):
        pair(birth_date="1987-09-21")
        assert not Likeness.objects.exists()

    def test_stops_asking_when_a_correction_tells_them_apart(self):
        _first, (who, two) = pair()
        told = {"name": "BELAL AHMAD KHAN", "father_name": "GHULAM RASOOL", "birth_date": "1999-04-03", "sex": "M"}
        actions.correct_file(actor=who, told=make.facts(**told, passport_no=two.passport_no), at=AT)
        react()
        assert Likeness.objects.get().state == "unlike"
        assert Waiting.objects.get(task="candidates.judge_likeness").outcome == "unlike"

    def test_remembers_what_was_judged_and_asks_again_for_a_new_reason_alone(self):
        (_, one), (who, two) = pair(father_name="")
        judge = actor("protector")
        found = Likeness.objects.get()
        actions.judge_likeness(actor=judge, likeness_id=found.pk, verdict="other_person", ground="other_papers", at=AT)
        assert actions.compare_file(actor=NODE, file=one.pk, at=AT) == 0
        told = {"name": "BELAL AHMAD KHAN", "father_name": "TARIQ KHAN", "birth_date": "1999-04-03", "sex": "M"}
        actions.correct_file(actor=who, told=make.facts(**told, passport_no=two.passport_no), at=AT)
        assert actions.compare_file(actor=NODE, file=two.pk, at=AT) == 1

    def test_finds_a_mistyped_card_whatever_the_birthday(self):
        opened(card="17301-5550000-1", birth_date="1970-01-01", father_name="")
        _who, file = opened("BELAL AHMAD KHAN", card="17301-5550008-1")
        opened("ZARGHUNA GUL", card="17301-5550003-1", birth_date="1970-01-01", father_name="")
        react()
        found = Likeness.objects.get()
        assert (found.other if found.file == file else found.file).cnic == "17301-5550000-1"
        assert found.codes[0] == "card_nearly"

    def test_what_is_asked_about_is_compared_again_and_not_forgotten_among_many(self, monkeypatch):
        (_, one), (_, two) = pair()
        monkeypatch.setattr("rahdari.domain.candidates.queries.likeness.MOST_COMPARED", 0)
        for file in (one, two):
            assert actions.compare_file(actor=NODE, file=file.pk, at=AT) == 0
        assert Likeness.objects.get().state == "to_judge"

    def test_is_the_nodes_alone(self):
        _who, file = opened()
        with pytest.raises(Refused):
            actions.compare_file(actor=actor("protector"), file=file.pk, at=AT)


def refused(act, **told):
    with pytest.raises(Refused) as wrong:
        act(**told)
    return [one.code for one in wrong.value.refusals]


@pytest.mark.django_db
class TestMerging:
    @pytest.fixture
    def two(self):
        (first, one), (second, other_file) = pair()
        return first, one, second, other_file, Likeness.objects.get()

    def asked(self, found, keep, judge=None):
        judge = judge or actor("protector")
        if Likeness.objects.get(pk=found.pk).state == "to_judge":
            actions.judge_likeness(actor=judge, likeness_id=found.pk, verdict="same_person", ground="same_face", at=AT)
        return judge, actions.ask_merge(actor=judge, likeness_id=found.pk, keep=keep, at=AT)

    def test_needs_a_judgement_and_two_officers(self, two):
        _first, one, _second, _other, found = two
        judge = actor("protector")
        assert refused(actions.ask_merge, actor=judge, likeness_id=found.pk, keep=one.pk, at=AT) == ["not_judged_same"]
        judge, _merge = self.asked(found, one.pk, judge)
        assert refused(actions.merge_files, actor=judge, likeness_id=found.pk, at=AT) == ["four_eyes"]
        assert refused(actions.ask_merge, actor=judge, likeness_id=found.pk, keep=one.pk, at=AT) == ["merged_already"]
        assert refused(
            actions.judge_likeness, actor=judge, likeness_id=found.pk, verdict="other_person", ground="own_word", at=AT
        ) == ["merged_already"]
        actions.refuse_merge(actor=judge, likeness_id=found.pk, at=AT)
        assert not Waiting.objects.filter(task="candidates.merge_files", closed_at=None).exists()
        with pytest.raises(Missing):
            actions.merge_files(actor=actor("protector"), likeness_id=found.pk, at=AT)

    def test_moves_what_the_person_has_and_cases_follow_and_all_goes_back(self, two):
        first, one, second, gone, found = two
        make.pass_tests(gone, at=AT)
        actions.give_consent(actor=first, purpose="show_file", body="pk:org:oep", at=AT)
        actions.give_consent(actor=second, purpose="show_file", body="pk:org:oep", at=AT)
        kept_apart = Consent.objects.get(file=gone)
        vacancy = jobs.vacancy(at=AT)
        case = placements.actions.file_application(actor=second, vacancy_id=vacancy.pk, show_file=True, at=AT)
        degree = {"kind": "college", "institution": "C (invented)", "subject": "Care", "year": 2020, "recognition": "not_asked"}
        actions.record_degree(actor=second, **degree, at=AT)
        self.asked(found, one.pk)
        actions.merge_files(actor=actor("protector"), likeness_id=found.pk, at=AT)
        react()
        case.refresh_from_db()
        assert (case.file, case.worker, case.person) == (one, first.person, gone.pseudonym)
        assert file_of(second.person) == file_of(first.person) == one
        assert Degree.objects.get().file == one
        assert one.qualifications.count() == len(make.TESTS)
        assert Consent.objects.get(pk=kept_apart.pk).file == gone  # the kept file has its own
        assert "BELAL AHMAD KHAN" in File.objects.get(pk=one.pk).spellings
        third = actor_for(worker(), None)
        told = {"passport_no": gone.passport_no}
        assert refused(actions.open_file, actor=third, told=make.facts(**told), at=AT) == ["duplicate_person"]
        later = AT + dt.timedelta(days=3)
        actions.part_files(actor=actor("protector"), likeness_id=found.pk, text="Two brothers, after all.", at=later)
        react()
        case.refresh_from_db()
        assert (case.file, case.worker) == (gone, second.person)
        assert Degree.objects.get().file == gone and file_of(second.person) == gone
        assert (Merge.objects.get().parted_at, Likeness.objects.get().state) == (later, "other_person")
        assert File.objects.get(pk=one.pk).spellings == []

    def merged(self, found, keep):
        self.asked(found, keep.pk)
        merge = actions.merge_files(actor=actor("protector"), likeness_id=found.pk, at=AT)
        react()
        return merge

    def parted(self, found):
        actions.part_files(actor=actor("protector"), likeness_id=found.pk, text="Two brothers, after all.", at=AT)
        react()

    def test_the_second_account_of_the_person_gives_and_takes_back(self, two):
        _first, one, second, _gone, found = two
        self.merged(found, one)
        consent = actions.give_consent(actor=second, purpose="show_file", body="pk:org:oep", at=AT)
        assert consent.file == one and actions.withdraw_consent(actor=second, consent_id=consent.pk, at=AT).withdrawn_at
        paper = actions.put_in_paper(actor=second, kind="degree", name="d.pdf", content=b"%PDF-1.4 mine", at=AT)
        assert paper.file == one and actions.take_out_paper(actor=second, paper_id=paper.pk, at=AT).taken_out_at
        actions.publish_profile(actor=second, text="Python.", isco="2512", years=4, at=AT)
        assert own_profile(second, AT).file == one
        assert actions.erase_file(actor=second, at=AT) == one
        assert not File.objects.filter(erased_at=None).exists()

    def test_the_second_account_confirms_the_file_that_goes_on(self, two):
        first, one, second, _gone, found = two
        with unit_of_work("tests.listed", actor=first, at=AT) as unit:
            one.confirmed_at, one.source = None, "list"
            unit.about(unit.save(one))
        self.merged(found, one)
        assert actions.confirm_file(actor=second, at=AT) == one

    def test_a_stranger_takes_nothing_back(self, two):
        first, one, _second, _gone, found = two
        self.merged(found, one)
        consent = actions.give_consent(actor=first, purpose="show_file", body="pk:org:oep", at=AT)
        stranger, _file = make.file(tests=())
        assert refused(actions.withdraw_consent, actor=stranger, consent_id=consent.pk, at=AT) == ["not_own_file"]

    def test_hides_the_profile_of_the_file_that_ends(self, two):
        _first, one, second, gone, found = two
        profile = actions.publish_profile(actor=second, text="Python.", isco="2512", years=4, at=AT)
        self.merged(found, one)
        profile.refresh_from_db()
        assert (profile.file, profile.hidden_at) == (gone, AT)
        assert profiles_visible_to(actor("oec_officer"), AT, shipped_book()) == []

    def test_no_chain_of_files(self, two):
        _first, one, _second, _gone, found = two
        _, third = opened("BILAAL AHMED KHAN")
        react()
        judge = actor("protector")
        others = {tuple(sorted((str(row.file_id), str(row.other_id)))): row for row in Likeness.objects.exclude(pk=found.pk)}
        chain = others[tuple(sorted((str(one.pk), str(third.pk))))]
        told = {"likeness_id": chain.pk, "at": AT}
        actions.judge_likeness(actor=judge, verdict="same_person", ground="same_face", **told)
        actions.ask_merge(actor=judge, keep=third.pk, **told)
        self.asked(found, one.pk, judge)
        actions.merge_files(actor=actor("protector"), likeness_id=found.pk, at=AT)
        assert refused(actions.merge_files, actor=actor("protector"), **told) == ["file_has_others"]
        actions.refuse_merge(actor=judge, **told)
        assert refused(actions.ask_merge, actor=judge, keep=third.pk, **told) == ["file_has_others"]
        assert refused(actions.ask_merge, actor=judge, keep=uuid4(), **told) == ["keep_neither"]
        actions.ask_merge(actor=judge, keep=one.pk, **told)
        assert actions.merge_files(actor=actor("protector"), **told).kept == one

    def test_asks_of_files_that_go_on_alone(self, two):
        _first, one, second, gone, found = two
        judge, _merge = self.asked(found, one.pk)
        with unit_of_work("tests.ended", actor=second, at=AT) as unit:
            gone.erased_at = AT
            unit.about(unit.save(gone))
        assert refused(actions.merge_files, actor=actor("protector"), likeness_id=found.pk, at=AT) == ["file_ended"]
        actions.refuse_merge(actor=judge, likeness_id=found.pk, at=AT)
        assert refused(actions.ask_merge, actor=judge, likeness_id=found.pk, keep=one.pk, at=AT) == ["file_ended"]

    def test_the_passport_goes_over_where_there_is_none_and_comes_back(self):
        (_, one), (_, gone) = opened(passport_no="", passport_until=None), opened("BELAL AHMAD KHAN")
        react()
        found = Likeness.objects.get()
        merge = self.merged(found, one)
        one.refresh_from_db()
        assert (one.passport_no, one.passport_until, one.doubts) == (gone.passport_no, gone.passport_until, ["no_zone"])
        assert File.objects.get(pk=gone.pk).passport_no is None and gone.passport_no not in str(merge.moved)
        self.parted(found)
        one.refresh_from_db()
        assert (one.passport_no, one.passport_until, one.doubts) == (None, None, ["no_passport"])
        back = File.objects.get(pk=gone.pk)
        assert (back.passport_no, back.passport_until) == (gone.passport_no, gone.passport_until)

    def test_a_passport_of_ones_own_stays(self, two):
        _first, one, _second, gone, found = two
        self.merged(found, one)
        assert File.objects.get(pk=one.pk).passport_no == one.passport_no
        assert File.objects.get(pk=gone.pk).passport_no == gone.passport_no

    def test_training_goes_over_but_a_place_that_is_there_already(self, two):
        first, one, second, gone, found = two
        desk = actor("training_desk", "pk:org:school")
        for who in (first, second):
            actions.give_consent(actor=who, purpose="show_file", body=desk.body, at=AT)
        course = actions.open_course(actor=desk, title="C (invented)", hours=4, at=AT)
        days = {"starts_on": AT.date(), "last_on": AT.date(), "seats": 5, "demand": "D"}
        both, alone = (actions.open_cohort(actor=desk, course_id=course.pk, **days, at=AT) for _ in range(2))
        for cohort, file in ((both, one), (both, gone), (alone, gone)):
            actions.add_trainees(actor=desk, cohort_id=cohort.pk, file_id=file.pk, at=AT)
        self.merged(found, one)
        assert set(one.trainings.values_list("cohort", flat=True)) == {both.pk, alone.pk}
        assert gone.trainings.get().cohort == both
        self.parted(found)
        assert one.trainings.get().cohort == both and gone.trainings.count() == 2

    def test_nobody_is_asked_about_the_file_that_ended_and_the_other_is_compared_anew(self, two):
        _first, one, _second, gone, found = two
        opened("BILAAL AHMED KHAN")
        react()
        assert Likeness.objects.filter(Q(file=gone) | Q(other=gone), state="to_judge").count() == 2
        self.asked(found, one.pk)
        seen = OutboxEntry.objects.filter(type="candidates.file_kept").count()
        actions.merge_files(actor=actor("protector"), likeness_id=found.pk, at=AT)
        told = OutboxEntry.objects.filter(type="candidates.file_kept").order_by("-at", "-id")
        assert told.count() == seen + 1 and str(one.pk) in {entry.content["file"] for entry in told}
        assert Likeness.objects.get(Q(file=gone) | Q(other=gone), state="unlike")
        waiting = set(Waiting.objects.filter(closed_at=None).values_list("subject_id", flat=True))
        assert waiting == {str(pk) for pk in Likeness.objects.filter(state="to_judge").values_list("pk", flat=True)}

    def test_erasing_ends_what_was_asked(self, two):
        _first, one, second, _gone, found = two
        self.asked(found, one.pk)
        actions.erase_file(actor=second, at=AT)
        assert Merge.objects.get().state == "merge_refused"
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_two_officers_at_once(self, two):
        _first, one, _second, _gone, found = two
        self.asked(found, one.pk)
        seen = Likeness.objects.get().version
        second = actor("protector")
        actions.refuse_merge(actor=second, likeness_id=found.pk, seen=seen, at=AT)
        with pytest.raises(Missing):
            actions.merge_files(actor=actor("protector"), likeness_id=found.pk, seen=seen, at=AT)
        assert refused(
            actions.judge_likeness,
            actor=second,
            likeness_id=found.pk,
            verdict="other_person",
            ground="own_word",
            seen=seen - 1,
            at=AT,
        ) == ["stale"]

    def test_the_page_shows_both_and_both_read_that_it_was_looked_at(self, client, two):
        first, one, second, gone, found = two
        sign_in(client, "protector")
        page = client.get(reverse("candidates.see_likeness", args=[found.pk])).content.decode()
        assert one.name in page and gone.name in page and one.cnic in page
        assert set(Look.objects.values_list("about", flat=True)) == {first.person, second.person}
        waiting = client.get(reverse("web.worklist")).content.decode()
        assert "born on the same day · fathers of a like name" in waiting
        assert str(found.pk) in client.get(reverse("candidates.see_likenesses")).content.decode()
        answer = client.post(
            reverse("candidates.judge_likeness", args=[found.pk]), {"verdict": "same_person", "ground": "other_face"}
        )
        assert answer.status_code == 422
        answer = client.post(
            reverse("candidates.judge_likeness", args=[found.pk]), {"verdict": "same_person", "ground": "same_face"}
        )
        assert answer.status_code == 302
        client.post(reverse("candidates.ask_merge", args=[found.pk]), {"keep": str(one.pk)})
        assert "to be made one" in client.get(reverse("web.worklist")).content.decode()
        sign_in(client, "protector")
        assert client.post(reverse("candidates.merge_files", args=[found.pk])).status_code == 302
        assert File.objects.get(pk=gone.pk).merged_into == one
        sign_in(client, "training_desk", "pk:org:school")
        assert client.get(reverse("candidates.see_likeness", args=[found.pk])).status_code == 403
