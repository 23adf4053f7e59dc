"""The agreement as data and as a page."""

import pytest

from rahdari.base.actor import stranger
from rahdari.base.reference import shipped_book
from rahdari.domain.cooperation.queries.agreement import PAGES, agreement
from rahdari.domain.cooperation.wording.agreement import DONE, PARTLY


class TestAgreement:
    def test_holds_every_clause_of_the_table_in_its_order(self):
        clauses = agreement(stranger("pk"), shipped_book())
        assert [one.number for one in clauses] == [f"{r['number']}.{r['part']}" for r in shipped_book().rows("moc_articles")]

    def test_says_not_yet_where_nothing_is_done(self):
        states = {one.number: one.state for one in agreement(stranger("pk"), shipped_book())}
        assert states["8.1"] == "not_yet"
        assert states["6.1"] == "done"
        assert states["4.1"] == "partly"

    def test_points_to_a_page_only_for_clauses_that_are_served(self):
        assert set(PAGES) <= set(DONE) | set(PARTLY)

    def test_names_only_clauses_that_exist(self):
        numbers = {one.number for one in agreement(stranger("pk"), shipped_book())}
        assert set(DONE) | set(PARTLY) <= numbers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "The agreement, clause by clause"), ("ur", "شق بہ شق"), ("ja", "条項")],
)
def test_the_page_speaks_three_languages(client, language, heading):
    page = client.get(f"/{language}/agreement/").content.decode()
    assert heading in page
    assert f'<html lang="{language}" dir="{"rtl" if language == "ur" else "ltr"}"' in page
