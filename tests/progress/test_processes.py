"""Two tabs are two kernels: several processes write to one file, and a kernel may be killed at any moment."""

import pytest

from mi_helpers.progress import open_store

WRITE = """
import sys
sys.stdin.readline()
from mi_helpers.progress import open_store, Try
s = open_store()
print(s.learner, flush=True)
for n in range(int(sys.argv[2])):
    t = Try(item_id='l01-a', item_version=1, rules_version='r', lang='en', text=f'{sys.argv[1]} {n}')
    s.save_draft('l01-a', f'{sys.argv[1]} {n}', lang='en')
    while not s.add_try(t): pass
    s.set_coding(t.id, {'main': 'x'}, 'partly')
    print(t.id, flush=True)
print('done', flush=True)
sys.stdin.readline()
"""


def test_pages_that_start_and_write_at_the_same_time(file, python):
    pages = [python(WRITE, name, 40) for name in "abc"]
    for page in pages:
        page.stdin.write("go\n")
        page.stdin.flush()
    said = [page.communicate("end\n")[0].split() for page in pages]
    assert len({lines[0] for lines in said}) == 1, "one learner, whoever came first"
    sent = {line for lines in said for line in lines[1:-1]}
    kept = open_store().tries("l01-a", lang="en")
    assert len(sent) == 120
    assert {t.id for t in kept} == sent
    assert all(t.verdict == "partly" for t in kept)
    for name in "abc":
        mine = [t.text for t in kept if t.text.startswith(name)]
        assert mine == [f"{name} {n}" for n in range(40)]
    assert open_store().draft("l01-a", lang="en").endswith(" 39")


@pytest.mark.parametrize("after", [1, 25, 60])
def test_a_kernel_killed_while_it_writes_loses_nothing_it_acknowledged(file, python, after):
    page = python(WRITE, "a", 10_000)
    page.stdin.write("go\n")
    page.stdin.flush()
    learner = page.stdout.readline().strip()
    acknowledged = [page.stdout.readline().strip() for _ in range(after)]
    page.kill()
    acknowledged += page.communicate()[0].splitlines()
    store = open_store()
    assert store.trouble is None
    assert store.learner == learner
    kept = [t.id for t in store.tries("l01-a", lang="en")]
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) - len(acknowledged) <= 1
    assert store.save_draft("l01-a", "goes on", lang="en")
