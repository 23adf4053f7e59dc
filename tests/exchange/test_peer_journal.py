"""The journal of the other side (section 6): leaves to the byte, proofs, checkpoints it asks my witness for, exports and their verifier."""

from __future__ import annotations

import json

import pytest

from tests.exchange.peer import courier
from tests.exchange.peer.forms import b64u, h, unb64u, uuid7
from tests.exchange.peer.journal import Journal, leaf, read_export
from tests.exchange.peer.letters import read_receipt, stub_of
from tests.exchange.peer.link import until
from tests.exchange.peer.notes import read_checkpoint
from tests.exchange.peer.tree import includes, leaf_hash, root

pytest_plugins = "tests.exchange.peer.stage"


def proof(link, index, size):
    return link.call("GET", f"/exchange/v1/journal/proof?index={index}&size={size}")


def seen(link, size):
    """The checkpoint of the other side that my witness cosigned, once it covers so many leaves."""

    def found():
        note = link.peer.witness.last_note(link.partner.origin)
        return note if note and read_checkpoint(note).size >= size else None

    return read_checkpoint(until(found, f"a checkpoint of {size} leaves"))


def stored(link, draft, opened):
    """Posts one envelope; gives the leaf the text demands for it, its index, and the checkpoint that covers it."""
    receipt_token = link.post(draft).receipts[0]
    token = draft if isinstance(draft, str) else draft.token
    receipt = read_receipt(receipt_token, token, link.partner.known)
    names = (receipt["from"], receipt["to"], receipt["seq"], receipt["envelope"])
    data = leaf("received", *names, opened, receipt_token, receipt["stored_at"])
    return data, receipt["journal_size"] - 1, seen(link, receipt["journal_size"])


def is_included(link, data, index, point):
    answer = proof(link, index, point.size)
    assert answer.status == 200, (answer.status, answer.body)
    said = answer.json()
    assert (said["index"], said["size"]) == (index, point.size)
    assert includes(leaf_hash(data), index, point.size, [unb64u(step) for step in said["proof"]], point.root)


class TestLeaf:
    def test_of_what_opened_has_the_hash_of_the_statement_token(self, link):
        draft = link.draft()
        is_included(link, *stored(link, draft, draft.statement.encode("ascii")))

    def test_of_what_did_not_open_has_a_dash(self, link):
        is_included(link, *stored(link, link.draft(body="sealed"), None))

    def test_of_what_opened_to_rubbish_has_the_hash_of_the_rubbish(self, link):
        plain = b"\xff rubbish"
        is_included(link, *stored(link, link.draft(body=link.sealed(plain)), plain))

    def test_of_a_stub_has_the_hash_the_stub_names_and_a_dash(self, link):
        token = stub_of(link.draft().token, uuid7(), link.peer.ring["gateway"])
        is_included(link, *stored(link, token, None))

    def test_stays_the_same_when_the_envelope_comes_again(self, link):
        draft = link.draft()
        data, index, point = stored(link, draft, draft.statement.encode("ascii"))
        link.post(draft)
        is_included(link, data, index, point)


class TestProof:
    def test_beyond_the_tree_is_404(self, link):
        draft = link.draft()
        _, index, point = stored(link, draft, None)
        for where, size in ((point.size, point.size), (index, 10**9), (10**9, 10**9 + 1)):
            answer = proof(link, where, size)
            assert (answer.status, answer.type.partition(";")[0]) == (404, "application/problem+json")

    def test_for_an_older_size_is_given_too(self, link):
        draft = link.draft()
        data, index, point = stored(link, draft, draft.statement.encode("ascii"))
        answer = proof(link, index, index + 1)
        assert answer.status == 200
        assert answer.json()["size"] == index + 1 <= point.size
        assert all(len(unb64u(step)) == 32 for step in answer.json()["proof"])

    def test_of_a_leaf_of_others_is_403(self, counterpart, link):
        other = counterpart.shared("another caller")
        draft = other.draft()
        _, index, point = stored(other, draft, None)
        answer = proof(link, index, point.size)
        assert (answer.status, answer.problem) == (403, "not_a_party")


class TestCheckpoints:
    def test_are_of_the_origin_of_the_document_and_signed_by_the_journal_key(self, link):
        draft = link.draft()
        receipt = read_receipt(link.accepted(draft), draft.token, link.partner.known)
        point = seen(link, receipt["journal_size"])
        assert point.origin == link.partner.origin
        assert any(point.signed_by(point.origin, key.x) for key in link.partner.known.of_role("journal"))

    def test_grow_without_alarm_at_my_witness(self, link):
        for _ in range(3):
            draft = link.draft()
            receipt = read_receipt(link.accepted(draft), draft.token, link.partner.known)
        seen(link, receipt["journal_size"])
        assert link.peer.witness.alarms == []


def mine(link, path, notes=True):
    """My own journal as an export that another's verifier must be able to read."""
    if notes:
        status, _ = courier.seek_cosignature(link.peer, link.there)
        assert status == 200
    tokens = [link.peer.ring.keys_token(link.peer.node, link.peer.journal.origin)]
    witness = {"node": link.there, "name": link.partner.origin, "keys_tokens": link.partner.keys_tokens}
    link.peer.journal.export(path, link.peer.node, tokens, [witness])
    return path


def edited(path, change):
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = change(lines) or lines
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def change_leaf(lines):
    number = next(index for index, line in enumerate(lines) if line["kind"] == "leaf")
    raw = unb64u(lines[number]["data"])
    lines[number]["data"] = b64u(
        raw.replace(b"sent" if b"\nsent\n" in raw else b"received", b"sent" if b"received" in raw else b"received")
    )


def change_note(lines):
    note = next(line for line in lines if line["kind"] == "checkpoint")
    head, _, rest = note["note"].partition("\n")
    note["note"] = f"{head}\n{rest[1:] if rest[0] != '1' else '2' + rest[1:]}"


BROKEN = {
    "a leaf changed": change_leaf,
    "a leaf left out": lambda lines: [line for line in lines if line.get("index") != 1],
    "two leaves exchanged": lambda lines: [lines[0], {**lines[2], "index": 0}, {**lines[1], "index": 1}, *lines[3:]],
    "a checkpoint of another size": change_note,
    "a signature spoilt": lambda lines: lines[-1].update(note=lines[-1]["note"].replace(" ", "  ", 0)[:-12] + "AAAAAAAAAA=\n"),
}


@pytest.mark.nodes
class TestVerifier:
    """`rahdari journal verify` on exports written by another program."""

    @pytest.fixture
    def talked(self, real_node):
        link = real_node.shared(__name__)
        while len(link.peer.journal.leaves) < 6:
            link.taken_up(link.draft())
        link.node = real_node
        return link

    def verify(self, link, path, *words):
        return link.node.command("journal", "verify", str(path), *words)

    def pins(self, link):
        return ["--fingerprint", link.peer.fingerprint, "--fingerprint", link.node.fingerprint]

    def test_finds_my_export_whole(self, talked, tmp_path):
        done = self.verify(talked, mine(talked, tmp_path / "mine"), *self.pins(talked))
        assert done.returncode == 0, done.stdout + done.stderr

    def test_says_without_fingerprints_what_it_cannot_know(self, talked, tmp_path):
        done = self.verify(talked, mine(talked, tmp_path / "mine"))
        assert done.returncode == 0 and "self-consistent, not authenticated" in done.stdout

    def test_finds_it_broken_under_another_fingerprint(self, talked, tmp_path):
        done = self.verify(talked, mine(talked, tmp_path / "mine"), "--fingerprint", h("another"))
        assert done.returncode != 0

    @pytest.mark.parametrize("case", BROKEN)
    def test_finds_it_broken_with(self, talked, tmp_path, case):
        path = edited(mine(talked, tmp_path / "mine"), BROKEN[case])
        done = self.verify(talked, path, *self.pins(talked))
        assert done.returncode in (1, 2) and "Traceback" not in done.stderr, done.stdout + done.stderr
        assert case.startswith(("a signature", "a checkpoint", "a leaf left")) or done.returncode == 1

    @pytest.mark.parametrize("text", ["", "x", "{}\n", '{"kind":"leaf"}\n', "\x00\x01"], ids=repr)
    def test_says_that_it_cannot_read_what_is_no_export(self, talked, tmp_path, text):
        path = tmp_path / "none"
        path.write_text(text)
        done = self.verify(talked, path, *self.pins(talked))
        assert done.returncode == 2 and "Traceback" not in done.stderr

    def theirs(self, link, path):
        done = link.node.command("journal", "export", str(path))
        assert done.returncode == 0, done.stderr
        return path

    def test_finds_both_journals_to_agree(self, talked, tmp_path):
        theirs, ours = self.theirs(talked, tmp_path / "theirs"), mine(talked, tmp_path / "mine")
        for first, second in ((ours, theirs), (theirs, ours)):
            done = self.verify(talked, first, "--against", str(second), *self.pins(talked))
            assert done.returncode == 0, done.stdout + done.stderr

    def test_finds_a_sent_leaf_that_was_never_received(self, talked, tmp_path):
        link, journal = talked, talked.peer.journal
        theirs = self.theirs(link, tmp_path / "theirs")
        forged = Journal(journal.origin, link.peer.ring["journal"])
        last = link.partner.outgoing.places[0]
        for data, ends in zip(journal.leaves, journal.parties, strict=True):
            changed = data.replace(unb64u(last.hash).hex().encode(), b"ab" * 32)
            forged.add(changed, *ends)
        forged.notes = [forged.checkpoint()]
        assert forged.leaves != journal.leaves
        path = tmp_path / "forged"
        tokens = [link.peer.ring.keys_token(link.peer.node, journal.origin)]
        forged.export(path, link.peer.node, tokens, [])
        done = self.verify(link, path, "--against", str(theirs), *self.pins(link))
        assert done.returncode == 1, done.stdout + done.stderr

    def test_reads_its_own_export_and_so_do_i(self, talked, tmp_path):
        link = talked
        draft = link.draft()
        receipt = read_receipt(link.accepted(draft), draft.token, link.partner.known)
        seen(link, receipt["journal_size"])
        path = self.theirs(link, tmp_path / "theirs")
        head, leaves, notes = read_export(path)
        assert (head["kind"], head["node"], head["journal_origin"]) == ("keys", link.there, link.partner.origin)
        assert head["keys_tokens"] and isinstance(head["witnesses"], list)
        journal_keys = [key.x for key in link.partner.known.of_role("journal")]
        for point in notes:
            assert point.root == root([leaf_hash(data) for data in leaves[: point.size]])
            assert any(point.signed_by(point.origin, x) for x in journal_keys)
        witness_key = link.peer.ring["journal"].secret.x
        assert any(point.cosigned_by(link.peer.journal.origin, witness_key) for point in notes)
        ends = f"{link.peer.node} {link.there} ", f"{link.there} {link.peer.node} "
        theirs = {line_of(data, ends): data for data in leaves if line_of(data, ends)}
        for data in link.peer.journal.leaves:
            other = theirs.get(line_of(data, ends))
            if other is not None:
                mine_lines, their_lines = data.split(b"\n"), other.split(b"\n")
                assert mine_lines[2:4] == their_lines[2:4] and mine_lines[5:] == their_lines[5:]
                assert {mine_lines[1], their_lines[1]} == {b"sent", b"received"}
                assert b"-" in (mine_lines[4], their_lines[4]) or mine_lines[4] == their_lines[4]
        assert len(theirs) >= 6
        done = self.verify(link, path, *self.pins(link))
        assert done.returncode == 0, done.stdout + done.stderr

    def test_signs_a_checkpoint_when_told(self, talked):
        done = talked.node.command("journal", "checkpoint")
        assert done.returncode == 0, done.stderr
        point = read_checkpoint(done.stdout.strip("\n") + "\n")
        assert point.origin == talked.partner.origin
        assert any(point.signed_by(point.origin, key.x) for key in talked.partner.known.of_role("journal"))


def line_of(data, ends):
    """The third line of a leaf, if it is of a stream between these two."""
    line = data.split(b"\n")[2].decode()
    return line if line.startswith(ends) else None
