"""Blobs (section 3): put before the statement that names them, known by their sealed hash, opened and compared."""

from __future__ import annotations

import hashlib
import os

import pytest

from tests.exchange.peer.forms import h, sha_hex
from tests.exchange.peer.link import until

pytest_plugins = "tests.exchange.peer.stage"

MISSING = "/exchange/v1/blobs/missing"


def address(sealed):
    return f"/exchange/v1/blobs/{sealed}"


class Blob:
    """A plain file and its seal for the other side."""

    def __init__(self, link, plain=b"%PDF-1.4\ninvented for a test\n", media_type="application/pdf", **seal):
        self.plain, self.media_type = plain, media_type
        self.token = link.sealed(plain, **{"cty": media_type, **seal}).encode("ascii")
        self.sealed = sha_hex(self.token)

    def named(self, **changes):
        named = {"name": "invented.pdf", "media_type": self.media_type, "size": len(self.plain)}
        return {**named, "sha256": hashlib.sha256(self.plain).hexdigest(), "sealed": self.sealed, **changes}


def notice(link, *named):
    return link.draft(link.statement("notice.raised/1", link.example("notice.raised/1", evidence=list(named))))


class TestPut:
    def test_of_a_new_one_is_201_and_of_a_known_one_200(self, link):
        blob = Blob(link)
        assert link.call("HEAD", address(blob.sealed)).status == 404
        assert link.call("PUT", address(blob.sealed), blob.token).status == 201
        assert link.call("PUT", address(blob.sealed), blob.token).status == 200
        assert link.call("HEAD", address(blob.sealed)).status == 200

    @pytest.mark.parametrize("body", [b"", b"other bytes", b"x" * 100_000], ids=["nothing", "other", "long"])
    def test_of_other_bytes_than_the_address_says_is_blob_mismatch(self, link, body):
        sealed = Blob(link).sealed
        answer = link.call("PUT", address(sealed), body)
        assert (answer.status, answer.problem) == (422, "blob_mismatch")
        assert link.call("HEAD", address(sealed)).status == 404

    def test_of_other_bytes_does_not_replace_a_known_one(self, link):
        blob = Blob(link)
        link.call("PUT", address(blob.sealed), blob.token)
        answer = link.call("PUT", address(blob.sealed), b"other bytes")
        assert (answer.status, answer.problem) == (422, "blob_mismatch")
        assert link.call("PUT", address(blob.sealed), blob.token).status == 200

    def test_of_20_mib_is_taken(self, link):
        body = os.urandom(20 * 2**20)
        assert link.call("PUT", address(sha_hex(body)), body).status == 201

    def test_of_more_than_20_mib_is_too_large(self, link):
        body = bytes(20 * 2**20 + 1)
        answer = link.call("PUT", address(sha_hex(body)), body)
        assert (answer.status, answer.problem) == (413, "too_large")
        assert link.call("HEAD", address(sha_hex(body))).status == 404

    @pytest.mark.parametrize("name", ["x", "A" * 64, "0" * 63, "0" * 65, "%2e%2e", "0" * 63 + "%67"])
    def test_at_an_address_that_is_no_hash_is_refused(self, link, name):
        assert link.call("PUT", address(name), b"x").status in (400, 404, 422)


class TestTakenUp:
    def test_with_the_blob_put_before(self, link):
        blob = Blob(link)
        link.call("PUT", address(blob.sealed), blob.token)
        link.taken_up(notice(link, blob.named()))

    def test_with_two_blobs(self, link):
        blobs = Blob(link), Blob(link, b"\xff\xd8\xff\xe0invented", "image/jpeg")
        for blob in blobs:
            link.call("PUT", address(blob.sealed), blob.token)
        link.taken_up(notice(link, *(blob.named() for blob in blobs)))

    def test_after_the_missing_blob_came(self, link):
        blob = Blob(link)
        draft = notice(link, blob.named())
        link.accepted(draft)
        until(lambda: blob.sealed in link.call("GET", MISSING).json()["missing"], "the blob in the list of missing ones")
        link.taken_up(link.draft())
        assert not [one for one in link.partner.outcomes if one["envelope"] == draft.hash], "answered without its blob"
        assert link.call("PUT", address(blob.sealed), blob.token).status == 201
        assert link.outcome(draft)["outcome"] == "taken_up"
        assert blob.sealed not in link.call("GET", MISSING).json()["missing"]

    def test_waiting_for_a_blob_does_not_hold_up_other_threads(self, link):
        link.accepted(notice(link, Blob(link).named()))
        link.taken_up(link.draft())

    def test_without_blobs_at_all(self, link):
        link.taken_up(notice(link))


class TestMismatch:
    CHANGES = {
        "another hash of the plain text": {"sha256": "0" * 64},
        "another size": {"size": 5},
        "another media type": {"media_type": "image/png"},
    }

    @pytest.mark.parametrize("case", CHANGES)
    def test_of_what_the_statement_says_and_what_the_seal_holds(self, link, case):
        blob = Blob(link)
        link.call("PUT", address(blob.sealed), blob.token)
        link.refused_inside(notice(link, blob.named(**self.CHANGES[case])), "blob_mismatch")

    @pytest.mark.parametrize("case", ["no seal", "a spoilt seal", "sealed to another", "sealed from another"])
    def test_of_what_does_not_open(self, link, case):
        mine = link.peer.ring["sealing"]
        seal = {"sealed to another": {"kid": mine.kid, "x": mine.secret.x}, "sealed from another": {"frm": "zz"}}.get(case, {})
        blob = Blob(link, **seal)
        if case == "no seal":
            blob.token = blob.plain + h(link.peer.node).encode()
        elif case == "a spoilt seal":
            blob.token = blob.token[:-4] + (b"AAAA" if not blob.token.endswith(b"AAAA") else b"BBBB")
        blob.sealed = sha_hex(blob.token)
        link.call("PUT", address(blob.sealed), blob.token)
        link.refused_inside(notice(link, blob.named()), "blob_mismatch", "cannot_open")

    @pytest.mark.parametrize("name", ["name", "media_type", "size", "sha256", "sealed"])
    def test_a_name_without_a_member_breaks_the_schema(self, link, name):
        blob = Blob(link)
        named = blob.named()
        del named[name]
        data = {**link.example("notice.raised/1"), "evidence": [named]}
        link.refused_inside(link.draft(link.statement("notice.raised/1", data)), "schema")


class TestMissing:
    def test_lists_only_the_callers_own(self, counterpart, link):
        blob = Blob(link)
        link.accepted(notice(link, blob.named()))
        until(lambda: blob.sealed in link.call("GET", MISSING).json()["missing"], "the blob in the list of missing ones")
        other = counterpart.shared("another caller")
        assert blob.sealed not in other.call("GET", MISSING).json()["missing"]

    def test_is_a_list_of_hex(self, link):
        missing = link.call("GET", MISSING).json()["missing"]
        assert all(len(one) == 64 and set(one) <= set("0123456789abcdef") for one in missing)
