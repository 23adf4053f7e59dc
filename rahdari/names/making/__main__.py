"""`python -m rahdari.names.making letters|readings|places|words|frequent|known|weights`: makes one of the tables anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from rahdari.names.making import frequent, known, letters, places, readings, weights, words

TABLES = Path(__file__).parent.parent / "tables"
REFERENCE = Path(__file__).parents[2] / "reference"
TOWNS = [REFERENCE / "pakistan_towns_en_ur.csv", REFERENCE / "pakistan_districts_en_ur.csv"]


def main() -> None:
    """Reads the words of the command line and makes a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", choices=["letters", "readings", "places", "words", "frequent", "known", "weights"])
    parser.add_argument(
        "sources",
        nargs="*",
        type=Path,
        help="for weights: labelled pairs; else the folder the packages named in tables/SOURCES.md are installed in",
    )
    parser.add_argument("--only", nargs="+", default=[], help="for weights: fit those of these numbers alone")
    told = parser.parse_args()
    if told.table == "places":
        places.write(TOWNS, TABLES / "places.txt")
    elif not told.sources:
        parser.error("this table needs its sources")
    elif told.table == "weights":
        weights.write(told.sources, TABLES.parent / "weights.py", told.only)
    elif told.table == "letters":
        letters.write(told.sources[0] / "rigour" / "data" / "names" / "persons.txt", TOWNS, TABLES / "letters.json")
    elif told.table == "readings":
        readings.write(told.sources[0], TABLES)
    elif told.table == "words":
        words.write(told.sources[0], TABLES / "words.tsv")
    elif told.table == "known":
        known.write(told.sources[0], TABLES / "known.tsv")
    else:
        frequent.write(told.sources[0], TABLES / "frequent.tsv")


if __name__ == "__main__":
    main()
