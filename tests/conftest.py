"""What the tests of several folders share."""

import os

import pytest

# Milliseconds that a page has for anything at all. Nothing is measured by it: it is long, because a
# machine that does other work as well may take seconds for what takes an instant elsewhere.
PATIENCE = 30_000


@pytest.fixture(scope="session")
def chromium():
    # Not at the top: the unit tests run without Playwright.
    from playwright.sync_api import expect, sync_playwright

    path = os.environ.get("PV_BROWSER")
    assert path, "PV_BROWSER names no browser; tools/find_browser.py finds one (make test does so)"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
