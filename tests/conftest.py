"""What the tests of several folders share."""

import os

import pytest


@pytest.fixture(scope="session")
def chromium():
    # Not at the top: the unit tests run without Playwright.
    from playwright.sync_api import sync_playwright

    path = os.environ.get("PV_BROWSER")
    assert path, "PV_BROWSER names no browser; tools/find_browser.py finds one (make test does so)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
