"""The words of the portal: what the tables in force call fields, duties, places and tests, in three languages; and back again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language, override

from rahdari.base.editions import current_book
from rahdari.base.reference import Book, Row
from rahdari.domain.fields.wording.standing import CODES as DUTY_NAMES
from rahdari.web.words import spoken

from ..rules.listing import DUTY, FIELD, KIND, LEVEL, PREFECTURE, ROUTE, TEST, TOWN
from ..rules.romaji import on_signs, romaji
from ..rules.words import Known, Vocabulary

LANGUAGES = ("en", "ur", "ja")
PREFECTURE_ENDS, TOWN_ENDS = "都府県", "市区町村郡"
TOWN_ENDS_READ = ("し", "く", "ちょう", "まち", "むら", "そん", "ぐん")
LEVEL_NAMES = {"N5": "A1", "N4": "A2", "N3": "B1", "N2": "B2", "N1": "C1"}


def vocabulary() -> Vocabulary:
    """What typed words mean by the tables in force; made once an edition and process."""
    return _made(current_book())


@lru_cache(maxsize=2)
def _made(book: Book) -> Vocabulary:
    parents = {
        DUTY + row["duty_category"]: FIELD + row["field"] for row in book.rows("field_requirements") if row["duty_category"]
    }
    return Vocabulary([*_fields(book), *_duties(book), *_tests(book), *_prefectures(book), *_towns(book)], parents)


def _fields(book: Book) -> Iterator[Known]:
    for table, column in (("fields", "code"), ("field_names", "field")):
        for row in book.rows(table):
            for text in _named(row):
                yield Known(text, FIELD + _today(row[column], book))
    for row in book.rows("field_words"):
        yield Known(row["word"], FIELD + row["field"], spoken=True)
    of_isco: dict[str, set[str]] = {}
    for row in book.rows("occupations", scheme="ssw"):
        of_isco.setdefault(row["isco_code"], set()).add(row["field"])
    for row in book.rows("occupation_words"):
        for field in of_isco.get(row["isco_code"], {""}):
            yield Known(row["word"], FIELD + field if field else "", spoken=True)


def _today(field: str, book: Book) -> str:
    """The field a merged one became."""
    row = book.one("fields", code=field)
    return row["merged_into"] or field if row is not None else field


def _duties(book: Book) -> Iterator[Known]:
    duties = {row["duty_category"] for row in book.rows("field_requirements")} - {""}
    for duty in sorted(duties):
        for language in LANGUAGES:
            with override(language):
                yield Known(str(DUTY_NAMES.get(f"duty_{duty}", duty)), DUTY + duty)
    for row in book.rows("field_requirements"):
        key = DUTY + row["duty_category"] if row["duty_category"] else FIELD + _today(row["field"], book)
        for column in ("skill_test_name_en", "skill_test_name_ja"):
            yield Known(row[column], key, whole=True)


def _tests(book: Book) -> Iterator[Known]:
    for row in book.rows("exam_kinds"):
        yield from (Known(text, TEST + row["code"], whole=True) for text in _named(row))
        if not row["field"]:  # people call these by the letters of their code
            yield Known(row["code"].partition("_")[0], TEST + row["code"], whole=True)
    for name, level in LEVEL_NAMES.items():
        yield Known(name, LEVEL + level)


def _prefectures(book: Book) -> Iterator[Known]:
    for row in book.rows("prefectures"):
        key = PREFECTURE + row["code"]
        yield Known(row["name_en"], key)
        yield from (Known(text, key) for text in _with_and_without(row["name_ja"], PREFECTURE_ENDS))
    for row in book.rows("place_words"):
        yield Known(row["word"], PREFECTURE + row["prefecture"])


def _towns(book: Book) -> Iterator[Known]:
    for row in book.rows("japan_municipalities"):
        key = TOWN + row["lgcode"]
        yield Known(row["city"].replace(" ", ""), key)
        for part in row["city"].split():
            yield from (Known(text, key) for text in _with_and_without(part, TOWN_ENDS))
        for part in row["citykana"].split():
            bare = _without(part, TOWN_ENDS_READ)
            yield from (Known(text, key) for text in dict.fromkeys((part, bare, romaji(bare), on_signs(bare))))


def _with_and_without(name: str, ends: str) -> Iterable[str]:
    return (name, name[:-1]) if len(name) > 2 and name[-1] in ends else (name,)


def _without(name: str, ends: Iterable[str]) -> str:
    end = next((one for one in ends if name.endswith(one) and len(name) > len(one) + 1), "")
    return name.removesuffix(end)


def _named(row: Row) -> list[str]:
    return [text for language in LANGUAGES if (text := row.get(f"name_{language}"))]


def key_in_words(key: str) -> str:
    """What a key of the tables stands for, in the language of the reader."""
    kind, code = key[:2], key[2:]
    if kind == PREFECTURE:
        return prefecture_name(code)
    if kind == TOWN:
        return town_name(code)
    if kind == DUTY:
        return str(DUTY_NAMES.get(f"duty_{code}", code))
    if kind == LEVEL:
        return code
    return spoken(code) if kind in (FIELD, TEST, ROUTE, KIND) else code


def prefecture_name(code: str) -> str:
    """A prefecture in the language of the reader; its code where the tables have none."""
    return _places(current_book(), get_language() or settings.LANGUAGE_CODE).get(code, code)


def town_name(lgcode: str) -> str:
    """A municipality in the language of the reader: in kanji for Japanese, as on signs for the others; its number for none."""
    return _places(current_book(), get_language() or settings.LANGUAGE_CODE).get(lgcode, lgcode)


@lru_cache(maxsize=8)
def _places(book: Book, language: str) -> dict[str, str]:
    column = "name_ja" if language == "ja" else "name_en"
    names = {row["code"]: row[column] for row in book.rows("prefectures")}
    if language == "ur":
        names |= {row["prefecture"]: row["word"] for row in book.rows("place_words", language="ur", name="yes")}
    for row in book.rows("japan_municipalities"):
        names[row["lgcode"]] = row["city"].replace(" ", "") if language == "ja" else _on_signs(row["citykana"])
    return names


def _on_signs(kana: str) -> str:
    return " ".join(on_signs(_without(part, TOWN_ENDS_READ)).capitalize() for part in kana.split())
