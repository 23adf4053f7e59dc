"""One statement as a story, and its evidence: checked here by the workshop of the seals alone, as somebody outside would."""

from __future__ import annotations

import base64
import html
import json
import re
from hashlib import sha256

import pytest
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.domain.exchange.actions.checkpoints import make_checkpoint
from rahdari.domain.exchange.actions.forks import resume
from rahdari.domain.exchange.models import Envelope, Journal, Leaf, Told
from rahdari.domain.exchange.queries.leaves import place_of
from rahdari.seals import jws, merkle, notes
from rahdari.seals.faults import Fault
from rahdari.seals.forms import decode, digest, encode
from rahdari.seals.leaves import read_leaf
from rahdari.seals.tokens import read_envelope, read_keys_token, read_receipt, read_refusal, read_statement, read_stub
from tests.make.exchange import Corridor
from tests.make.people import sign_in

pytestmark = pytest.mark.django_db
on_one_node = pytest.mark.parametrize("corridor", ["pk"], indirect=True)
SECRET = "Invented-Secret-Ahmed"


@pytest.fixture(params=["pk", "jp"])
def corridor(request, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = request.param, "jp" if request.param == "pk" else "pk"
    return Corridor(settings)


def story(client, told):
    answer = client.get(reverse("exchange.see_story", args=[told.pk]))
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def evidence(client, told):
    answer = client.get(reverse("exchange.take_evidence", args=[told.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="evidence-[a-z]{2}-[a-z]{2}-\d+\.json"', answer["Content-Disposition"])
    return json.loads(answer.content)


def known_keys(told):
    """Every key of both nodes by its name: from keys tokens signed by an office key that they name."""
    found = {}
    for owner in told["keys"]:
        for token in owner["keys_tokens"]:
            read = read_keys_token(token)
            jws.check(read.jws, read.office)
            assert read.node == owner["node"]
            found |= {(owner["node"], key.role, key.kid): key for key in read.keys}
    return found


def prove(told):
    """Proves a file of evidence with nothing but what is in it; gives how many envelopes, heads and witnesses held."""
    keys, envelopes, heads, witnesses = known_keys(told), 0, 0, set()
    for one in told["envelopes"]:
        envelope = read_stub(one["stub"]) if one["stub"] else read_envelope(one["token"])
        jws.check(envelope.jws, keys[envelope.sender, "gateway", envelope.jws.kid])
        stated = envelope.envelope if one["stub"] else digest(one["token"])
        assert (stated, envelope.seq, envelope.prev) == (one["hash"], one["seq"], one["prev"])
        assert (envelope.sender, envelope.receiver) == (told["statement"]["from"], told["statement"]["to"])
        envelopes += 1
        if one["receipt"]:
            receipt = read_receipt(one["receipt"])
            jws.check(receipt.jws, keys[envelope.receiver, "gateway", receipt.jws.kid])
            assert (receipt.envelope, receipt.seq) == (one["hash"], one["seq"])
        if one["journal"]:
            heads += 1
            witnesses |= prove_leaf(told, one, keys)
    for token in told["refusals"]:
        refusal = read_refusal(token)
        jws.check(refusal.jws, keys[told["statement"]["to"], "gateway", refusal.jws.kid])
        assert refusal.envelope in {one["hash"] for one in told["envelopes"] if one["void"]}
    if told["outcome"]:
        outcome = read_statement(told["outcome"]["token"])
        jws.check(outcome.jws, keys[told["statement"]["to"], "clerk", outcome.jws.kid])
        assert outcome.data["envelope"] in {one["hash"] for one in told["envelopes"]}
        assert outcome.data["statement"] == told["statement"]["hash"]
        assert read_envelope(told["outcome"]["envelope"]).sender == told["statement"]["to"]
    return envelopes, heads, witnesses


def prove_leaf(told, one, keys):
    """The leaf is that of the envelope and stands under the signed head; gives the nodes that cosigned the head."""
    place, raw = one["journal"], decode(one["journal"]["leaf"])
    leaf = read_leaf(raw)
    assert leaf.envelope == decode(one["hash"]).hex()
    assert leaf.receipt == sha256(one["receipt"].encode()).hexdigest()
    assert leaf.direction == ("sent" if told["made_by"] == told["statement"]["from"] else "received")
    note = notes.read_note(place["checkpoint"])
    assert (note.checkpoint.origin, note.checkpoint.size) == (place["origin"], place["size"])
    proof = [decode(step) for step in place["proof"]]
    assert merkle.verify_inclusion(place["index"], place["size"], merkle.leaf_hash(raw), proof, note.checkpoint.root)
    journals = {node: [key for (owner, role, _), key in keys.items() if (owner, role) == (node, "journal")] for node, *_ in keys}
    assert any(notes.verify_log(note, key, place["origin"]) for key in journals[told["made_by"]])
    return {
        node
        for node, held in journals.items()
        for line in note.signatures
        for key in held
        if node != told["made_by"] and notes.verify_cosignature(note, line, line.name, key) is not None
    }


class TestTheStory:
    def test_of_ours_goes_from_saying_to_the_cosigned_head(self, client, corridor):
        sign_in(client, "auditor", node=corridor.me)
        entry = corridor.says()
        said = client.get(reverse("exchange.see_said", args=[entry.pk]))
        assert said.status_code == 200
        assert "approved, waits for its place" in said.content.decode()
        told = corridor.goes(entry)
        assert client.get(reverse("exchange.see_said", args=[entry.pk]))["Location"].endswith(f"/statements/{told.pk}/")
        shown = story(client, told)
        assert "The partner has not said yet what became of it." in shown
        assert "No signed head of the journal covers it yet." in shown
        heard = corridor.answers(told)
        corridor.witnesses()
        shown = story(client, told)
        envelope, audit = Envelope.objects.get(told=told), AuditEntry.objects.get(verb="fields.decide_order")
        receipt = read_receipt(envelope.receipt)
        for words in (
            str(entry.pk), str(audit.pk), told.hash, envelope.hash, envelope.prev, receipt.hash, receipt.jws.kid,
            str(heard.statement), heard.hash, "Taken up", f"{corridor.me} {corridor.partner.node} 1",
            f"{len(envelope.token):,}", f"{len(told.token):,}", f"{corridor.me}.test.invalid/rahdari/{corridor.me}",
            "Leaf 0", "Covered by the head of size 2", f"Cosigned by {corridor.partner.origin}", "State taken up",
        ):  # fmt: skip
            assert words in shown, words
        assert "not yet" not in shown
        assert "The story of the outcome" in shown

    def test_of_the_partners_says_why_it_was_refused(self, client, corridor):
        sign_in(client, "node_operator", node=corridor.me)
        told = corridor.arrives(data={"what": SECRET})
        assert "It is taken up in its turn." in story(client, told)
        corridor.take_up()
        shown = story(client, told)
        assert "It breaks the schema of its type" in shown
        assert "approved, waits for its place" in shown  # our outcome
        corridor.signs()
        outcome = Told.objects.get(sender=corridor.me, type="exchange.outcome/1")
        assert outcome.hash in story(client, told)
        assert SECRET not in shown

    def test_of_what_could_not_be_read(self, client, corridor):
        id, statement = corridor.partner.statement(corridor.me, "field.status/1", {"what": SECRET})
        head, payload, _ = statement.split(".")
        broken = f"{head}.{payload}.{'A' * 86}"
        told_before = Told.objects.count()
        answer = corridor.brings(corridor.partner.envelope(corridor.me, id, broken))
        assert answer.problem is None and Told.objects.count() == told_before + 1
        corridor.take_up()
        sign_in(client, "auditor", node=corridor.me)
        shown = story(client, Told.objects.latest("id"))
        assert "The signature does not hold" in shown
        assert SECRET not in shown

    def test_of_one_that_was_brought_twice_and_refused_once_names_each_envelope(self, client, corridor):
        sign_in(client, "auditor", node=corridor.me)
        entry = corridor.says()
        corridor.signs()
        first = Envelope.objects.get().hash
        corridor.refuses("key_out_of_validity")
        corridor.delivers()
        told = Told.objects.get(statement=entry.pk)
        shown = story(client, told)
        assert "Envelopes that count no more" in shown and first in shown
        id, statement = corridor.partner.statement(corridor.me, "field.status/1", {"x": 1})
        for _ in range(2):
            envelope = corridor.partner.envelope(corridor.me, id, statement)
            assert corridor.brings(envelope).problem is None
            corridor.partner.seq, corridor.partner.head = corridor.partner.seq + 1, digest(envelope)
        shown = story(client, Told.objects.get(sender=corridor.partner.node))
        assert "Brought again" in shown and digest(envelope) in shown

    @on_one_node
    def test_shows_no_audit_entry_where_more_than_one_fits(self, client, corridor):
        import time_machine

        sign_in(client, "auditor", node=corridor.me)
        with time_machine.travel(now(), tick=False):
            one, other = corridor.says(), corridor.says()
        told = corridor.goes(one)
        assert AuditEntry.objects.filter(verb="fields.decide_order", at=one.at).count() == 2
        assert "Audit entry" not in story(client, told)
        assert other.pk != one.pk


class TestTheLeaf:
    def index(self, told):
        envelope = Envelope.objects.get(told=told, void=False)
        return place_of(envelope).index

    @on_one_node
    def test_is_found_wherever_it_stands(self, corridor):
        expected = {}
        for number in range(12):
            size = Journal.objects.get().size
            if number % 3:
                expected[corridor.goes(corridor.says()).pk] = size
            else:
                expected[corridor.arrives().pk] = size
        found = {pk: self.index(Told.objects.get(pk=pk)) for pk in expected}
        assert found == expected

    def test_is_found_when_a_place_stands_twice_after_a_fork(self, corridor):
        sent = [corridor.goes(corridor.says()) for _ in range(3)]
        kept = corridor.holds_another(sent[1])
        resume(actor=corridor.by, sender=corridor.me, keep=kept, at=now())
        corridor.delivers()
        assert Journal.objects.get().size == 5
        assert [self.index(told) for told in sent] == [0, 3, 4]
        lost = Envelope.objects.get(told=sent[1], void=True)
        assert place_of(lost).index == 1

    def test_is_none_before_the_receipt(self, corridor):
        corridor.says()
        corridor.signs()
        assert place_of(Envelope.objects.get()) is None

    def test_counts_a_head_without_a_witness_only_when_there_is_no_better(self, corridor):
        told = corridor.arrives()
        make_checkpoint(actor=corridor.by, at=now())
        place = place_of(Envelope.objects.get(told=told))
        assert (place.checkpoint.size, place.witnesses) == (1, ())
        corridor.arrives()
        corridor.witnesses()
        place = place_of(Envelope.objects.get(told=told))
        assert place.checkpoint.size == 2
        assert [(one.node, one.name) for one in place.witnesses] == [(corridor.partner.node, corridor.partner.origin)]


class TestTheEvidence:
    @pytest.mark.parametrize("ours", [True, False])
    def test_proves_itself(self, client, corridor, ours):
        sign_in(client, f"contact_point_{corridor.me}", node=corridor.me)
        if ours:
            told = corridor.goes(corridor.says(data={"what": SECRET}))
            corridor.answers(told)
        else:
            told = corridor.arrives(data={"what": SECRET})
            corridor.take_up()
            corridor.signs()
            corridor.delivers()
        for _ in range(5):
            corridor.arrives()
        corridor.witnesses()
        file = evidence(client, told)
        assert (file["kind"], file["made_by"]) == ("rahdari-evidence/1", corridor.me)
        assert file["statement"] == {
            "id": str(told.statement), "hash": told.hash, "from": told.sender, "to": told.receiver,
            "thread": str(told.thread), "state": Told.objects.get(pk=told.pk).state,
        }  # fmt: skip
        assert file["outcome"] is not None
        assert prove(file) == (1, 1, {corridor.partner.node})

    @on_one_node
    @pytest.mark.parametrize("what", ["leaf", "proof", "token", "receipt"])
    def test_proves_nothing_once_it_was_changed(self, client, corridor, what):
        sign_in(client, "auditor", node=corridor.me)
        told = corridor.goes(corridor.says())
        corridor.arrives()
        corridor.witnesses()
        file = evidence(client, told)
        prove(file)
        one = file["envelopes"][0]
        if what == "leaf":
            one["journal"]["leaf"] = encode(decode(one["journal"]["leaf"]).replace(b"\nsent\n", b"\nreceived\n"))
        elif what == "proof":
            one["journal"]["proof"] = [*one["journal"]["proof"][:-1], encode(bytes(32))]
        else:
            head, payload, signature = one[what].split(".")
            one[what] = f"{head}.{payload}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
        with pytest.raises((Fault, AssertionError)):
            prove(file)

    def test_holds_the_refusal_of_an_envelope_and_the_one_that_took_its_place(self, client, corridor):
        sign_in(client, "auditor", node=corridor.me)
        first, second = corridor.says(), corridor.says()
        corridor.signs()
        refusal = corridor.refuses("malformed")
        corridor.delivers()
        corridor.witnesses()
        for entry in (first, second):
            file = evidence(client, Told.objects.get(statement=entry.pk))
            assert [one["void"] for one in file["envelopes"]] == [True, False]
            assert file["refusals"] == [refusal]
        assert prove(evidence(client, Told.objects.get(statement=first.pk))) == (2, 1, {corridor.partner.node})

    def test_holds_the_statement_only_sealed(self, client, corridor):
        sign_in(client, "auditor", node=corridor.me)
        ours = corridor.goes(corridor.says(data={"what": SECRET}))
        corridor.answers(ours)
        theirs = corridor.arrives(data={"what": SECRET})
        corridor.take_up()
        for told in (ours, theirs):
            raw = client.get(reverse("exchange.take_evidence", args=[told.pk])).content.decode()
            token = Told.objects.get(pk=told.pk).token
            assert SECRET in base64.urlsafe_b64decode(token.split(".")[1] + "==").decode()
            assert token not in raw and token.split(".")[1] not in raw
            assert [part for part in opened(raw) if SECRET.encode() in part] == []
            assert "content" not in json.loads(raw)

    def test_of_a_recalled_statement_holds_the_stub_in_place_of_the_envelope(self, client, corridor):
        sign_in(client, "auditor", node=corridor.me)
        entry = corridor.says("notice.raised/1", {"what": SECRET})
        told = corridor.goes(entry)
        corridor.answers(told)
        corridor.says("notice.recalled/1", {"of": entry.pk, "reason": "mistaken"})
        corridor.signs()
        corridor.witnesses()
        shown = story(client, told)
        assert "It was recalled" in shown and told.hash in shown
        assert "Statement, bytes" not in shown and "Envelope, bytes" not in shown
        file = evidence(client, told)
        assert (file["envelopes"][0]["token"], file["statement"]["state"]) == (None, "recalled")
        assert prove(file) == (1, 1, {corridor.partner.node})

    def test_is_whole_without_receipt_outcome_and_head(self, client, corridor):
        sign_in(client, "auditor", node=corridor.me)
        corridor.says()
        corridor.signs()
        file = evidence(client, Told.objects.get())
        assert (file["outcome"], file["envelopes"][0]["receipt"], file["envelopes"][0]["journal"]) == (None, None, None)
        assert prove(file) == (1, 0, set())
        corridor.delivers()
        journal = evidence(client, Told.objects.get())["envelopes"][0]["journal"]
        assert (journal["index"], journal["size"], journal["proof"], journal["checkpoint"]) == (0, None, [], None)
        assert decode(journal["leaf"]) == bytes(Leaf.objects.get().data)


def opened(text):
    """Everything in base64url in a text, and in what that opens to."""
    found = []
    for part in re.findall(r"[A-Za-z0-9_-]{24,}", text):
        raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) if len(part) % 4 != 1 else b""
        found.append(raw)
        if raw.startswith(b"{"):
            found += opened(raw.decode("utf-8", "replace"))
    return found
