"""Markings: what each level opens to whom, as a rule, as a filter of rows, and on the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.template import Context, Template
from django.utils.translation import override

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.reference import shipped_book
from rahdari.base.rows import writing
from rahdari.base.statements import LEVELS, Marking, Statement
from rahdari.domain.accounts.rules.roles import TABLE
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.disclosure.queries import marking_of, viewer_of, visible_to
from rahdari.domain.disclosure.rules import told_by, why_not_say, why_not_see
from tests.make.people import organisation

BODIES = ("PROTECTOR", "CONTACT_PK", "pk:org:hamrah", "ISA", "MOP_HRD", "WORKER")
MARKINGS = [
    *(Marking(level) for level in LEVELS),
    *(Marking("named_bodies", (body,)) for body in BODIES),
    Marking("named_bodies", ("CWA", "PROTECTOR")),
]


def who(role, body, node="pk"):
    return Actor(node=node, role=role, body=body, person=uuid4())


PEOPLE = {
    "the contact point": who("contact_point_pk", "CONTACT_PK"),
    "a Protector": who("protector", "PROTECTOR"),
    "an attaché": who("attache", "CWA"),
    "a promoter": who("promoter_manager", "pk:org:hamrah"),
    "another promoter": who("promoter_manager", "pk:org:other"),
    "the operator": who("node_operator", "MOP_HRD"),
    "the auditor": who("auditor", "MOP_HRD"),
    "a custodian": who("custodian_pk", "MOP_HRD"),
    "a complaint officer of the ministry": who("grievance_pk", "MOP_HRD"),
    "a worker": who("worker", ""),
    "somebody who calls himself a worker's body": who("worker", "WORKER"),
    "staff without a second factor": Actor("pk", "newcomer", "CONTACT_PK", uuid4()),
    "staff without a role": who("none", "PROTECTOR"),
    "the partner's contact point, here": who("contact_point_jp", "CONTACT_JP"),
    "a Japanese role on this node": who("isa_regional", "ISA"),
    "a role without a person": replace(who("protector", "PROTECTOR"), person=None),
    "the node itself": machine("pk", "timetable"),
    "a stranger": stranger("pk"),
}


def may(person, marking, originator="jp"):
    return why_not_see(marking, originator, viewer_of(PEOPLE[person], shipped_book())) == []


def seen_by(marking, originator="jp"):
    return {person for person in PEOPLE if may(person, marking, originator)}


class TestWhoSees:
    def test_contact_point_opens_to_the_receiving_contact_point_alone(self):
        assert seen_by(Marking("contact_point")) == {"the contact point"}

    def test_named_bodies_opens_to_the_listed_alone_and_to_the_contact_point_only_when_listed(self):
        assert seen_by(Marking("named_bodies", ("PROTECTOR",))) == {"a Protector"}
        assert seen_by(Marking("named_bodies", ("PROTECTOR", "CONTACT_PK"))) == {"a Protector", "the contact point"}
        assert seen_by(Marking("named_bodies", ("pk:org:hamrah",))) == {"a promoter"}

    def test_an_empty_list_of_bodies_means_nobody(self):
        assert seen_by(Marking("named_bodies")) == set()

    def test_a_body_of_the_other_state_opens_nothing_here(self):
        assert seen_by(Marking("named_bodies", ("ISA", "CONTACT_JP"))) == set()

    def test_authorities_opens_to_those_the_memorandum_names_on_this_side(self):
        assert seen_by(Marking("authorities")) == {"the contact point", "a complaint officer of the ministry"}

    def test_public_opens_to_anyone(self):
        assert seen_by(Marking("public")) == set(PEOPLE)

    def test_office_opens_to_nobody(self):
        assert seen_by(Marking("office")) == set()

    def test_the_operator_the_auditor_and_a_custodian_see_nothing_but_the_public(self):
        for marking in MARKINGS:
            if marking.level != "public":
                assert not {"the operator", "the auditor", "a custodian"} & seen_by(marking)

    @pytest.mark.parametrize("marking", MARKINGS, ids=str)
    def test_what_this_node_authored_is_not_closed_by_its_marking(self, marking):
        assert seen_by(marking, originator="pk") == set(PEOPLE)

    def test_the_other_node_has_its_own_contact_point_and_authorities(self):
        book = shipped_book()
        contact, isa, lsio = (viewer_of(who(role, body, "jp"), book) for role, body in (
            ("contact_point_jp", "CONTACT_JP"), ("isa_regional", "ISA"), ("labour_ministry", "LSIO"),
        ))  # fmt: skip
        assert why_not_see(Marking("contact_point"), "pk", contact) == []
        assert why_not_see(Marking("authorities"), "pk", isa) == []
        assert [one.code for one in why_not_see(Marking("authorities"), "pk", lsio)] == ["marked_closed"]

    def test_every_role_of_the_table_is_closed_out_by_an_empty_list(self):
        book = shipped_book()
        actors = [who(role.code, body, node) for role in TABLE for node in role.nodes for body in role.bodies]
        assert actors
        assert all(why_not_see(Marking("named_bodies"), "xx", viewer_of(actor, book)) for actor in actors)


class TestWhatMayBeSaid:
    @pytest.mark.parametrize(("marking", "codes"), [
        (Marking(), []),
        (Marking("public"), []),
        (Marking("authorities"), []),
        (Marking("named_bodies"), []),
        (Marking("named_bodies", ("CWA",)), []),
        (Marking("office"), ["office_never_leaves"]),
        (Marking("office", ("CWA",)), ["office_never_leaves", "bodies_without_level"]),
        (Marking("public", ("CWA",)), ["bodies_without_level"]),
        (Marking("contact_point", ("CONTACT_PK",)), ["bodies_without_level"]),
        (Marking("secret"), ["level_unknown"]),
        (Marking(""), ["level_unknown"]),
    ])  # fmt: skip
    def test_refuses_what_cannot_stand_on_a_statement(self, marking, codes):
        assert [one.code for one in why_not_say(marking)] == codes


class Told(Marked):
    """A table for these tests."""

    class Meta(Marked.Meta):
        app_label = "disclosure"


class Beside(models.Model):
    """A row that hangs on a marked one."""

    told = models.ForeignKey(Told, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "disclosure"


@pytest.fixture
def rows(db):
    with connection.schema_editor() as editor:
        editor.create_model(Told)
        editor.create_model(Beside)
    token = writing.set(True)
    for home, marking in product(("pk", "jp"), MARKINGS):
        row = Told.objects.create(home=home, level=marking.level, bodies=list(marking.bodies))
        Beside.objects.create(told=row)
    writing.reset(token)
    return list(Told.objects.all())


class TestTheFilter:
    @pytest.mark.parametrize("node", ["pk", "jp"])
    def test_lets_through_exactly_what_the_rule_opens(self, rows, node):
        book, told = shipped_book(), 0
        for person in PEOPLE.values():
            actor = replace(person, node=node)
            viewer = viewer_of(actor, book)
            expected = {row.pk for row in rows if not why_not_see(marking_of(row), row.home, viewer)}
            assert {row.pk for row in visible_to(actor, Told.objects.all())} == expected
            assert Beside.objects.filter(told__in=expected).count() == visible_to(actor, Beside.objects.all(), "told__").count()
            told += len(expected)
        assert told > len(PEOPLE) * len(MARKINGS)

    def test_finds_bodies_by_an_index(self, rows):
        with connection.cursor() as cursor:
            cursor.execute("select indexdef from pg_indexes where tablename = %s", [Told._meta.db_table])
            assert any("gin (bodies)" in line for (line,) in cursor.fetchall())


def test_every_marked_table_has_the_index_of_its_bodies():
    marked = [model for model in apps.get_models() if issubclass(model, Marked)]
    without = [model._meta.label for model in marked if not any(index.fields == ["bodies"] for index in model._meta.indexes)]
    assert without == []


def test_a_mirrored_row_takes_home_token_and_marking_of_its_statement():
    at = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
    one = Statement(
        id=uuid4(), type="request.asked/1", sender="jp", receiver="pk", thread=uuid4(), in_reply_to=None, issued_at=at,
        marking=Marking("named_bodies", ("CWA",)), language="en", data={}, hash="h",
    )  # fmt: skip
    row = Told(**told_by(one))
    assert (row.home, row.statement, row.statement_hash, row.issued_at) == ("jp", one.id, "h", at)
    assert marking_of(row) == one.marking


class TestTheBand:
    def shown(self, language="en", where="above", inside=False, **told):
        row = SimpleNamespace(
            **{"home": "jp", "level": "contact_point", "bodies": [], "issued_at": dt.datetime(2026, 10, 1, tzinfo=dt.UTC)} | told
        )
        with override(language):
            return Template("{% marking row where inside %}").render(Context({"row": row, "where": where, "inside": inside}))

    @pytest.mark.parametrize(("level", "tlp", "tone"), [
        ("contact_point", "TLP:RED", "marking red"), ("named_bodies", "TLP:AMBER+STRICT", "marking amber"),
        ("authorities", "TLP:AMBER<", "marking amber"), ("public", "TLP:CLEAR", 'class="marking"'),
    ])  # fmt: skip
    def test_bears_the_word_of_the_level_and_names_originator_and_date(self, level, tlp, tone):
        shown = self.shown(level=level)
        for part in (tlp, tone, "Originator: Japan", "1 October 2026"):
            assert part in shown

    @pytest.mark.django_db
    def test_names_the_bodies_it_is_open_to_and_leaves_its_id_to_one_that_is_not_known(self):
        organisation("OEP", "pk:org:hamrah", name="Hamrah (invented)")
        shown = self.shown(level="named_bodies", bodies=["PROTECTOR", "pk:org:hamrah", "pk:org:gone"])
        assert "Protector of Emigrants, Hamrah (invented) and pk:org:gone" in shown
        assert "pk:org:hamrah" not in shown

    def test_says_where_it_stands_and_is_a_note_inside_a_page(self):
        assert '<aside class="marking red" aria-label="Marking, above">' in self.shown()
        assert 'aria-label="Marking, below"' in self.shown(where="below")
        assert '<div role="note"' in self.shown(inside=True) and "aside" not in self.shown(inside=True)

    def test_is_silent_on_what_this_node_authored(self):
        assert self.shown(home="pk").strip() == ""

    @pytest.mark.parametrize(
        ("language", "words"), [("en", "written consent of Japan"), ("ur", "تحریری رضامندی"), ("ja", "書面による同意")]
    )
    def test_speaks_three_languages(self, language, words):
        assert words in self.shown(language)

    def test_writes_hostile_bodies_as_text(self):
        assert "<b>x</b>" not in self.shown(level="named_bodies", bodies=["<b>x</b>"])
