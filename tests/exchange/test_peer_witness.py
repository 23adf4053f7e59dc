"""The witness (section 6): every answer of C2SP tlog-witness, and cosignatures that hold."""

from __future__ import annotations

import time

import pytest

from tests.exchange.peer import courier
from tests.exchange.peer.client import send
from tests.exchange.peer.forms import b64u, stamp
from tests.exchange.peer.journal import Journal
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.notes import b64, checkpoint_text, cosign, read_checkpoint, sign_checkpoint
from tests.exchange.peer.witness import write_request

pytest_plugins = "tests.exchange.peer.stage"


@pytest.fixture
def log(link):
    """The peer's journal, cosigned as it stands, and then grown by some leaves."""
    while len(link.peer.journal.leaves) < 4:
        link.taken_up(link.draft())
    status, note = courier.seek_cosignature(link.peer, link.there)
    assert status == 200, note
    link.old = read_checkpoint(note).size
    link.taken_up(link.draft())
    link.post(link.draft())
    assert len(link.peer.journal.leaves) > link.old
    return link


def ask(link, body):
    return courier.add_checkpoint(link.partner.url, body)


def request(link, old=None, proof=None, note=None):
    """Against the size the note names: the journal grows whenever the other side sends something."""
    journal = link.peer.journal
    old = link.old if old is None else old
    note = note or journal.checkpoint()
    if proof is None:
        proof = [b64(step) for step in journal.consistency(min(old, size_of(note)), size_of(note))]
    return write_request(old, proof, note)


def size_of(note):
    return int(note.split("\n")[1])


def grown(link):
    """The request that is right just now."""
    return request(link)


def is_cosigned(link, answer, note):
    """200 with lines of the witness that verify under the partner's journal key and origin."""
    assert answer.status == 200, (answer.status, answer.body)
    assert answer.type.startswith("text/plain")
    point = read_checkpoint(note + answer.body.decode())
    keys = [key.x for key in link.partner.known.of_role("journal")]
    assert any(point.cosigned_by(link.partner.origin, x) for x in keys)
    assert abs(int.from_bytes(point.lines[-1].signature[:8]) - time.time()) < 120


class TestCosigned:
    def test_a_tree_that_has_grown(self, log):
        note = log.peer.journal.checkpoint()
        is_cosigned(log, ask(log, request(log, note=note)), note)

    def test_the_same_tree_again(self, log):
        note = log.peer.journal.checkpoint(log.old)
        is_cosigned(log, ask(log, request(log, proof=[], note=note)), note)

    def test_a_tree_that_grew_by_a_part(self, log):
        size = log.old + 1
        note = log.peer.journal.checkpoint(size)
        proof = [b64(step) for step in log.peer.journal.consistency(log.old, size)]
        is_cosigned(log, ask(log, request(log, proof=proof, note=note)), note)

    def test_with_signatures_of_strangers_beside_the_logs_own(self, log):
        note = log.peer.journal.checkpoint()
        stranger = new_key("journal").secret
        note += cosign(read_checkpoint(note).text, "witness.example/w1", stranger)
        is_cosigned(log, ask(log, request(log, note=note)), note)

    def test_for_the_first_time_from_nothing(self, own_link):
        own_link.taken_up(own_link.draft())
        note = own_link.peer.journal.checkpoint()
        is_cosigned(own_link, ask(own_link, write_request(0, [], note)), note)

    def test_and_kept_to_be_read_by_anyone(self, log):
        note = log.peer.journal.checkpoint()
        line = ask(log, request(log, note=note)).body.decode()
        answer = send(log.partner.url, "GET", f"/exchange/v1/witness/checkpoint?origin={log.peer.journal.origin}")
        assert answer.status == 200 and answer.type.startswith("text/plain")
        kept = read_checkpoint(answer.body.decode())
        assert kept.text == read_checkpoint(note).text and line.encode() in answer.body
        assert kept.signed_by(log.peer.journal.origin, log.peer.ring["journal"].secret.x)


class TestWrongOldSize:
    @pytest.mark.parametrize("step", [-1, 1, "nothing"])
    def test_is_409_with_the_size_of_the_last_one(self, log, step):
        old = 0 if step == "nothing" else log.old + step
        answer = ask(log, request(log, old=old))
        assert answer.status == 409 and answer.type.partition(";")[0] == "text/x.tlog.size"
        assert answer.body == f"{log.old}\n".encode()
        assert ask(log, grown(log)).status == 200

    def test_larger_than_the_checkpoint_is_400(self, log):
        note = log.peer.journal.checkpoint()
        assert ask(log, request(log, old=size_of(note) + 1, proof=[], note=note)).status == 400

    def test_is_told_before_the_proof_is_looked_at(self, log):
        answer = ask(log, request(log, old=log.old - 1, proof=[b64(bytes(32))]))
        assert answer.status == 409 and answer.body == f"{log.old}\n".encode()


class TestProof:
    SPOILT = {
        "missing": lambda proof: [],
        "a step too few": lambda proof: proof[:-1],
        "a step too many": lambda proof: [*proof, b64(bytes(32))],
        "a wrong step": lambda proof: [b64(bytes(32)), *proof[1:]],
        "turned round": lambda proof: [*proof[::-1], b64(bytes(32))],
        "63 steps": lambda proof: [b64(bytes(32))] * 63,
    }

    @pytest.mark.parametrize("case", SPOILT)
    def test_that_does_not_verify_is_422_and_cosigns_nothing(self, log, case):
        note = log.peer.journal.checkpoint()
        proof = [b64(step) for step in log.peer.journal.consistency(log.old, size_of(note))]
        assert ask(log, request(log, proof=self.SPOILT[case](proof), note=note)).status == 422
        assert ask(log, grown(log)).status == 200

    def test_of_another_tree_is_422(self, log):
        other = Journal(log.peer.journal.origin, log.peer.ring["journal"])
        for index in range(len(log.peer.journal.leaves) + 1):
            other.add(b"another leaf %d" % index, "xa", "pk")
        proof = [b64(step) for step in other.consistency(log.old)]
        assert ask(log, request(log, proof=proof, note=other.checkpoint())).status == 422

    def test_with_an_old_size_of_nothing_must_be_empty(self, own_link):
        own_link.taken_up(own_link.draft())
        answer = ask(own_link, write_request(0, [b64(bytes(32))], own_link.peer.journal.checkpoint()))
        assert answer.status in (400, 422)

    def test_that_same_size_has_another_root_is_409(self, log):
        note = sign_checkpoint(log.peer.journal.origin, log.old, bytes(32), log.peer.ring["journal"].secret)
        answer = ask(log, request(log, proof=[], note=note))
        assert answer.status == 409
        assert ask(log, grown(log)).status == 200


class TestWhoSigned:
    def test_an_unknown_origin_is_404(self, log):
        for origin in ("nobody.example/rahdari/zz", "127.0.0.1:1/rahdari/zz", f"x{log.peer.journal.origin}"):
            note = log.peer.journal.checkpoint(origin=origin)
            assert ask(log, request(log, note=note)).status == 404
            answer = send(log.partner.url, "GET", f"/exchange/v1/witness/checkpoint?origin={origin}")
            assert answer.status == 404 and answer.type.startswith("text/plain")

    @pytest.mark.parametrize("label", ["gateway", "clerk", "office", "strange"])
    def test_a_signature_of_no_journal_key_is_403(self, log, label):
        key = new_key("journal") if label == "strange" else log.peer.ring[label]
        assert ask(log, request(log, note=log.peer.journal.checkpoint(key=key))).status == 403
        assert ask(log, grown(log)).status == 200

    def test_a_spoilt_signature_is_403(self, log):
        note = log.peer.journal.checkpoint()
        text, _, line = note.rpartition(" ")
        other = log.peer.journal.checkpoint(log.old).rpartition(" ")[2]
        assert ask(log, request(log, note=f"{text} {other}")).status == 403
        assert line != other

    def test_a_signature_under_another_name_is_403(self, log):
        note = log.peer.journal.checkpoint()
        text, _, lines = note.rpartition("\n\n")
        spoilt = lines.replace(log.peer.journal.origin, "witness.example/w1")
        assert ask(log, request(log, note=f"{text}\n\n{spoilt}")).status == 403

    def test_a_cosignature_is_no_signature_of_the_log(self, log):
        text = checkpoint_text(log.peer.journal.origin, len(log.peer.journal.leaves), log.peer.journal.root())
        note = f"{text}\n{cosign(text, log.peer.journal.origin, log.peer.ring['journal'].secret)}"
        assert ask(log, request(log, note=note)).status == 403

    def test_another_partners_origin_under_my_key_is_403(self, counterpart, log):
        other = counterpart.shared("another caller")
        note = log.peer.journal.checkpoint(origin=other.peer.journal.origin)
        assert ask(log, request(log, note=note)).status == 403

    def test_the_nodes_own_origin_is_not_cosigned(self, log):
        note = log.peer.journal.checkpoint(origin=log.partner.origin)
        assert ask(log, request(log, note=note)).status in (403, 404)


def head(text):
    return lambda body: text.encode() + body.partition(b"\n")[2]


def line(number, change):
    def spoil(body):
        top, gap, note = body.partition(b"\n\n")
        lines = note.split(b"\n")
        lines[number] = change(lines[number])
        return top + gap + b"\n".join(lines)

    return spoil


FORMS = {
    "nothing": lambda body: b"",
    "JSON": lambda body: b'{"old":0}',
    "no UTF-8": lambda body: b"\xff" + body,
    "no old size": lambda body: body.partition(b"\n")[2],
    "another word": head("new 1\n"),
    "a negative old size": head("old -1\n"),
    "an old size with a zero before": head("old 01\n"),
    "an old size with a plus": head("old +1\n"),
    "an old size with a blank behind": head("old 1 \n"),
    "two blanks": head("old  1\n"),
    "no number": head("old x\n"),
    "a number too large to be": head("old " + "9" * 40 + "\n"),
    "carriage returns": lambda body: body.replace(b"\n", b"\r\n"),
    "no empty line": lambda body: body.replace(b"\n\n", b"\n", 1),
    "a proof that is no base64": lambda body: body.replace(b"\n", b"\n!!!!\n", 1),
    "a proof in base64url": lambda body: body.replace(b"\n", b"\n" + b"_" * 43 + b"=\n", 1),
    "a step of 31 bytes": lambda body: body.replace(b"\n", b"\n" + b64(bytes(31)).encode() + b"\n", 1),
    "64 steps": lambda body: body.replace(b"\n", b"\n" + (b64(bytes(32)) + "\n").encode() * 64, 1),
    "a size with a zero before": line(1, lambda size: b"0" + size),
    "a size that is no number": line(1, lambda size: b"x"),
    "a negative size": line(1, lambda size: b"-1"),
    "a root of 31 bytes": line(2, lambda top: b64(bytes(31)).encode()),
    "a root that is no base64": line(2, lambda top: b"!" * 44),
    "a root without padding": line(2, lambda top: top[:-1]),
    "no signature": lambda body: body.rpartition(b"\n\n")[0] + b"\n",
    "a note of two lines": lambda body: body.replace(body.split(b"\n\n")[1].split(b"\n")[2] + b"\n", b"", 1),
}


class TestForm:
    @pytest.mark.parametrize("case", FORMS)
    def test_of_the_request_is_strict(self, log, case):
        body = FORMS[case](grown(log))
        answer = ask(log, body)
        expected = (400, 403) if case == "no signature" or "signature" in case else (400,)
        assert answer.status in expected, (answer.status, answer.body)
        assert ask(log, grown(log)).status == 200

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_of_other_methods_is_refused(self, log, method):
        answer = send(log.partner.url, method, "/exchange/v1/witness/add-checkpoint", grown(log) if method == "PUT" else b"")
        assert answer.status in (400, 401, 403, 404, 405)

    @pytest.mark.parametrize("query", ["", "?origin=", "?origin=%00", "?origin=%ff", f"?origin={'x' * 3000}", "?x=1"])
    def test_of_a_question_for_a_checkpoint_raises_no_fault(self, counterpart, query):
        answer = counterpart.get(f"/exchange/v1/witness/checkpoint{query}")
        assert answer.status in (400, 404)


class TestClosedOrigin:
    def restarted(self, link, **changes):
        journal = link.peer.journal
        data = {
            "old_origin": journal.origin,
            "size": len(journal.leaves),
            "root": root_of(journal),
            "new_origin": f"{journal.origin}/2",
            "reason": "restored",
            **changes,
        }
        return link.draft(link.statement("exchange.journal_restarted/1", data))

    def test_is_cosigned_no_more_and_the_next_one_is(self, own_link):
        link = own_link
        link.taken_up(link.draft())
        assert courier.seek_cosignature(link.peer, link.there)[0] == 200
        old = link.peer.journal
        link.taken_up(self.restarted(link))
        assert ask(link, write_request(len(old.leaves), [], old.checkpoint())).status == 403
        new = link.peer.journal = Journal(f"{old.origin}/2", link.peer.ring["journal"])
        token = link.peer.ring.keys_token(link.peer.node, new.origin)
        rolled = {"keys_token": token, "at": stamp(), "reason": "planned", "retire": []}
        link.taken_up(link.draft(link.statement("exchange.key_rolled/1", rolled)))
        link.taken_up(link.draft())
        note = new.checkpoint()
        is_cosigned(link, ask(link, write_request(0, [], note)), note)
        assert ask(link, write_request(len(old.leaves), [], old.checkpoint())).status == 403

    CHANGES = {
        "a smaller size than was cosigned": {"size": 1},
        "another root at that size": {"root": "A" * 43},
        "an origin of another": {"old_origin": "127.0.0.1:1/rahdari/zz"},
    }

    @pytest.mark.parametrize("case", CHANGES)
    def test_is_not_closed_by_a_statement_with(self, link, case):
        link.taken_up(link.draft())
        link.taken_up(link.draft())
        assert courier.seek_cosignature(link.peer, link.there)[0] == 200
        size = read_checkpoint(link.peer.journal.notes[-1]).size
        changes = {"size": size, "root": root_of(link.peer.journal, size), **self.CHANGES[case]}
        link.refused_inside(self.restarted(link, **changes), "rule")
        assert courier.seek_cosignature(link.peer, link.there)[0] == 200


def root_of(journal, size=None):
    return b64u(journal.root(size))
