"""The shape in which terms of work, a demand and its costs are told by people and programs. No Django, no database here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from rahdari.base.facts import Amount, Day, Facts, code_of
from rahdari.base.money import InWholeUnits
from rahdari.base.reference import Book

from .terms import with_hash

Currency = Literal["JPY", "PKR", "USD"]
Code = Annotated[str, Field(max_length=60)]


class MoneyFacts(Facts):
    """An amount in the smallest unit of its currency."""

    amount: Annotated[Amount, InWholeUnits("currency", usual="JPY")]
    currency: Currency = "JPY"


class PayFacts(MoneyFacts):
    """Basic pay, a month or an hour."""

    per: Literal["month", "hour"] = "month"


class AllowanceFacts(Facts):
    """What is paid beside the basic pay, and how it is worked out."""

    code: Literal["night", "housing", "family", "qualification", "shift", "attendance", "other"]
    money: MoneyFacts
    basis: Annotated[str, Field(min_length=1, max_length=200)]


class DeductionFacts(Facts):
    """What is taken from the pay, and how it is worked out."""

    code: Literal["tax", "social_insurance", "employment_insurance", "housing", "utilities", "meals", "union", "other"]
    money: MoneyFacts
    basis: Annotated[str, Field(min_length=1, max_length=200)]


class HousingFacts(Facts):
    """Who gives the room, what it costs a month, how large it is."""

    code: Literal["employer_free", "employer_charged", "own_search"]
    money: MoneyFacts
    m2: Annotated[str, Field(min_length=1, max_length=20)]


class TermsFacts(Facts):
    """The terms of work of a demand or an offer."""

    pay_basic: PayFacts
    comparable_pay: MoneyFacts
    allowances: Annotated[list[AllowanceFacts], Field(max_length=30)] = []
    deductions: Annotated[list[DeductionFacts], Field(max_length=30)] = []
    hours_week: Annotated[int, Field(ge=1, le=60)]
    days_year: Annotated[int, Field(ge=1, le=366)]
    overtime: Literal["paid_by_law", "paid_above_law", "none"]
    leave: Annotated[int, Field(ge=0, le=60)]
    length_months: Annotated[int, Field(ge=1, le=60)]
    housing: HousingFacts
    work_place: Literal["fixed", "changing"]
    return_travel: Literal["employer", "worker", "shared"]
    language: Literal["en", "ur", "ja"]

    def told(self) -> dict[str, Any]:
        """The terms as they stand in a statement, with their hash."""
        return with_hash(self.model_dump(mode="json"))


def _work_known(value: str, info: ValidationInfo) -> str:
    """A field of the tables, or a kind of professional work."""
    book: Book = (info.context or {})["book"]
    works = {row["code"] for row in book.rows("professional_routes", kind="work")}
    if value not in book.codes("fields") and value not in works:
        raise PydanticCustomError("unknown_code", "unknown code")
    return value


_work_known.table, _work_known.column = "fields", "code"  # type: ignore[attr-defined]  # read by forms that offer the codes


class ProfessionalFacts(Facts):
    """What professional work asks of the employer: its category at the immigration agency, and the language of the work."""

    employer_category: Annotated[int, Field(ge=1, le=4)]
    faces_people: bool = False
    working_language: Literal["ja", "en"] = "ja"

    def told(self) -> dict[str, Any]:
        """As it is kept and told."""
        return self.model_dump(mode="json")


class DemandFacts(Facts):
    """What is asked for. The employer is the one who files; a placement business or a paper names another one."""

    employer: Annotated[str, Field(max_length=80)] = ""
    employer_name: Annotated[str, Field(max_length=200)] = ""
    route: Literal["oep", "oec", "direct", "inside", "professional"]
    kind: Literal["ssw1", "ssw2", "professional"]
    promoter: Annotated[str, Field(max_length=80)] = ""
    promoter_licence: Annotated[str, Field(max_length=40)] = ""
    field: Annotated[str, AfterValidator(_work_known)]
    duty: Code = ""
    dispatch: bool = False
    places: Annotated[int, Field(ge=1, le=10_000)]
    prefecture: Annotated[str, code_of("prefectures")]
    municipality: Annotated[str, Field(max_length=6, pattern="^([0-9]{6})?$")] = ""
    tests: Annotated[list[Annotated[str, code_of("exam_kinds")]], Field(max_length=20)] = []
    opens_on: Day
    closes_on: Day
    professional: ProfessionalFacts | None = None
    terms: TermsFacts


class CorrectionFacts(Facts):
    """What of a demand may be corrected; its parties, its way and its field make another demand."""

    duty: Code = ""
    places: Annotated[int, Field(ge=1, le=10_000)]
    prefecture: Annotated[str, code_of("prefectures")]
    municipality: Annotated[str, Field(max_length=6, pattern="^([0-9]{6})?$")] = ""
    tests: Annotated[list[Annotated[str, code_of("exam_kinds")]], Field(max_length=20)] = []
    opens_on: Day
    closes_on: Day
    terms: TermsFacts


class CostFacts(Facts):
    """A line of cost as the advertisement shows it: what for, how much, who pays it."""

    code: Code
    money: MoneyFacts
    payer: Literal["worker", "employer", "promoter", "state"]

    def told(self) -> dict[str, Any]:
        """The line as it is kept and shown."""
        return self.model_dump(mode="json")
