"""Signs of fraud and reasons of void results are said by their kind: other packages have the same short codes for other things."""

from __future__ import annotations

import pytest

from rahdari.domain.exams.rules.anomalies import RULES
from rahdari.domain.exams.rules.voids import CODES
from rahdari.domain.exams.wording import CODES as WORDS
from rahdari.web.templatetags.look import coded

SAID = [("sign", one) for one in RULES] + [("void", one) for one in CODES]


@pytest.mark.parametrize(("kind", "code"), SAID)
def test_a_code_is_said_in_the_words_of_this_package(kind, code):
    assert coded(code, kind) == str(WORDS[code])


def test_a_phone_behind_several_people_is_no_mere_phone():
    assert coded("shared_phone", "sign") == "one phone, several people"
    assert coded("room", "void") == "what went on in the room"
