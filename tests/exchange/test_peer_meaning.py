"""Behind the signature: ids, repeats, types, schemas, markings, answers, and outcomes that have no outcomes."""

from __future__ import annotations

import pytest

from tests.exchange.peer.forms import h, uuid7
from tests.exchange.peer.link import until
from tests.exchange.peer.tokens import peek, read_jws

pytest_plugins = "tests.exchange.peer.stage"


def again(link, first, **changes):
    """Another statement under the id of an earlier one."""
    return link.draft(link.statement(id=peek(first.statement)["id"], **changes))


class TestIds:
    def test_one_used_before_is_refused_for_another_token(self, link):
        first = link.draft()
        link.taken_up(first)
        outcome = link.refused_inside(again(link, first), "id_reused")
        assert outcome["of"] == first.id

    def test_one_is_used_up_by_a_statement_that_was_refused_behind_its_signature(self, link):
        first = link.draft(link.statement(data={}))
        link.refused_inside(first, "schema")
        link.refused_inside(again(link, first), "id_reused")

    def test_one_is_not_used_up_by_what_could_not_be_opened(self, link):
        id = uuid7()
        link.refused_inside(link.draft(link.statement(id=id), body="sealed"), "cannot_open")
        link.taken_up(link.draft(link.statement(id=id)))

    def test_one_is_not_used_up_by_a_wrong_signature(self, link):
        id = uuid7()
        spoilt = f"{link.statement(id=id).rpartition('.')[0]}.{link.statement().rpartition('.')[2]}"
        link.refused_inside(link.draft(spoilt), "signature")
        link.taken_up(link.draft(link.statement(id=id)))

    def test_one_is_not_used_up_by_an_unknown_key(self, link):
        id = uuid7()
        link.refused_inside(link.draft(link.statement(id=id, role="office")), "key_unknown")
        link.taken_up(link.draft(link.statement(id=id)))

    def test_one_is_not_used_up_by_another_partner(self, counterpart, link):
        first = link.draft()
        link.taken_up(first)
        other = counterpart.shared("another caller")
        other.taken_up(other.draft(other.statement(id=first.id)))


class TestTheSameStatementAgain:
    def test_is_stored_and_its_first_outcome_repeated(self, link):
        first = link.draft()
        told = link.taken_up(first)
        second = link.draft(first.statement)
        link.accepted(second)
        outcome = link.outcome(second)
        assert outcome["repeated"] is True and outcome["envelope"] == second.hash and outcome["of"] == first.id
        same = ("outcome", "reasons", "statement")
        assert [outcome[name] for name in same] == [told[name] for name in same]

    def test_is_refused_again_with_the_first_reasons(self, link):
        first = link.draft(link.statement(data={}))
        told = link.refused_inside(first, "schema")
        second = link.draft(first.statement)
        link.accepted(second)
        outcome = link.outcome(second)
        assert outcome["repeated"] is True and outcome["reasons"] == told["reasons"]

    def test_in_one_call_is_taken_up_once(self, link):
        first = link.draft()
        second = link.behind(first, first.statement)
        assert len(link.post(first, second).receipts) == 2
        outcomes = [link.outcome(first), link.outcome(second)]
        assert [one.get("repeated", False) for one in outcomes] == [False, True]

    def test_that_could_not_be_opened_before_is_taken_up_now(self, link):
        statement = link.statement()
        link.refused_inside(link.draft(statement, body="sealed"), "cannot_open")
        second = link.draft(statement)
        link.taken_up(second)
        assert "repeated" not in link.outcome(second) or link.outcome(second)["repeated"] is False


class TestTypes:
    @pytest.mark.parametrize(
        "type", ["request.asked/2", "request.asked/99", "weather.told/1", "notice.raised/0", "exchange.outcome/2"]
    )
    def test_one_that_is_not_known_is_refused(self, link, type):
        codes = ("type_unknown", "malformed") if type.endswith("/0") else ("type_unknown",)
        link.refused_inside(link.draft(link.statement(type, {}, role="clerk")), *codes)

    def test_every_type_of_the_document_has_its_schema(self, counterpart):
        document = read_jws(counterpart.get("/.well-known/rahdari-node").body.decode(), "rahdari-node+jwt").payload
        assert {"exchange.outcome/1", "exchange.key_rolled/1", "exchange.journal_restarted/1"} <= set(document["types"])
        for type in document["types"]:
            schema = counterpart.schema(type)
            assert schema.get("$schema") == "https://json-schema.org/draft/2020-12/schema", type
            assert schema.get("additionalProperties", True) is not False, f"{type} must let unknown members pass"


class TestSchema:
    @pytest.mark.parametrize("name", ["kind", "questions", "urgency"])
    def test_a_required_member_is_missed(self, link, name):
        data = link.example()
        del data[name]
        link.refused_inside(link.draft(link.statement(data=data)), "schema")

    @pytest.mark.parametrize(
        "name,value", [("kind", "weather"), ("kind", 5), ("kind", None), ("questions", "x"), ("questions", None)]
    )
    def test_a_member_of_another_kind_is_refused(self, link, name, value):
        link.refused_inside(link.draft(link.statement(data={**link.example(), name: value})), "schema")

    def test_the_reason_says_where(self, link):
        outcome = link.refused_inside(link.draft(link.statement(data={**link.example(), "kind": "weather"})), "schema")
        reason = next(reason for reason in outcome["reasons"] if reason["code"] == "schema")
        assert set(reason) >= {"code", "path", "detail"} and "kind" in reason["path"]

    def test_nothing_but_unknown_members_is_refused(self, link):
        link.refused_inside(link.draft(link.statement(data={"a": 1})), "schema")


class TestMarking:
    def test_office_never_leaves(self, link):
        draft = link.draft(link.statement(marking={"level": "office", "bodies": []}))
        link.refused_inside(draft, "rule")
        assert link.outcome_statement(draft).members["marking"] == {"level": "contact_point", "bodies": []}

    @pytest.mark.parametrize("level", ["office", "contact_point", "authorities", "public"])
    def test_bodies_at_a_level_that_names_none_are_refused(self, link, level):
        draft = link.draft(link.statement(marking={"level": level, "bodies": ["CWA"]}))
        link.refused_inside(draft, "rule")
        assert link.outcome_statement(draft).members["marking"] == {"level": "contact_point", "bodies": []}

    def test_named_bodies_with_an_empty_list_means_nobody(self, link):
        draft = link.draft(link.statement(marking={"level": "named_bodies", "bodies": []}))
        link.accepted(draft)
        # Right as a marking; a type may still have a rule of its own that somebody must be addressed.
        assert {reason["code"] for reason in link.outcome(draft)["reasons"]} <= {"rule"}

    @pytest.mark.parametrize("level", ["secret", "Public", "TLP:RED", ""])
    def test_an_unknown_level_is_refused(self, link, level):
        draft = link.draft(link.statement(marking={"level": level, "bodies": []}))
        link.refused_inside(draft, "malformed", "rule", "schema")


class TestAnswers:
    def accepted_request(self, link, **changes):
        asked = link.draft()
        link.taken_up(asked)
        data = link.example(
            "request.rated/1", **{"of": asked.id, "statement": h(asked.statement), "timeliness": 5, "effort": 5, **changes}
        )
        return link.draft(link.statement("request.rated/1", data))

    def test_that_name_another_token_under_the_id_are_refused(self, link):
        link.refused_inside(self.accepted_request(link, statement=h("another")), "rule")

    def test_an_update_of_another_token_under_the_id_is_refused(self, link):
        raised = link.draft(link.statement("notice.raised/1"))
        link.accepted(raised)
        link.outcome(raised)
        data = link.example("notice.updated/1", of=raised.id, statement=h("another"), state="more_known")
        link.refused_inside(link.draft(link.statement("notice.updated/1", data)), "rule")


class TestOutcomes:
    def test_have_no_outcomes(self, link):
        data = {"of": uuid7(), "statement": None, "envelope": h("x"), "outcome": "taken_up", "reasons": []}
        outcome = link.draft(link.statement("exchange.outcome/1", data))
        spoilt = link.behind(outcome, link.statement("exchange.outcome/1", {**data, "outcome": "eaten"}))
        last = link.behind(spoilt)
        assert len(link.post(outcome, spoilt, last).receipts) == 3
        link.outcome(last)
        answered = {one["envelope"] for one in link.partner.outcomes}
        assert last.hash in answered and not {outcome.hash, spoilt.hash} & answered

    def test_are_said_once_for_each_envelope_and_name_everything(self, link):
        draft = link.draft()
        link.taken_up(draft)
        said = [one for one in link.partner.heard if one.members["data"].get("envelope") == draft.hash]
        assert len(said) == 1
        assert set(said[0].members["data"]) >= {"of", "statement", "envelope", "outcome", "reasons"}
        assert said[0].members["from"] == link.there and said[0].members["to"] == link.peer.node

    def test_come_in_the_order_of_the_statements_of_a_thread(self, link):
        thread = uuid7()
        drafts = [link.draft(link.statement(thread=thread))]
        for _ in range(9):
            drafts.append(link.behind(drafts[-1], link.statement(thread=thread)))
        link.post(*drafts)
        link.outcome(drafts[-1])
        until(lambda: all(link.outcome(draft) for draft in drafts), "ten outcomes")
        ours = [draft.hash for draft in drafts]
        assert [one["envelope"] for one in link.partner.outcomes if one["envelope"] in ours] == ours

    def test_one_poisonous_statement_does_not_hold_up_others(self, link):
        poison = link.draft(link.statement(data={"kind": "\u0000", "questions": [[]] * 500}))
        others = [poison]
        for _ in range(3):
            others.append(link.behind(others[-1]))
        link.post(*others)
        for draft in others[1:]:
            assert link.outcome(draft)["outcome"] == "taken_up"
        assert link.outcome(poison)["outcome"] == "refused"
