"""Known names of Pakistan, found in any spelling and script: two words that are two known names are not one name.

A name that is a little off is not told from another by its sound alone: Hamda may be Hammad with a typing error. That both
are names people bear says that they are two.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from rahdari.names.folding import KANJI, LATIN
from rahdari.names.keys import keys_of
from rahdari.names.letters import Sound, sound_of
from rahdari.names.nearby import near_ones
from rahdari.names.parsing import Part
from rahdari.names.sounds import units_of

MAN, WOMAN, BOTH, FAMILY = "m", "f", "b", "l"
AS_ONE = 0.3  # per unit: a word so near to a known name may be that name
AS_LIKELY = 0.03  # per unit: names not farther than the nearest and this are as likely meant


@lru_cache(maxsize=1)
def _table() -> tuple[list[Sound], list[str], dict[str, list[int]]]:
    """The sounds of the known names, by whom they are borne, and their numbers by key."""
    sounds: list[Sound] = []
    borne_by: list[str] = []
    by_key: dict[str, list[int]] = {}
    text = resources.files("rahdari.names").joinpath("tables", "known.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, names = line.split("\t")
            for name in names.split():
                for key in keys_of.__wrapped__(name, LATIN):
                    by_key.setdefault(key, []).append(len(sounds))
                sounds.append(sound_of.__wrapped__(units_of.__wrapped__(name, LATIN)))
                borne_by.append(kind)
    return sounds, borne_by, by_key


@lru_cache(maxsize=1 << 13)
def _may_be(text: str, script: str) -> dict[int, float]:
    """The known names a word may be, by their numbers, with how far it is from each per unit."""
    if script == KANJI:
        return {}
    sounds, _, by_key = _table()
    numbers = {number for key in keys_of(text, script) for number in by_key.get(key, ())}
    return dict(near_ones(sound_of(units_of(text, script)), script, [(sounds[at], at) for at in numbers], LATIN, AS_ONE))


def known_apart(left: Part, right: Part) -> tuple[float, bool]:
    """How much likelier, per unit, two words are two known names than one, and whether it is a man's and a woman's.

    Nought if one of them is no known name.
    """
    ours, theirs = _may_be(left.text, left.script), _may_be(right.text, right.script)
    if not ours or not theirs:
        return 0.0, False
    least, other_least = min(ours.values()), min(theirs.values())
    as_one = min((ours[number] + theirs[number] for number in ours.keys() & theirs.keys()), default=2 * AS_ONE)
    genders = {*_borne_by(ours, least + AS_LIKELY)}, {*_borne_by(theirs, other_least + AS_LIKELY)}
    return as_one - least - other_least, genders in (({MAN}, {WOMAN}), ({WOMAN}, {MAN}))


def _borne_by(found: dict[int, float], most: float) -> list[str]:
    borne_by = _table()[1]
    return [borne_by[number] for number, share in found.items() if share <= most]
