"""What each norm says of a single line: Pakistan, Japan, the Memorandum, the ILO definition.

Each norm speaks for itself; none is silent because another one allows or forbids.
No Django, no database, no clock.
"""

from __future__ import annotations

from rahdari.base.reference import Book, Row

from .costs_amounts import ROUTE_OF, SERVICE, TABLES, to_government
from .costs_lines import RECRUITING, SELLERS, UNLICENSED, Line, Points, law, point, weaker, words_of

HOLDINGS = frozenset({"ILLEGIT_BOND", "ILLEGIT_COLLATERAL"})


def judge_line(line: Line, book: Book) -> Points:
    """Every point on one line that needs no sum."""
    yield from _pakistan(line, book)
    yield from _japan(line, book)
    yield from _deposit(line, book)
    yield from _penalty(line, book)
    yield from _basis(line, book)
    yield from _ilo(line, book)
    if line.said.item and not line.item:
        yield point(line, "item_not_recognised", sure="low")


def _pakistan(line: Line, book: Book) -> Points:
    """No cash for promoters; nobody but a licensed promoter or the state corporation between worker and work."""
    to_promoter = ROUTE_OF.get(line.payee) == "oep" or (not line.payee and line.item in SERVICE)
    rule = law("PK_NO_CASH", line.on, book)
    if line.said.channel == "cash" and to_promoter and line.charged and rule:
        yield point(line, "cash", rule, norm=rule["norm"])
    own_staff = line.payee == "employer_staff" and (line.payer in ("employer", "accepting_org") or line.table == "support_items")
    if line.payee in UNLICENSED and not own_staff and (line.charged or line.held):
        yield point(line, "unlicensed_intermediary", book.one("authorities", code="OEP"), norm=line.said.country or "PK")


def _japan(line: Line, book: Book) -> Points:
    """Mandatory support is free for the worker, directly and indirectly; fees of others are not the worker's."""
    if not line.charged or not (line.worker_pays or line.said.deducted_from_wage):
        return
    rule = law("JP_SUPPORT_FREE", line.on, book)
    if line.table == "support_items" and rule:
        yield point(line, "support_cost_charged", rule, norm=rule["norm"])
    for row in book.in_force("fees_jp", line.on, item=line.item):
        if row["payer"] != "worker":
            yield point(line, "wrong_payer", row, {"payer": row["payer"]}, norm=TABLES["fees_jp"].norm)


def _deposit(line: Line, book: Book) -> Points:
    """Money or property held: whatever it is called, also when it will be given back, also without an amount."""
    rule = law("MOC_DEPOSIT", line.on, book)
    sure = _held(line, rule, book)
    if not sure:
        return
    if rule:
        yield point(line, rule["moc_category"], rule, norm=rule["norm"], sure=sure)
    yield from _criterion(line, "jp_no_deposit", "NO_DEPOSIT", sure, book)


def _held(line: Line, rule: Row | None, book: Book) -> str:
    """How sure it is that something of the worker's side is held; "" when nothing says so."""
    if line.held:
        return "high"
    if not line.charged or line.business_pays or line.payee in SELLERS or to_government(line, book):
        return ""
    if line.said.refundable or line.category in HOLDINGS:
        return "high"
    word = words_of(line, "MOC_DEPOSIT", book)
    return word["confidence"] if word else ""


def _penalty(line: Line, book: Book) -> Points:
    """A sum or a transfer that falls due when the contract is broken."""
    word = words_of(line, "MOC_PENALTY", book) if line.charged else None
    sure = "high" if line.said.due_on_breach else word["confidence"] if word else ""
    if not sure or line.business_pays or line.said.amount == 0:
        return
    if rule := law("MOC_PENALTY", line.on, book):
        yield point(line, rule["moc_category"], rule, norm=rule["norm"], sure=sure)
    yield from _criterion(line, "jp_no_penalty", "NO_PENALTY", sure, book)


def _basis(line: Line, book: Book) -> Points:
    """Money taken without its basis, or without the worker understanding amount and breakdown."""
    if not line.charged or (line.business_pays and not line.said.deducted_from_wage):
        return
    unexplained = line.denied("understood")
    if not unexplained and not line.denied("basis_shown"):
        return
    if rule := law("MOC_BASIS", line.on, book):
        yield point(line, rule["moc_category"], rule, norm=rule["norm"])
    if unexplained and line.said.country != "JP":
        yield from _criterion(line, "jp_fees_understood", "FEES_UNDERSTOOD", "high", book)


def _criterion(line: Line, code: str, criterion: str, sure: str, book: Book) -> Points:
    """What the same thing does to the employment contract in Japan: a reason beside the finding."""
    if row := law(criterion, line.on, book, "contract_criteria"):
        yield point(line, code, row, sure=sure)


def _ilo(line: Line, book: Book) -> Points:
    """Any fee or related cost the worker pays; an illegitimate one whoever pays."""
    rule = law("ILO_WORKER_PAID", line.on, book)
    if not line.charged or not rule:
        return
    illegitimate = book.one("fee_categories", code=line.category) if line.group == "illegitimate" else None
    paid = _worker_bears(line)
    if paid:
        sure = weaker(rule["confidence"], "high" if line.item else "low")
        yield point(line, "ilo_worker_paid", rule, norm=rule["norm"], sure=sure)
    if illegitimate:
        yield point(line, "ilo_illegitimate", illegitimate, norm="" if paid else rule["norm"])


def _worker_bears(line: Line) -> bool:
    """Whether a cost of recruitment falls on the worker's side.

    What is taken from the wage for a listed cost is recovered from the worker. A free
    text is a cost of recruitment when it goes to those who recruit and prepare; what is
    taken from the wage for something unlisted (rent, food), or falls due later, is not.
    """
    if line.item:
        return line.worker_pays or bool(line.category and line.said.deducted_from_wage)
    if line.said.deducted_from_wage or (line.said.due_on_breach and not line.said.paid_on):
        return False
    return line.worker_pays and (not line.payee or line.payee in RECRUITING)
