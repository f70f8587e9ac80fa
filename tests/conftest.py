"""Two tiers: everything that is quick, and with MI_TEST_ALL=1 the slow rest too. And one browser for all who need it.

Without a Chromium, Chrome or Edge on this machine the tests that need one are skipped; in CI that is a failure.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = {
    "win32": [
        Path(os.environ.get(variable, "C:/Program Files")) / program
        for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
        for program in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
    ],
    "darwin": [
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
    ],
}
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()



def pytest_collection_modifyitems(items):
    if os.environ.get("MI_TEST_ALL") == "1":
        return
    later = pytest.mark.skip(reason="slow; runs with MI_TEST_ALL=1")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(later)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a browser of the Chromium family."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    found = found or next((str(place) for place in PLACES.get(sys.platform, []) if place.is_file()), None)
    if found:
        return found
    reason = "no Chromium, Chrome or Edge was found on this computer"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(chromium):
    """A headless browser for all tests of this run: one only, as Playwright allows no second in a process.

    It keeps the event loop of the main thread; coroutines of other tests run in a thread (:func:`team.run`).
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
