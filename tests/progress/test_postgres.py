"""The same store in PostgreSQL: many writers, a lost connection, a server that falls over in the middle of a try."""

import os
import time

import pytest

from mi_helpers.progress import health, open_store
from mi_helpers.progress.place import database_at

WRITE = """
import sys
from mi_helpers.progress import open_store, Try
s = open_store(sys.argv[1], account=sys.argv[2])
print(s.learner, flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[3])):
    t = Try(item_id='l01-a', item_version=1, rules_version='r', lang='en', text=f'{n}')
    s.save_draft('l01-a', f'{n}', lang='en')
    assert s.add_try(t) and s.add_try(t) and s.set_coding(t.id, {'main': 'x'}, 'partly'), s.trouble
"""


@pytest.fixture
def address(postgres):
    return postgres.database()


def texts(address, account="anna"):
    return [t.text for t in open_store(address, account=account).tries("l01-a", lang="en")]


def settled(store, seconds=20.0) -> bool:
    """What a page's heartbeat does, until nothing waits or time is up."""
    until = time.monotonic() + seconds
    while not store.settle() and time.monotonic() < until:
        time.sleep(0.1)
    return not store.waits


def test_the_whole_way(address, attempt):
    store = open_store(address, account="anna")
    one = attempt("Zo'n “dag”… 🙂\nja % :x 'y", lang="nl", self_check="unsure")
    assert store.add_try(one)
    assert store.add_try(one)
    assert store.set_coding(one.id, {"main": "x"}, "partly")
    assert store.save_draft("l01-a", "half", lang="nl")
    assert store.mark_done("l01-a", lang="nl") and store.mark_done("l01-a", lang="nl")
    assert store.add_review(one.id, "anders")
    assert store.set_setting("field", {"a": [1]})
    again = open_store(address, account="anna")
    (kept,) = again.tries("l01-a", lang="nl")
    assert (kept.id, kept.text, kept.at) == (one.id, one.text, one.at)
    assert (kept.coding, kept.verdict) == ({"main": "x"}, "partly")
    assert (again.draft("l01-a", lang="nl"), again.done("nl")) == ("half", {"l01-a"})
    assert ([r.text for r in again.reviews(one.id)], again.setting("field")) == (["anders"], {"a": [1]})
    assert again.export()["complete"]
    assert again.erase()
    assert set(open_store(address, account="anna").summary()["counts"].values()) == {0}


def test_plain_addresses_of_postgresql_mean_the_driver_that_is_installed(address):
    plain = address.replace("+psycopg", "")
    assert health(plain) is None
    assert open_store(plain).where == open_store(address).where


@pytest.mark.parametrize("accounts", [["anna"] * 3, pytest.param(["anna", "bob", "cy", "di"], marks=pytest.mark.slow)])
def test_many_writers_at_once(address, python, accounts):
    pages = [python(WRITE, address, account, 15) for account in accounts]
    learners = [page.stdout.readline().strip() for page in pages]
    assert len(set(learners)) == len(set(accounts)), "one learner for each account, whoever came first"
    for page in pages:
        page.communicate("go\n")
    assert [page.returncode for page in pages] == [0] * len(accounts)
    for account in set(accounts):
        tries = open_store(address, account=account).tries("l01-a", lang="en")
        assert len({t.id for t in tries}) == len(tries) == 15 * accounts.count(account)
        assert {(t.coding["main"], t.verdict) for t in tries} == {("x", "partly")}


def test_a_connection_that_was_cut_is_made_again_at_once(postgres, address, attempt):
    store = open_store(address, account="anna")
    store.add_try(attempt("before"))
    postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mi-course'")
    assert store.add_try(attempt("after"))
    assert texts(address) == ["before", "after"]


def test_a_connection_cut_in_the_middle_of_a_try(postgres, address, attempt, monkeypatch):
    from mi_helpers.progress import keeper

    store = open_store(address, account="anna")
    store.add_try(attempt("before"))
    real, cuts = keeper.apply, []

    def cut(link, write, learner):
        real(link, write, learner)
        if not cuts:  # the row is written, but not yet committed
            cuts.append(1)
            postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mi-course'")

    monkeypatch.setattr(keeper, "apply", cut)
    assert store.add_try(attempt("cut"))
    assert cuts
    assert texts(address) == ["before", "cut"]


def test_an_answer_that_never_came_is_no_second_try(address, attempt, monkeypatch):
    """The server committed, but the connection broke before it could say so."""
    from mi_helpers.progress.server import Server

    store = open_store(address, account="anna")
    real = Server.connect
    from contextlib import contextmanager

    lost = []

    @contextmanager
    def connect(self, *, writing, patience):
        with real(self, writing=writing, patience=patience) as link:
            yield link
        if writing and not lost:
            lost.append(1)
            raise OSError("the line went dead")

    monkeypatch.setattr(Server, "connect", connect)
    one = attempt("once")
    store.add_try(one)
    assert lost
    assert settled(store)
    assert texts(address) == ["once"]


@pytest.mark.parametrize("how", [pytest.param("stop", marks=pytest.mark.slow), "kill"])
def test_a_server_that_goes_down_in_the_middle_and_comes_back(own_server, attempt, how):
    address = own_server.database()
    store = open_store(address, account="anna")
    store.add_try(attempt("before"))
    getattr(own_server, how)()
    begin = time.monotonic()
    one = attempt("meanwhile")
    assert not store.add_try(one)
    assert not store.set_coding(one.id, {"main": "x"}, "partly")
    assert not store.save_draft("l01-a", "typed meanwhile", lang="en")
    assert [t.text for t in store.tries("l01-a", lang="en")] == ["before", "meanwhile"]
    assert store.draft("l01-a", lang="en") == "typed meanwhile"
    assert store.trouble.kind == "missing"
    assert time.monotonic() - begin < 3, "the learner is not kept waiting"
    late = open_store(address, account="anna")  # a page that is opened while there is no server
    assert not late.add_try(attempt("from a late page"))
    own_server.start()
    assert settled(store) and settled(late)
    assert store.trouble is late.trouble is None
    assert sorted(texts(address)) == ["before", "from a late page", "meanwhile"]
    again = open_store(address, account="anna")
    assert again.tries("l01-a", lang="en")[1].verdict == "partly"
    assert again.draft("l01-a", lang="en") == "typed meanwhile"
    assert late.learner == store.learner == again.learner


@pytest.mark.slow
def test_a_page_that_closes_writes_what_still_waits(own_server, python):
    address = own_server.database()
    open_store(address)
    code = (
        "import sys; from mi_helpers.progress import open_store, Try\n"
        "s = open_store(sys.argv[1], account='anna'); print('open', flush=True); sys.stdin.readline()\n"
        "print(s.save_draft('l01-a', 'words', lang='en'), flush=True); sys.stdin.readline()"
    )
    page = python(code, address)
    assert page.stdout.readline() == "open\n"
    own_server.stop()
    page.stdin.write("go on\n")
    page.stdin.flush()
    assert page.stdout.readline() == "False\n"
    own_server.start()
    page.communicate("close\n")
    assert open_store(address, account="anna").draft("l01-a", lang="en") == "words"


@pytest.mark.slow
def test_a_row_that_somebody_holds_does_not_hold_the_page(postgres, address, attempt):
    import psycopg

    store = open_store(address, account="anna")
    store.add_try(attempt("before"))
    with psycopg.connect(address.replace("+psycopg", "")) as holder:
        holder.execute("SELECT * FROM learner FOR UPDATE")
        begin = time.monotonic()
        assert not store.add_try(attempt("waits"))
        assert store.trouble.kind == "locked"
        assert time.monotonic() - begin < 5
    assert store.settle()
    assert texts(address) == ["before", "waits"]


def test_a_database_that_may_only_be_read(postgres, address, attempt):
    store = open_store(address, account="anna")
    store.add_try(attempt("before"))
    name = address.rpartition("/")[2]
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    page = open_store(address, account="anna")
    assert not page.add_try(attempt("waits"))
    assert page.trouble.kind == "readonly"
    assert [t.text for t in page.tries("l01-a", lang="en")] == ["before", "waits"]
    assert "only be read" in health(address)


@pytest.mark.slow
def test_erasing_and_writing_at_the_same_moment_leaves_no_row_of_nobody(postgres, address, python):
    pages = [python(WRITE.replace("assert", "_ ="), address, "anna", 25) for _ in range(2)]
    for page in pages:
        page.stdout.readline()
        page.stdin.write("go\n")
        page.stdin.flush()
    while any(page.poll() is None for page in pages):
        assert open_store(address, account="anna").erase()
    name = address.rpartition("/")[2]
    for table in ("try", "draft", "setting"):
        nobodys = f"SELECT count(*) FROM {table} WHERE learner NOT IN (SELECT id FROM learner)"
        assert postgres.run(nobodys, name) == [(0,)]


def test_connections_are_let_go(postgres, address, attempt, monkeypatch):
    from mi_helpers.progress.server import Server

    monkeypatch.setattr(Server, "IDLE", 0.3)
    name = address.rpartition("/")[2]
    held = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND application_name = 'mi-course'"
    stores = [open_store(address, account=f"{n}") for n in range(5)]
    for _ in range(3):
        for store in stores:
            assert store.save_draft("l01-a", "x", lang="en")
    assert postgres.run(held)[0][0] <= 5
    until = time.monotonic() + 5
    while postgres.run(held)[0][0] and time.monotonic() < until:
        time.sleep(0.1)
    assert postgres.run(held) == [(0,)]
    assert stores[0].save_draft("l01-a", "y", lang="en")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on Windows")
def test_a_connection_is_not_shared_with_a_forked_process(address, python):
    code = (
        "import os, sys, warnings; warnings.simplefilter('ignore')\n"
        "from mi_helpers.progress import open_store\n"
        "s = open_store(sys.argv[1]); s.save_draft('a', 'before', lang='en')\n"
        "if os.fork() == 0:\n"
        "    os._exit(0 if all(s.save_draft('child', str(n), lang='en') for n in range(50)) else 1)\n"
        "assert all(s.save_draft('parent', str(n), lang='en') for n in range(50))\n"
        "print(os.waitstatus_to_exitcode(os.wait()[1]), s.draft('child', lang='en'), s.draft('parent', lang='en'))"
    )
    assert python(code, address).communicate()[0].split() == ["0", "49", "49"]


def test_what_pages_need_can_be_loaded_before_a_fork(address, python):
    code = (
        "import sys, threading; from mi_helpers.progress import open_store, preload\n"
        "preload(sys.argv[1]); before = set(sys.modules); print(threading.active_count(), 'psycopg' in before)\n"
        "store = open_store(sys.argv[1]); store.save_draft('a', 'b', lang='en'); store.draft('a', lang='en')\n"
        "print(sum(name.startswith(('sqlalchemy', 'psycopg')) for name in set(sys.modules) - before))"
    )
    said = python(code, address).communicate()[0].split()
    assert said[:2] == ["1", "True"]
    assert int(said[2]) <= 3


def test_health_says_what_is_wrong_without_a_password(address, postgres):
    assert health(address) is None
    host = address.partition("@")[2].partition("/")[0]
    for wrong in (address.replace("course@", "nobody:geheim@"), f"postgresql://course:geheim@{host}/nowhere"):
        said = health(wrong)
        assert said and "geheim" not in said and "\n" not in said
    assert "does not answer" in health("postgresql://course:geheim@127.0.0.1:1/x")
    assert "no address" in health("nonsense")


def test_a_word_that_is_too_long_for_its_column_does_not_keep_the_rest(address, attempt):
    store = open_store(address, account="anna")
    assert not store.add_try(attempt("x", item_id="i" * 300))
    assert store.trouble.kind == "unknown"
    assert store.add_try(attempt("good"))
    assert texts(address) == ["good"]
    assert database_at(address).where in store.trouble.message
