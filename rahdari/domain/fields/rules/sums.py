"""What the reference tables must add up to, beyond the shape of each: totals, counts, scales without a hole, examples.

Asked only when every table has its shape. No Django, no database may be brought in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from rahdari.base.reference import Book, Row
from rahdari.domain.organisations.rules import CHECKS, why_not

SUPPORT_ITEMS, PREFECTURES, STATIONS = 10, 47, 19
# Scales on which every score has one level: instrument, its lowest and its highest score.
WHOLE_SCALES = (("JFT_BASIC", 10, 250),)
KIND_TEXTS = ("name", "title", "regex", "normalise", "check", "check_rule", "source", "confidence")
EXAMPLES = ("valid", "invalid_format", "invalid_check")


def faults_of_sums(book: Book) -> list[str]:
    """Where the tables contradict themselves or each other."""
    checks = (_ceilings, _counts, _subtotals, _numbered, _scales, _effects)
    return [fault for check in checks for fault in check(book)]


def _total(rows: Iterable[Row], column: str) -> int:
    return sum(row.number(column) or 0 for row in rows)


def _ceilings(book: Book) -> Iterator[str]:
    for row in book.rows("ceiling_totals"):
        found = _total(book.rows("field_ceilings", decided_on=row["decided_on"], scheme=row["scheme"]), "ceiling")
        if found != row.number("total"):
            yield f"ceiling_totals.csv: {row['decided_on']} {row['scheme']}: the fields add up to {found}, not {row['total']}"
    known = {(row["decided_on"], row["scheme"]) for row in book.rows("ceiling_totals")}
    for decided, scheme in sorted({(row["decided_on"], row["scheme"]) for row in book.rows("field_ceilings")} - known):
        yield f"field_ceilings.csv: no total stands in ceiling_totals for {decided} {scheme}"


def _counts(book: Book) -> Iterator[str]:
    for row in book.rows("field_counts"):
        day = row.day("from_date")
        found = sum(field.in_force(day) for field in book.rows("fields")) if day else 0
        if found != row.number("fields"):
            yield f"field_counts.csv: {row['from_date']}: {found} fields stand in fields.csv, not {row['fields']}"


def _subtotals(book: Book) -> Iterator[str]:
    for row in book.rows("fee_subtotals_pk"):
        with_service = "service" in row["label"]
        items = [
            fee
            for fee in book.rows("fees_pk", route=row["route"])
            if fee["kind"] == "fixed" or (with_service and fee["item"] == "OEP_SERVICE_PLACEMENT")
        ]
        found = _total(items, "amount_pkr")
        if found != row.number("total_pkr"):
            yield f"fee_subtotals_pk.csv: {row['route']} {row['label']}: the items add up to {found}, not {row['total_pkr']}"


def _numbered(book: Book) -> Iterator[str]:
    for table, column, last in (("support_items", "number", SUPPORT_ITEMS), ("stations", "station", STATIONS)):
        if [row.number(column) for row in book.rows(table)] != list(range(1, last + 1)):
            yield f"{table}.csv: the rows must be numbered 1 to {last} in this order"
    stages = [row.number("station") or 0 for row in book.rows("case_stages")]
    if stages != sorted(stages):
        yield "case_stages.csv: the stages must stand in the order of their stations"
    if len(book.rows("prefectures")) != PREFECTURES:
        yield f"prefectures.csv: {len(book.rows('prefectures'))} rows, {PREFECTURES} expected"


def _scales(book: Book) -> Iterator[str]:
    for instrument, lowest, highest in WHOLE_SCALES:
        rows = book.rows("language_levels", instrument=instrument)
        for period in sorted({(row["valid_from"], row["valid_until"]) for row in rows}):
            steps = sorted(
                (row.number("score_min") or 0, row.number("score_max") or 0)
                for row in rows
                if (row["valid_from"], row["valid_until"]) == period
            )
            joined = all(upper[0] == lower[1] + 1 for lower, upper in pairwise(steps))
            if not joined or (steps[0][0], steps[-1][1]) != (lowest, highest):
                yield f"language_levels.csv: the scale of {instrument} from {period[0]} has a hole, an overlap or another end"


def _effects(book: Book) -> Iterator[str]:
    for row in book.rows("suspension_effects"):
        if (row["condition"] == "any") == bool(row["reference_date"]):
            yield (
                f"suspension_effects.csv: {row['order_id']} {row['application_kind']}: a reference_date belongs to the "
                "conditions before and on_or_after, and to them only"
            )
    for row in book.rows("fields"):
        if bool(row["merged_into"]) != (row["status"] == "merged"):
            yield f"fields.csv: {row['code']}: merged_into and the status merged belong together"


def faults_of_identifiers(kinds: Iterable[Mapping[str, object]], book: Book | None) -> list[str]:
    """What is wrong with the kinds of numbers: each one's own examples must fit or fail as they say.

    Some forms rest on tables; without a book of sound tables the examples are not asked.
    """
    faults, seen = [], set()
    for kind in kinds:
        name = str(kind.get("name", ""))
        if not name or name in seen:
            faults.append(f"identifiers.json: the name {name!r} is missing or stands twice")
        seen.add(name)
        if "regex" in kind:
            faults += [f"identifiers.json: {name}: {fault}" for fault in _of_kind(kind, book)]
        elif not kind.get("why"):
            faults.append(f"identifiers.json: {name}: neither a form (regex) nor why there is none")
    return faults


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _of_kind(kind: Mapping[str, object], book: Book | None) -> Iterator[str]:
    lacking = [text for text in KIND_TEXTS if not isinstance(kind.get(text), str) or not kind[text]]
    lacking += [name for name in EXAMPLES if not _are_texts(kind.get(name))]
    if lacking or kind["check"] not in CHECKS:
        yield f"wrong or missing: {', '.join(lacking) or 'check'}"
        return
    try:
        form = re.compile(str(kind["regex"]).removesuffix("$") + r"\Z", re.ASCII)
    except re.error as wrong:
        yield f"the form is not a regular expression: {wrong}"
        return
    if not kind["valid"] or not kind["invalid_format"]:
        yield "examples missing"
    if book is not None:
        yield from _of_examples(kind, form, book)


def _of_examples(kind: Mapping[str, object], form: re.Pattern[str], book: Book) -> Iterator[str]:
    for value in kind["valid"]:  # type: ignore[attr-defined]
        if not form.match(value) or why_not(kind, value, book):
            yield f"a valid example fails: {value!r}"
    for value in kind["invalid_format"]:  # type: ignore[attr-defined]
        if form.match(value):
            yield f"an example of a wrong form passes: {value!r}"
    for value in kind["invalid_check"]:  # type: ignore[attr-defined]
        if not form.match(value) or not why_not(kind, value, book):
            yield f"an example of a wrong check passes, or has a wrong form: {value!r}"
