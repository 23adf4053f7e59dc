"""Statements: padding, marking, the role that signs, and what can be seen of a refused one."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals import jws, tokens
from rahdari.seals.faults import Fault
from rahdari.seals.forms import write_json
from rahdari.seals.keys import new_key

ID = UUID("0198c0de-0000-7000-8000-000000000001")
AT = dt.datetime(2026, 11, 28, 3, 0, tzinfo=dt.UTC)
CLERK, OFFICE = new_key("clerk", 0, 10), new_key("office", 0, 10)
SAID = {
    "id": ID,
    "type": "notice.raised/1",
    "sender": "pk",
    "receiver": "jp",
    "thread": uuid4(),
    "issued_at": AT,
    "language": "en",
    "data": {},
}
texts = st.text(st.characters(codec="utf-8"), max_size=30)


def statement(**change):
    return tokens.make_statement(**({"key": CLERK} | SAID | change))


def plain(**change):
    """The object of a statement without its padding."""
    return jws.split(statement(**change), tokens.STATEMENT).payload.rstrip(b" ")


def signed(payload, key=CLERK):
    return jws.sign(payload, key, tokens.STATEMENT)


def refuses(token):
    with pytest.raises(Fault) as refused:
        tokens.read_statement(token)
    assert refused.value.name == "malformed"


class TestPadding:
    @given(st.text("a", max_size=3000))
    def test_hides_the_length(self, text):
        payload = jws.split(statement(data={"text": text}), tokens.STATEMENT).payload
        assert len(payload) % 1024 == 0
        assert len(payload) - len(payload.rstrip(b" ")) < 1024
        assert tokens.read_statement(statement(data={"text": text})).data == {"text": text}

    @pytest.mark.parametrize(
        "pad",
        [
            lambda raw: raw,
            lambda raw: raw + b" " * (-len(raw) % 1024 - 1),
            lambda raw: raw + b" " * (-len(raw) % 1024 + 1),
            lambda raw: raw + b" " * (-len(raw) % 512 + 512 * (-len(raw) % 1024 < 512)),
            lambda raw: b" " * (-len(raw) % 1024) + raw,
            lambda raw: b" " + raw + b" " * (-len(raw) % 1024 - 1),
            lambda raw: raw + b" " * (-len(raw) % 1024 - 1) + b"\n",
            lambda raw: raw + b"\n" * (-len(raw) % 1024),
            lambda raw: raw + b"\t" + b" " * (-len(raw) % 1024 - 1),
            lambda raw: raw + b"\r" * (-len(raw) % 1024),
            lambda raw: raw + b"\0" * (-len(raw) % 1024),
            lambda raw: raw + b"=" * (-len(raw) % 1024),
            lambda raw: raw + b"\xc2\xa0" + b" " * (-len(raw) % 1024 - 2),
            lambda raw: b"",
            lambda raw: b" " * 1024,
            lambda raw: b"[" + raw + b"]" + b" " * (-len(raw) % 1024 - 2),
        ],
    )
    def test_is_trailing_spaces_to_1024_bytes_and_nothing_else(self, pad):
        refuses(signed(pad(plain())))

    def test_may_be_longer_than_it_must(self):
        raw = plain()
        tokens.read_statement(signed(raw + b" " * (-len(raw) % 1024 + 2048)))

    def test_may_be_none_where_the_object_fits(self):
        raw = plain(data={"text": ""})
        raw = plain(data={"text": "a" * (-len(raw) % 1024)})
        assert len(raw) % 1024 == 0
        tokens.read_statement(signed(raw))

    def test_white_space_inside_is_free(self):
        raw = plain().replace(b":", b" : ").replace(b",", b" ,\n")
        raw = raw.replace(b"00 : 00 : 00", b"00:00:00").replace(b"T03 : 00 : 00", b"T03:00:00")
        tokens.read_statement(signed(raw + b" " * (-len(raw) % 1024)))


class TestMarking:
    @pytest.mark.parametrize("level", tokens.LEVELS)
    @pytest.mark.parametrize("bodies", [(), ("ISA", "PROTECTOR"), ("",)])
    def test_level_and_bodies_are_read_as_they_are(self, level, bodies):
        # Whether they go together is a rule, and its outcome another one than that of a wrong form.
        read = tokens.read_statement(statement(level=level, bodies=bodies))
        assert (read.level, read.bodies) == (level, bodies)

    def test_passes_over_what_it_does_not_know(self):
        raw = plain().replace(b'"bodies":[]', b'"bodies":[],"until":null')
        assert tokens.read_statement(signed(raw + b" " * (-len(raw) % 1024))).bodies == ()


class TestRole:
    @pytest.mark.parametrize("version", [1, 2, 17])
    @pytest.mark.parametrize("kind", tokens.OFFICE_TYPES)
    def test_four_acts_bind_the_state(self, kind, version):
        assert tokens.read_statement(statement(type=f"{kind}/{version}", key=OFFICE)).role == "office"
        with pytest.raises(ValueError, match="role office"):
            statement(type=f"{kind}/{version}")

    @pytest.mark.parametrize(
        "kind",
        [
            "notice.raised",
            "consent.asked",
            "consent.withdrawn",
            "accord.proposed",
            "exchange.outcome",
            "exchange.key_rolled2",
            "xexchange.key_rolled",
            "a.b",
        ],
    )
    def test_all_others_are_a_clerks(self, kind):
        assert tokens.read_statement(statement(type=f"{kind}/1")).role == "clerk"
        with pytest.raises(ValueError, match="role clerk"):
            statement(type=f"{kind}/1", key=OFFICE)


class TestReading:
    def test_takes_the_bytes_a_seal_opened_to(self):
        token = statement()
        assert tokens.read_statement(token.encode()) == tokens.read_statement(token)

    @pytest.mark.parametrize("raw", [b"", b"\xff\xfe", "راہ".encode(), b"\x00" * 50, b"%PDF-1.7"])
    def test_refuses_other_bytes(self, raw):
        refuses(raw)
        refuses(statement().encode() + raw if raw else raw)

    @given(
        st.dictionaries(texts, texts | st.integers(0, 2**53 - 1) | st.none() | st.lists(texts, max_size=3), max_size=5),
        st.sampled_from(tokens.LANGUAGES), st.sampled_from(tokens.LEVELS), st.lists(texts, max_size=3), st.uuids(),
        st.none() | st.uuids(), st.datetimes(timezones=st.just(dt.UTC)),
    )  # fmt: skip
    def test_comes_back(self, data, language, level, bodies, thread, reply, at):
        token = statement(
            data=data,
            language=language,
            level=level,
            bodies=bodies,
            thread=thread,
            in_reply_to=reply,
            consent=reply,
            issued_at=at,
        )
        read = tokens.read_statement(token)
        jws.check(read.jws, CLERK.public)
        assert (read.data, read.language, read.level, read.bodies) == (data, language, level, tuple(bodies))
        assert (read.thread, read.in_reply_to, read.consent) == (thread, reply, reply)
        assert read.issued_at == at.replace(microsecond=at.microsecond // 1000 * 1000)

    @pytest.mark.parametrize(
        "change",
        [
            {"id": uuid4()},
            {"type": "Notice"},
            {"sender": "PK"},
            {"language": "de"},
            {"level": "secret"},
            {"data": {"a": 1.5}},
            {"data": {"a": -1}},
            {"data": None},
        ],
    )
    def test_nothing_is_signed_that_would_be_refused(self, change):
        with pytest.raises(Fault, match="malformed"):
            statement(**change)


class TestGlimpse:
    def test_sees_what_is_whole_in_a_refused_statement(self):
        raw = plain(bodies=["ISA"]).replace(b'"contact_point"', b'"secret"')
        seen = tokens.glimpse(signed(raw))
        assert (seen.id, seen.thread, seen.language, seen.level, seen.bodies) == (ID, SAID["thread"], "en", None, ("ISA",))

    @pytest.mark.parametrize(
        "payload",
        [
            b"",
            b"null",
            b'{"marking":[]}',
            b'{"thread":5,"id":[],"language":null,"marking":{"bodies":[5]}}',
            b"\xff",
            b'{"a":1.0}',
        ],
    )
    def test_sees_nothing_where_nothing_is(self, payload):
        seen = tokens.glimpse(signed(payload))
        assert {seen.id, seen.thread, seen.language, seen.level, seen.bodies} == {None}

    def test_looks_past_header_signature_and_bytes(self):
        header, payload, _ = statement().split(".")
        for token in (f"..{header}", f"e30.{payload}.", f"!.{payload}.!".encode()):
            assert tokens.glimpse(token).thread == (SAID["thread"] if payload in str(token) else None)
        assert tokens.glimpse(b"\xff.\xff.\xff").id is None
        assert tokens.glimpse(write_json({"thread": str(ID)}).decode()).thread is None
