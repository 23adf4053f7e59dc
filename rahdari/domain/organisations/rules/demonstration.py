"""The invented entries of the registers of the demonstration. Pure.

The firms that the demonstration's people act for are licensed; three promoters more show what a search finds: a valid, a
suspended and a cancelled licence under like names. A new application has the old officer of the cancelled one behind it;
one person without a licence is being heard, against another a warning stands. Numbers, people, phones and accounts are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from .entries import AccountEntered, BranchEntered, Entry, OfficerEntered, Paper

PROMOTER_LICENCE = "OP&HRD/0001/PWR/2024"
LAW = "invented for the demonstration"
PAPER = Paper("demonstration.pdf", b"%PDF-1.4\n% invented for the demonstration\n")


@dataclass(frozen=True, slots=True)
class Example:
    """One entry: registry id, kind, number, years of validity (0: without end), what became of it."""

    registry_id: str
    kind: str
    number: str
    entry: Entry
    years: int = 3
    became: str = "valid"


def _promoter(*names: str, phone: str, officer: str, card: str, address: str, branch: str = "") -> Entry:
    return Entry(
        names=names,
        address=address,
        phones=(phone,),
        officers=(OfficerEntered(f"{officer} (invented)", "owner", card),),
        accounts=(AccountEntered("Bank of the demonstration (invented)", f"PK00DEMO{card.replace('-', '')}"),),
        branches=(BranchEntered(branch),) if branch else (),
    )


EXAMPLES = {
    "pk": (
        Example(
            "pk:org:demo-promoter", "OEP", PROMOTER_LICENCE,
            _promoter("Sitara Promoters (invented)", "ستارہ پروموٹرز (فرضی)", "シターラ斡旋(架空)", phone="+92915550101",
                      officer="Bilal Sheikh", card="17301-0000101-1", address="Saddar, Peshawar (invented)", branch="Mardan"),
        ),
        Example(
            "pk:org:demo-karwan", "OEP", "OP&HRD/0002/PWR/2025",
            _promoter("Karwan Example (invented)", "کاروان نمونہ (فرضی)", phone="+92915550102", officer="Nasreen Gul",
                      card="17301-0000102-2", address="University Road, Peshawar (invented)"),
        ),
        Example(
            "pk:org:demo-karwan-east", "OEP", "OP&HRD/0003/LHR/2023",
            _promoter("Karwan-e-Mashriq (invented)", "کاروان مشرق (فرضی)", phone="+924255550103", officer="Waqas Tariq",
                      card="35201-0000103-3", address="Mall Road, Lahore (invented)"),
            became="suspended",
        ),
        Example(
            "pk:org:demo-karwan-express", "OEP", "MPD/0004/RWP/09",
            _promoter("Karwan Express (invented)", "کاروان ایکسپریس (فرضی)", phone="+925155550104", officer="Javed Anjum",
                      card="37405-0000104-5", address="Raja Bazaar, Rawalpindi (invented)"),
            became="cancelled",
        ),
        Example(
            "pk:org:demo-school", "TRAINING_BODY", "",
            Entry(names=("Roshni School (invented)", "روشنی اسکول (فرضی)", "ロシュニ語学校(架空)"), address="Lahore (invented)"),
            years=0,
        ),
    ),
    "jp": (
        Example(
            "jp:org:demo-employer", "ACCEPTING_ORG", "8000000000001",
            Entry(names=("Hinata Care (invented)", "ہیناتا کیئر (فرضی)", "介護ホームひなた(架空)"), address="新潟市 (架空)",
                  phones=("+81255550101",), officers=(OfficerEntered("Sato Kenji (invented)", "manager"),)),
            years=0,
        ),
        Example(
            "jp:org:demo-support", "RSO", "24登-000001",
            Entry(names=("Kakehashi Support (invented)", "کاکےہاشی سپورٹ (فرضی)", "かけはし支援(架空)"), address="東京都 (架空)",
                  phones=("+81355550102",), officers=(OfficerEntered("Suzuki Hanae (invented)", "director"),)),
            years=5,
        ),
        Example(
            "jp:org:demo-placement", "JP_PLACEMENT", "13-ユ-000001",
            Entry(names=("Asahiya (invented)", "آساہیا (فرضی)", "あさひや職業紹介(架空)"), address="東京都 (架空)"),
        ),
        Example(
            "jp:org:demo-exams", "EXAM_BODY", "",
            Entry(names=("Hoshi Tests (invented)", "ہوشی امتحانی مرکز (فرضی)", "ほし試験センター(架空)")),
            years=0,
        ),
    ),
}  # fmt: skip

# What an officer entered from the papers of firms that apply.
APPLICATIONS = {
    "pk": (
        Entry(
            names=("Karvan Xpres Overseas (invented)", "کارواں ایکسپرس اوورسیز (فرضی)"),
            address="Committee Chowk, Rawalpindi (invented)",
            phones=("+925155550199",),
            officers=(
                OfficerEntered("Sobia Rehman (invented)", "owner", "37405-0000199-8"),
                OfficerEntered("Javaid Anjum (invented)", "manager", "37405-0000104-5"),
            ),
        ),
    ),
    "jp": (),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A person said to recruit without a licence; with a `reply` the warning was decided."""

    name: str
    ground: str
    text: str
    phone: str
    works_in: str
    licence_shown: str = ""
    reply: str = ""


INDIVIDUALS = {
    "pk": (
        Heard(
            "Tanveer Example (invented)", "sub_agent", "Two workers say he collected papers for a firm that does not know him.",
            "+923005550177", "Mardan", PROMOTER_LICENCE,
        ),
        Heard(
            "Ghulam Example (invented)", "money_taken", "Three receipts for money taken for a job in Japan (invented).",
            "+923005550188", "Multan", reply="He says he only passed the money on.",
        ),
    ),
    "jp": (),
}  # fmt: skip
