"""A server of a team, with a password; no test leaves a page open."""

from __future__ import annotations

import pytest
from serving import wait_for
from team import team_server


@pytest.fixture(scope="package")
def server(small_course, tmp_path_factory):
    server = team_server(tmp_path_factory.mktemp("team"), content=small_course)
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def nothing_left_open(request):
    yield
    if "server" in request.fixturenames:
        server = request.getfixturevalue("server")
        assert wait_for(lambda: not server.kernels())
