"""What a typed line means: words of three languages read as fields, duties, places, tests, or as the name of an employer.

The words that mean something are few, so they are held in memory, made from the reference tables; a line is first looked
through for whole names, then for single words of names, then for beginnings, for typing errors, for places that sound so
in another script. Whatever means nothing of it is looked for among the names of employers.
No Django, no database, no clock here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rahdari.names.doors import Sought, sought
from rahdari.names.folding import KANA, KANJI, LATIN, URDU, fold, script_of
from rahdari.names.keys import keys_of
from rahdari.names.letters import distance
from rahdari.names.parsing import ORGANISATION
from rahdari.names.sounds import units_of

from .listing import DUTY, PREFECTURE, TOWN, WHOLE
from .romaji import on_signs
from .spelling import LONGEST, Spelling
from .texts import JAPANESE, parts_of

EXACT, BEGINNING, TYPO, SOUND, NAME, OUTSIDE = "exact", "beginning", "typo", "sound", "name", "outside"
MOST_WORDS, MOST_MEANT, MOST_IN_PHRASE, MOST_SPELT = 8, 60, 6, 3
LONGEST_NAME, SHORTEST_NEAR = 24, 3
FARTHEST = 0.4  # of a sound, for each of its units
PLACES = (PREFECTURE, TOWN)
# Words that say nothing of which work.
_SAY_NOTHING = """
    a an and at by for from in is job jobs me near of on or the to vacancies vacancy want with work worker workers working
    ka ke ki ko mein main ma kaam naukri nokri city prefecture ken shi japan
    کا کی کے کو میں سے اور یا پر کام کاموں نوکری نوکریاں ملازمت ملازمتیں جاب جابز شہر صوبہ جاپان پریفیکچر
    の に で を は が と や へ も での にて 仕事 求人 募集 勤務 職 員 職員 者 工 士 業 係
    市 区 町 村 県 都 府 日本 日本語 スタッフ
"""
EMPTY = frozenset(fold(word) for word in _SAY_NOTHING.split())


@dataclass(frozen=True, slots=True)
class Meaning:
    """One word of a line: how it was typed, the keys of which a vacancy must bear one, and how they were found.

    `nearer` are more keys, of names that sound so or nearly so: for when nothing else is found.
    """

    typed: str
    keys: frozenset[str]
    how: str
    nearer: frozenset[str] = frozenset()

    @property
    def meant(self) -> list[str]:
        """The keys of the tables among them, those of a name left out."""
        return sorted(key for key in self.keys if key[1:2] == ":")


@dataclass(frozen=True, slots=True)
class Known:
    """A text of the tables and the key it means, empty for what is no work of the corridor.

    `whole`: its words alone mean nothing. `spoken`: people say so, so a duty named within it is the duty that is meant.
    """

    text: str
    key: str
    whole: bool = False
    spoken: bool = False


class Vocabulary:
    """Every word of the tables that means something on the portal, in three languages; made once, read often."""

    def __init__(self, known: Iterable[Known], parents: Mapping[str, str]) -> None:
        """`parents` are the keys of fields by those of their duties."""
        self.phrases: dict[str, set[str]] = defaultdict(set)
        self.words: dict[str, set[str]] = defaultdict(set)
        self._parents = parents
        self._spoken: set[str] = set()
        for one in known:
            self._learn(one)
        for word in self.words.keys() & self.phrases.keys():
            if all(key.startswith(DUTY) for key in self.phrases[word]):  # a duty by its own name is not its whole field
                self.phrases[word] |= self.words[word] - {parents.get(key, "") for key in self.phrases[word]}
        self._sorted = sorted(self.words)
        self._spelling = Spelling(self.words)
        self._phrasing = Spelling(phrase for phrase in self.phrases if " " in phrase)
        self._runs = {text for text in (*self.phrases, *self.words, *EMPTY) if len(text) > 1 and JAPANESE.fullmatch(text)}
        self._longest = max(map(len, self._runs), default=0)
        self._duties = {text: keys for text, keys in self.phrases.items() if keys and all(key.startswith(DUTY) for key in keys)}
        places = {word: keys for word, keys in self.words.items() if any(key.startswith(PLACES) for key in keys)}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._sounds: dict[str, set[str]] = defaultdict(set)
        for word, keys in places.items():
            for key in keys if word.isascii() else ():
                self._names[key].add(WHOLE + word)
            for sound in keys_of(word, script_of(word)) if script_of(word) != KANJI else ():
                self._sounds[sound].add(word)

    def _learn(self, one: Known) -> None:
        parts = [] if fold(one.text) in EMPTY else parts_of(one.text)
        if parts:
            self.phrases[" ".join(parts)] |= {one.key} - {""}
            self._spoken |= {" ".join(parts)} if one.spoken else set()
        for part in parts if one.key and not one.whole else ():
            if part not in EMPTY and not part.isdigit():
                self.words[part].add(one.key)

    def read(self, line: str) -> list[Meaning]:
        """What the words of a line mean, in their order; words that say nothing are left out."""
        parts = parts_of(line)
        found: list[Meaning] = []
        while parts and len(found) < MOST_WORDS:
            meaning, taken = self._whole_names(parts)
            if meaning is None:
                pieces = self._pieces(parts[0])
                if len(pieces) > 1:
                    parts = [*pieces, *parts[1:]]
                    continue
                meaning = self._word(parts[0]) if parts[0] not in EMPTY else None
            found += [meaning] if meaning is not None else []
            parts = parts[taken or 1 :]
        return found

    def _whole_names(self, parts: Sequence[str]) -> tuple[Meaning | None, int]:
        """The longest name of the tables a line begins with, as it is written or nearly; how many words it takes."""
        most = min(MOST_IN_PHRASE, len(parts))
        for size in range(most, 0, -1):
            if " ".join(parts[:size]) in self.phrases:
                return self._phrase(parts[:size]), size
        for size in range(min(most, MOST_SPELT), 1, -1):
            if any(part not in self.words and part not in EMPTY for part in parts[:size]):
                keys = set().union(*(self.phrases[one] for one in self._phrasing.nearest(" ".join(parts[:size]))))
                if keys:
                    return Meaning(" ".join(parts[:size]), frozenset(keys), TYPO), size
        return None, 0

    def _pieces(self, part: str) -> list[str]:
        """A run of Japanese letters cut into names of the tables, the longest first, and what lies between them.

        One that is left whole: a name of the tables, one with an error, a name in kana of which no name of the tables is a part.
        """
        if part in self.words or part in EMPTY or not JAPANESE.fullmatch(part):
            return [part]
        found, rest, place = [], "", 0
        while place < len(part):
            sizes = range(min(self._longest, len(part) - place), 1, -1)
            size = next((one for one in sizes if part[place : place + one] in self._runs), 0)
            if size:
                found += [rest, part[place : place + size]]
                rest = ""
            elif rest or not found or part[place] not in EMPTY:
                rest += part[place]
            place += size or 1
        pieces = [one for one in [*found, rest] if one]
        strange = any(one not in self._runs for one in pieces)
        return [part] if strange and (script_of(part) == KANA or self._spelling.nearest(part)) else pieces

    def _phrase(self, parts: Sequence[str]) -> Meaning:
        phrase = " ".join(parts)
        keys = self.phrases[phrase]
        if not keys:
            return Meaning(phrase, frozenset(), OUTSIDE)
        if phrase in self._spoken:
            within = [meant for word, meant in self._duties.items() if word in (phrase if JAPANESE.search(word) else parts)]
            duties = set().union(*within)
            keys = (keys - {self._parents.get(key, "") for key in duties}) | duties
        return Meaning(phrase, frozenset(keys | (self._as_name(phrase, keys) if len(parts) == 1 else set())), EXACT)

    def _word(self, word: str) -> Meaning:
        if word in self.words:
            return Meaning(word, frozenset(self.words[word] | self._as_name(word, self.words[word])), EXACT)
        script = script_of(word)
        asked = sought(word[:LONGEST_NAME], ORGANISATION)
        sounds = frozenset().union(*asked.words, asked.together)
        nearer = sounds if script == KANJI else sounds | _nearer(asked)
        for how, near in ((BEGINNING, self._begun(word)), (TYPO, self._spelling.nearest(word)), (SOUND, self._sounding(word))):
            keys = set().union(*(self.phrases.get(one) or self.words[one] for one in near))
            if 0 < len(keys) <= MOST_MEANT:
                names = self._as_name(word, ()) | (sounds if how == SOUND and script == URDU else set())
                return Meaning(word, frozenset(keys | names), how, nearer)
        names = self._as_name(word, ()) | (sounds if script in (URDU, KANJI) else set())
        return Meaning(word, frozenset(names), NAME, nearer)

    def _as_name(self, word: str, keys: Iterable[str]) -> set[str]:
        """The keys of names that are this word: as it is typed, in Latin letters where it is kana, as the place it means."""
        read = {WHOLE + on_signs(word)} if script_of(word) == KANA else set()
        return {WHOLE + word} | read | set().union(*(self._names.get(key, ()) for key in keys if key.startswith(PREFECTURE)))

    def _begun(self, word: str) -> list[str]:
        if len(word) < (3 if word.isascii() else 2):
            return []
        found, place = [], bisect_left(self._sorted, word)
        while place < len(self._sorted) and self._sorted[place].startswith(word):
            found.append(self._sorted[place])
            place += 1
        return found

    def _sounding(self, word: str) -> list[str]:
        """Places that sound like a word, the nearest alone; of another script than the word's, or of its own."""
        script = script_of(word)
        if script not in (LATIN, KANA, URDU) or not 3 <= len(word) <= LONGEST:
            return []
        near = {other for sound in keys_of(word, script) if len(sound) > 1 for other in self._sounds.get(sound, ())}
        units = units_of(word, script)
        far = {other: distance(units, units_of(other, script_of(other)), (script, script_of(other))) for other in near}
        least = min(far.values(), default=0.0)
        return [other for other, one in far.items() if one == least <= FARTHEST * len(units)]


def _nearer(asked: Sought) -> frozenset[str]:
    """Keys one consonant away, of sounds of three consonants and more: what is shorter is near to everything."""
    return frozenset(key for near in asked.near for key in near if len(key) > SHORTEST_NEAR)
