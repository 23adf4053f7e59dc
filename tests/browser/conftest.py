"""A real Chromium for the tests that need one; where there is none they are left out, and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = os.environ.get("RAHDARI_SHOTS", "")  # a folder, to look at the pages
_shots = count(1)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, or one on the PATH."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine: browser tests are left out")
    # Playwright's loop lives in this thread; Django would take it for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A page of a fresh visitor on this node; an error in the console or a refused script fails the test."""
    context = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"), viewport={"width": 1440, "height": 900}
    )
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert [one for one in wrong if "status of 4" not in one] == []


def enter(page: Page, client: Client) -> None:
    """Lets the page act as whoever signed in in the client."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}])


def axe_faults(page: Page) -> list[str]:
    """What axe-core finds on the page, every `details` open."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    # As the browser's own tool, not as the page's script: the page's policy forbids scripts that are not ours.
    page.evaluate(AXE + "; undefined")
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def shot(page: Page, name: str = "") -> None:
    """Keeps a picture of the page where somebody wants to look at them; without a name they are numbered."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name or f'{next(_shots):03}'}.png", full_page=True)


def look_at(page: Page, places: Mapping[str, str]) -> None:
    """Each place in three languages, on a desk and on a phone: it opens, it is accessible, nothing runs out of it."""
    for name, place in places.items():
        for language in ("en", "ur", "ja"):
            page.set_viewport_size({"width": 1440, "height": 900})
            assert page.goto(f"/{language}/{place}").status == 200
            shot(page, f"{name}.{language}.1440")
            assert (name, language, axe_faults(page)) == (name, language, [])
            page.set_viewport_size({"width": 360, "height": 640})
            shot(page, f"{name}.{language}.360")
            assert (name, language, overflow(page)) == (name, language, 0)
