"""What an operator does with a real node and this peer as its partner: list, pause, resume, remove, keys, files carried by hand."""

from __future__ import annotations

import base64
import json

import pytest

from tests.exchange.peer.forms import Malformed, ago, sha_hex, stamp
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.letters import read_receipt
from tests.exchange.peer.link import until
from tests.exchange.peer.manners import Spoil, receipts, says, tokens

pytest_plugins = "tests.exchange.peer.stage"
pytestmark = pytest.mark.nodes

POST = "/exchange/v1/envelopes"


@pytest.fixture
def pair(real_node):
    """The node and the link this module shares."""
    return real_node, real_node.shared(__name__)


def done(node, *words):
    result = node.command(*words)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


class TestPartner:
    def test_is_listed(self, pair):
        node, link = pair
        assert link.peer.node in done(node, "partner", "list")
        assert link.peer.node in done(node, "exchange", "status")

    def test_that_tells_what_proves_nothing_rings_an_alarm(self, real_node):
        link = real_node.link()
        forged = Spoil(receipts(lambda token, _: "receipt"))
        with link.peer.misbehaving(forged):
            draft = link.draft()
            link.accepted(draft)
            until(lambda: forged.done >= 2, "two tries")
            lines = done(real_node, "exchange", "status").splitlines()
        assert [line for line in lines if line.startswith("alarm") and f" {link.peer.node}" in line]
        link.outcome(draft)

    def test_that_is_paused_is_asked_to_come_again_and_gets_nothing(self, real_node):
        link = real_node.link()
        link.taken_up(link.draft())
        done(real_node, "partner", "pause", link.peer.node)
        answer = until(lambda: (one := link.call("POST", POST, b'{"envelopes":[]}', patient=False)).status == 503 and one, "503")
        assert answer.problem == "unavailable"
        done(real_node, "partner", "resume", link.peer.node)
        link.sync()
        link.taken_up(link.draft())

    def test_that_is_removed_is_a_stranger_and_can_be_paired_anew(self, real_node):
        link = real_node.link()
        draft = link.draft()
        receipt = link.accepted(draft)
        link.outcome(draft)
        done(real_node, "partner", "remove", link.peer.node)
        until(lambda: link.call("POST", POST, b'{"envelopes":[]}', patient=False).status == 401, "401")
        real_node.add(link.peer)
        until(lambda: link.call("POST", POST, b'{"envelopes":[]}', patient=False).status == 200, "to be let in again")
        assert link.post(draft).receipts == [receipt], "streams and receipts stay"
        link.taken_up(link.draft())

    @pytest.mark.parametrize("words", [("pause", "zy"), ("resume", "zy"), ("remove", "zy"), ("keys", "/nowhere/at/all")], ids=str)
    def test_that_is_unknown_is_refused_in_words(self, real_node, words):
        result = real_node.command("partner", *words)
        assert result.returncode != 0 and "Traceback" not in result.stderr
        assert result.stderr.strip() or result.stdout.strip()


class TestKeysByHand:
    def test_are_followed_as_those_of_a_statement(self, real_node, tmp_path):
        link = real_node.link()
        link.peer.ring.by_label["clerk_new"] = new_key("clerk", -1)
        clerk = link.peer.ring["clerk"]
        link.peer.ring.by_label["clerk"] = new_key("clerk", -30, -0.01)
        path = tmp_path / "keys"
        path.write_text(link.peer.ring.keys_token(link.peer.node, link.peer.journal.origin))
        done(real_node, "partner", "keys", str(path))
        link.taken_up(link.draft(link.statement(role="clerk_new")))
        link.peer.ring.by_label["clerk"] = clerk

    @pytest.mark.parametrize("case", ["a strange office", "another node", "another origin", "a word"])
    def test_that_prove_nothing_are_refused(self, pair, tmp_path, case):
        node, link = pair
        ring, origin = link.peer.ring, link.peer.journal.origin
        path = tmp_path / "keys"
        path.write_text(
            {
                "a strange office": ring.keys_token(link.peer.node, origin, new_key("office")),
                "another node": ring.keys_token("zz", origin),
                "another origin": ring.keys_token(link.peer.node, f"{origin}/7"),
                "a word": "keys",
            }[case]
        )
        result = node.command("partner", "keys", str(path))
        assert result.returncode != 0 and "Traceback" not in result.stderr

    def test_of_a_new_office_count_after_its_fingerprint_was_confirmed(self, real_node):
        link = real_node.link()
        ring = link.peer.ring
        new = ring.by_label["office_new"] = new_key("office", -1)
        token = ring.keys_token(link.peer.node, link.peer.journal.origin)
        data = {"keys_token": token, "at": stamp(), "reason": "planned", "retire": [ring["office"].kid]}
        link.taken_up(link.draft(link.statement("exchange.key_rolled/1", data)))
        ring.by_label["journal_new"] = new_key("journal", -1)
        again = {
            **data,
            "keys_token": ring.keys_token(link.peer.node, link.peer.journal.origin, new),
            "retire": [ring["office"].kid, ring["journal"].kid],
        }
        link.refused_inside(
            link.draft(link.statement("exchange.key_rolled/1", again, role="office_new")), "key_unknown", "key_out_of_validity"
        )
        wrong = real_node.command("partner", "keys", "--confirm", new_key("office").kid, "--node", link.peer.node)
        assert wrong.returncode != 0
        done(real_node, "partner", "keys", "--confirm", new.kid, "--node", link.peer.node)
        token = ring.keys_token(link.peer.node, link.peer.journal.origin, new)
        again = {**again, "keys_token": token, "at": stamp()}
        link.taken_up(link.draft(link.statement("exchange.key_rolled/1", again, role="office_new")))


def bundle(path, link, drafts, blobs=(), **changes):
    head = {"kind": "bundle", "spec": 1, "from": link.peer.node, "to": link.there, "made_at": stamp(), **changes}
    lines = [head, *({"kind": "envelope", "token": draft.token} for draft in drafts)]
    lines[1:1] = [{"kind": "blob", "sealed": sha_hex(token), "base64": base64.b64encode(token).decode()} for token in blobs]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def chain(link, count):
    drafts = [link.draft()]
    while len(drafts) < count:
        drafts.append(link.behind(drafts[-1]))
    return drafts


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


class TestImport:
    def test_stores_every_envelope_and_answers_with_receipts(self, pair, tmp_path):
        node, link = pair
        drafts = chain(link, 3)
        path = bundle(tmp_path / "bundle", link, drafts)
        done(node, "exchange", "import", str(path), "--answer", str(tmp_path / "answer"))
        said = [text for line in (tmp_path / "answer").read_text().splitlines() for text in strings(json.loads(line))]
        told = [_receipt(link, draft, said) for draft in drafts]
        assert link.post(*drafts).receipts == told
        for draft in drafts:
            assert link.outcome(draft)["outcome"] == "taken_up"

    def test_brings_blobs(self, pair, tmp_path):
        node, link = pair
        plain = b"%PDF invented, by hand\n"
        token = link.sealed(plain, cty="application/pdf").encode()
        named = {
            "name": "a.pdf",
            "media_type": "application/pdf",
            "size": len(plain),
            "sha256": sha_hex(plain),
            "sealed": sha_hex(token),
        }
        draft = link.draft(link.statement("notice.raised/1", link.example("notice.raised/1", evidence=[named])))
        done(node, "exchange", "import", str(bundle(tmp_path / "bundle", link, [draft], [token])))
        link.sync()
        assert link.outcome(draft)["outcome"] == "taken_up"

    def test_of_a_file_with_a_refused_envelope_says_so(self, pair, tmp_path):
        node, link = pair
        good, late = chain(link, 2)
        late.members["sent_at"] = ago(hours=-1)
        path = bundle(tmp_path / "bundle", link, [good, late])
        node.command("exchange", "import", str(path), "--answer", str(tmp_path / "answer"))
        text = (tmp_path / "answer").read_text()
        assert "/exchange/problems/time" in text
        assert link.sync().head == {"seq": good.members["seq"], "hash": good.hash}

    SPOILT = {
        "to another node": {"to": "zz"},
        "from a stranger": {"from": "zz"},
        "of spec 2": {"spec": 2},
        "of another kind": {"kind": "parcel"},
    }

    @pytest.mark.parametrize("case", SPOILT)
    def test_of_a_bundle_that_is_not_for_it_moves_nothing(self, pair, tmp_path, case):
        node, link = pair
        head = dict(link.head)
        path = bundle(tmp_path / "bundle", link, chain(link, 1), **self.SPOILT[case])
        result = node.command("exchange", "import", str(path))
        assert result.returncode != 0 and "Traceback" not in result.stderr
        assert link.stream("head").json() == head

    @pytest.mark.parametrize(
        "text", ["", "x", "[]\n", '{"kind":"bundle"}\n', "\x00\x01\n", '{"kind":"bundle","kind":"bundle"}\n'], ids=repr
    )
    def test_of_what_is_no_bundle_is_refused_in_words(self, pair, tmp_path, text):
        node, _ = pair
        path = tmp_path / "bundle"
        path.write_text(text)
        result = node.command("exchange", "import", str(path))
        assert result.returncode != 0 and "Traceback" not in result.stderr


def _receipt(link, draft, said):
    for text in said:
        try:
            read_receipt(text, draft.token, link.partner.known)
        except (Malformed, KeyError):
            continue
        return text
    raise AssertionError("no receipt in the answer")


class TestExport:
    def test_holds_what_has_no_receipt_yet_with_the_same_bytes(self, real_node, tmp_path):
        link = real_node.link()
        down = Spoil(says(503))
        with link.peer.misbehaving(down):
            draft = link.draft()
            link.accepted(draft)
            until(lambda: down.done, "their envelope")
            path = tmp_path / "bundle"
            done(real_node, "exchange", "export", "--to", link.peer.node, str(path))
            lines = [json.loads(line) for line in path.read_text().splitlines()]
            head = lines[0]
            assert (head["kind"], head["spec"], head["from"], head["to"]) == ("bundle", 1, link.there, link.peer.node)
            carried = [line["token"] for line in lines if line["kind"] == "envelope"]
            assert carried == tokens(down.calls[-1])
            with link.peer.lock:
                mine = [link.peer.receive(token, link.there) for token in carried]
        assert link.outcome(draft)["outcome"] == "taken_up"
        page = until(lambda: link.stream("receipts?after=0", mine=False).json()["receipts"], "my receipts there")
        assert page[: len(mine)] == mine

    def test_after_which_send_pending_sends_the_same(self, pair):
        node, link = pair
        down = Spoil(says(503))
        with link.peer.misbehaving(down):
            draft = link.draft()
            link.accepted(draft)
            until(lambda: down.done, "their envelope")
        done(node, "exchange", "send-pending")
        assert link.outcome(draft)["outcome"] == "taken_up"


class TestRepair:
    def test_asks_for_the_heads_again(self, pair):
        node, link = pair
        before = len([1 for call, _ in link.peer.calls if call.path.endswith("/head")])
        done(node, "exchange", "repair", link.peer.node)
        assert len([1 for call, _ in link.peer.calls if call.path.endswith("/head")]) >= before + 2
        link.taken_up(link.draft())
