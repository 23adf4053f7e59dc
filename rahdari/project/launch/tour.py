"""The scripted tour of `bin/demo --check`: a walk over HTTP through both nodes, as a table of steps.

To add a step, add a row to `STEPS`; the case through all stations stands in `thread_tour.py`, what does not pass in
`tour_failures.py`. A row stands on the rows
before it: the same `visitor` keeps cookies from step to step, and what a step remembers with `keep` may be used in
later addresses and forms as `{name}`.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import sys
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from rahdari.project.launch.direct_tour import direct_way
from rahdari.project.launch.inside_tour import inside_way
from rahdari.project.launch.professional_tour import professional_way
from rahdari.project.launch.remote_tour import remote_way
from rahdari.project.launch.thread_tour import thread_of_both, thread_of_one
from rahdari.project.launch.tour_failures import failures
from rahdari.project.launch.tour_step import Step, sign_in, under

TIMEOUT = 30.0  # seconds
PAUSE = 0.4  # seconds between two tries of a step
NOT_KEPT = "an earlier step should have kept"
LANGUAGES = {"en": "ltr", "ur": "rtl", "ja": "ltr"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: `fault` is empty when all was as expected."""

    step: Step
    fault: str

    @property
    def good(self) -> bool:
        return not self.fault


def _every_node() -> tuple[Step, ...]:
    steps = []
    for node in ("pk", "jp"):
        steps.append(Step(node, "alive", "/healthz", texts=("alive",)))
        steps.append(Step(node, "ready", "/readyz", texts=('"ready"',)))
        for language, direction in LANGUAGES.items():
            marks = (f'lang="{language}"', f'dir="{direction}"')
            steps.append(Step(node, f"start page ({language})", f"/{language}/", texts=marks))
    return tuple(steps)


def _reading() -> tuple[Step, ...]:
    """What anyone reads: the law as dated rows, on both nodes."""
    nurse = {"status": "ssw1", "field": "LINEN_SUPPLY", "applied_on": "2026-11-25"}
    number = {"kind": "cnic", "value": "\u06f3\u06f5\u06f2\u06f0\u06f1-1234567-1"}
    return (
        Step("pk", "fields, in Urdu", "/ur/fields/", texts=("نرسنگ کیئر",)),
        Step("jp", "a field with its order", "/ja/fields/FOOD_SERVICE/", texts=("SUS-2026-01", "外食業")),
        Step("pk", "14, 12, 16, 19 fields", "/en/fields/history/", texts=("2022",)),
        Step("pk", "the agreement", "/ja/agreement/", texts=("clause-6.1",)),
        Step("pk", "a checker as a form", "/ur/checks/costs/", texts=("csrfmiddlewaretoken",)),
        Step("pk", "not open yet", "/api/checks/eligibility", "POST", texts=("field_not_open",), json=nurse),
        Step("jp", "digits of Urdu", "/api/checks/identifiers", "POST", texts=("35201-1234567-1",), json=number),
        Step("pk", "a wrong fact", "/api/checks/stay", "POST", 422, texts=("/nonsense",), json={"nonsense": 1}),
        Step("pk", "description of the API", "/api/openapi.json", texts=('"3.1',)),
        Step("pk", "no such page", "/ur/nowhere/", status=404, texts=('dir="rtl"',)),
        Step("pk", "a stranger at a desk", "/en/desk/", status=302),
    )


def _an_order() -> tuple[Step, ...]:
    """A stop of a field from the ministry's request to its lifting, by three people of Japan's node."""
    here, today = "/en/fields/FORESTRY/", dt.datetime.now(dt.UTC).date().isoformat()
    figures = {"residents": "880", "residents_as_of": "2026-09-30", "ceiling": "900"}
    kinds = ("coe", "change_of_status", "change_of_employer", "extension")
    order = {"announced_on": today, "effective_from": today, "text": "Invented order of the demonstration."}
    order |= (
        {f"{kind}_effect": "none" for kind in kinds} | {f"{kind}_test": "filed" for kind in kinds} | {"coe_effect": "not_issued"}
    )
    asked = {"ministry": "maff-fields", "first_officer": "contact-point", "second_officer": "contact-point-2"}
    entered = tuple(step for visitor, address in asked.items() for step in sign_in("jp", visitor, address))
    entered += sign_in("pk", "protector", "protector")
    order_page = "/en/fields/orders/{order}/"
    return (
        *entered,
        Step("jp", "ministry asks for another's field", "/en/fields/NURSING_CARE/ask-stop/", status=403, visitor="ministry",
             code="not_own_field"),
        Step("jp", "ministry forgets the reason", f"{here}ask-stop/", "POST", 422, ('class="err"', 'value="880"'),
             form=figures, visitor="ministry", code="reason_missing"),
        Step("jp", "ministry asks for a stop", f"{here}ask-stop/", "POST",
             form=figures | {"reason": "stop_ceiling_forecast"}, visitor="ministry"),
        Step("jp", "it waits for the contact point", "/en/desk/", texts=("Forestry",), visitor="first_officer"),
        Step("jp", "first officer announces", f"{here}announce/", "POST", form=order,
             keep={"order": r"/fields/orders/([0-9a-f-]{36})/"}, visitor="first_officer"),
        Step("jp", "first officer may not decide", order_page + "decide/", "POST", 403, form={}, visitor="first_officer",
             code="four_eyes"),
        Step("jp", "second officer decides", order_page + "decide/", "POST", form={}, visitor="second_officer"),
        Step("jp", "anyone reads that it is stopped", here, texts=("Invented order of the demonstration.",)),
        Step("jp", "ministry asks to lift it", f"{here}ask-lift/", "POST",
             form=figures | {"reason": "lift_ceiling_raised"}, visitor="ministry"),
        Step("jp", "second officer lifts it", order_page + "lift/", "POST", form={"lifted_on": today}, visitor="second_officer"),
        Step("pk", "Pakistan's desk may not ask", f"{here}ask-stop/", status=403, visitor="protector", code="wrong_node"),
    )  # fmt: skip


STEPS: tuple[Step, ...] = (
    *under("Both nodes are alive", *_every_node()),
    *under("What anyone reads", *_reading()),
    *under("A field is stopped, and opened again", *_an_order()),
    *under("One case over both nodes, stations 1 to 17", *thread_of_both()),
    *under("One case on Pakistan's node alone, Japan's steps from paper", *thread_of_one()),
    *under("An employer's own offer, stations 1 to 17: nobody recruits", *direct_way()),
    *under("Work for one who lives in Japan, stations 1 to 17: the status is changed there", *inside_way()),
    *under("An engineer, stations 1 to 17: a degree stands for the test", *professional_way()),
    *under("A service from home, from a firm's enquiry to its payment", *remote_way()),
    *failures(),
)


def walk(addresses: Mapping[str, str], steps: tuple[Step, ...] | None = None) -> list[Taken]:
    """Takes every step (of `STEPS`) in order and says how each went; `addresses` by node, without a slash at the end."""
    taken: list[Taken] = []
    kept: dict[str, str] = {}
    visitors: dict[tuple[str, str], httpx.Client] = {}
    try:
        for step in STEPS if steps is None else steps:
            who = (step.node, step.visitor)
            if who not in visitors:
                # The environment's proxies are for the world outside, not for this machine.
                visitors[who] = httpx.Client(base_url=addresses[step.node], timeout=TIMEOUT, trust_env=False)
            taken.append(Taken(step, _take_within(step, visitors[who], kept)))
    finally:
        for client in visitors.values():
            client.close()
    return taken


def table(taken: list[Taken]) -> str:
    """The walk as a table for a terminal: a heading for each part, a line for each step, and how many went how.

    `ok` is done as it should be, `--` refused as it must be, `NO` not as expected.
    """
    rows = [(one.step.node, one.step.method, one.step.name, _outcome(one), one.step.path) for one in taken]
    heads = ("node", "", "step", "answer", "address")
    widths = [max(_width(row[column]) for row in (heads, *rows)) for column in range(len(heads) - 1)]
    lines, part = [_line(heads, widths, "   ")], ""
    for one, row in zip(taken, rows, strict=True):
        if one.step.part != part:
            part = one.step.part
            lines += ["", part]
        lines.append(_line(row, widths, "NO " if not one.good else "-- " if one.step.code else "ok "))
    failed = sum(not one.good for one in taken)
    must = sum(bool(one.step.code) for one in taken)
    told = f"{len(taken)} steps, of which {must} must be refused: "
    return "\n".join([*lines, "", told + ("all as expected" if not failed else f"{failed} NOT as expected")])


def _outcome(one: Taken) -> str:
    return one.fault or (f"refused: {one.step.code}" if one.step.code else "as expected")


def _take_within(step: Step, client: httpx.Client, kept: dict[str, str]) -> str:
    """The fault of a step once its time is over, empty as soon as there is none."""
    begin = dt.datetime.now(dt.UTC)
    for name, seconds in step.moments.items():
        kept[name] = (begin + dt.timedelta(seconds=seconds)).isoformat(timespec="milliseconds")
    until = time.monotonic() + step.within
    fault = _take(step, client, kept)
    while fault and NOT_KEPT not in fault and time.monotonic() < until:
        time.sleep(PAUSE)
        fault = _take(step, client, kept)
    return fault


def _take(step: Step, client: httpx.Client, kept: dict[str, str]) -> str:
    """The fault of a step, empty when there is none."""
    try:
        return "; ".join(_faults(step, _ask(step, client, kept), kept))
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        return f"no answer: {problem or type(problem).__name__}"
    except KeyError as missing:
        return f"{NOT_KEPT} {missing}"


def _faults(step: Step, answer: httpx.Response, kept: dict[str, str]) -> list[str]:
    for name, pattern in step.keep.items():
        found = re.search(pattern, answer.text)
        if found:
            kept[name] = found[1]
    asked = step.status if isinstance(step.status, tuple) else (step.status,)
    faults = [] if answer.status_code in asked else [f"status {answer.status_code} instead of {step.status}{_said(answer)}"]
    faults += [f"{text!r} is missing" for text in step.texts if _filled(text, kept) not in answer.text]
    faults += [f"{text!r} is there" for text in step.absent if _filled(text, kept) in answer.text]
    return faults + [f"nothing to keep as {name!r}" for name in step.keep if name not in kept]


def _ask(step: Step, client: httpx.Client, kept: Mapping[str, str]) -> httpx.Response:
    path = _filled(step.path, kept)
    if step.form is None:
        return client.request(step.method, path, json=step.json)
    page = client.get(_filled(step.page, kept) if step.page else path)
    filled = _hidden(page.text, path) | {name: _filled(value, kept) for name, value in step.form.items()}
    files = {name: (told, _written(content, kept), "application/pdf") for name, (told, content) in step.files.items()} or None
    headers = {"Referer": str(page.url)}
    return client.request(step.method, path, data=filled, files=files, headers=headers, follow_redirects=True)


def _hidden(page: str, path: str) -> dict[str, str]:
    """What the form for this address carries hidden, its token with it; of a page without one the token alone."""
    forms = re.findall(r'<form([^>]*method="post"[^>]*)>(.*?)</form>', page, re.DOTALL)
    own = [text for told, text in forms if f'action="{path}"' in told] or [text for told, text in forms if "action=" not in told]
    hidden = r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?'
    carried = {name: html.unescape(value) for name, value in re.findall(hidden, own[0] if own else "")}
    token = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', page)
    return carried | ({"csrfmiddlewaretoken": token[1]} if token else {})


def _said(answer: httpx.Response) -> str:
    """What a page says was wrong, for the table."""
    wrong = re.findall(r'<p class="err"[^>]*>([^<]+)|<ul><li>([^<]+)</li>', answer.text)
    return "".join(f"; {html.unescape(one or other)}" for one, other in wrong)


def _filled(text: str, kept: Mapping[str, str]) -> str:
    """The text with every `{name}` replaced by what was kept; raises KeyError when nothing was."""
    return re.sub(r"\{(\w+)\}", lambda found: kept[found[1]], text)


def _written(content: bytes, kept: Mapping[str, str]) -> bytes:
    """A file with what was kept put in; of one that is no text nothing is read."""
    return content if b"{" not in content else _filled(content.decode(), kept).encode()


def _line(row: tuple[str, ...], widths: list[int], first: str) -> str:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
    return f"{first} {'  '.join((*padded, row[-1]))}".rstrip()


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: wide letters two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def main(arguments: list[str]) -> int:
    """Walks through nodes that already run: `python -m rahdari.project.launch.tour PK_ADDRESS JP_ADDRESS`."""
    taken = walk(dict(zip(("pk", "jp"), arguments, strict=True)))
    print(table(taken))
    return 0 if all(one.good for one in taken) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
