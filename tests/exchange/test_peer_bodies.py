"""Bodies as a whole, their limits, and rubbish at every address: a problem document, no 5xx, no stack trace, nothing moved."""

from __future__ import annotations

import json

import pytest

from tests.exchange.peer.answers import Answer
from tests.exchange.peer.client import send
from tests.exchange.peer.courier import NO_ANSWER
from tests.exchange.peer.forms import write_json

pytest_plugins = "tests.exchange.peer.stage"

POST = "/exchange/v1/envelopes"
WORDS_OF_A_TRACE = (b"Traceback", b'File "', b"django", b"psycopg", b"site-packages")


def is_problem(answer: Answer, *statuses: int) -> None:
    """A problem document that tells nothing of the inside."""
    assert answer.status in statuses, (answer.status, answer.body[:300])
    assert answer.type.startswith("application/problem+json"), answer.type
    problem = answer.json()
    assert problem["type"].startswith("/exchange/problems/") and problem["status"] == answer.status
    assert isinstance(problem["title"], str)
    assert not any(word in answer.body for word in WORDS_OF_A_TRACE)


BODIES = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"envelopes"',
    "a number": b"5",
    "an empty object": b"{}",
    "envelopes null": b'{"envelopes":null}',
    "envelopes a text": b'{"envelopes":"x"}',
    "envelopes an object": b'{"envelopes":{}}',
    "envelopes a number": b'{"envelopes":5}',
    "envelopes twice": b'{"envelopes":[],"envelopes":[]}',
    "envelopes of numbers": b'{"envelopes":[5]}',
    "envelopes of lists": b'{"envelopes":[["x"]]}',
    "envelopes of null": b'{"envelopes":[null]}',
    "envelopes of objects": b'{"envelopes":[{"token":"x"}]}',
    "a byte order mark": b'\xef\xbb\xbf{"envelopes":[]}',
    "UTF-16": '{"envelopes":[]}'.encode("utf-16"),
    "no UTF-8": b'{"envelopes":["\xff"]}',
    "a lone surrogate": b'{"envelopes":["\\ud800"]}',
    "half of it": b'{"envelopes":[',
    "a comma too many": b'{"envelopes":[],}',
    "single quotes": b"{'envelopes':[]}",
    "NaN beside it": b'{"envelopes":[],"a":NaN}',
    "a fraction beside it": b'{"envelopes":[],"a":1.5}',
    "2^53 beside it": b'{"envelopes":[],"a":9007199254740992}',
    "depth 65": b'{"envelopes":[],"a":' + b"[" * 64 + b"]" * 64 + b"}",
    "depth 100000": b'{"envelopes":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "form data": b"envelopes=x",
    "XML": b"<?xml version='1.0'?><envelopes/>",
    "zeroes": bytes(1000),
    "a gzip header": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}


class TestBodyAsAWhole:
    @pytest.mark.parametrize("case", BODIES)
    def test_that_is_not_of_the_form_is_malformed(self, link, case):
        head = link.stream("head").json()
        answer = link.call("POST", POST, BODIES[case])
        is_problem(answer, 400)
        assert answer.problem == "malformed" and "refusal" not in answer.json()
        assert link.stream("head").json() == head

    def test_may_have_more_members(self, link):
        answer = link.call("POST", POST, write_json({"envelopes": [], "note": {"a": [1]}}))
        assert answer.status == 200

    def test_with_64_tokens_is_taken(self, link):
        drafts = [link.draft()]
        while len(drafts) < 64:
            drafts.append(link.behind(drafts[-1]))
        posted = link.post(*drafts)
        assert posted.problem is None and len(posted.receipts) == 64

    def test_with_65_tokens_is_too_large_and_none_is_stored(self, link):
        head = link.stream("head").json()
        drafts = [link.draft()]
        while len(drafts) < 65:
            drafts.append(link.behind(drafts[-1]))
        answer = link.call("POST", POST, write_json({"envelopes": [draft.token for draft in drafts]}))
        is_problem(answer, 413)
        assert answer.problem == "too_large"
        assert link.stream("head").json() == head

    @pytest.mark.parametrize("count", [65, 1000, 100_000])
    def test_with_too_many_words_is_too_large(self, link, count):
        answer = link.call("POST", POST, write_json({"envelopes": ["x"] * count}))
        is_problem(answer, 413)

    def filled(self, link, size):
        """A body of exactly so many bytes around one good token."""
        draft = link.draft()
        body = write_json({"envelopes": [draft.token]})
        return draft, body + b" " * (size - len(body))

    def test_of_4_mib_is_taken(self, link):
        draft, body = self.filled(link, 4 * 2**20)
        answer = link.call("POST", POST, body)
        assert answer.status == 200 and answer.json()["problem"] is None
        link.sync()

    @pytest.mark.parametrize("more", [1, 2**20])
    def test_of_more_than_4_mib_is_too_large(self, link, more):
        head = link.stream("head").json()
        draft, body = self.filled(link, 4 * 2**20 + more)
        try:
            answer = link.call("POST", POST, body)
        except NO_ANSWER:
            pytest.fail("the line was cut instead of an answer 413")
        is_problem(answer, 413)
        assert answer.problem == "too_large"
        assert link.stream("head").json() == head

    def test_of_four_tokens_of_nearly_1_mib_is_taken(self, link):
        drafts = []
        for _ in range(3):
            drafts.append(link.behind(drafts[-1]) if drafts else link.draft())
            drafts[-1].members["more"] = "x" * 760_000
        posted = link.post(*drafts)
        assert posted.problem is None and len(posted.receipts) == 3


ADDRESSES = [
    ("GET", "envelopes"),
    ("PUT", "envelopes"),
    ("DELETE", "envelopes"),
    ("PATCH", "envelopes"),
    ("POST", "streams/ME/pk/head"),
    ("DELETE", "streams/ME/pk/head"),
    ("GET", "streams"),
    ("GET", "streams/"),
    ("GET", "streams/ME/pk"),
    ("GET", "streams/ME/pk/tail"),
    ("GET", "streams/ME/pk/head/x"),
    ("GET", "streams/me/PK/head"),
    ("GET", "streams/paki/stan/head"),
    ("GET", "streams/../../etc/passwd"),
    ("GET", "streams/%00/pk/head"),
    ("GET", "streams/ME%2Fpk/head"),
    ("GET", "streams/ME/pk/envelopes"),
    ("GET", "streams/ME/pk/envelopes?after="),
    ("GET", "streams/ME/pk/envelopes?after=-1"),
    ("GET", "streams/ME/pk/envelopes?after=1.5"),
    ("GET", "streams/ME/pk/envelopes?after=1e1"),
    ("GET", "streams/ME/pk/envelopes?after=x"),
    ("GET", "streams/ME/pk/envelopes?after=%F0%9F%98%80"),
    ("GET", "streams/ME/pk/envelopes?after=%00"),
    ("GET", "streams/ME/pk/envelopes?after=99999999999999999999999999"),
    ("GET", "streams/ME/pk/receipts?after=x"),
    ("GET", "streams/ME/pk/receipts?after=' OR 1=1"),
    ("PUT", "blobs/x"),
    ("PUT", "blobs/" + "A" * 64),
    ("PUT", "blobs/" + "g" * 64),
    ("PUT", "blobs/" + "0" * 63),
    ("GET", "blobs"),
    ("POST", "blobs/missing"),
    ("DELETE", "blobs/" + "0" * 64),
    ("GET", "journal"),
    ("GET", "journal/proof"),
    ("GET", "journal/proof?index=0"),
    ("GET", "journal/proof?index=x&size=1"),
    ("GET", "journal/proof?index=-1&size=1"),
    ("GET", "journal/proof?index=0&size=-1"),
    ("GET", "journal/proof?index=0&size=0"),
    ("GET", "journal/proof?index=1&size=1"),
    ("GET", "journal/proof?index=0&size=9007199254740991"),
    ("GET", "journal/proof?index=9007199254740993&size=9007199254740994"),
    ("GET", "journal/proof?index=0&size=99999999999999999999999999"),
    ("GET", "nothing"),
    ("GET", ""),
    ("POST", ""),
    ("GET", "%ff%fe"),
    ("GET", "x" * 4000),
]


class TestAddresses:
    @pytest.mark.parametrize("method,path", ADDRESSES, ids=[f"{method} {path[:60]}" for method, path in ADDRESSES])
    def test_that_lead_nowhere_give_a_problem_to_a_partner(self, link, method, path):
        target = f"/exchange/v1/{path.replace('ME', link.peer.node).replace(' ', '%20')}"
        body = b"rubbish" if method in ("POST", "PUT", "PATCH") else b""
        is_problem(link.call(method, target, body), 400, 403, 404, 405, 413, 414, 422)

    @pytest.mark.parametrize("method,path", ADDRESSES[::3], ids=[f"{method} {path[:60]}" for method, path in ADDRESSES[::3]])
    def test_that_lead_nowhere_give_a_problem_to_a_stranger(self, counterpart, method, path):
        target = f"/exchange/v1/{path.replace('ME', 'xa').replace(' ', '%20')}"
        body = b"rubbish" if method in ("POST", "PUT", "PATCH") else b""
        is_problem(send(counterpart.url, method, target, body), 400, 401, 403, 404, 405, 413, 414, 422)

    @pytest.mark.parametrize(
        "name", ["x.json", "notice.raised.99.json", "../settings.json", "%2e%2e%2fx.json", "NOTICE.RAISED.1.json", ""]
    )
    def test_of_schemas_that_are_none_give_404(self, counterpart, name):
        is_problem(counterpart.get(f"/exchange/v1/schemas/{name}"), 404)

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
    @pytest.mark.parametrize("target", ["/.well-known/rahdari-node", "/exchange/v1/schemas/exchange.outcome.1.json"])
    def test_of_documents_are_for_reading(self, counterpart, method, target):
        answer = send(counterpart.url, method, target, b"{}")
        assert answer.status in (401, 403, 404, 405), answer.status
        assert not any(word in answer.body for word in WORDS_OF_A_TRACE)


RUBBISH = {
    "a million brackets": b"[" * 1_000_000,
    "a million names": b"{" + b'"a":{' * 200_000,
    "long text": b'{"envelopes":["' + b"x" * 2_000_000 + b'"]}',
    "many points": b'{"envelopes":["' + b"." * 500_000 + b'"]}',
    "binary": bytes(range(256)) * 400,
    "a zip": b"PK\x03\x04" + bytes(1000),
    "HTML": b"<script>alert(1)</script>",
    "a template": b'{"envelopes":["{{7*7}}${7*7}%s%n"]}',
}


class TestRubbish:
    @pytest.mark.parametrize("case", RUBBISH)
    @pytest.mark.parametrize("target", [POST, "/exchange/v1/witness/add-checkpoint"])
    def test_of_a_stranger_meets_a_refusal(self, counterpart, case, target):
        answer = send(counterpart.url, "POST", target, RUBBISH[case])
        assert answer.status in ((401,) if target == POST else (400, 413)), answer.status
        assert not any(word in answer.body for word in WORDS_OF_A_TRACE)

    @pytest.mark.parametrize("case", RUBBISH)
    def test_of_a_partner_meets_a_problem(self, link, case):
        answer = link.call("POST", POST, RUBBISH[case])
        if answer.status == 200:
            problem = answer.json()["problem"]
            assert problem["type"].rpartition("/")[2] in ("malformed", "too_large") and "refusal" not in problem
        else:
            is_problem(answer, 400, 413)

    def test_does_not_stop_real_traffic(self, counterpart, link):
        for index in range(60):
            send(
                counterpart.url,
                "POST",
                POST,
                json.dumps({"envelopes": ["x" * index]}).encode(),
                {"Authorization": f"Rahdari {index}"},
            )
        link.taken_up(link.draft())

    @pytest.mark.parametrize(
        "type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16", ""]
    )
    def test_of_media_types_raises_no_fault(self, counterpart, type):
        answer = send(counterpart.url, "POST", POST, b'{"envelopes":[]}', {"Content-Type": type})
        is_problem(answer, 401, 400, 415)
