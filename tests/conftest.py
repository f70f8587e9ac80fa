"""Two tiers: everything that is quick, and with MI_TEST_ALL=1 the slow rest too."""

import os

import pytest


def pytest_collection_modifyitems(items):
    if os.environ.get("MI_TEST_ALL") == "1":
        return
    later = pytest.mark.skip(reason="slow; runs with MI_TEST_ALL=1")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(later)
