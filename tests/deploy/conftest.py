"""The browser is the one of the tests of pages."""

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location("browser_fixtures", Path(__file__).parents[1] / "browser" / "conftest.py")
fixtures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fixtures)
browser, chromium = fixtures.browser, fixtures.chromium
