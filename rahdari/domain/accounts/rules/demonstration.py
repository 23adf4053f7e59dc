"""The invented people of the demonstration: one for each role, and the organisations they act for.

Names are invented and marked as such; addresses end in `.demo.invalid`, which no mail server answers for.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

PASSWORD = "rahdari-demonstration"  # noqa: S105  (shown on the demonstration's page; production refuses invented people)
MARK = "(invented)"


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person: role, name, body, branch."""

    role: str
    name: str
    body: str
    office: str = ""
    address: str = ""

    def email(self, node: str) -> str:
        """The address they sign in with."""
        return f"{self.address or self.role.removesuffix('_pk').removesuffix('_jp').replace('_', '-')}@{node}.demo.invalid"


@dataclass(frozen=True, slots=True)
class Firm:
    """One invented organisation: registry id, kind, names in three languages."""

    body: str
    kind: str
    name_en: str
    name_ur: str
    name_ja: str


FIRMS = (
    Firm("pk:org:demo-promoter", "OEP", "Sitara Promoters (invented)", "ستارہ پروموٹرز (فرضی)", "シターラ斡旋(架空)"),
    Firm("pk:org:demo-school", "TRAINING_BODY", "Roshni School (invented)", "روشنی اسکول (فرضی)", "ロシュニ語学校(架空)"),
    Firm("jp:org:demo-employer", "ACCEPTING_ORG", "Hinata Care (invented)", "ہیناتا کیئر (فرضی)", "介護ホームひなた(架空)"),
    Firm("jp:org:demo-support", "RSO", "Kakehashi Support (invented)", "کاکےہاشی سپورٹ (فرضی)", "かけはし支援(架空)"),
    Firm("jp:org:demo-placement", "JP_PLACEMENT", "Asahiya (invented)", "آساہیا (فرضی)", "あさひや職業紹介(架空)"),
    Firm("jp:org:demo-exams", "EXAM_BODY", "Hoshi Tests (invented)", "ہوشی امتحانی مرکز (فرضی)", "ほし試験センター(架空)"),
)

STAFF = {
    "pk": (
        Invented("promoter_manager", "Bilal Sheikh", "pk:org:demo-promoter"),
        Invented("promoter_clerk", "Hina Raza", "pk:org:demo-promoter"),
        Invented("oec_officer", "Kamran Yousaf", "OEC"),
        Invented("oec_counter", "Sadia Malik", "OEC"),
        Invented("oec_counter", "Tariq Latif", "OEC", address="oec-counter-2"),
        Invented("training_desk", "Farah Jamil", "pk:org:demo-school"),
        Invented("protector", "Asad Bangash", "PROTECTOR", "PEW"),
        Invented("bureau_officer", "Nadia Kamal", "BEOE"),
        Invented("bureau_officer", "Faisal Mehmood", "BEOE", address="bureau-officer-2"),
        Invented("contact_point_pk", "Salman Qureshi", "CONTACT_PK"),
        Invented("test_ministry_pk", "Rabia Noor", "TEST_MINISTRY_PK"),
        Invented("attache", "Imran Shafi", "CWA"),
        Invented("opf_officer", "Zainab Rashid", "OPF"),
        Invented("custodian_pk", "Usman Ghafoor", "MOP_HRD"),
        Invented("grievance_pk", "Amna Siddiq", "MOP_HRD"),
        Invented("node_operator", "Hamza Iqbal", "MOP_HRD", address="operator"),
        Invented("auditor", "Mehwish Anwar", "MOP_HRD"),
        Invented("protector", "Shazia Haleem", "PROTECTOR", "PEW", address="protector-2"),
    ),
    "jp": (
        Invented("employer", "Sato Kenji", "jp:org:demo-employer"),
        Invented("support_org", "Suzuki Hanae", "jp:org:demo-support"),
        Invented("placement_business", "Takahashi Jiro", "jp:org:demo-placement"),
        Invented("exam_body", "Ito Sakura", "jp:org:demo-exams"),
        Invented("contact_point_jp", "Watanabe Ichiro", "CONTACT_JP"),
        Invented("contact_point_jp", "Aoki Tsubasa", "CONTACT_JP", address="contact-point-2"),
        Invented("isa_regional", "Yamamoto Midori", "ISA", "TOKYO"),
        Invented("isa_regional", "Nakamura Shiro", "ISA", "TOKYO", address="isa-regional-2"),
        Invented("field_ministry", "Kobayashi Haruko", "MHLW", address="mhlw-fields"),
        Invented("field_ministry", "Kato Natsuo", "METI", address="meti-fields"),
        Invented("field_ministry", "Yoshida Akiko", "MLIT", address="mlit-fields"),
        Invented("field_ministry", "Yamada Fuyuki", "MAFF", address="maff-fields"),
        Invented("field_ministry", "Sasaki Manabu", "MOE_JP", address="moe-fields"),
        Invented("labour_ministry", "Matsumoto Minoru", "LSIO"),
        Invented("police_liaison", "Inoue Tsuyoshi", "NPA"),
        Invented("visa_desk", "Kimura Noriko", "EMB_JP_PK"),
        Invented("custodian_jp", "Hayashi Mamoru", "MOJ"),
        Invented("grievance_jp", "Shimizu Kiku", "ISA"),
        Invented("node_operator", "Mori Hajime", "ISA", address="operator"),
        Invented("auditor", "Abe Akira", "MOJ"),
        Invented("exam_body", "Endo Tomoko", "jp:org:demo-exams", address="exam-body-2"),
        Invented("exam_body", "Okada Shun", "jp:org:demo-exams", address="exam-body-3"),
    ),
}

# Workers: name, phone and card number (made up; no message leaves a demonstration), language.
WORKERS = {
    "pk": (
        ("Zarghuna Khan", "+923000000101", "17301-0000001-2", "ur"),
        ("Arif Hussain", "+923000000102", "35201-0000002-1", "ur"),
        ("Mahnoor Baloch", "+923000000103", "54400-0000003-2", "ur"),
        ("Danish Yousafzai", "+923000000104", "16202-0000004-1", "ur"),
        ("Sumbul Gilani", "+923000000105", "37405-0000005-2", "ur"),
        ("Rehan Lodhi", "+923000000106", "42101-0000006-1", "ur"),
        ("Nayab Kiani", "+923000000107", "61101-0000007-2", "ur"),
        ("Taimur Shinwari", "+923000000108", "21203-0000008-1", "ur"),
        ("Laiba Tareen", "+923000000109", "56503-0000009-2", "ur"),
    ),
    "jp": (("Zarghuna Khan", "+818000000101", "ZZ00000001ZZ", "ur"),),
}


def totp_secret(email: str) -> str:
    """The secret of an invented person's authenticator app: the same on every machine, and known to everybody."""
    return base64.b32encode(hashlib.sha256(f"rahdari demonstration {email}".encode()).digest()[:20]).decode()
