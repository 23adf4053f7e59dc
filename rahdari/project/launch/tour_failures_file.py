"""Beside the line: files that cannot be opened so, papers that lie about their kind, a certificate that is not genuine."""

from __future__ import annotations

from rahdari.project.launch.thread_tour import EXAM, FIELD, FILE, PAPER, SCAN
from rahdari.project.launch.tour_step import MINUTE, PDF, TODAY, UUID, Form, Step, act, in_days, refused, unchanged, under

OPEN, PUT = "/en/file/open/", "/en/file/papers/put/"
COUNTER, SCHOOL, PROTECTOR = ("pk", "oec_counter"), ("pk", "training_desk"), ("pk", "protector")
# Who applies, by the end of their passport's number; 8 is fifteen years old, today and in every year.
NAMES = {
    "3": ("MAHNOOR BALOCH", "F"), "4": ("DANISH YOUSAFZAI", "M"), "5": ("SUMBUL GILANI", "F"), "6": ("REHAN LODHI", "M"),
    "7": ("NAYAB KIANI", "F"), "8": ("TAIMUR SHINWARI", "M"), "9": ("LAIBA TAREEN", "F"),
}  # fmt: skip
ZONE = "P<PAKSHINWARI<<TAIMUR<<<<<<<<<<<<<<<<<<<<<<<\nZZ76543283PAK1105050M35031442120300000081<38"
WRONG_DIGIT = ZONE.replace("ZZ76543283", "ZZ76543289")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def file_of(number: str) -> Form:
    """The form of the file of one of those who apply."""
    name, sex = NAMES[number]
    born = f"{TODAY.year - 15}-01-02" if number == "8" else "2001-03-14"
    return FILE | {"told.name": name, "told.sex": sex, "told.passport_no": f"ZZ765432{number}", "told.birth_date": born}


def _files() -> tuple[Step, ...]:
    who, young = ("pk", "worker_8"), file_of("8")
    opened = [
        act("pk", f"worker_{one}", f"worker opens a file: {NAMES[one][0].title()}", OPEN, file_of(one), status=(200, 422))
        for one in NAMES
        if one != "8"
    ]
    return (
        *opened,
        refused(*who, "passport line with a wrong digit", OPEN, young | {"told.zone": WRONG_DIGIT}, "zone_number_differs",
                "The check digit of the passport number should be"),
        refused(*who, "passport line of another name", OPEN, young | {"told.zone": ZONE, "told.name": "TAHIR SHINWARI"},
                "mrz_mismatch", "The two lines of the passport say something else: the name"),
        refused(*who, "somebody else's passport", OPEN, young | {"told.passport_no": "ZZ7654323"}, "duplicate_person",
                "exists already. Nobody has two files"),
        refused(*COUNTER, "somebody else's identity card", OPEN, young | {"identity": "54400-0000003-2"}, "duplicate_person",
                "exists already. Nobody has two files"),
        refused(*COUNTER, "an identity card nobody registered", OPEN, young | {"identity": "54400-0999999-2"},
                "identity_missing", "No account with this number of identity card"),
        refused(*who, "passport that has ended", OPEN, young | {"told.passport_until": in_days(-1)}, "passport_expired",
                "Renew it first"),
        refused(*who, "name not in Latin letters", OPEN, young | {"told.name": "تیمور شنواری"}, "name_not_latin",
                "Write the name in Latin letters"),
        act(*who, "worker opens a file: Taimur Shinwari", OPEN, young, status=(200, 422)),
        refused(*who, "a picture that says it is a PDF", PUT, {"kind": "degree"}, "file_ending_lies",
                "what is in it is something else", files={"file": ("degree.pdf", PNG)}),
        refused(*who, "a program that says it is a PDF", PUT, {"kind": "degree"}, "file_kind_unknown",
                "This kind of file is not accepted", files={"file": ("degree.pdf", b"MZ\x90\0 not a paper")}),
        refused(*who, "an empty file", PUT, {"kind": "degree"}, "file_empty", "empty", files={"file": ("degree.pdf", b"")}),
        unchanged(*who, "none of it is in the file", "/en/file/", "degree.pdf", texts=("TAIMUR SHINWARI",)),
        act(*who, "a paper that is one", PUT, {"kind": "degree"}, files={"file": ("degree.pdf", PDF)},
            keep={"paper_8": rf"/file/papers/{UUID}/take-out/"}),
        act(*who, "and out of the file again", "/en/file/papers/{paper_8}/take-out/", {}, page="/en/file/"),
        refused("jp", "employer", "Japan sees no file", "/en/file/of/", None, "wrong_node", "You may not do this here", 403),
    )  # fmt: skip


def _certificate() -> tuple[Step, ...]:
    number = f"FORGED-{MINUTE}"
    told = {"file_id": "{file_6}", "exam": EXAM, "field": FIELD, "on": in_days(0), "certificate_no": number} | PAPER
    check = "/en/exams/certificates/{forged}/check/"
    return (
        act("pk", "worker_6", "worker lets the school see the file", "/en/file/consents/give/", {"body": "pk:org:demo-school"}),
        Step("pk", "school finds the file", "/en/exams/certificates/new/", visitor="training_desk",
             keep={"file_6": rf'value="{UUID}"[^>]*>REHAN LODHI'}),
        refused(*SCHOOL, "6 a certificate without its scan", "/en/exams/certificates/new/", told, "scan_missing",
                "The scan of the paper is missing"),
        act(*SCHOOL, "6 school enters a certificate, forged", "/en/exams/certificates/new/", told, files=SCAN,
            keep={"forged": rf"/exams/certificates/{UUID}/"}),
        refused(*SCHOOL, "6 the school may not check it", check, None, "not_permitted", "You may not do this here", 403),
        refused(*PROTECTOR, "6 the examiner names another number", check, {"certificate_no": "C-1"}, "certificate_differs",
                "This is not the number that was entered"),
        act("jp", "anyone", "anyone asks the examiner's node for it", "/en/exams/certificates/verify/",
            {"certificate": number, "birth_date": "2001-03-14"}, texts=("No such certificate is known",)),
    )  # fmt: skip


def file_failures() -> tuple[Step, ...]:
    """The files of those who apply, and what is refused of files and papers."""
    return (
        *under("What does not pass · the file: wrong passports, other people's papers, files that lie", *_files()),
        *under("What does not pass · station 6: a forged certificate", *_certificate()),
    )
