"""What tests of whole nodes may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rahdari.project.launch.data_folder import remove
from tests.project.alone import clear, init


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("made") / "a node"
    status, _, told = init(place)
    assert status == 0, told
    yield place
    remove(place / "postgres")


@pytest.fixture
def made(made_once: Path) -> Iterator[Path]:
    """A node that was made; it is left whole and stopped."""
    yield made_once
    clear(made_once)
