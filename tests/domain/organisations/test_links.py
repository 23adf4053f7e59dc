"""The link view: what hangs together over two steps, how it is drawn, and what it shows to whom."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.queries.links import net_of
from rahdari.domain.organisations.rules.entries import AccountEntered, OfficerEntered
from rahdari.domain.organisations.rules.links import Thing, drawn, net_from, told_in_rows
from tests.make import organisations as make
from tests.make.organisations import AT
from tests.make.people import actor, sign_in

OLD = OfficerEntered("Javed Anjum (invented)", "owner", make.card(99), "0300 5550199")
ACCOUNT = AccountEntered("Bank (invented)", "PK36SCBL0000001123456702")
NAMES = {one: one.upper() for one in "abcde"}


def thing(key, kind="phone"):
    return Thing(kind, key, f"label {key}")


class TestNet:
    held = {"a": [thing("p"), thing("own")], "b": [thing("p"), thing("q")], "c": [thing("q"), thing("r")], "d": [thing("r")]}

    def test_goes_two_steps_and_no_farther(self):
        knots = {one.key: one.column for one in net_from("a", NAMES, self.held).knots}
        assert knots == {"a": 0, "p": 1, "b": 2, "q": 3, "c": 4}

    def test_leaves_out_what_one_has_alone(self):
        assert "own" not in {one.key for one in net_from("a", NAMES, self.held).knots}
        assert net_from("e", NAMES, {"e": [thing("x")], "a": [thing("y")]}).threads == ()

    def test_is_told_in_rows_as_it_is_drawn(self):
        net = net_from("a", NAMES, self.held)
        assert [(one.key, [holder.key for holder in holders]) for one, holders in told_in_rows(net)] == [
            ("p", ["a", "b"]), ("q", ["b", "c"]),
        ]  # fmt: skip
        assert len(drawn(net).lines) == len(net.threads) == 4

    def test_begins_where_the_line_of_text_begins(self):
        net = net_from("a", NAMES, self.held)
        left, right = drawn(net), drawn(net, from_right=True)
        assert min(left.placed, key=lambda one: one.x).knot.key == max(right.placed, key=lambda one: one.x).knot.key == "a"
        assert {one.y for one in left.placed} == {one.y for one in right.placed}

    def test_no_two_knots_stand_upon_each_other(self):
        many = {"a": [thing(f"p{n}") for n in range(9)]} | {f"o{n}": [thing(f"p{n}")] for n in range(9)}
        drawing = drawn(net_from("a", {**NAMES, **{f"o{n}": "O" for n in range(9)}}, many))
        places = [(one.x, one.y) for one in drawing.placed]
        assert len(places) == len(set(places)) == 19
        assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in places)


@pytest.fixture
def three(db):
    """The first shares an account and an old hand with the second, the second the phone of its office with the third."""
    street = "Invented Street, Mardan"
    first = make.entered(
        "OEP", "MPD/1250/RWP/92", name="Karwan Express", officers=(OLD,), accounts=(ACCOUNT,), address=f"1 {street}"
    )  # fmt: skip
    second = make.entered(
        "OEP", "OP&HRD/5109/SKT/2024", name="Naya Safar", officers=(OLD,), accounts=(ACCOUNT,), phones=("0915550101",),
        address=f"2 {street}",
    )  # fmt: skip
    third = make.entered("OEP", "OP&HRD/5110/SKT/2024", name="Sitara", phones=("0915550101",), address=f"3 {street}")
    return first, second, third


def kinds(who, row):
    return {one.kind for one in net_of(who, row).knots}


class TestWhoSees:
    def test_the_office_sees_people_and_accounts_over_two_steps(self, three):
        net = net_of(make.officer(), three[0])
        columns = {one.label: one.column for one in net.knots}
        assert columns["Karwan Express"] == 0 and columns["Naya Safar"] == 2 and columns["Sitara"] == 4
        assert {one.kind for one in net.knots} == {"organisation", "person", "account", "phone"}

    def test_where_people_are_closed_nothing_personal_is_drawn_or_counted(self, three):
        outsider = actor("bureau_officer")
        closed = type(outsider)(node="jp", role="bureau_officer", body="BEOE", person=outsider.person)
        assert kinds(closed, three[0]) == {"organisation"}
        assert kinds(closed, three[1]) == {"organisation", "phone"}

    @pytest.mark.parametrize("role", ["protector", "promoter_manager", "oec_officer"])
    def test_others_do_not_even_learn_whether_there_is_anything(self, client, three, role):
        sign_in(client, role)
        answers = [client.get(f"/en/licences/desk/{pk}/links/") for pk in (three[0].pk, uuid4())]
        assert {one.status_code for one in answers} == {403}
        assert "Naya Safar" not in answers[0].content.decode()

    def test_one_address_and_one_principal_are_shared_too(self, db):
        rows = [
            make.entered("OEP", number, name=name, address=address)
            for number, name, address in (
                ("MPD/1250/RWP/92", "Karwan Express", "12 Invented Plaza, Lahore"),
                ("OP&HRD/5109/SKT/2024", "Naya Safar", "12 INVENTED Plaza, Lahore"),
                ("OP&HRD/5110/SKT/2024", "Sitara Promoters", "13 Invented Plaza, Lahore"),
            )
        ]
        told = {"principal": "jp:org:kaisha", "principal_name": "Kaisha (invented)", "from_on": None, "until": AT.date()}
        with unit_of_work("tests.attest", actor=(who := make.officer()), at=AT) as unit:
            for row in rows[1:]:
                asked = told | {"promoter": row.registry_id, "demand": uuid4()}
                actions.keep_power_of_attorney(actor=who, **asked, at=AT)
            unit.about(rows[0])
        net = net_of(who, rows[0])
        assert [(one.label, one.column) for one in net.knots if one.kind != "person"] == [
            ("Karwan Express", 0), ("12 Invented Plaza, Lahore", 1), ("Naya Safar", 2), ("Kaisha (invented)", 3),
            ("Sitara Promoters", 4),
        ]  # fmt: skip


class TestThePage:
    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_says_in_the_table_what_the_drawing_shows(self, client, three, language):
        sign_in(client, "bureau_officer")
        page = client.get(f"/{language}/licences/desk/{three[0].pk}/links/").content.decode()
        assert 'class="net"' in page and "<script" not in page and "<table" in page
        for said in ("Karwan Express", "Naya Safar", "Sitara", OLD.name, ACCOUNT.number, "+92915550101"):
            assert page.count(said) >= 2 or said == ACCOUNT.number
        for row in three:
            assert reverse("organisations.see_organisation", args=[row.pk]).partition("/licences")[2] in page

    def test_says_when_there_is_nothing(self, client, db):
        row = make.licensed()
        sign_in(client, "bureau_officer")
        page = client.get(f"/en/licences/desk/{row.pk}/links/").content.decode()
        assert "It shares nothing with another organisation" in page and 'class="net"' not in page


class TestPrograms:
    def test_read_the_same_net_and_only_who_may(self, client, three):
        who, scope = actor("bureau_officer"), "organisations.see_links"
        _, secret = make_token(actor=who, name="n", scopes=[scope], expires_at=now() + dt.timedelta(days=9), at=now())
        place = f"/api/organisations/{three[0].pk}/links"
        told = client.get(place, HTTP_AUTHORIZATION=f"Bearer {secret}").json()
        assert [one["label"] for one in told["knots"] if one["kind"] == "organisation"] == [
            "Karwan Express",
            "Naya Safar",
            "Sitara",
        ]
        ids = {one["id"] for one in told["knots"]}
        assert {one[end] for one in told["threads"] for end in ("organisation", "thing")} <= ids and len(told["threads"]) == 8
        assert client.get(place).status_code == 403
