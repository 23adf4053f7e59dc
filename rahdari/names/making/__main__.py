"""`python -m rahdari.names.making letters|readings|places|words|frequent|weights`: makes one of the tables anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from rahdari.names.making import frequent, letters, places, readings, words

TABLES = Path(__file__).parent.parent / "tables"
REFERENCE = Path(__file__).parents[2] / "reference"
TOWNS = [REFERENCE / "pakistan_towns_en_ur.csv", REFERENCE / "pakistan_districts_en_ur.csv"]


def main() -> None:
    """Reads the words of the command line and makes a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", choices=["letters", "readings", "places", "words", "frequent"])
    parser.add_argument("site", nargs="?", type=Path, help="the folder the packages named in tables/SOURCES.md are installed in")
    told = parser.parse_args()
    if told.table == "places":
        places.write(TOWNS, TABLES / "places.txt")
    elif told.site is None:
        parser.error("this table needs its packages")
    elif told.table == "letters":
        letters.write(told.site / "rigour" / "data" / "names" / "persons.txt", TOWNS, TABLES / "letters.json")
    elif told.table == "readings":
        readings.write(told.site, TABLES)
    elif told.table == "words":
        words.write(told.site, TABLES / "words.tsv")
    else:
        frequent.write(told.site, TABLES / "frequent.tsv")


if __name__ == "__main__":
    main()
