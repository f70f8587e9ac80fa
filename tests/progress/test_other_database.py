"""The same store in another database: ``MI_TEST_DATABASE`` names an empty one (an SQLAlchemy URL, driver installed)."""

import os

import pytest

from mi_helpers.progress import open_store

WRITE = """
import sys
from mi_helpers.progress import open_store, Try
s = open_store(sys.argv[1])
print(s.learner)
for n in range(10):
    t = Try(item_id='l01-a', item_version=1, rules_version='r', lang='en', text=f'{n}')
    s.save_draft('l01-a', f'{n}', lang='en')
    assert s.add_try(t) and s.add_try(t) and s.set_coding(t.id, {'main': 'x'}, 'partly')
"""


@pytest.mark.skipif("MI_TEST_DATABASE" not in os.environ, reason="needs an empty database in MI_TEST_DATABASE")
def test_the_whole_way_in_another_database(python, attempt):
    address = os.environ["MI_TEST_DATABASE"]
    pages = [python(WRITE, address) for _ in range(3)]
    learners = {page.communicate()[0].strip() for page in pages}
    assert all(page.returncode == 0 for page in pages)
    store = open_store(address)
    assert learners == {store.learner}
    tries = store.tries("l01-a", lang="en")
    assert len(tries) == 30
    assert {(t.coding["main"], t.verdict, t.at.utcoffset().total_seconds()) for t in tries} == {("x", "partly", 0)}
    assert store.draft("l01-a", lang="en") == "9"
    assert store.export()["complete"]
    assert store.erase()
    assert store.summary()["counts"]["tries"] == 0
