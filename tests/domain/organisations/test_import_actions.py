"""Handing in, correcting, handing on, taking in, taking back a register: two officers, all or nothing, what is told."""

from __future__ import annotations

import datetime as dt

import jsonschema_rs
import pytest
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.clock import day_at
from rahdari.base.ids import new_id
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.statements import Marking, Statement
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.accounts.models import Body
from rahdari.domain.organisations import actions, messages
from rahdari.domain.organisations.models import (
    ImportedRow,
    ImportedSheet,
    LicenceChange,
    Officer,
    Organisation,
    RegisterImport,
)
from rahdari.domain.organisations.queries import licence_on
from rahdari.domain.organisations.queries.finding import search
from rahdari.domain.organisations.queries.imports import import_for, import_seen, report_of, row_seen
from rahdari.domain.organisations.queries.standing import standing_of
from tests.make import organisations as make
from tests.make import registers
from tests.make.organisations import AT
from tests.make.people import actor, bodies

pytestmark = pytest.mark.django_db
TODAY = day_at(AT, "pk")


def codes(act, **told):
    with pytest.raises(Refused) as refused:
        act(**told)
    return [one.code for one in refused.value.refusals]


good, drafted = registers.good, registers.drafted


def waiting(rows=None, *, by=None, leave_out=False, **told):
    by = by or make.officer()
    row = drafted(rows, by=by, **told)
    return actions.submit_import(actor=by, import_id=row.pk, leave_out=leave_out, law=make.LAW, at=AT)


def taken(rows=None, **told):
    row = waiting(rows, **told)
    return actions.decide_import(actor=make.officer(), import_id=row.pk, at=AT)


def said():
    return [one.content for one in OutboxEntry.objects.filter(kind="statement").order_by("id")]


class TestDrafting:
    def test_reads_and_checks_and_writes_nothing_into_the_register(self):
        row = drafted()
        assert row.counts["fates"] == {"new": 3, "known": 0, "differs": 0, "wrong": 0}
        assert (row.encoding, row.separator, row.state) == ("utf-8", ",", "drafted")
        assert (Organisation.objects.count(), said(), Waiting.objects.count()) == (0, [], 0)

    def test_says_every_kind_of_fault_on_its_row(self):
        rows, wrong = registers.messy(400)
        row = drafted(rows)
        found = {one.line - 2: set(one.faults) for one in ImportedRow.objects.filter(of=row, fate="wrong")}
        assert found.keys() == wrong.keys()
        assert {place: fault for place, fault in wrong.items() if fault not in found[place]} == {}
        assert set(wrong.values()) == set(registers.FAULTS)
        for one in ImportedRow.objects.filter(of=row, fate="wrong"):
            assert all(sentence for _, sentence in row_seen(one).faults)

    def test_a_kind_of_the_other_state_is_not_imported_here(self):
        assert codes(drafted, kind="RSO") == ["wrong_node"]

    @pytest.mark.parametrize("role", ["protector", "contact_point_pk", "node_operator", "promoter_manager"])
    def test_only_the_office_of_the_register_hands_in(self, role):
        bodies("pk")
        by = actor(role, "pk:org:one") if role == "promoter_manager" else actor(role)
        assert "not_permitted" in codes(drafted, by=by)

    def test_what_a_file_says_of_persons_is_closed_at_rest(self):
        row = drafted()
        with connection.cursor() as cursor:
            for table in ("importedsheet", "importedrow", "registerimport"):
                cursor.execute(f"select organisations_{table}::text from organisations_{table}")
                text = " ".join(one[0] for one in cursor.fetchall())
                assert not [one for one in (*registers.PEOPLE, "35201-0000001") if one in text], table
        entry = AuditEntry.objects.get(verb="organisations.draft_import")
        assert entry.facts == {"kind": "OEP", "sha256": row.file_hash, "new": 3, "known": 0, "differs": 0, "wrong": 0}

    def test_nothing_of_a_file_that_cannot_be_read_is_left(self):
        assert codes(drafted, content=b"%PDF-1.4") == ["import_no_table"]
        assert (RegisterImport.objects.count(), ImportedSheet.objects.count()) == (0, 0)

    def test_japan_imports_its_own(self, on_jp):
        row = drafted(content=registers.csv_of([registers.SUPPORT], registers.JAPANESE, codec="cp932"))
        assert (row.encoding, row.counts["fates"]["new"], row.counts["faults"]) == ("shift_jis", 1, {})
        actions.submit_import(actor=make.officer(), import_id=row.pk, at=AT)
        actions.decide_import(actor=make.officer(), import_id=row.pk, at=AT)
        one = Organisation.objects.get()
        assert (one.number, one.phones.get().shown, one.changes.get().from_on) == (
            "22登-007304", "+81312345678", dt.date(2022, 4, 1),
        )  # fmt: skip


class TestNamingColumns:
    def test_checks_every_row_anew_and_is_remembered(self):
        rows = [["OP&HRD/4325/LHR/2018", "Sitara (invented)"]]
        content = registers.csv_of(rows, ("Lic", "Odd words"))
        row = drafted(content=content)
        assert (row.targets, row.counts["fates"]["wrong"]) == (["left_out", "left_out"], 1)
        row = actions.map_import(actor=make.officer(), import_id=row.pk, targets=["number", "name"], at=AT)
        assert row.counts["fates"]["new"] == 1
        turned = registers.csv_of([list(reversed(rows[0]))], ("odd  WORDS", "Lic"))
        assert drafted(content=turned).targets == ["name", "number"]

    @pytest.mark.parametrize(
        ("targets", "told"),
        [
            (["number"], ["import_columns_differ", "import_column_missing"]),
            (["number", "number"], ["import_column_twice", "import_column_missing"]),
            (["name", "left_out"], ["import_column_missing"]),
            (["name", "salary"], ["import_target_unknown"]),
        ],
    )
    def test_refuses_columns_that_make_no_register(self, targets, told):
        row = drafted(content=registers.csv_of([["a", "b"]], ("x", "y")))
        assert codes(actions.map_import, actor=make.officer(), import_id=row.pk, targets=targets, at=AT) == told

    def test_an_order_of_day_and_month_is_said_by_a_person(self):
        rows = good(1)
        rows[0][9] = "03/04/2019"
        row = drafted(rows)
        assert row.counts["faults"] == {"day_ambiguous": 1}
        row = actions.map_import(actor=make.officer(), import_id=row.pk, targets=row.targets, day_order="day_first", at=AT)
        assert row.counts["fates"]["new"] == 1

    def test_of_what_was_seen_before_it_changed_nothing_is_done(self):
        row = drafted()
        told = {"import_id": row.pk, "targets": row.targets, "seen": row.version}
        actions.map_import(actor=make.officer(), **told, at=AT)
        assert codes(actions.map_import, actor=make.officer(), **told, at=AT) == ["stale"]


class TestHandingOn:
    def test_wrong_rows_keep_it_back_until_they_are_left_out(self):
        rows = good(4)
        rows[2][1] = "12"
        row = drafted(rows)
        assert codes(actions.submit_import, actor=make.officer(), import_id=row.pk, at=AT) == ["import_rows_wrong"]
        row = actions.submit_import(actor=make.officer(), import_id=row.pk, leave_out=True, at=AT)
        task = Waiting.objects.get(closed_at=None)
        assert (row.state, task.task, task.holder_role) == ("waiting", "organisations.decide_import", "bureau_officer")
        assert Organisation.objects.count() == 0

    def test_nothing_new_is_nothing_to_decide(self):
        taken()
        assert codes(waiting) == ["import_nothing_new"]

    def test_naming_columns_again_makes_it_a_draft(self):
        row = waiting()
        row = actions.map_import(actor=make.officer(), import_id=row.pk, targets=row.targets, at=AT)
        assert row.state == "drafted" and not Waiting.objects.filter(closed_at=None).exists()
        assert codes(actions.decide_import, actor=make.officer(), import_id=row.pk, at=AT) == ["wrong_state"]


class TestTakingIn:
    def test_nobody_who_had_a_hand_in_it_decides(self):
        one, two, three = make.officer(), make.officer(), make.officer()
        row = drafted(by=one)
        actions.map_import(actor=two, import_id=row.pk, targets=row.targets, at=AT)
        actions.submit_import(actor=three, import_id=row.pk, at=AT)
        for own in (one, two, three):
            assert codes(actions.decide_import, actor=own, import_id=row.pk, at=AT) == ["four_eyes"]
        assert actions.decide_import(actor=make.officer(), import_id=row.pk, at=AT).state == "taken"

    def test_writes_entries_as_if_each_had_been_entered(self):
        rows = good(1)
        taken(rows)
        one = Organisation.objects.get()
        assert (one.state, one.number, one.old_numbers) == ("valid", "OP&HRD/0000/LHR/2010", ["MPD/0000/LHR"])
        assert one.address == "Office 0, Mall Road, Lahore" and one.valid_until == dt.date(2030, 1, 29)
        assert standing_of(one, TODAY).state == "valid"
        officer = Officer.objects.get()
        assert (officer.role, officer.identity) == ("owner", "35201-0000000-1")
        assert one.identifiers.get().kind == "ntn"
        assert Body.objects.get(pk=one.registry_id).kind == "OEP"
        assert search(one.number, day=TODAY, book=shipped_book()).found[0].row == one
        assert search(one.names.first().value, day=TODAY, book=shipped_book()).found[0].row == one
        assert officer.name_keys and officer.keyed_by == one.names.first().keyed_by > 0
        kept = OutboxEntry.objects.get(kind="event", type="organisations.entry_kept")
        assert kept.content == {"organisation": one.registry_id}
        public, officers = said()
        assert (public["organisation"], public["state"], public["number"]) == (one.registry_id, "valid", one.number)
        assert officers["part"] == "officers" and "officers" not in public
        events = OutboxEntry.objects.filter(kind="event", type="organisations.licence_changed")
        assert [event.content["organisation"] for event in events] == [one.registry_id]

    def test_says_the_same_as_an_entry_by_hand(self):
        rows = good(1)
        taken(rows)
        imported = said()[0]
        by_hand = make.entered("OEP", "OP&HRD/7777/LHR/2010", until=dt.date(2030, 1, 29))
        other = next(one for one in said() if one["organisation"] == by_hand.registry_id and one["part"] == "public")
        assert imported.keys() == other.keys() and imported["ground"] == other["ground"] == "register"

    @pytest.mark.parametrize(
        ("state", "ends", "stands"),
        [("Suspended", "28/01/2030", "suspended"), ("منسوخ", "28/01/2030", "cancelled"), ("Expired", "28/01/2014", "expired"),
         ("Surrendered", "28/01/2030", "surrendered"), ("Disq", "28/01/2030", "disqualified")],
    )  # fmt: skip
    def test_a_licence_that_is_no_longer_valid_keeps_what_it_was(self, state, ends, stands):
        rows = good(1)
        rows[0][8], rows[0][9], rows[0][10] = state, "13/01/2010", ends
        taken(rows)
        one = Organisation.objects.get()
        assert standing_of(one, TODAY).state == one.state == stands
        assert standing_of(one, dt.date(2011, 1, 1)).state == "valid"
        assert [change.state for change in one.changes.order_by("from_on")] == ["valid", stands]

    def test_is_one_entry_of_audit_with_counts_and_hash_alone(self):
        row = taken()
        entry = AuditEntry.objects.get(verb="organisations.decide_import")
        assert entry.facts == {"sha256": row.file_hash, "entries": 3, "new": 3, "known": 0, "differs": 0, "wrong": 0}
        assert len(entry.also) == 1 and "accounts.name_bodies" in entry.also[0]

    def test_rows_left_out_are_kept_and_the_cells_are_gone(self):
        rows = good(4)
        rows[2][1] = "12"
        row = taken(rows, leave_out=True)
        assert Organisation.objects.count() == 3 and not ImportedSheet.objects.exists()
        left = ImportedRow.objects.get(of=row, fate="wrong")
        assert (left.line, left.faults, left.organisation) == (4, ["register_number_wrong"], None)
        assert not ImportedRow.objects.filter(of=row, fate="new", told__isnull=False).exists()
        assert row_seen(ImportedRow.objects.filter(of=row, fate="new").first()).told["number"] == "OP&HRD/0000/LHR/2010"
        report = list(report_of(row))
        assert [line[0] for line in report] == [4] and "12" in report[0][5]

    def test_nothing_is_half_done(self, monkeypatch):
        row = waiting(good(5))
        from rahdari.domain.organisations.actions import taking_in

        def fails(*_told):
            raise RuntimeError("the disk is full")

        monkeypatch.setattr(taking_in, "_tell", fails)
        with pytest.raises(RuntimeError):
            actions.decide_import(actor=make.officer(), import_id=row.pk, at=AT)
        assert (Organisation.objects.count(), LicenceChange.objects.count(), said()) == (0, 0, [])
        assert RegisterImport.objects.get().state == "waiting" and ImportedSheet.objects.count() == 1

    def test_what_was_shown_is_what_is_taken_in_or_nothing(self):
        row = waiting()
        make.entered("OEP", "OP&HRD/0001/RWP/2011")
        assert codes(actions.decide_import, actor=make.officer(), import_id=row.pk, at=AT) == ["import_moved_on"]
        assert Organisation.objects.count() == 1
        row = actions.map_import(actor=make.officer(), import_id=row.pk, targets=row.targets, at=AT)
        assert row.counts["fates"]["differs"] == 1

    def test_a_number_that_waits_for_its_second_officer_is_nobody_elses(self):
        make.entered("OEP", "OP&HRD/0001/RWP/2011", decided=False)
        assert drafted().counts["faults"] == {"number_waits": 1}


class TestKnownRows:
    def test_an_entry_that_stands_is_not_overwritten(self):
        taken()
        again = good()
        again[1][5], again[2][8] = "Elsewhere 5", "Cancelled"
        row = drafted(again)
        assert row.counts["fates"] == {"new": 0, "known": 1, "differs": 2, "wrong": 0}
        differs = [tuple(row_seen(one).differs) for one in ImportedRow.objects.filter(of=row, fate="differs")]
        assert differs[0] == ("address",) and differs[1] == ("state",)
        before = {one.pk: one.version for one in Organisation.objects.all()}
        fresh = registers.messy(4, share=0)[0][3:]
        taken([*again, *fresh])
        assert {one.pk: one.version for one in Organisation.objects.filter(pk__in=before)} == before
        assert Organisation.objects.count() == 4

    def test_the_same_firm_under_another_number_is_told(self):
        taken()
        again = good(1)
        again[0][1] = "OP&HRD/9999/LHR/2020"
        assert drafted(again).counts["faults"] == {"firm_in_register": 1}

    def test_a_number_another_firm_bore_is_told(self):
        taken()
        other = registers.messy(9, share=0)[0][8:]
        other[0][1] = "MPD/0000/LHR"
        assert drafted(other).counts["faults"] == {"number_of_another": 1}


class TestTakingBack:
    def asked(self, row, by=None):
        return actions.ask_undo_import(actor=by or make.officer(), import_id=row.pk, text="The wrong file.", at=AT)

    def test_two_officers_withdraw_every_entry_and_tell_it(self):
        row = taken()
        asking = make.officer()
        self.asked(row, asking)
        assert codes(actions.undo_import, actor=asking, import_id=row.pk, at=AT) == ["four_eyes"]
        count = len(said())
        row = actions.undo_import(actor=make.officer(), import_id=row.pk, at=AT)
        assert row.state == "undone"
        for one in Organisation.objects.all():
            assert (one.state, one.number, standing_of(one, TODAY).state) == ("withdrawn", "", "withdrawn")
            assert standing_of(one, TODAY).is_valid is False
            assert [change.use_case for change in one.changes.all()][-1] == "undo_import"
        told = said()[count:]
        public, officers = [one for one in told if one["part"] == "public"], [one for one in told if one["part"] == "officers"]
        assert {(one["state"], one["ground"]) for one in public} == {("surrendered", "entered_in_error")} and len(public) == 3
        assert [one["officers"] for one in officers] == [[]] * 3
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_the_other_state_takes_up_that_an_entry_was_an_error(self, settings):
        row = taken(good(1))
        self.asked(row)
        actions.undo_import(actor=make.officer(), import_id=row.pk, at=AT)
        told, number = said(), "OP&HRD/0000/LHR/2010"
        schema = jsonschema_rs.validator_for(messages.REGISTRY_PUBLISHED)
        assert [one for one in told if not schema.is_valid(one)] == []
        with unit_of_work("tests.clear", actor=machine("pk", "command"), at=AT) as unit:
            for model in (ImportedRow, LicenceChange):
                model.objects.all().delete()
            for one in Organisation.objects.all():
                for parts in (one.names, one.phones, one.officers, one.identifiers):
                    parts.all().delete()
            Organisation.objects.all().delete()
            unit.about(row)
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        for place, content in enumerate(told):
            heard = Statement(new_id(), messages.TYPE, "pk", "jp", new_id(), None, AT + dt.timedelta(seconds=place), Marking("public"),
                              "en", content, "x" * 43)  # fmt: skip
            actions.mirror_registry(actor=machine("jp", "mailroom"), statement=heard, at=AT)
        one = Organisation.objects.get()
        assert (one.home, one.state, one.number, one.officers.count()) == ("pk", "surrendered", "", 0)
        asked = {"kind": "OEP", "day": TODAY, "node": "jp", "book": shipped_book()}
        assert not licence_on(number=number, **asked).is_valid
        assert not licence_on(organisation=one.registry_id, **asked).is_valid

    def test_what_was_taken_back_can_be_imported_again(self):
        row = taken()
        self.asked(row)
        actions.undo_import(actor=make.officer(), import_id=row.pk, at=AT)
        assert taken().counts["fates"]["new"] == 3
        assert Organisation.objects.filter(state="withdrawn").count() == 3

    def test_an_entry_the_import_only_met_stays(self):
        there = make.entered("OEP", "OP&HRD/0001/RWP/2011")
        row = taken()
        assert row.counts["fates"] == {"new": 2, "known": 0, "differs": 1, "wrong": 0}
        self.asked(row)
        actions.undo_import(actor=make.officer(), import_id=row.pk, at=AT)
        assert Organisation.objects.get(pk=there.pk).state == "valid"

    def test_not_while_something_rests_on_an_entry(self):
        row = taken()
        one = Organisation.objects.filter(state="valid").first()
        self.asked(row)
        make.made("suspend_licence", one)
        assert codes(actions.undo_import, actor=make.officer(), import_id=row.pk, at=AT) == ["import_in_use"]
        assert Organisation.objects.get(pk=one.pk).state == "suspended"

    def test_not_while_a_person_acts_for_one(self):
        row = taken()
        actor("promoter_manager", Organisation.objects.first().registry_id)
        assert codes(self.asked, row=row) == ["import_in_use"]

    def test_the_wish_can_be_taken_back(self):
        row = self.asked(taken())
        row = actions.withdraw_import(actor=make.officer(), import_id=row.pk, at=AT)
        assert row.state == "taken" and not Waiting.objects.filter(closed_at=None).exists()

    def test_needs_a_reason(self):
        row = taken()
        assert codes(actions.ask_undo_import, actor=make.officer(), import_id=row.pk, text=" ", at=AT) == ["reason_missing"]

    def test_a_draft_taken_back_leaves_no_cells(self):
        row = actions.withdraw_import(actor=make.officer(), import_id=drafted().pk, at=AT)
        assert (row.state, ImportedSheet.objects.count(), ImportedRow.objects.count()) == ("withdrawn", 0, 0)


class TestWhoMay:
    def test_an_import_of_the_other_side_is_not_there(self, settings):
        row = drafted()
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        other = make.officer("jp")
        with pytest.raises(Missing):
            import_for(other, row.pk)
        assert "wrong_node" in codes(actions.submit_import, actor=other, import_id=row.pk, at=AT)

    def test_what_comes_next_is_offered_to_whom_it_is_open(self):
        row = drafted()
        assert import_seen(make.officer(), row.pk).next[0] == "organisations.submit_import"
        bodies("pk")
        assert import_seen(actor("contact_point_pk"), row.pk).next == []
