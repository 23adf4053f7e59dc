"""The words of the program in Urdu and Japanese: finding what is said, keeping the catalogues, joining them.

`locale/<language>/*.po` hold the translations, one file a package. `compile_all` joins them
into the one file Django reads, which is made on each machine and not kept in the repository.

    python -m rahdari.project.catalogues            joins them
    python -m rahdari.project.catalogues --extract  adds what is said but has no line yet, empty
    python -m rahdari.project.catalogues --check    says what is missing or differs; exit status 1 if anything
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent.parent
LOCALE = PROJECT / "locale"
LANGUAGES = ("ur", "ja")
KEYWORDS = {
    name: spec
    for names, spec in {
        ("_", "gettext", "gettext_lazy", "gettext_noop"): None,
        ("ngettext", "ngettext_lazy"): (1, 2),
        ("pgettext", "pgettext_lazy"): ((1, "c"), 2),
    }.items()
    for name in names
}
# Columns of the reference tables that exist in English only; their texts are translated like the program's.
ENGLISH_COLUMNS = {
    "clause_kinds": ["rule_en"],
    "counting_rules": ["rule_en", "applies_to"],
    "duties": ["event_en"],
    "fee_rules": ["rule_en"],
    "field_ceilings": ["note"],
    "field_counts": ["event"],
    "field_requirements": ["note"],
    "field_residents": ["note"],
    "fields": ["note"],
    "moc_articles": ["title", "paraphrase_en"],
    "request_facts": ["reason"],
    "stay_rules": ["rule_en"],
    "suspension_effects": ["note"],
    "suspensions": ["note"],
    "test_waivers": ["condition"],
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the program: the package that says it, its context and its plural."""

    package: str
    text: str
    plural: str = ""
    context: str = ""
    place: str = ""


def package_of(path: Path) -> str:
    """The catalogue a file's texts belong to: the name of its package."""
    parts = path.relative_to(PROJECT / "rahdari").parts
    return parts[1] if parts[0] == "domain" else parts[0]


def all_said() -> Iterator[Said]:
    """Everything the program says: code, templates, and the English columns of the reference tables."""
    for path in sorted((PROJECT / "rahdari").rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "migrations" in path.parts or not path.is_file():
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            if "templates" not in path.parts:
                continue
            source = templatize(source)
        place = str(path.relative_to(PROJECT))
        for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
            text, plural = message if isinstance(message, tuple) else (message, "")
            if text:
                yield Said(package_of(path), text, plural or "", context or "", place)
    yield from _said_by_tables()


def _said_by_tables() -> Iterator[Said]:
    for table, columns in ENGLISH_COLUMNS.items():
        with (PROJECT / "rahdari" / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield from (Said("reference", row[column], place=f"{table}.csv") for column in columns if row[column])


def catalogues(language: str) -> dict[str, Catalog]:
    """The catalogues of a language as they lie in the repository: file name → content."""
    found = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as lines:
            found[path.stem] = read_po(lines, locale=language, abort_invalid=True)
    return found


def joined(language: str) -> Catalog:
    """One catalogue with every translation of a language."""
    whole = Catalog(locale=language, charset="utf-8", domain="django")
    for catalogue in catalogues(language).values():
        for message in catalogue:
            if message.id and _filled(message.string):
                whole.add(message.id, message.string, context=message.context)
    return whole


def _filled(translation: object) -> bool:
    return all(translation) if isinstance(translation, (tuple, list)) else bool(translation)


def compile_all() -> None:
    """Writes the file Django reads, for each language."""
    for language in LANGUAGES:
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        whole = io.BytesIO()
        write_mo(whole, joined(language))
        # In one move: whoever reads at this moment reads the old catalogue or the new one, never half of one.
        unfinished = folder / f"unfinished-{os.getpid()}.mo"
        unfinished.write_bytes(whole.getvalue())
        unfinished.replace(folder / "django.mo")


def faults() -> list[str]:
    """What is wrong with the catalogues: missing, differing between packages, or with other placeholders."""
    said = list(all_said())
    return [fault for language in LANGUAGES for fault in _faults_in(language, said)]


def _faults_in(language: str, said: Iterable[Said]) -> Iterator[str]:
    known: dict[tuple[str, str], tuple[str, object]] = {}
    for name, catalogue in catalogues(language).items():
        for message in catalogue:
            if not message.id or not _filled(message.string):
                continue
            text = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            key = (message.context or "", text)
            if key in known and known[key][1] != message.string:
                yield f"{language}: {name}.po and {known[key][0]}.po differ on {text!r}"
            known[key] = (name, message.string)
            yield from _bad_placeholders(language, name, text, message.string)
    for one in {(one.context, one.text): one for one in said}.values():
        if (one.context, one.text) not in known:
            yield f"{language}: no translation of {one.text!r} ({one.place})"


def _bad_placeholders(language: str, name: str, text: str, translation: object) -> Iterator[str]:
    forms = translation if isinstance(translation, (tuple, list)) else (translation,)
    for form in forms:
        if set(PLACEHOLDER.findall(str(form))) - {"%%"} != set(PLACEHOLDER.findall(text)) - {"%%"}:
            yield f"{language}: {name}.po: the placeholders of {text!r} differ"


def extract_missing() -> None:
    """Adds every text without a line to its package's catalogue, empty, and drops lines nobody says any more."""
    said = {(one.context, one.text): one for one in all_said()}
    for language in LANGUAGES:
        files = catalogues(language)
        held = {(m.context or "", m.id[0] if isinstance(m.id, (tuple, list)) else m.id) for c in files.values() for m in c}
        for key, one in said.items():
            if key not in held:
                catalogue = files.setdefault(one.package, Catalog(locale=language, charset="utf-8"))
                catalogue.add((one.text, one.plural) if one.plural else one.text, context=one.context or None)
        for name, catalogue in files.items():
            _drop_unsaid(catalogue, said)
            _write(language, name, catalogue)


def _drop_unsaid(catalogue: Catalog, said: dict[tuple[str, str], Said]) -> None:
    for message in list(catalogue):
        text = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        if text and (message.context or "", text) not in said:
            catalogue.delete(message.id, context=message.context)


def _write(language: str, name: str, catalogue: Catalog) -> None:
    path = LOCALE / language / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.header_comment = f"# {name}: translations into {'Urdu' if language == 'ur' else 'Japanese'}.\n#"
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, no_location=True, width=0, sort_output=False)
    header = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    if language == "ja":
        header += '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    else:
        header += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    path.write_text(header + "\n" + buffer.getvalue().decode().strip() + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    if "--extract" in arguments:
        extract_missing()
    if "--check" in arguments:
        found = faults()
        print("\n".join(found))
        return 1 if found else 0
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
