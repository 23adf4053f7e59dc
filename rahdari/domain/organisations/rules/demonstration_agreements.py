"""The invented agreements of the demonstration. Pure.

Partners, numbers and figures are invented; the countries are real, because a country cannot be invented on this page.
"""

from __future__ import annotations

from dataclasses import dataclass

INVENTED = "invented for the demonstration"


@dataclass(frozen=True, slots=True)
class ExampleAgreement:
    """One agreement: the kind and names of its partner, days from the day of the seeding, figures from the newest month back."""

    number: str
    country: str
    kind: str
    names: tuple[str, ...]
    subject: str
    signed_days_ago: int
    years: int = 0
    review_in_days: int | None = None
    months: tuple[tuple[int, int, int], ...] = ()


AGREEMENTS = (
    ExampleAgreement(
        "DEMO-AGR-01", "JP", "placement_business", ("Asahiya (invented)", "آساہیا (فرضی)", "あさひや職業紹介(架空)"),
        "Matching of specified skilled workers (invented)", 400, 3, 60,
    ),
    ExampleAgreement(
        "DEMO-AGR-02", "JP", "training_firm", ("Kotoba Academy (invented)", "کوتوبا اکیڈمی (فرضی)", "ことば学院(架空)"),
        "Japanese lessons before departure (invented)", 250, 2,
    ),
    ExampleAgreement(
        "DEMO-AGR-03", "KR", "agency", ("Hanbit Work Agency (invented)", "ہانبت ورک ایجنسی (فرضی)"),
        "Workers for factories and farms (invented)", 900, 5, 200,
        months=((120, 31, 12), (98, 22, 18), (143, 40, 15), (87, 19, 3)),
    ),
    ExampleAgreement(
        "DEMO-AGR-04", "DE", "matching_firm", ("Brücke Pflege (invented)", "بروکے فلیگے (فرضی)"),
        "Nurses (invented)", 500, 0, None, months=((16, 4, 2), (21, 6, 0), (9, 0, 0)),
    ),
    ExampleAgreement(
        "DEMO-AGR-05", "SA", "ministry", ("Ministry of the demonstration (invented)", "نمائشی وزارت (فرضی)"),
        "Skilled workers and their wages (invented)", 1200, 4, 30,
        months=((2310, 1480, 1102), (1995, 1260, 987)),
    ),
)  # fmt: skip
