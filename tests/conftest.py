"""What every test may use."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def on_jp(settings: Any) -> None:
    """The test runs on Japan's node; without it tests run on Pakistan's."""
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """No test sees what another one left in the process: the book in force, the language of the last page."""
    from django.utils import translation

    from rahdari.base import editions

    editions._forget()
    translation.activate("en")
