"""The published form of every statement this program understands: its schema as a file, and a page for people.

Both are read off the packages' `messages.py` (`SCHEMAS`, `MARKING`, `PERSONAL`). They lie in `docs/api/exchange/`; the same
schemas are served at `/exchange/v1/schemas/FAMILY.VERB.VERSION.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rahdari.domain.jobs.messages import DETAILS
from rahdari.domain.jobs.messages.journey import CONTACT, PUBLIC, SEEN_BY
from rahdari.domain.jobs.messages.shapes import BODY, CODE
from rahdari.project.mailroom import JOURNEY, MESSAGES, STEPS
from rahdari.seals.tokens.statements import role_of

Schema = Mapping[str, Any]
ID, DAY, HASH, HEX = "id", "day", "hash", "hex hash"
PATTERNS = {
    "^[A-Za-z0-9_-]{43}$": HASH,
    "^[0-9a-f]{64}$": HEX,
    BODY["pattern"]: "body",
    CODE["pattern"]: "code",
}
FORMATS = {"uuid": ID, "date": DAY, "date-time": "time"}
NO_NUL = ("^[^\u0000]*$", "^[^\\u0000]*$")
HEAD = """# Statement types this program understands

{generated}

The rules that every statement follows are in [the protocol](../../protocol.md), sections 2 and 4; who sends which type, and
the types that are still to come, in [types](../../protocol/types.md). The files beside this page are the JSON Schemas
(2020-12) of `data`, as a node serves them at `/exchange/v1/schemas/FAMILY.VERB.VERSION.json`.

| word | means |
|---|---|
| **bold** | required |
| id | UUID in lower case |
| day | `YYYY-MM-DD` |
| time | `YYYY-MM-DDTHH:MM:SS.sssZ` |
| hash | SHA-256 in base64url, 43 letters; *hex hash*: in hexadecimal, 64 letters |
| files | a list of `{{name, media_type, size, sha256, sealed}}`: what the exchange carries as blobs |
| text N | at most N characters; no text may hold U+0000 |
| body | `{body}` |
| code | `{code}` |
| `a.b` | the member `b` of the object `a`; `a[].b`: of each object in the list `a` |
| personal | says something about one person; with the reason why it crosses |

| type | what it says | signed by | default marking | schema |
|---|---|---|---|---|
"""


def statement_pages(generated: str) -> dict[str, str]:
    """Every file of `docs/api/exchange/` by its name; `generated` is the line that says who writes them."""
    pages = {file_of(type): json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for type, schema, _ in _types()}
    return {**pages, "README.md": _page(generated)}


def file_of(type: str) -> str:
    """The name of a type's schema: `FAMILY.VERB.VERSION.json`."""
    return f"{type.replace('/', '.')}.json"


def _types() -> Iterator[tuple[str, Schema, Any]]:
    found = [(type, schema, messages) for messages in MESSAGES for type, schema in messages.SCHEMAS.items()]
    yield from sorted(found, key=lambda one: one[0])


def _told(messages: Any, name: str, type: str) -> Any:
    """What a package says of one of its types: in a table by type, or once for all."""
    return getattr(messages, f"{name}S")[type] if hasattr(messages, f"{name}S") else getattr(messages, name)


def _page(generated: str) -> str:
    lines = [HEAD.format(generated=generated, body=_cell(BODY["pattern"]), code=CODE["pattern"])]
    for type, schema, messages in _types():
        marking = _told(messages, "MARKING", type)["level"]
        link = f"[{type}](#{type.replace('.', '').replace('/', '')})"
        lines.append(f"| {link} | {schema['title']} | {role_of(type)} | `{marking}` | [json]({file_of(type)}) |\n")
    for type, schema, messages in _types():
        lines.append(f"\n## {type}\n\n{schema['title']}.\n\n| member | form |\n|---|---|\n")
        lines += [f"| {_name(path, required)} | {_cell(form)} |\n" for path, required, form in members(schema)]
        lines += _below(type, schema, _told(messages, "PERSONAL", type))
    return "".join([*lines, *_steps()])


def _below(type: str, schema: Schema, personal: Any) -> Iterator[str]:
    if type == JOURNEY:
        yield "\nThe members of `details` follow from `step`: [steps](#steps-of-journeystage1).\n"
    else:
        yield from (f"\n{one}\n" for one in conditions(schema))
    # A package may list the personal members of all its types together: path and reason. Here those of this type count.
    told = [one for one in personal if isinstance(one, str) or one[0].split("/")[0] in schema["properties"]]
    lines = [one if isinstance(one, str) else f"`{one[0].replace('/', '.')}`: {one[1]}" for one in told]
    yield "\nPersonal:" + ("\n\n" + "".join(f"- {one}\n" for one in lines) if lines else " none.\n")


def conditions(schema: Schema) -> Iterator[str]:
    """What a member asks of others: each `if` and `then` in a sentence."""
    for rule in (schema, *schema.get("allOf", [])):
        for name, asked in rule.get("if", {}).get("properties", {}).items():
            then = rule["then"]
            forms = {
                one: inner
                for one, inner in then.get("properties", {}).items()
                if isinstance(inner, dict) and "const" not in inner
            }
            told = [f"`{one}`" for one in then.get("required", []) if one != name]
            told += [f"`{one}` ({form(inner)})" for one, inner in forms.items()]
            yield f"Where `{name}` is {form(asked)}, required: {', '.join(told)}."


def _name(path: str, required: bool) -> str:
    return f"**`{path}`**" if required else f"`{path}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def members(schema: Schema, before: str = "") -> Iterator[tuple[str, bool, str]]:
    """Every member of an object with its path, whether it is required, and its form in words."""
    for name, inner in schema.get("properties", {}).items():
        path = f"{before}{name}"
        yield path, name in schema.get("required", []), form(inner)
        yield from _inside(inner, path)


def _inside(schema: Schema, path: str) -> Iterator[tuple[str, bool, str]]:
    if schema.get("x-rahdari") == "blobs":
        return
    for choice in (schema, *schema.get("anyOf", [])):
        yield from members(choice, f"{path}.")
        if isinstance(choice.get("items"), dict):
            yield from members(choice["items"], f"{path}[].")


def form(schema: Schema) -> str:
    """The form of one value in a few words."""
    if "anyOf" in schema and "type" not in schema:
        return " or ".join(dict.fromkeys(form(one) for one in schema["anyOf"]))
    if "const" in schema or "enum" in schema:
        return " · ".join(_code(one) for one in schema.get("enum", [schema.get("const")]))
    kinds = schema.get("type", "any")
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    return " or ".join(_kind(kind, schema) for kind in kinds)


def _code(value: Any) -> str:
    return "null" if value is None else f'"{value}"' if value == "" else f"`{value}`"


def _kind(kind: str, schema: Schema) -> str:
    if kind == "string":
        return _text(schema)
    if kind == "integer":
        return _range("int", schema, "minimum", "maximum")
    if kind == "array":
        return _list(schema)
    return {"object": "object", "boolean": "true or false"}.get(kind, kind)


def _list(schema: Schema) -> str:
    if schema.get("x-rahdari") == "blobs":
        return _range("files", schema, "minItems", "maxItems")
    inner = form(schema["items"]) if "items" in schema else "any"
    return f"{_range('list', schema, 'minItems', 'maxItems')} of {inner}"


def _range(word: str, schema: Schema, low: str, high: str) -> str:
    least, most = schema.get(low, 0), schema.get(high)
    if most is None:
        return f"{word}, from {least}" if least else word
    return f"{word} {least}–{'2^53−1' if most == 2**53 - 1 else most}"


def _text(schema: Schema) -> str:
    named = FORMATS.get(schema.get("format", "")) or PATTERNS.get(schema.get("pattern", ""))
    if named:
        return named
    pattern = schema.get("pattern")
    if pattern and pattern not in NO_NUL:
        return f"text `{pattern}`"
    return f"text {schema['maxLength']}" if "maxLength" in schema else "text"


def _steps() -> Iterator[str]:
    contacts = " or ".join(f"`{one}`" for one in sorted(CONTACT.values()))
    yield f"\n## Steps of {JOURNEY}\n\n"
    yield "The closed list. *Seen by*: the bodies of the default marking on the receiving side, beside its contact point\n"
    yield f"({contacts}); small letters are parts in the case, and a body of the sender's own side is never listed.\n"
    yield "*Taken up*: whether this program acts on the step already; else the outcome is `type_unknown`.\n\n"
    yield "| step | details | seen by | taken up |\n|---|---|---|---|\n"
    for step, details in DETAILS.items():
        told = "; ".join(f"{_name(path, required)} {_cell(form)}" for path, required, form in members(details)) or "–"
        seen = "anyone" if step in PUBLIC else ", ".join(SEEN_BY[step])
        yield f"| `{step}` | {told} | {seen} | {'yes' if step in STEPS else 'not yet'} |\n"
