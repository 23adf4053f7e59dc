"""The worked examples of docs/protocol/: tokens, leaves and notes of two invented states, made from the private keys the page shows.

python -m tests.make.protocol_examples     writes docs/protocol/examples.json, and its values into docs/protocol/examples.md

Nothing of `rahdari` may be brought in here, because the page is what `rahdari` is compared with. Every value follows
from the secrets; the words of the page are written in the page, the script fills only the blocks below its markers.
"""

from __future__ import annotations

import json
import re
import struct
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.make.protocol_forms import (
    STATEMENT,
    Key,
    Values,
    b64,
    b64u,
    compact,
    h,
    jws,
    leaf,
    leaf_hash,
    node_hash,
    padded,
    seal,
    sha,
    signature_line,
    unb64u,
    uuid,
)

DAY = 86_400
BEGIN = 1_793_491_200  # 2026-11-01T00:00:00Z
ROLLED = 1_795_572_000  # 2026-11-25T02:00:00Z
YEARS = {"office": 5 * 365, "clerk": 2 * 365, "gateway": 2 * 365, "journal": 5 * 365, "sealing": 90}
SEALS = ("1", "2", "3", "4a", "4b")
Secrets = Mapping[str, bytes]


def secrets_by_label() -> dict[str, bytes]:
    """The secrets of the page: plainly no real ones, each is the hash of its own name."""
    labels = [f"{node} {role}" for node in ("xa", "xb") for role in YEARS] + ["xa gateway 2"]
    labels += [f"seal {number} {part}" for number in SEALS for part in ("ephemeral key", "content key", "iv")]
    return {label: sha(f"rahdari example, not for use: {label}")[: 12 if label.endswith("iv") else 32] for label in labels}


class Story:
    """What two invented states, xa and xb, say to each other in one hour; each value is kept under its name."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        self.values: dict[str, Values] = {}
        self.keys: dict[str, Key] = {}
        for node in ("xa", "xb"):
            for role, days in YEARS.items():
                self.keys[f"{node} {role}"] = Key(role, secrets[f"{node} {role}"], BEGIN, BEGIN + days * DAY)
        self.keys["xa gateway 2"] = Key("gateway", secrets["xa gateway 2"], ROLLED, ROLLED + YEARS["gateway"] * DAY)

    def keep(self, name: str, **values: Any) -> Values:
        self.values[name] = values
        return values

    def token(self, name: str, label: str, typ: str, payload: Values) -> str:
        """A signed token of the story."""
        raw = padded(compact(payload)) if typ == STATEMENT else compact(payload)
        token = jws(raw, typ, self.keys[label])
        told = {"payload_bytes": len(raw)} if typ == STATEMENT else {}
        self.keep(name, signed_by=label, typ=typ, payload=payload, **told, token=token, hash=h(token))
        return token

    def origin(self, node: str) -> str:
        return f"{node}.example/rahdari/{node}"

    def keys_token(self, name: str, node: str, issued_at: str, ends: Mapping[str, int]) -> str:
        """Every key of a node; `ends` are ends that differ from what was said before."""
        jwks = [key.jwk(ends.get(label, 0)) for label, key in self.keys.items() if label.startswith(node)]
        if not ends:
            jwks = [jwk for jwk in jwks if jwk["nbf"] == BEGIN]
        payload = {"spec": 1, "node": node, "journal_origin": self.origin(node), "tls": None, "keys": {"keys": jwks}}
        return self.token(name, f"{node} office", "rahdari-keys+jwt", {**payload, "issued_at": issued_at})

    def statement(self, name: str, label: str, frm: str, to: str, **members: Any) -> str:
        """A statement, padded; what is not told has its plain value."""
        payload = {
            "spec": 1,
            "id": members["id"],
            "type": members["type"],
            "from": frm,
            "to": to,
            "thread": members["thread"],
            "in_reply_to": members.get("in_reply_to"),
            "issued_at": members["issued_at"],
            "marking": {"level": "contact_point", "bodies": []},
            "consent": None,
            "language": "en",
            "data": members["data"],
        }
        return self.token(name, label, STATEMENT, payload)

    def envelope(self, number: str, label: str, statement: str, seq: int, prev: str, sent_at: str) -> str:
        """A seal and the envelope around it."""
        told = json.loads(unb64u(statement.split(".")[1]))
        frm, to = told["from"], told["to"]
        once, content_key, iv = (self.secrets[f"seal {number} {part}"] for part in ("ephemeral key", "content key", "iv"))
        sealed = seal(statement, frm, to, self.keys[f"{to} sealing"], once, content_key, iv)
        self.keep(f"seal {number}", sealed_to=f"{to} sealing", **sealed)
        payload = {"spec": 1, "id": told["id"], "from": frm, "to": to, "seq": seq, "prev": prev, "sent_at": sent_at}
        return self.token(f"envelope {number}", label, "rahdari-envelope+json", {**payload, "body": sealed["token"]})

    def receipt(self, number: str, id: str, envelope: str, stored_at: str, size: int) -> str:
        told = json.loads(unb64u(envelope.split(".")[1]))
        place = {name: told[name] for name in ("from", "to", "seq")}
        payload = {"spec": 1, "id": id, **place, "envelope": h(envelope), "stored_at": stored_at, "journal_size": size}
        return self.token(f"receipt {number}", f"{told['to']} gateway", "rahdari-receipt+json", payload)


def moment(seconds: int, millis: int = 0) -> str:
    """A time of 25 November 2026, told in seconds after one o'clock."""
    hours, rest = divmod(3600 + seconds, 3600)
    return f"2026-11-25T{hours:02d}:{rest // 60:02d}:{rest % 60:02d}.{millis:03d}Z"


def at_ms(seconds: int, millis: int = 0) -> int:
    return (ROLLED - 3600 + seconds) * 1000 + millis


NOTICE = {
    "kind": "intermediary",
    "category": None,
    "known_on": "2026-11-24",
    "about": [{"organisation": {"name": "Example Overseas (invented)", "licence": "XA-0001"}}],
    "where": "Example City",
    "when": "October 2026",
    "what": {"language": "en", "value": "A worker was asked to pay for a place at work."},
    "money": {"amount": 4_000_000, "currency": "PKR"},
    "workers": 1,
    "worker": None,
    "evidence": [],
    "asked": "investigate",
}


def make(secrets: Secrets) -> dict[str, Values]:
    """Every value of the page, by name, in the order of the story."""
    story = Story(secrets)
    for label, key in story.keys.items():
        told = {"jwk": key.jwk(), "thumbprint_input": key.thumbprint_input, "kid": key.kid}
        story.keep(f"key {label}", **told)
    for node in ("xa", "xb"):
        story.keys_token(f"keys token {node}", node, "2026-11-01T00:00:00.000Z", {})
    _document(story)
    _first_letter(story)
    _answer(story)
    _rolling(story)
    _recall(story)
    _journal(story)
    return story.values


def _document(story: Story) -> None:
    payload = {
        "spec": 1,
        "node": "xa",
        "name": {"en": "Invented state xa", "ur": "فرضی ریاست xa", "ja": "架空の国 xa"},
        "contact_point": {"body": "CONTACT_XA", "name": {"en": "Contact point", "ur": "رابطہ مرکز", "ja": "連絡窓口"}},
        "journal_origin": story.origin("xa"),
        "keys_token": story.values["keys token xa"]["token"],
        "types": ["exchange.journal_restarted/1", "exchange.key_rolled/1", "exchange.outcome/1", "notice.raised/1"],
        "limits": {"tokens": 64, "bytes": 4 * 2**20, "token_bytes": 2**20, "blob_bytes": 20 * 2**20},
        "issued_at": moment(-3600),
    }
    story.token("node document", "xa gateway", "rahdari-node+jwt", payload)


def _seed(story: Story, frm: str, to: str) -> str:
    text = f"rahdari-stream/1\n{frm}\n{to}\n"
    return story.keep(f"seed {frm} to {to}", text=text, hash=h(text))["hash"]


def _first_letter(story: Story) -> None:
    id = uuid(at_ms(0), 1)
    statement = story.statement(
        "statement 1", "xa clerk", "xa", "xb",
        id=id, type="notice.raised/1", thread=id, issued_at=moment(0), data=NOTICE,
    )  # fmt: skip
    envelope = story.envelope("1", "xa gateway", statement, 1, _seed(story, "xa", "xb"), moment(2))
    body = compact({"envelopes": [envelope]}).decode("ascii")
    target = "/exchange/v1/envelopes"
    payload = {"iss": "xa", "aud": "xb", "m": "POST", "u": target, "b": h(body), "iat": ROLLED - 3598, "jti": "example-0001"}
    token = story.token("request", "xa gateway", "rahdari-request+jwt", payload)
    story.values["request"] |= {"body": body, "header": f"Authorization: Rahdari {token}"}
    receipt = story.receipt("1", uuid(at_ms(2, 350), 2), envelope, moment(2, 350), 1)
    head = {"seq": 1, "hash": h(envelope)}
    story.keep("answer 1", status=200, body=compact({"receipts": [receipt], "head": head, "problem": None}).decode("ascii"))


def _answer(story: Story) -> None:
    first = story.values["statement 1"]
    id = first["payload"]["id"]
    envelope = story.values["envelope 1"]["hash"]
    data = {"of": id, "statement": first["hash"], "envelope": envelope, "outcome": "taken_up", "reasons": []}
    statement = story.statement(
        "outcome", "xb clerk", "xb", "xa",
        id=uuid(at_ms(3), 3), type="exchange.outcome/1", thread=id, in_reply_to=id, issued_at=moment(3), data=data,
    )  # fmt: skip
    sent = story.envelope("2", "xb gateway", statement, 1, _seed(story, "xb", "xa"), moment(3, 100))
    story.receipt("2", uuid(at_ms(3, 420), 4), sent, moment(3, 420), 2)


def _rolling(story: Story) -> None:
    token = story.keys_token("keys token xa 2", "xa", moment(3600), {"xa gateway": ROLLED})
    retire = [story.keys["xa gateway"].kid]
    data = {"keys_token": token, "at": moment(3600), "reason": "planned", "retire": retire}
    id = uuid(at_ms(3600), 5)
    statement = story.statement(
        "key rolled", "xa office", "xa", "xb",
        id=id, type="exchange.key_rolled/1", thread=id, issued_at=moment(3600), data=data,
    )  # fmt: skip
    envelope = story.envelope("3", "xa gateway", statement, 2, story.values["envelope 1"]["hash"], moment(3601))
    story.receipt("3", uuid(at_ms(3601, 300), 6), envelope, moment(3601, 300), 3)


def _recall(story: Story) -> None:
    id, first = uuid(at_ms(3601), 7), story.values["envelope 1"]
    place = {name: first["payload"][name] for name in ("id", "from", "to", "seq", "prev")}
    payload = {"spec": 1, **place, "envelope": first["hash"], "recalled_by": id, "at": moment(3601, 400)}
    stub = story.token("stub", "xa gateway", "rahdari-stub+json", payload)
    outside = {"id": place["id"], "seq": place["seq"], "envelope": first["hash"], "prev": place["prev"], "stub": stub}
    data = {"of": place["id"], "statement": story.values["statement 1"]["hash"], "reason": "wrong_firm", "stubs": [outside]}
    statement = story.statement(
        "recall", "xa clerk", "xa", "xb",
        id=id, type="notice.recalled/1", thread=place["id"], in_reply_to=place["id"], issued_at=moment(3601), data=data,
    )  # fmt: skip
    prev = story.values["envelope 3"]["hash"]
    refused = story.envelope("4a", "xa gateway 2", statement, 3, prev, moment(3601, 500))
    payload = {"spec": 1, "from": "xa", "to": "xb", "seq": 3, "envelope": h(refused)}
    payload |= {"name": "key_unknown", "refused_at": moment(3601, 700)}
    refusal = story.token("refusal", "xb gateway", "rahdari-refusal+json", payload)
    problem = {"type": "/exchange/problems/key_unknown", "title": "The key is not known", "status": 403}
    problem |= {"detail": "The token is signed with no gateway key of a paired node.", "seq": 3, "refusal": refusal, "index": 0}
    answer = {"receipts": [], "head": {"seq": 2, "hash": prev}, "problem": problem}
    story.keep("answer 4a", status=200, body=compact(answer).decode("ascii"))
    story.envelope("4b", "xa gateway", statement, 3, prev, moment(3605))


def _journal(story: Story) -> None:
    values, data = story.values, []
    for index, (way, number, name) in enumerate(
        (("sent", "1", "statement 1"), ("received", "2", "outcome"), ("sent", "3", "key rolled"))
    ):
        envelope, receipt = values[f"envelope {number}"], values[f"receipt {number}"]
        frm, to, seq = (envelope["payload"][member] for member in ("from", "to", "seq"))
        told = frm, to, seq, envelope["token"], values[name]["token"], receipt["token"], receipt["payload"]["stored_at"]
        data.append(leaf(way, *told))
        story.keep(f"leaf {index}", text=data[-1], hash=leaf_hash(data[-1]).hex())
        if index == 0:
            other = leaf("received", *told)
            story.keep("leaf 0 of xb", text=other, hash=leaf_hash(other).hex())
    first, second, third = map(leaf_hash, data)
    pair = node_hash(first, second)
    root = node_hash(pair, third)
    story.keep(
        "tree",
        size=3,
        inner_node=pair.hex(),
        root=root.hex(),
        inclusion_of_leaf_0=[b64u(second), b64u(third)],
        consistency_from_2=[b64u(third)],
    )
    _notes(story, root, third)


def _notes(story: Story, root: bytes, third: bytes) -> None:
    origin, witness = story.origin("xa"), story.origin("xb")
    text = f"{origin}\n3\n{b64(root)}\n"
    note = f"{text}\n{signature_line(origin, 1, story.keys['xa journal'], text.encode())}"
    story.keep("checkpoint", signed_by="xa journal", text=text, note=note)
    story.keep("add-checkpoint", body=f"old 2\n{b64(third)}\n\n{note}")
    seconds = ROLLED + 60
    message = f"cosignature/v1\ntime {seconds}\n{text}"
    line = signature_line(witness, 4, story.keys["xb journal"], message.encode(), struct.pack(">Q", seconds))
    story.keep("cosignature", signed_by="xb journal", time=seconds, message=message, line=line)


def as_json(values: Mapping[str, Values], secrets: Secrets) -> str:
    """The file for programs: secrets and every value."""
    told = {"secrets": {label: b64u(secret) for label, secret in secrets.items()}, "values": values}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "protocol"
WIDTH, SHOWN = 110, 100  # letters of a line; of a text inside a payload
BLOCK = re.compile(
    r"^`(?P<name>[a-z0-9 -]+)`, (?P<member>[a-z_0-9]+):\n\n```[a-z]*\n(?P<shown>.*?)\n?```\n", re.DOTALL | re.MULTILINE
)
SECRET = re.compile(r"^\| (?P<label>[a-z0-9 ]+) \| `(?P<secret>[A-Za-z0-9_-]+)` \|", re.MULTILINE)
TABLE = re.compile(r"(?<=<!-- secrets -->\n)(?:\|.*\n)*")


def shown(value: Any) -> str:
    """A value as the page shows it: JSON with long texts cut, texts of lines as they are, the rest in lines of one width."""
    if isinstance(value, str) and value.startswith("{") and len(value) > WIDTH and '"alg"' not in value:
        value = json.loads(value)
    if isinstance(value, (dict, list)):
        return _laid_out(_cut(value))
    text = str(value)
    return text.rstrip("\n") if "\n" in text or " " in text else "\n".join(textwrap.wrap(text, WIDTH))


def _laid_out(value: Any, before: str = "") -> str:
    """JSON, in one line where it fits into one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(before) + len(line) <= WIDTH or not isinstance(value, (dict, list)):
        return line
    names = [f"{json.dumps(name)}: " for name in value] if isinstance(value, dict) else [""] * len(value)
    inner = value.values() if isinstance(value, dict) else value
    lines = [f"{before} {name}{_laid_out(one, before + ' ')}" for name, one in zip(names, inner, strict=True)]
    return "{}\n{}\n{}{}".format(
        "{" if isinstance(value, dict) else "[", ",\n".join(lines), before, "}" if isinstance(value, dict) else "]"
    )


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cut(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_cut(one) for one in value]
    return f"{value[:24]}…{value[-8:]}" if isinstance(value, str) and len(value) > SHOWN else value


def filled(page: str, values: Mapping[str, Values], secrets: Secrets) -> str:
    """The page with the values in its blocks and the secrets in its table."""

    def block(found: re.Match[str]) -> str:
        value = values[found["name"]][found["member"]]
        text = shown(value)
        return f"`{found['name']}`, {found['member']}:\n\n```{'json' if text[0] in '{[' else 'text'}\n{text}\n```\n"

    rows = "".join(f"| {label} | `{b64u(secret)}` |\n" for label, secret in secrets.items())
    table = f"| secret | value |\n|---|---|\n{rows}"
    return TABLE.sub(lambda found: table, BLOCK.sub(block, page), count=1)


def secrets_in(page: str) -> dict[str, bytes]:
    """The secrets a page shows."""
    return {found["label"]: unb64u(found["secret"]) for found in SECRET.finditer(page)}


if __name__ == "__main__":
    fresh = secrets_by_label()
    made = make(fresh)
    (FOLDER / "examples.json").write_text(as_json(made, fresh), encoding="utf-8")
    text = (FOLDER / "examples.md").read_text(encoding="utf-8")
    (FOLDER / "examples.md").write_text(filled(text, made, fresh), encoding="utf-8")
