"""A PostgreSQL server that hangs: it is there, keeps its connections, and answers nothing."""

import sys
import time

import pytest

from mi_helpers.progress import open_store
from mi_helpers.progress.server import Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the processes of the server are found in /proc"),
]


def test_nobody_waits_for_ever_and_nothing_is_lost(own_server, attempt, monkeypatch):
    monkeypatch.setattr(Server, "GRACE", -8.0)  # two seconds in all
    store = open_store(own_server.database(), account="anna")
    assert store.add_try(attempt("before"))
    with own_server.hanging():
        begin = time.monotonic()
        assert not store.add_try(attempt("meanwhile"))
        assert time.monotonic() - begin < 20, "two seconds, and three for each new connection"
        assert store.trouble.kind == "missing"
        assert [t.text for t in store.tries("l01-a", lang="en")] == ["before", "meanwhile"]
    until = time.monotonic() + 60
    while not store.settle() and time.monotonic() < until:
        time.sleep(0.2)
    assert [t.text for t in open_store(store_address(store), account="anna").tries("l01-a", lang="en")] == ["before", "meanwhile"]


def store_address(store) -> str:
    return store.where.replace("postgresql://", "postgresql+psycopg://")


def test_a_call_within_its_time_is_not_cut(own_server, monkeypatch):
    monkeypatch.setattr(Server, "GRACE", 0.5)
    server = Server(own_server.database(), limit=1)
    with server.connect(writing=False, patience=1) as link:
        assert link.run("SELECT 1, pg_sleep(0.8)")[0][0] == 1
    time.sleep(1)
    with server.connect(writing=False, patience=1) as link:
        assert link.run("SELECT 2") == [(2,)], "the line of the first call is still there"
    server.close()
