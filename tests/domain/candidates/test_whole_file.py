"""The file for life: without a passport first, corrected with its history, at a counter by the person's code; papers, what was learnt."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.models import AuditEntry, Look
from rahdari.base.refusal import Refused
from rahdari.base.secrets import with_new_keys
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import ask_code
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import CounterVisit, File, FileChange, FileDraft
from rahdari.domain.candidates.queries import file_for, files_visible_to
from rahdari.domain.candidates.queries.finding import files_to_key
from rahdari.domain.candidates.rules.learnt import months_of
from tests.domain.candidates.test_zones import zone
from tests.make import candidates as make
from tests.make.people import actor, sign_in, sign_in_as, worker

pytestmark = pytest.mark.django_db
AT, PROMOTER = make.AT, "pk:org:oep"
CARD = "17301-5550000-4"
PNG, PDF = b"\x89PNG\r\n\x1a\n" + b"invented", b"%PDF-1.4 invented"


def refused(act, **told):
    with pytest.raises(Refused) as wrong:
        act(**told)
    return [one.code for one in wrong.value.refusals]


def own(**changed):
    who = actor_for(worker(identity=CARD), None)
    return who, actions.open_file(actor=who, told=make.facts(**changed), at=AT)


class TestOpening:
    def test_needs_no_passport_yet(self):
        _who, file = own(passport_no="", passport_until=None)
        assert (file.passport_no, file.passport_index, file.doubts) == (None, None, ["no_passport"])

    def test_two_files_without_a_passport_are_two(self):
        own(passport_no="", passport_until=None)
        second = actor_for(worker(), None)
        assert actions.open_file(actor=second, told=make.facts(passport_no="", passport_until=None), at=AT).passport_no is None

    def test_reads_the_passport_from_its_two_lines(self):
        _who, file = own(passport_no="", passport_until=None, zone=zone(cnic=CARD.replace("-", "")))
        assert (file.passport_no, file.passport_until) == ("ZZ0000001", dt.date(2034, 3, 15))
        assert (file.zone_agrees, file.doubts) == (True, [])

    def test_refuses_the_passport_of_another_card_without_saying_whose(self):
        told = make.facts(passport_no="", passport_until=None, zone=zone(cnic="1730155500012"))
        who = actor_for(worker(identity=CARD), None)
        assert refused(actions.open_file, actor=who, told=told, at=AT) == ["mrz_mismatch"]

    def test_refuses_a_passport_whose_end_is_not_said(self):
        who = actor_for(worker(), None)
        assert refused(actions.open_file, actor=who, told=make.facts(passport_until=None), at=AT) == ["passport_end_missing"]

    def test_tells_nothing_of_whoever_has_the_passport_already(self):
        _who, file = own()
        with pytest.raises(Refused) as wrong:
            actions.open_file(actor=actor_for(worker(), None), told=make.facts(passport_no=file.passport_no), at=AT)
        assert [dict(one.about) for one in wrong.value.refusals] == [{}]


class TestIndexes:
    def test_are_made_anew_by_newer_names_and_for_a_newer_key(self, settings, tmp_path):
        _who, file = own()
        assert not files_to_key().exists()
        held = json.loads(Path(settings.RAHDARI_FIELD_KEYS_FILE).read_text())
        settings.RAHDARI_FIELD_KEYS_FILE = str(tmp_path / "keys.json")
        Path(settings.RAHDARI_FIELD_KEYS_FILE).write_text(json.dumps(with_new_keys(held)))
        assert list(files_to_key()) == [file]
        assert actions.rekey_files(actor=machine("pk", "timetable"), at=AT) == 1
        assert not files_to_key().exists()
        anew = File.objects.get()
        assert anew.cnic_index != file.cnic_index and anew.passport_index != file.passport_index
        assert set(anew.name_keys).isdisjoint(file.name_keys) and len(anew.name_keys) == len(file.name_keys)


class TestCorrecting:
    def test_keeps_what_stood_before_closed_at_rest(self):
        who, file = own()
        actions.correct_file(
            actor=who, told=make.facts(name="ZARGHUNA GUL", passport_no=file.passport_no), reason="typing", at=AT
        )
        change = FileChange.objects.get()
        assert (change.members, "ZARGHUNA KHAN" in change.before) == (["name"], True)
        with connection.cursor() as cursor:
            cursor.execute("select encode(before, 'escape') from candidates_filechange")
            assert "ZARGHUNA" not in cursor.fetchone()[0]
        entry = AuditEntry.objects.get(verb="candidates.correct_file")
        assert entry.facts == {"members": ["name"], "reason": "typing"}
        assert File.objects.get().name == "ZARGHUNA GUL"

    def test_refuses_what_changes_nothing_what_has_no_reason_and_an_old_page(self):
        who, file = own()
        same = make.facts(passport_no=file.passport_no)
        assert refused(actions.correct_file, actor=who, told=same, at=AT) == ["nothing_changed"]
        assert refused(actions.correct_file, actor=who, told=same, reason="because", at=AT) == ["reason_missing"]
        assert refused(actions.correct_file, actor=who, told=make.facts(), seen=7, at=AT) == ["stale"]

    def test_lets_the_two_lines_count_until_what_they_say_changes(self):
        who, file = own(passport_no="", passport_until=None, zone=zone())
        told = {"passport_no": file.passport_no, "passport_until": file.passport_until.isoformat()}
        actions.correct_file(actor=who, told=make.facts(**told, birthplace="Swat"), at=AT)
        assert (File.objects.get().zone_agrees, File.objects.get().doubts) == (True, ["sex_digit"][:0])
        actions.correct_file(actor=who, told=make.facts(**told, birthplace="Swat", name="ZARGHUNA GUL"), at=AT)
        assert (File.objects.get().zone_agrees, File.objects.get().doubts) == (False, ["no_zone"])

    def test_is_for_the_person_and_the_counter_alone(self):
        own()
        with pytest.raises(Missing):
            actions.correct_file(actor=actor_for(worker(), None), told=make.facts(), at=AT)
        assert refused(actions.correct_file, actor=actor("promoter_manager", PROMOTER), told=make.facts(), at=AT) == [
            "not_permitted"
        ]


class TestCounter:
    @pytest.fixture
    def code(self, monkeypatch):
        monkeypatch.setattr("rahdari.domain.accounts.actions.codes.secrets.randbelow", lambda most: 123456)
        return "123456"

    def asked(self, counter, phone="+923001234567"):
        ask_code(actor=counter, phone=phone, language="ur", at=AT)

    def test_opens_the_file_by_the_persons_code_for_half_an_hour_and_the_person_reads_it(self, code):
        someone, counter = worker("0300 1234567", CARD), actor("oec_counter")
        file = actions.open_file(actor=actor_for(someone, None), told=make.facts(), at=AT)
        assert not files_visible_to(counter, AT)
        self.asked(counter)
        visit = actions.begin_visit(actor=counter, phone="+923001234567", code=code, at=AT)
        assert visit.until == AT + dt.timedelta(minutes=30)
        assert file_for(counter, file.pk, AT + dt.timedelta(minutes=29)) == file
        assert not files_visible_to(counter, AT + dt.timedelta(minutes=30))
        assert not files_visible_to(actor("oec_counter"), AT)
        assert Look.objects.get(about=someone.pk).purpose == "candidates.begin_visit"

    def test_a_wrong_code_opens_nothing_and_is_counted(self, code):
        someone, counter = worker("0300 1234567", CARD), actor("oec_counter")
        actions.open_file(actor=actor_for(someone, None), told=make.facts(), at=AT)
        self.asked(counter)
        for _ in range(5):
            assert actions.begin_visit(actor=counter, phone="+923001234567", code="000000", at=AT) is None
        assert actions.begin_visit(actor=counter, phone="+923001234567", code=code, at=AT) is None
        assert not CounterVisit.objects.exists()

    def test_the_next_person_closes_the_file_of_the_one_before(self):
        counter = actor("oec_counter")
        first, second = worker(identity=CARD), worker(identity="17301-5550001-4")
        one = actions.open_file(actor=counter, told=make.facts(), identity=first.identity, at=AT)
        two = actions.open_file(actor=counter, told=make.facts(), identity=second.identity, at=AT + dt.timedelta(minutes=5))
        assert list(files_visible_to(counter, AT + dt.timedelta(minutes=6))) == [two]
        with pytest.raises(Missing):
            actions.end_visit(actor=counter, file_id=one.pk, at=AT + dt.timedelta(minutes=6))
        actions.end_visit(actor=counter, file_id=two.pk, at=AT + dt.timedelta(minutes=7))
        assert not files_visible_to(counter, AT + dt.timedelta(minutes=8))

    def test_whoever_opened_it_there_the_person_looks_it_over(self, client):
        someone, counter = worker(identity=CARD), actor("oec_counter")
        file = actions.open_file(actor=counter, told=make.facts(), identity=CARD, at=AT)
        assert (file.source, file.confirmed_at) == ("counter", None)
        sign_in_as(client, someone)
        assert reverse("candidates.confirm_file") in client.get(reverse("candidates.see_file")).content.decode()
        assert actions.confirm_file(actor=actor_for(someone, None), at=AT).confirmed_at == AT

    def test_takes_out_what_it_put_in_while_the_person_stands_there(self):
        someone, counter = worker(identity=CARD), actor("oec_counter")
        actions.open_file(actor=counter, told=make.facts(), identity=CARD, at=AT)
        told = {"name": "d.pdf", "content": PDF, "at": AT}
        theirs = actions.put_in_paper(actor=actor_for(someone, None), kind="degree", **told)
        mine = actions.put_in_paper(actor=counter, kind="certificate", **told)
        assert refused(actions.take_out_paper, actor=counter, paper_id=theirs.pk, at=AT) == ["not_own_file"]
        later = AT + dt.timedelta(minutes=30)
        assert refused(actions.take_out_paper, actor=counter, paper_id=mine.pk, at=later) == ["not_own_file"]
        assert actions.take_out_paper(actor=counter, paper_id=mine.pk, at=AT).taken_out_at == AT

    def test_the_page_asks_for_the_phone_then_for_the_code(self, client, code, settings):
        someone = worker("0300 1234567", CARD)
        actions.open_file(actor=actor_for(someone, None), told=make.facts(), at=AT)
        sign_in(client, "oec_counter")
        address = reverse("candidates.begin_visit")
        assert b'name="code"' in client.post(address, {"phone": "0300 1234567"}).content
        assert client.post(address, {"phone": "0300 1234567", "code": "1"}).status_code == 422
        assert client.post(address, {"phone": "0300 1234567", "code": "۱۲۳۴۵۶"}).status_code == 302
        assert b"ZARGHUNA KHAN" in client.get(reverse("candidates.see_file")).content


class TestPapers:
    def put(self, who, **changed):
        return actions.put_in_paper(actor=who, **{"kind": "degree", "name": "degree.pdf", "content": PDF, "at": AT} | changed)

    def test_is_kept_and_handed_out_to_its_owner_as_an_attachment(self, client):
        who, _file = own()
        paper = self.put(who, name="../../etc/my degree.png", content=PNG)
        assert paper.stored.name == "my degree.png"
        address = reverse("candidates.see_file_paper", args=[paper.stored.hash])
        sign_in_as(client, Person.objects.get(pk=who.person))
        answer = client.get(address)
        assert (answer["Content-Type"], answer["Content-Disposition"][:10]) == ("image/png", "attachment")
        assert b"".join(answer.streaming_content) == PNG and not Look.objects.exists()
        sign_in_as(client, worker())
        assert client.get(address).status_code == 404

    def test_others_see_what_they_were_allowed_and_no_card_or_face(self, client):
        who, file = own()
        degree, card = self.put(who), self.put(who, kind="identity_front", name="card.png", content=PNG)
        sign_in(client, "promoter_manager", PROMOTER)
        shown = [reverse("candidates.see_file_paper", args=[one.stored.hash]) for one in (degree, card)]
        assert [client.get(one).status_code for one in shown] == [404, 404]
        actions.give_consent(actor=who, purpose="show_file", body=PROMOTER, at=AT)
        assert [client.get(one).status_code for one in shown] == [200, 404]
        assert file.name in client.get(reverse("candidates.see_candidates")).content.decode()
        page = client.get(reverse("candidates.see_candidate", args=[file.pk])).content.decode()
        assert file.name in page and CARD not in page and file.passport_no not in page and "14 March" not in page
        looks = Look.objects.filter(about=who.person).order_by("at", "id")
        assert list(looks.values_list("by_body", "purpose")) == [
            (PROMOTER, "candidates.see_file_paper"), (PROMOTER, "candidates.see_candidate"),
        ]  # fmt: skip

    @pytest.mark.parametrize(("changed", "code"), [
        ({"content": b""}, "file_empty"), ({"content": b"MZ\x90 program"}, "file_kind_unknown"),
        ({"content": b"<html><script>"}, "file_kind_unknown"), ({"content": b"PK\x03\x04"}, "file_kind_unknown"),
        ({"content": PNG}, "file_ending_lies"), ({"name": "degree.exe"}, "file_ending_lies"), ({"name": "a.pdf.html"}, "file_ending_lies"),
        ({"kind": "selfie"}, "paper_kind_unknown"), ({"content": PDF + bytes(10 * 1024 * 1024)}, "file_too_large"),
    ])  # fmt: skip
    def test_refuses_what_it_must_not_take(self, changed, code):
        who, _file = own()
        assert refused(self.put, who=who, **changed) == [code]

    @pytest.mark.parametrize("name", ["degree.PDF", "degree", "Dr. Khan degree", ".pdf", "۱.pdf"])
    def test_a_name_may_say_nothing(self, name):
        who, _file = own()
        assert self.put(who, name=name).pk

    def test_taken_out_is_open_to_nobody(self, client):
        who, _file = own()
        paper = self.put(who)
        assert refused(actions.take_out_paper, actor=actor_for(worker(), None), paper_id=paper.pk, at=AT) == ["not_own_file"]
        actions.take_out_paper(actor=who, paper_id=paper.pk, at=AT)
        assert refused(actions.take_out_paper, actor=who, paper_id=paper.pk, at=AT) == ["wrong_state"]
        sign_in_as(client, Person.objects.get(pk=who.person))
        assert client.get(reverse("candidates.see_file_paper", args=[paper.stored.hash])).status_code == 404


class TestLearnt:
    DEGREE = {
        "kind": "university",
        "institution": "Swat Institute (invented)",
        "subject": "Software",
        "year": 2023,
        "recognition": "not_asked",
    }
    PRACTICE = {"employer": "Firm (invented)", "isco": "2512", "from_on": dt.date(2016, 1, 1), "until": dt.date(2020, 1, 1)}

    def test_stands_on_the_file_and_counts_overlaps_once(self, client):
        who, _file = own(birth_date="1990-03-14")
        paper = actions.put_in_paper(actor=who, kind="degree", name="d.pdf", content=PDF, at=AT)
        actions.record_degree(actor=who, **self.DEGREE, paper_id=paper.pk, at=AT)
        actions.record_practice(actor=who, **self.PRACTICE, at=AT)
        actions.record_practice(
            actor=who, **self.PRACTICE | {"from_on": dt.date(2018, 1, 1), "until": dt.date(2022, 1, 1)}, at=AT
        )
        sign_in_as(client, Person.objects.get(pk=who.person))
        page = client.get(reverse("candidates.see_file")).content.decode()
        assert "Swat Institute (invented)" in page and "72 months in all" in page

    @pytest.mark.parametrize(("periods", "months"), [
        ([], 0), ([("2020-01-01", "2021-01-01")], 12), ([("2020-01-01", "2021-01-01"), ("2020-06-01", "2021-01-01")], 12),
        ([("2020-01-01", "2021-01-01"), ("2023-01-01", "2024-01-01")], 24), ([("2025-11-25", None)], 11), ([("2030-01-01", None)], 0),
    ])  # fmt: skip
    def test_months(self, periods, months):
        days = [(dt.date.fromisoformat(begin), dt.date.fromisoformat(end) if end else None) for begin, end in periods]
        assert months_of(days, AT.date()) == months

    @pytest.mark.parametrize(("changed", "code"), [
        ({"year": 2027}, "year_cannot_be"), ({"year": 2005}, "year_cannot_be"), ({"kind": "school"}, "degree_kind_unknown"),
        ({"recognition": "recognised"}, "recognition_no_missing"), ({"recognition": "x"}, "recognition_unknown"),
    ])  # fmt: skip
    def test_refuses_a_degree_that_cannot_be(self, changed, code):
        who, _file = own()
        assert refused(actions.record_degree, actor=who, **self.DEGREE | changed, at=AT) == [code]

    def test_refuses_practice_that_cannot_be_and_the_paper_of_another(self):
        who, _file = own()
        other, _ = make.file(tests=())
        paper = actions.put_in_paper(actor=other, kind="work_proof", name="d.pdf", content=PDF, at=AT)
        told = self.PRACTICE
        assert refused(actions.record_practice, actor=who, **told | {"from_on": dt.date(2027, 1, 1)}, at=AT) == [
            "date_in_future",
            "practice_ends_before",
        ]
        assert refused(actions.record_practice, actor=who, **told | {"until": told["from_on"]}, at=AT) == ["practice_ends_before"]
        assert refused(actions.record_practice, actor=who, **told, paper_id=paper.pk, at=AT) == ["paper_not_in_file"]


class TestGuide:
    @pytest.fixture
    def someone(self, client):
        someone = worker(identity=CARD)
        sign_in_as(client, someone)
        return someone

    def say(self, client, screen, **told):
        return client.post(f"/ur/file/guide/{screen}/", {f"told.{name}": value for name, value in told.items()})

    def test_asks_one_thing_a_screen_and_keeps_it(self, client, someone):
        assert self.say(client, "name", name="Zarghuna", name_urdu="زرغونہ")["Location"] == "/ur/file/guide/father/"
        assert self.say(client, "father", father_name="Karim Khan")["Location"] == "/ur/file/guide/birth/"
        assert (
            self.say(client, "birth", birth_date="۲۰۰۱-۰۳-۱۴", sex="F", birthplace="Swat")["Location"]
            == "/ur/file/guide/passport/"
        )
        with connection.cursor() as cursor:
            cursor.execute("select encode(told, 'escape') from candidates_filedraft")
            assert "Karim" not in cursor.fetchone()[0]
        assert "Karim Khan" in client.get("/ur/file/guide/father/").content.decode()
        assert self.say(client, "passport")["Location"] == "/ur/file/guide/check/"
        assert "زرغونہ" in client.get("/ur/file/guide/check/").content.decode()
        assert client.post("/ur/file/guide/check/")["Location"] == "/ur/file/"
        file = File.objects.get()
        assert (file.person, file.name, file.name_urdu, file.passport_no) == (someone, "Zarghuna", "زرغونہ", None)
        assert not FileDraft.objects.exists()

    def test_says_at_once_what_is_wrong_beside_its_field(self, client, someone):
        assert self.say(client, "name", name="زرغونہ").status_code == 422
        assert self.say(client, "name", name="").status_code == 422
        self.say(client, "name", name="Zarghuna Khan")
        assert self.say(client, "birth", birth_date="2001-13-40", sex="F").status_code == 422
        self.say(client, "birth", birth_date="2001-03-14", sex="F")
        good = zone(cnic=CARD.replace("-", "")).replace("\n", "")
        assert self.say(client, "passport", zone=good[:-1] + "x").status_code == 422
        assert self.say(client, "passport", zone=good)["Location"] == "/ur/file/guide/check/"

    def test_goes_back_to_what_is_missing_and_knows_no_other_screen(self, client, someone):
        assert client.get("/ur/file/guide/check/")["Location"] == "/ur/file/guide/name/"
        assert client.get("/ur/file/guide/else/").status_code == 404

    def test_a_draft_is_the_persons_own(self, client, someone):
        self.say(client, "name", name="Zarghuna Khan")
        sign_in_as(client, worker())
        assert "Zarghuna" not in client.get("/ur/file/guide/name/").content.decode()

    def test_somebody_elses_card_is_told_clearly_and_nothing_else(self, client, someone):
        own_file = make.facts()
        first = actions.open_file(actor=actor_for(worker(), None), told=own_file, at=AT)
        self.say(client, "name", name="Zarghuna Khan")
        self.say(client, "birth", birth_date="2001-03-14", sex="F")
        self.say(client, "passport", passport_no=first.passport_no, passport_until="2034-03-14")
        page = client.post("/en/file/guide/check/")
        assert page.status_code in (409, 422) and b"exists already" in page.content
        assert str(first.pk) not in page.content.decode() and first.cnic not in page.content.decode()
