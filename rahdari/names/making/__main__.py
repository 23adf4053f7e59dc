"""`python -m rahdari.names.making letters|readings|places`: makes one of the tables anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from rahdari.names.making import letters, places, readings

TABLES = Path(__file__).parent.parent / "tables"
REFERENCE = Path(__file__).parents[2] / "reference"
TOWNS = [REFERENCE / "pakistan_towns_en_ur.csv", REFERENCE / "pakistan_districts_en_ur.csv"]


def main() -> None:
    """Reads the words of the command line and makes a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", choices=["letters", "readings", "places"])
    parser.add_argument(
        "source", nargs="?", type=Path, help="persons.txt of rigour 1.3.0, or the folder that has the package janome"
    )
    told = parser.parse_args()
    if told.table == "places":
        places.write(TOWNS, TABLES / "places.txt")
    elif told.source is None:
        parser.error("this table needs its source")
    elif told.table == "letters":
        letters.write(told.source, TOWNS, TABLES / "letters.json")
    else:
        readings.write(told.source, TABLES)


if __name__ == "__main__":
    main()
