"""The door, corrections and signed files on both nodes: who may, what is left, what the other side hears."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.candidates.models import Qualification
from rahdari.domain.exams import actions
from rahdari.domain.exams.models import Booking, Result, ResultFile
from rahdari.domain.exams.queries.desk import door_seen, key_for, own_result
from tests.make import candidates
from tests.make import exams as make
from tests.make.people import actor
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AT, STARTS_AT, AFTER = make.AT, make.STARTS_AT, make.STARTS_AT + dt.timedelta(hours=2)


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


@pytest.fixture
def corridor(settings):
    return two_nodes(settings)


@pytest.fixture
def sat(corridor):
    """A sitting with one person on its roster, known on both nodes."""
    with corridor.on("jp"):
        sitting = make.sitting("NURSING_CARE_SKILL")
    corridor.exchange(at=AT)
    with corridor.on("pk"):
        worker, file = candidates.file(tests=())
        booking = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
    corridor.exchange(at=AT)
    return corridor, sitting, booking, file


def recorded(sat, outcome="pass"):
    corridor, sitting, booking, _file = sat
    with corridor.on("jp"):
        lines = [make.result_line(booking, outcome)]
        actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)
    corridor.exchange(at=AFTER)
    with corridor.on("jp"):
        return Result.objects.get()


class TestTheDoor:
    def test_whoever_was_turned_away_cannot_pass(self, sat):
        corridor, sitting, booking, file = sat
        told = {"sitting_id": sitting.pk, "number": booking.number.lower(), "door": "door_turned_away", "reason": "another_face"}
        with corridor.on("jp"):
            actions.check_identity(actor=make.examiner(), **told, at=STARTS_AT)
            entry = AuditEntry.objects.get(verb="exams.check_identity")
            assert file.name not in str(entry.facts)
            with pytest.raises(Refused) as wrong:
                actions.record_results(
                    actor=make.examiner(), sitting_id=sitting.pk, results=[make.result_line(booking)], at=AFTER
                )
            assert set(codes(wrong)) == {"identity_not_checked", "turned_away"}
            seen = door_seen(make.examiner(), sitting.pk)
            assert (seen.checked, seen.turned_away, seen.awaited) == (0, 1, 0)

    def test_who_was_checked_there_needs_no_tick_in_the_results(self, sat):
        corridor, sitting, booking, _file = sat
        with corridor.on("jp"):
            told = {"sitting_id": sitting.pk, "number": booking.number, "door": "door_checked"}
            actions.check_identity(actor=make.examiner(), **told, at=STARTS_AT)
            line = make.result_line(booking, checked=False)
            done = actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=[line], at=AFTER)
            assert done.state == "sitting_recorded"
            assert not OutboxEntry.objects.filter(content__contains="door").exists()

    @pytest.mark.parametrize("looked_for", ["zarghuna", "KHAN", "number", "passport"])
    def test_finds_by_number_name_or_passport_in_its_own_sitting_alone(self, sat, looked_for):
        corridor, sitting, booking, file = sat
        word = {"number": booking.number[-4:].lower(), "passport": file.passport_no[-3:]}.get(looked_for, looked_for)
        with corridor.on("jp"):
            assert len(door_seen(make.examiner(), sitting.pk, word).rows) == 1
            assert door_seen(make.examiner(), sitting.pk, "QQQQ").rows == []
            with pytest.raises(Missing):
                door_seen(make.examiner("jp:org:other"), sitting.pk, word)

    def test_is_refused_to_others_before_its_hour_and_for_strangers(self, sat):
        corridor, sitting, booking, _file = sat
        told = {"sitting_id": sitting.pk, "number": booking.number, "door": "door_checked"}
        with corridor.on("jp"):
            for wrong_actor, at, changed, code in (
                (make.examiner("jp:org:other"), STARTS_AT, {}, "not_own_sitting"),
                (make.examiner(), AT, {}, "door_not_open"),
                (make.examiner(), STARTS_AT, {"number": "PK-NOBODY"}, "not_on_roster"),
                (make.examiner(), STARTS_AT, {"seen": 7}, "stale"),
                (actor("contact_point_jp", node="jp"), STARTS_AT, {}, "not_permitted"),
            ):
                with pytest.raises(Refused) as wrong:
                    actions.check_identity(actor=wrong_actor, **told | changed, at=at)
                assert codes(wrong) == [code]


class TestACorrection:
    def test_takes_the_place_of_the_result_and_of_what_it_proved(self, sat):
        corridor = sat[0]
        old = recorded(sat)
        with corridor.on("jp"):
            new = actions.correct_result(
                actor=make.examiner(), result_id=old.pk, outcome="fail", reason="marked_wrongly", seen=old.version, at=AFTER
            )
            assert OutboxEntry.objects.filter(type="exam.results/1").last().content["results"][0]["corrects"] == str(old.pk)
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            assert Qualification.objects.get().void_from is not None
            states = {one.pk: one.state for one in Result.objects.all()}
            assert states == {old.pk: "result_replaced", new.pk: "result_stands"}
            assert Booking.objects.get().result.outcome == "fail"

    def test_can_bring_a_pass_that_counts(self, sat):
        corridor = sat[0]
        old = recorded(sat, "fail")
        with corridor.on("jp"):
            told = {"outcome": "pass", "certificate_no": "C-9", "reason": "typed_wrongly"}
            actions.correct_result(actor=make.examiner(), result_id=old.pk, **told, at=AFTER)
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            assert Qualification.objects.get(void_from=None).certificate_no == "C-9"

    def test_is_the_examiners_own_and_of_the_newest(self, sat):
        corridor = sat[0]
        old = recorded(sat)
        told = {"outcome": "fail", "reason": "marked_wrongly"}
        with corridor.on("jp"):
            with pytest.raises(Refused) as wrong:
                actions.correct_result(actor=make.examiner("jp:org:other"), result_id=old.pk, **told, at=AFTER)
            assert codes(wrong) == ["not_own_sitting"]
            with pytest.raises(Missing):
                own_result(make.examiner("jp:org:other"), old.pk)
            actions.correct_result(actor=make.examiner(), result_id=old.pk, **told, at=AFTER)
            with pytest.raises(Refused) as wrong:
                actions.correct_result(actor=make.examiner(), result_id=old.pk, **told, at=AFTER)
            assert "wrong_state" in codes(wrong)

    def test_that_names_another_ones_result_is_not_taken_up(self, sat):
        corridor = sat[0]
        old = recorded(sat)
        with corridor.on("jp"):
            actions.correct_result(actor=make.examiner(), result_id=old.pk, outcome="fail", reason="marked_wrongly", at=AFTER)
        corridor.exchange(at=AFTER)
        corridor.carried.clear()
        corridor.deliver("jp", at=AFTER)
        assert {one.refusals[0].code for _type, one in corridor.refused} == {"already_known", "already_recorded", "wrong_state"}


class TestASignedFile:
    def rows(self, booking, **changed):
        return [{"number": booking.number, "outcome": "pass", "identity_checked": True, "certificate_no": "C-1"} | changed]

    def test_records_what_its_examiners_key_signed(self, sat):
        corridor, sitting, booking, _file = sat
        key = make.signing_key()
        with corridor.on("jp"):
            make.key_in_use(key)
            content = make.signed_json(key, str(sitting.pk), self.rows(booking))
            row = actions.record_results_file(actor=make.examiner(), sitting_id=sitting.pk, content=content, at=AFTER)
            assert (row.lines, row.kind, Result.objects.get().outcome) == (1, "jose", "pass")
            entry = AuditEntry.objects.get(verb="exams.record_results_file")
            assert entry.also[0].startswith("exams.record_results ")
            with pytest.raises(Refused) as wrong:
                actions.record_results_file(actor=make.examiner(), sitting_id=sitting.pk, content=content, at=AFTER)
            assert codes(wrong) == ["file_taken"]

    def test_as_csv_with_its_signature_beside_it(self, sat):
        corridor, sitting, booking, _file = sat
        key = make.signing_key()
        content, mark = make.signed_csv(key, f"number,outcome,identity_checked\n{booking.number},no_show,no\n")
        with corridor.on("jp"):
            make.key_in_use(key)
            told = {"actor": make.examiner(), "sitting_id": sitting.pk, "at": AFTER}
            with pytest.raises(Refused) as wrong:
                actions.record_results_file(**told, content=content.replace(b"no_show", b"fail"), signature=mark)
            assert codes(wrong) == ["signature_wrong"]
            actions.record_results_file(**told, content=content, signature=mark)
            assert Result.objects.get().outcome == "no_show"

    def test_leaves_nothing_when_one_line_is_refused(self, sat):
        corridor, sitting, booking, _file = sat
        key = make.signing_key()
        with corridor.on("jp"):
            make.key_in_use(key)
            rows = [*self.rows(booking), {"number": "PK-NOBODY", "outcome": "fail", "identity_checked": True}]
            content = make.signed_json(key, str(sitting.pk), rows)
            with pytest.raises(Refused) as wrong:
                actions.record_results_file(actor=make.examiner(), sitting_id=sitting.pk, content=content, at=AFTER)
            assert codes(wrong) == ["not_on_roster"]
            assert not Result.objects.exists() and not ResultFile.objects.exists()

    def test_by_a_key_of_another_examiner_not_confirmed_or_ended_counts_for_nothing(self, sat):
        corridor, sitting, booking, _file = sat
        key = make.signing_key()
        content = make.signed_json(key, str(sitting.pk), self.rows(booking))
        told = {"actor": make.examiner(), "sitting_id": sitting.pk, "content": content, "at": AFTER}
        with corridor.on("jp"):
            theirs = make.key_in_use(key, body="jp:org:other")
            with pytest.raises(Refused) as wrong:
                actions.record_results_file(**told)
            assert codes(wrong) == ["examiner_key_unknown"]
            with pytest.raises(Missing):
                key_for(make.examiner(), theirs.pk)
            with pytest.raises(Refused) as wrong:
                actions.end_key(actor=make.examiner(), key_id=theirs.pk, at=AFTER)
            assert codes(wrong) == ["not_own_key"]

    def test_a_key_is_confirmed_by_a_second_officer(self, sat):
        corridor, sitting, booking, _file = sat
        key, officer = make.signing_key(), make.examiner()
        content = make.signed_json(key, str(sitting.pk), self.rows(booking))
        told = {"actor": officer, "sitting_id": sitting.pk, "content": content, "at": AFTER}
        with corridor.on("jp"):
            entered = actions.enter_key(actor=officer, x=make.public_x(key), until=dt.date(2027, 3, 1), at=AT)
            assert Waiting.objects.get(task="exams.confirm_key").holder_body == make.BODY
            with pytest.raises(Refused) as wrong:
                actions.confirm_key(actor=officer, key_id=entered.pk, at=AT)
            assert codes(wrong) == ["four_eyes"]
            with pytest.raises(Refused) as wrong:
                actions.record_results_file(**told)
            assert codes(wrong) == ["examiner_key_ended"]
            actions.confirm_key(actor=make.examiner(), key_id=entered.pk, at=AT)
            actions.end_key(actor=officer, key_id=entered.pk, at=AT)
            with pytest.raises(Refused) as wrong:
                actions.record_results_file(**told)
            assert codes(wrong) == ["examiner_key_ended"]

    @pytest.mark.parametrize("number", ["C-1", "C 1", "c1"])
    def test_a_certificate_number_stands_on_one_result(self, sat, number):
        corridor = sat[0]
        recorded(sat)
        with corridor.on("jp"):
            again = make.sitting("NURSING_CARE_SKILL", starts_at=STARTS_AT + dt.timedelta(days=1))
        corridor.exchange(at=AT)
        with corridor.on("pk"):
            second = actions.book_seat(actor=candidates.file(tests=())[0], sitting_id=again.pk, at=AT)
        corridor.exchange(at=AT)
        line, later = make.result_line(second, certificate_no=number), AFTER + dt.timedelta(days=1)
        with corridor.on("jp"), pytest.raises(Refused) as wrong:
            actions.record_results(actor=make.examiner(), sitting_id=again.pk, results=[line], at=later)
        assert codes(wrong) == ["certificate_known"]

    def test_two_lines_never_bear_one_certificate_number(self, settings):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        sitting = make.sitting("NURSING_CARE_SKILL")
        lines = [make.result_line(make.told_booking(sitting), certificate_no=one) for one in ("C-7", "C 7")]
        with pytest.raises(Refused) as wrong:
            actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)
        assert codes(wrong) == ["certificate_known", "certificate_known"]
