"""Who asks (section 3): one text for every cause of 401, each request once, and nothing told to those who are no end of a stream."""

from __future__ import annotations

import time

import pytest

from tests.exchange.peer.client import request_members, send
from tests.exchange.peer.forms import b64u, h, uuid7, write_json
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.tokens import REQUEST, compact, read_jws

pytest_plugins = "tests.exchange.peer.stage"

POST = "/exchange/v1/envelopes"


class Request:
    """A request before it is signed; whatever is changed goes out as it stands."""

    def __init__(self, link, method="GET", target=None, body=b""):
        self.link, self.method, self.body = link, method, body
        self.target = target or f"/exchange/v1/streams/{link.peer.node}/{link.there}/head"
        self.members = request_members(link.peer.node, link.there, method, self.target, body)
        self.key = link.peer.ring["gateway"]
        self.header = {"alg": "EdDSA", "typ": REQUEST, "kid": self.key.kid}
        self.scheme = "Rahdari "
        self.spoil = lambda token: token
        self.raw = None

    def token(self):
        raw = write_json(self.members) if self.raw is None else self.raw
        return self.spoil(compact(write_json(self.header), raw, self.key.secret.sign))

    def send(self, **headers):
        sent = {"Authorization": self.scheme + self.token(), **headers} if self.scheme is not None else headers
        return send(self.link.partner.url, self.method, self.target, self.body, sent)


def member(name, change):
    def spoil(request):
        request.members[name] = change(request.members[name]) if callable(change) else change

    return spoil


def lacking(name):
    return lambda request: request.members.pop(name)


def header(**changes):
    return lambda request: request.header.update(changes)


def key(label):
    def spoil(request):
        request.key = request.link.peer.ring[label]
        request.header["kid"] = request.key.kid

    return spoil


def attribute(name, value):
    return lambda request: setattr(request, name, value)


def stranger(request):
    request.key = new_key("gateway")
    request.header["kid"] = request.key.kid


def forged(request):
    request.key = new_key("gateway")


CAUSES = {
    "no header": attribute("scheme", None),
    "scheme Bearer": attribute("scheme", "Bearer "),
    "scheme Basic": attribute("scheme", "Basic "),
    "no scheme": attribute("scheme", ""),
    "scheme without a blank": attribute("scheme", "Rahdari"),
    "an empty token": attribute("spoil", lambda token: ""),
    "a word": attribute("spoil", lambda token: "please"),
    "two parts": attribute("spoil", lambda token: token.rpartition(".")[0]),
    "two tokens": attribute("spoil", lambda token: f"{token}, {token}"),
    "a spoilt signature": attribute("spoil", lambda token: f"{token.rpartition('.')[0]}.{b64u(bytes(64))}"),
    "a padded token": attribute("spoil", lambda token: f"{token}=="),
    "a payload that is no JSON": attribute("raw", b"please"),
    "a payload that is no object": attribute("raw", b"[]"),
    "alg none": header(alg="none"),
    "alg HS256": header(alg="HS256"),
    "typ of an envelope": header(typ="rahdari-envelope+json"),
    "typ JWT": header(typ="JWT"),
    "an unknown header member": header(note="x"),
    "crit": header(crit=["iat"]),
    "an unknown key": stranger,
    "forged under my kid": forged,
    "the office key": key("office"),
    "the clerk's key": key("clerk"),
    "the journal key": key("journal"),
    "a gateway key that has ended": key("gateway_recent"),
    "a gateway key to come": key("gateway_coming"),
    "iss another": member("iss", "zy"),
    "iss the receiver": member("iss", "pk"),
    "iss in large letters": member("iss", str.upper),
    "iss null": member("iss", None),
    "no iss": lacking("iss"),
    "aud another": member("aud", "jp"),
    "aud myself": lambda request: request.members.update(aud=request.members["iss"]),
    "aud a list": member("aud", lambda aud: [aud]),
    "no aud": lacking("aud"),
    "m another": member("m", "POST"),
    "m in small letters": member("m", "get"),
    "no m": lacking("m"),
    "u another": member("u", POST),
    "u with a query": member("u", lambda u: f"{u}?"),
    "u with a host": member("u", lambda u: f"http://127.0.0.1{u}"),
    "u without its beginning": member("u", lambda u: u[1:]),
    "u encoded": member("u", lambda u: u.replace("/head", "/he%61d")),
    "no u": lacking("u"),
    "b of another body": member("b", h("x")),
    "b empty": member("b", ""),
    "b null": member("b", None),
    "b in hex": member("b", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    "no b": lacking("b"),
    "iat 70 s ago": member("iat", lambda iat: iat - 70),
    "iat 70 s ahead": member("iat", lambda iat: iat + 70),
    "iat an hour ago": member("iat", lambda iat: iat - 3600),
    "iat nothing": member("iat", 0),
    "iat a text": member("iat", str),
    "iat true": member("iat", True),
    "iat null": member("iat", None),
    "no iat": lacking("iat"),
    "jti null": member("jti", None),
    "jti a number": member("jti", 7),
    "no jti": lacking("jti"),
    "iat as a fraction": lambda request: setattr(
        request,
        "raw",
        write_json(request.members).replace(b'"iat":%d' % request.members["iat"], b'"iat":%d.0' % request.members["iat"]),
    ),
    "a member twice": lambda request: setattr(
        request, "raw", write_json(request.members).replace(b'{"iss"', b'{"aud":"pk","iss"')
    ),
}


class TestUnauthorised:
    @pytest.mark.parametrize("case", CAUSES)
    def test_has_one_text_for_every_cause_and_the_date(self, link, case):
        request = Request(link)
        CAUSES[case](request)
        answer = request.send()
        if case == "u encoded" and answer.status == 404:
            return  # a server that sees only the decoded path may say that there is nothing under that spelling
        assert answer.status == 401 and answer.problem == "unauthorised", (answer.status, answer.body)
        assert answer.headers.get("date")
        bare = Request(link)
        bare.scheme = None
        assert bare.send().body == answer.body

    @pytest.mark.parametrize(
        "method,path",
        [
            ("POST", "envelopes"),
            ("GET", "streams/xa/pk/head"),
            ("GET", "streams/pk/jp/head"),
            ("GET", "streams/xa/pk/envelopes?after=0"),
            ("GET", "streams/xa/pk/receipts?after=0"),
            ("GET", "blobs/missing"),
            ("PUT", f"blobs/{'0' * 64}"),
            ("HEAD", f"blobs/{'0' * 64}"),
            ("GET", "journal/proof?index=0&size=1"),
        ],
    )
    def test_meets_strangers_at_every_address(self, counterpart, method, path):
        answer = send(counterpart.url, method, f"/exchange/v1/{path}", b"{}" if method in ("POST", "PUT") else b"")
        assert answer.status == 401
        assert method == "HEAD" or answer.problem == "unauthorised"

    def test_does_not_meet_them_where_anyone_may_ask(self, counterpart):
        assert counterpart.get("/.well-known/rahdari-node").status == 200
        assert counterpart.get("/exchange/v1/schemas/exchange.outcome.1.json").status == 200
        assert counterpart.get("/exchange/v1/witness/checkpoint?origin=nobody").status == 404

    def test_covers_the_body_of_a_post(self, link):
        request = Request(link, "POST", POST, write_json({"envelopes": []}))
        request.body = write_json({"envelopes": [link.draft().token]})
        head = link.stream("head").json()
        assert request.send().status == 401
        assert link.stream("head").json() == head

    def test_comes_before_any_look_at_a_large_body(self, counterpart, link):
        request = Request(link, "POST", POST, b"x" * (5 * 2**20))
        request.members["b"] = h("another body")
        assert _reached(request) == 401
        stray = Request(link, "POST", POST, b"x" * (5 * 2**20))
        stray.scheme = None
        assert _reached(stray) == 401

    def test_a_pretended_issuer_is_not_let_in_by_a_paired_key(self, counterpart, link):
        other = counterpart.shared("another caller")
        request = Request(link)
        request.key = other.peer.ring["gateway"]
        request.header["kid"] = request.key.kid
        assert request.send().status == 401


def _reached(request):
    """The status, also where the line is cut while the body is still on its way."""
    try:
        return request.send().status
    except (BrokenPipeError, ConnectionResetError):
        return 401


class TestOnce:
    def test_a_request_said_twice_is_refused_the_second_time(self, link):
        request = Request(link)
        assert request.send().status == 200
        assert request.send().status == 401

    def test_a_jti_is_used_up_whatever_else_is_new(self, link):
        first, second = Request(link), Request(link, target=f"/exchange/v1/streams/{link.there}/{link.peer.node}/head")
        second.members["jti"] = first.members["jti"]
        assert first.send().status == 200
        assert second.send().status == 401

    def test_two_partners_may_use_the_same_jti(self, counterpart, link):
        first, second = Request(link), Request(counterpart.shared("another caller"))
        second.members["jti"] = first.members["jti"]
        assert first.send().status == 200
        assert second.send().status == 200


class TestLetIn:
    @pytest.mark.parametrize("seconds", [-50, -20, 20, 50])
    def test_within_a_minute(self, link, seconds):
        request = Request(link)
        request.members["iat"] = int(time.time()) + seconds
        assert request.send().status == 200

    @pytest.mark.parametrize("query", ["?after=0", "?after=0&x=%41%20b", "?x=1&after=0"])
    def test_the_target_is_signed_exactly_as_sent(self, link, query):
        target = f"/exchange/v1/streams/{link.peer.node}/{link.there}/receipts{query}"
        assert Request(link, target=target).send().status == 200

    def test_with_the_header_in_any_order(self, link):
        request = Request(link)
        request.header = dict(reversed(request.header.items()))
        assert request.send().status == 200

    def test_with_jti_as_the_caller_likes(self, link):
        request = Request(link)
        request.members["jti"] = f"invented-{uuid7()}"
        assert request.send().status == 200


class TestNotAParty:
    @pytest.mark.parametrize("ends", [("zz", "zy"), ("aa", "bb"), ("pk", "zz"), ("zz", "pk"), ("pk", "pk")], ids="-".join)
    @pytest.mark.parametrize("what", ["head", "envelopes?after=0", "receipts?after=0"])
    def test_a_stream_of_others_is_not_shown_whether_or_not_it_exists(self, link, ends, what):
        answer = link.call("GET", f"/exchange/v1/streams/{ends[0]}/{ends[1]}/{what}")
        assert (answer.status, answer.problem) == (403, "not_a_party")

    def test_the_stream_of_another_partner_looks_like_one_that_is_not_there(self, counterpart, link):
        other = counterpart.shared("another caller")
        answers = [
            link.call("GET", f"/exchange/v1/streams/{frm}/{to}/head")
            for frm, to in ((other.peer.node, "pk"), ("pk", other.peer.node), ("zz", "pk"))
        ]
        assert {answer.status for answer in answers} == {403}
        assert len({answer.body for answer in answers}) == 1

    def test_a_stream_with_a_third_node_is_not_shown_either(self, link):
        answer = link.call("GET", f"/exchange/v1/streams/{link.peer.node}/zz/head")
        assert answer.status in (403, 404) and answer.problem in ("not_a_party", "not_found")

    def test_both_own_streams_are_shown(self, link):
        assert link.stream("head").status == 200
        assert link.stream("head", mine=False).status == 200


def test_request_tokens_of_the_other_side_are_of_this_form_and_never_the_same(link):
    for _ in range(2):
        link.taken_up(link.draft())
    calls = [call for call, _ in link.peer.calls if call.path.startswith("/exchange/v1/envelopes")]
    tokens = [read_jws(call.headers["authorization"].removeprefix("Rahdari "), REQUEST) for call in calls]
    for call, token in zip(calls, tokens, strict=True):
        said = token.payload
        assert set(said) >= {"iss", "aud", "m", "u", "b", "iat", "jti"}
        told = {name: said[name] for name in ("iss", "aud", "m", "u", "b")}
        assert told == {"iss": link.there, "aud": link.peer.node, "m": call.method, "u": call.target, "b": h(call.body)}
        assert call.headers["content-type"].startswith("application/json")
    assert len({token.payload["jti"] for token in tokens}) == len(tokens) >= 2
