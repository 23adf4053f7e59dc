"""The registers in numbers: by kind and state on a day, and whether two nodes hold the same."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.actor import machine, stranger
from rahdari.base.clock import day_at, now
from rahdari.base.work import unit_of_work
from rahdari.domain.exchange.models import Told
from rahdari.domain.organisations import access
from rahdari.domain.organisations.queries.counts import registers_in_numbers
from rahdari.domain.organisations.rules.counts import Entry, Tally, digest, grouped, tallies
from rahdari.domain.organisations.rules.standing import TOLD_STATES
from rahdari.domain.organisations.views import numbers
from rahdari.web.rates import Rate
from tests.make import organisations as make
from tests.make.organisations import AT
from tests.make.two_nodes import two_nodes

TODAY = day_at(AT, "pk")
ENTRIES = st.lists(
    st.builds(Entry, st.from_regex(r"pk:org:[a-z]{1,4}", fullmatch=True), st.sampled_from(["OEP", "TRAINING_BODY"]),
              st.sampled_from([*TOLD_STATES, "unknown"])),
    unique_by=lambda one: one.registry_id, max_size=12,
)  # fmt: skip


class TestTheRule:
    @given(ENTRIES)
    def test_counts_every_entry_that_stands_once(self, entries):
        rows = tallies(entries, ["OEP", "TRAINING_BODY"])
        standing = [one for one in entries if one.state != "unknown"]
        assert sum(row.entries for row in rows) == len(standing)
        assert all(row.entries == sum((one.kind, one.state) == (row.kind, row.state) for one in standing) for row in rows)
        lines = grouped(rows)
        assert all(line["in_all"] == sum(line.values()) - line["in_all"] for line in lines.values())

    @given(ENTRIES, st.randoms())
    def test_the_digest_knows_no_order_and_sees_every_change(self, entries, random):
        mixed = list(entries)
        random.shuffle(mixed)
        assert digest(mixed) == digest(entries)
        for place, one in enumerate(entries):
            other = "valid" if one.state != "valid" else "cancelled"
            changed = [*entries[:place], Entry(one.registry_id, one.kind, other), *entries[place + 1 :]]
            assert digest(changed) != digest(entries)

    def test_the_digest_is_what_the_page_says(self):
        entries = [Entry("pk:org:b", "OEP", "valid"), Entry("pk:org:a", "OEP", "suspended"), Entry("pk:org:c", "OEP", "unknown")]
        assert digest(entries) == hashlib.sha256(b"pk:org:a suspended\npk:org:b valid\n").hexdigest()


@pytest.mark.django_db
class TestOneNode:
    def read(self, day=TODAY, node="pk"):
        return registers_in_numbers(stranger(node), day)

    def test_counts_by_kind_and_state_as_the_licences_stand(self):
        make.licensed()
        make.made("suspend_licence", make.licensed("pk:org:two", "OP&HRD/0002/LHR/2018"))
        make.licensed("pk:org:ends", "OP&HRD/0003/LHR/2018", until=dt.date(2026, 11, 1))
        make.entered("TRAINING_BODY")
        own, other = self.read()
        assert list(own.rows) == [
            Tally("OEP", "valid", 1), Tally("OEP", "suspended", 1), Tally("OEP", "expired", 1), Tally("TRAINING_BODY", "valid", 1),
        ]  # fmt: skip
        assert (own.home, own.own, own.entries) == ("pk", True, 4)
        assert (other.home, other.own, other.entries, list(other.rows)) == ("jp", False, 0, [])

    def test_an_application_and_an_order_that_waits_are_not_counted(self):
        make.applied()
        make.entered("OEP", make.LICENCE, decided=False)
        assert self.read()[0].entries == 0

    def test_an_earlier_day_shows_how_they_stood(self):
        row = make.licensed(until=dt.date(2026, 12, 1))
        make.made("suspend_licence", row)
        states = {
            day: [one.state for one in self.read(day)[0].rows] for day in (dt.date(2018, 2, 28), dt.date(2018, 3, 1), TODAY)
        }
        assert states == {dt.date(2018, 2, 28): [], dt.date(2018, 3, 1): ["valid"], TODAY: ["suspended"]}

    def test_costs_the_same_number_of_queries_however_many(self, django_assert_num_queries):
        counts = []
        for number in range(3):
            make.licensed(f"pk:org:n{number}", f"OP&HRD/{number + 10:04}/LHR/2018")
            with django_assert_num_queries(7):
                counts.append(self.read()[0].entries)
        assert counts == [1, 2, 3]

    def test_what_was_told_and_not_answered_is_on_its_way(self):
        make.licensed()
        assert self.read()[0].statements == {"taken_up": 0, "under_way": 2, "refused": 0}
        assert self.read()[1].statements == {}

    def test_the_outcomes_of_the_other_state_are_counted(self):
        make.licensed()
        row = make.mirrored()
        told = {
            "type": "registry.published/1", "level": "public", "language": "en", "issued_at": AT, "envelope_id": row.pk,
            "envelope_hash": "x", "at": AT, "thread": row.pk,
        }  # fmt: skip
        with unit_of_work("tests.told", actor=machine("pk", "command"), at=AT) as unit:
            for seq, (sender, state) in enumerate(
                [("pk", "taken_up"), ("pk", "refused"), ("jp", "taken_up"), ("jp", "waiting")], 1
            ):
                receiver = "jp" if sender == "pk" else "pk"
                Told(sender=sender, receiver=receiver, seq=seq, state=state, statement=None, **told).save()
            unit.about(row)
        own, other = self.read()
        assert own.statements == {"taken_up": 1, "under_way": 2, "refused": 1}
        assert other.statements == {"taken_up": 1, "under_way": 1, "refused": 0}


@pytest.mark.django_db
class TestBothNodes:
    def digests(self, corridor, day=TODAY):
        found = {}
        for node in ("pk", "jp"):
            with corridor.on(node):
                found[node] = {one.home: (one.entries, one.digest) for one in registers_in_numbers(stranger(node), day)}
        return found

    def test_agree_once_everything_was_told_and_differ_until_then(self, settings):
        corridor = two_nodes(settings)
        with corridor.on("jp"):
            make.entered("RSO", "24登-000001", officers=())
            make.entered("ACCEPTING_ORG", "8000000000001", registry_id="jp:org:hinata", officers=())
        row = make.licensed()
        make.licensed("pk:org:two", "OP&HRD/0002/LHR/2018", until=dt.date(2026, 11, 1))
        before = self.digests(corridor)
        assert before["pk"]["pk"] != before["jp"]["pk"]
        corridor.exchange(at=AT)
        after = self.digests(corridor)
        assert after["pk"] == after["jp"] and after["pk"]["pk"][0] == after["pk"]["jp"][0] == 2
        make.made("suspend_licence", row)
        changed = self.digests(corridor)
        assert changed["pk"]["pk"] != changed["jp"]["pk"] and changed["pk"]["jp"] == changed["jp"]["jp"]
        corridor.exchange(at=AT)
        make.made("cancel_licence", row, at=AT + dt.timedelta(days=1))
        corridor.exchange(at=AT + dt.timedelta(days=1))
        for day in (dt.date(2018, 2, 1), dt.date(2018, 3, 1), TODAY, TODAY + dt.timedelta(days=2)):
            same = self.digests(corridor, day)
            assert same["pk"] == same["jp"]


@pytest.mark.django_db
class TestThePage:
    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_shows_both_registers(self, client, language):
        make.licensed(at=now())
        make.mirrored()
        text = client.get(f"/{language}/licences/numbers/").content.decode()
        assert f'lang="{language}"' in text and text.count('class="code" dir="ltr"') == 2

    def test_says_whether_a_check_number_is_one_of_these(self, client):
        make.licensed(at=now())
        own = registers_in_numbers(stranger("pk"), day_at(now(), "pk"))[0]
        text = client.get("/en/licences/numbers/", {"digest": f" {own.digest.upper()} "}).content.decode()
        assert "Equal: both hold the register of Pakistan" in text
        assert "Equal to neither" in client.get("/en/licences/numbers/", {"digest": "<b>"}).content.decode()

    def test_odd_days_are_read_as_today_and_break_nothing(self, client):
        for odd in ("x", "2026-13-01", "9999-12-31", "\x00", "0001-01-01", "2026-02-30"):
            assert client.get("/en/licences/numbers/", {"on": odd}).status_code == 200
        assert client.get("/api/registers/numbers", {"on": "x"}).status_code == 422
        assert client.get("/api/registers/numbers", {"on": "9999-12-31"}).json()["on"] == day_at(now(), "pk").isoformat()

    def test_gives_the_same_as_csv_and_json(self, client):
        make.licensed(at=now())
        today = day_at(now(), "pk").isoformat()
        lines = client.get("/en/licences/numbers.csv").content.decode("utf-8-sig").splitlines()
        assert lines == ["on,kept_by,kind,state,entries", f"{today},pk,OEP,valid,1"]
        own = client.get("/api/registers/numbers").json()["registers"][0]
        assert own["counts"] == [{"kind": "OEP", "state": "valid", "entries": 1}]
        assert (own["kept_by"], own["kept_here"], own["entries"], len(own["digest"])) == ("pk", True, 1, 64)

    def test_is_not_asked_for_without_end(self, client, monkeypatch):
        rate = Rate("test-counting", minutes=5, by_address=1, by_account=0)
        monkeypatch.setattr(numbers, "COUNTING", rate)
        answers = [client.get("/en/licences/numbers/").status_code for _ in range(2)]
        assert (answers, access.COUNTING.by_address) == ([200, 429], 60)
