"""What belongs together waits for the disk once."""

import pytest

from mi_helpers.progress import open_store
from mi_helpers.progress.links import File


@pytest.fixture
def writings(monkeypatch):
    """The transactions that wrote to a file, as the places of those files."""
    made, connect = [], File.connect

    def counted(self, *, writing, patience):
        if writing:
            made.append(self.where)
        return connect(self, writing=writing, patience=patience)

    monkeypatch.setattr(File, "connect", counted)
    return made


def test_one_transaction_at_the_end_of_the_block(store, attempt, writings):
    with store.together():
        assert not store.save_draft("l01-a", "one", lang="en")
        with store.together():
            store.add_try(one := attempt("one"))
            store.set_coding(one.id, {"main": "x"}, "partly")
        store.mark_done("l01-a", lang="en")
        assert store.waits and not writings
        assert open_store().draft("l01-a", lang="en") is None
        assert (store.tries("l01-a", lang="en")[0].verdict, store.done("en")) == ("partly", {"l01-a"})
    assert len(writings) == 1 and not store.waits
    again = open_store()
    assert (again.draft("l01-a", lang="en"), again.done("en")) == ("one", {"l01-a"})
    assert [(t.text, t.verdict) for t in again.tries("l01-a", lang="en")] == [("one", "partly")]


def test_what_was_written_is_kept_even_where_the_block_fails(store, attempt):
    with pytest.raises(RuntimeError), store.together():
        store.add_try(attempt("said"))
        raise RuntimeError
    assert [t.text for t in open_store().tries("l01-a", lang="en")] == ["said"]


def test_what_cannot_be_written_at_the_end_waits(store, attempt, monkeypatch):
    from mi_helpers.progress.database import Database

    with monkeypatch.context() as broken:
        broken.setattr(Database, "writing", lambda self: (_ for _ in ()).throw(OSError(28, "full")))
        with store.together():
            store.save_draft("l01-a", "said", lang="en")
            store.add_try(attempt("said"))
        assert store.waits and store.trouble.kind == "full"
    assert store.settle() and store.trouble is None
    assert [t.text for t in open_store().tries("l01-a", lang="en")] == ["said"]


def test_one_that_no_database_takes_does_not_keep_the_rest_of_the_block_from_it(store, attempt):
    with store.together():
        store.add_try(attempt("broken", item_id=None))
        store.add_try(attempt("good"))
    assert [t.text for t in open_store().tries("l01-a", lang="en")] == ["good"]


def test_which_items_were_tried(store, attempt, monkeypatch):
    store.add_try(attempt("a"))
    store.add_try(attempt("nl", item_id="l01-b", lang="nl"))
    open_store().add_try(attempt("from another page", item_id="l01-c"))
    store.add_try(attempt("", item_id="l01-without-words"))
    assert store.tried("en") == {"l01-a", "l01-c"}
    with monkeypatch.context() as codes:
        codes.setenv("MI_COURSE_KEEP_TEXT", "no")
        here = open_store()
        here.add_try(attempt("not stored", item_id="l01-d"))
        assert here.tried("en") == {"l01-a", "l01-c", "l01-d"}
    assert open_store().tried("en") == {"l01-a", "l01-c"}
    with store.together():
        store.add_try(attempt("waits", item_id="l01-e"))
        assert "l01-e" in store.tried("en")
    assert store.erase()
    assert here.tried("en") == set()
