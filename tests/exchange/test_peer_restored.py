"""A real node restored from an older backup, with this peer as the partner that remembers (sections 3 and 6)."""

from __future__ import annotations

import shutil

import pytest

from tests.exchange.peer.forms import b64u
from tests.exchange.peer.letters import read_receipt
from tests.exchange.peer.link import until
from tests.exchange.peer.notes import read_checkpoint
from tests.exchange.peer.tokens import peek

pytest_plugins = "tests.exchange.peer.stage"
pytestmark = [pytest.mark.nodes, pytest.mark.sure]


class Story:
    """One node, two backups, three lives."""


def receipted(link):
    held = link.partner.incoming.held
    until(lambda: len(link.stream("receipts?after=0", mine=False).json()["receipts"]) == len(held), "all my receipts there")


def cosigned(link):
    """The largest checkpoint my witness holds, once it covers everything said so far."""
    size = read_receipt(link.last, link.draft_sent.token, link.partner.known)["journal_size"]

    def enough():
        note = link.peer.witness.last_note(link.partner.origin)
        return note if note and read_checkpoint(note).size >= size else None

    return read_checkpoint(until(enough, "a cosigned checkpoint"))


def talk(link, count):
    drafts = []
    for _ in range(count):
        link.draft_sent = link.draft()
        link.last = link.accepted(link.draft_sent)
        assert link.outcome(link.draft_sent)["outcome"] == "taken_up"
        drafts.append((link.draft_sent, link.last))
    receipted(link)
    return drafts


@pytest.fixture(scope="module")
def story(node_opposite, tmp_path_factory):
    """A node of its own, because everything it ever said is put back."""
    folder = tmp_path_factory.mktemp("restored")
    words = folder / "passphrase"
    words.write_text("an invented passphrase of many words\n")
    words.chmod(0o600)
    node = type(node_opposite)(folder / "home", "--passphrase-file", str(words))
    told = Story()
    told.node, told.words = node, words
    told.link = link = node.link()
    told.before = talk(link, 3)
    cosigned(link)
    node.down()
    shutil.copytree(node.home, folder / "backup", symlinks=True)
    node.up()
    link.sync()
    told.lost = talk(link, 2)
    told.held = [held.token for held in link.partner.incoming.held]
    told.my_receipts = [held.receipt for held in link.partner.incoming.held]
    told.note = cosigned(link)
    node.down()
    shutil.rmtree(node.home)
    shutil.copytree(folder / "backup", node.home, symlinks=True)
    node.up()
    yield told
    node.close()


class TestRestoredSender:
    def test_takes_back_its_own_envelopes_and_my_receipts_for_them(self, story):
        link = story.link
        until(lambda: link.stream("head", mine=False).json()["seq"] >= len(story.held), "its own envelopes back")
        page = link.stream("envelopes?after=0", mine=False).json()["envelopes"]
        assert page[: len(story.held)] == story.held
        receipts = link.stream("receipts?after=0", mine=False).json()["receipts"]
        assert receipts[: len(story.my_receipts)] == story.my_receipts

    def test_signs_no_second_envelope_for_a_place_it_had_used(self, story):
        tokens = {}
        for post in story.link.posts():
            for token in post:
                place = peek(token)["seq"]
                assert tokens.setdefault(place, token) == token, f"two envelopes for place {place}"


class TestRestoredReceiver:
    def test_has_again_what_it_lost_with_receipts_that_hold(self, story):
        link = story.link
        for draft, first in story.before:
            assert link.post(draft).receipts == [first], "what was in the backup has its first receipt"
        posted = link.post(*(draft for draft, _ in story.lost))
        assert posted.problem is None
        for (draft, _), receipt in zip(story.lost, posted.receipts, strict=True):
            read_receipt(receipt, draft.token, link.partner.known)
        link.head = posted.head

    def test_goes_on(self, story):
        link = story.link
        link.post(*(draft for draft, _ in story.lost))
        link.head = link.stream("head").json()
        draft = link.draft()
        link.accepted(draft)
        assert link.outcome(draft)["outcome"] == "taken_up"


class TestRestoredJournal:
    def test_is_closed_by_the_office_and_begins_anew_under_the_next_origin(self, story):
        link, node = story.link, story.node
        old = link.partner.origin
        link.head = link.stream("head").json()
        talk(link, 1)
        cosigned(link)
        done = node.command("journal", "restart", "--reason", "restored", "--passphrase-file", str(story.words))
        assert done.returncode == 0, done.stdout + done.stderr
        told = until(lambda: [one for one in link.partner.heard if one.type == "exchange.journal_restarted/1"], "its statement")[
            0
        ]
        data = told.members["data"]
        last = read_checkpoint(link.peer.witness.last_note(old))
        assert (data["old_origin"], data["new_origin"]) == (old, f"{old}/2")
        assert (data["size"], data["root"]) == (last.size, b64u(last.root)), "the largest cosigned note known"
        link.flush()
        draft = link.draft()
        link.accepted(draft)
        link.outcome(draft)
        note = until(lambda: link.peer.witness.last_note(f"{old}/2"), "a checkpoint under the next origin")
        assert read_checkpoint(note).origin == f"{old}/2"
        assert link.peer.witness.alarms == []
