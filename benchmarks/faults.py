"""How many tries are lost when everything goes wrong that can: python benchmarks/faults.py --tries 10000

Pages of two learners, two tabs each, send tries to the store as fast as it takes them, while pages are killed, clocks
are set back, the disk fills up, the database is locked, taken away, cut off, restarted and killed. A try counts as kept
once the store said so; what a page had not said so about is sent again, with the same id, to the page that comes after
it, as a browser does that still has the words. At the end every try must be there, once, in the order of its tab.

Needs the packages of "pip install -e .[test]"; for ``--database postgresql`` a PostgreSQL server that can be started.
"""

from __future__ import annotations

import argparse
import json
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter, deque
from pathlib import Path

from fault_kinds import FileFaults, ServerFaults

from mi_helpers.progress import open_store

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

#: What a page does: takes tries from its browser, and says of each when it is on disk.
PAGE = """
import json, queue, sys, threading
from datetime import datetime, timedelta
from mi_helpers.progress import Try, open_store, records
lines, waiting, behind = queue.Queue(), [], timedelta(0)

class Clock(datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.now(zone) - behind

records.datetime = Clock
threading.Thread(target=lambda: [lines.put(line) for line in sys.stdin] + [lines.put("")], daemon=True).start()
store = open_store(sys.argv[1], account=sys.argv[2])
store.tries(sys.argv[3], lang="en")  # a page begins with what there is
while True:
    try:
        line = lines.get(timeout=0.05)
    except queue.Empty:
        line = None
    if line == "":
        break
    if line:
        said = json.loads(line)
        if "behind" in said:
            behind = timedelta(seconds=said["behind"])
            continue
        store.save_draft("l01-a", said["text"], lang="en")
        one = Try(id=said["id"], item_id=said["tab"], item_version=1, rules_version="r", lang="en", text=said["text"])
        store.add_try(one)
        store.set_coding(one.id, {"main": "x"}, "partly")
        waiting.append(one.id)
    if store.settle():
        for done in waiting:
            print(done, flush=True)
        waiting.clear()
"""


class Tab:
    """A browser tab: what is to be sent, what is on its way, and the page's process."""

    WINDOW = 4

    def __init__(self, address: str, account: str, name: str, tries: int):
        self.address, self.account, self.name = address, account, name
        self.sent = [(uuid.uuid4().hex, f"{name} {n}") for n in range(tries)]
        self.to_send = deque(self.sent)
        self.on_its_way: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        """A new page; what the last one had not confirmed goes to this one first."""
        command = [sys.executable, "-c", PAGE, self.address, self.account, self.name]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.heard: queue.Queue = queue.Queue()
        threading.Thread(target=_listen, args=(self.process.stdout, self.heard), daemon=True).start()
        self.to_send.extendleft(reversed(self.on_its_way.items()))
        self.on_its_way.clear()

    def kill(self) -> None:
        """The page's process is gone, without a word; what it said before counts."""
        self.process.kill()
        self.process.wait()
        time.sleep(0.01)
        self.hear()
        self.start()

    def tell(self, said: dict) -> None:
        try:
            self.process.stdin.write(json.dumps(said) + "\n")
            self.process.stdin.flush()
        except OSError:
            pass

    def hear(self) -> None:
        while not self.heard.empty():
            self.on_its_way.pop(self.heard.get().strip(), None)

    def step(self) -> bool:
        """Send what may be sent; False when all is confirmed."""
        self.hear()
        if self.process.poll() is not None:
            self.start()
        while self.to_send and len(self.on_its_way) < self.WINDOW:
            key, text = self.to_send.popleft()
            self.on_its_way[key] = text
            self.tell({"id": key, "text": text, "tab": self.name})
        return bool(self.to_send or self.on_its_way)


def _listen(stream, heard: queue.Queue) -> None:
    for line in stream:
        heard.put(line)


def kill_a_page(tabs: list[Tab]) -> None:
    """One page's process is killed."""
    random.choice(tabs).kill()


def set_a_clock_back(tabs: list[Tab]) -> None:
    """One page's clock goes back by up to two hours."""
    random.choice(tabs).tell({"behind": random.uniform(0, 7200)})


def run(tries: int, database: str, *, seed: int = 1, between: float = 0.7) -> dict:
    """Send so many tries through everything that can happen.

    Parameters
    ----------
    tries : int
    database : {"sqlite", "postgresql"}
    seed : int
        Of the order of faults.
    between : float
        Seconds between two faults, on average.

    Returns
    -------
    dict
        ``tries``, ``kept``, ``lost``, ``doubled``, ``out_of_order`` (tabs), ``without_coding``, ``faults`` by name and
        ``seconds``.
    """
    random.seed(seed)
    folder = Path(tempfile.mkdtemp(prefix="mi-faults-"))
    faults = (FileFaults if database == "sqlite" else ServerFaults)(folder)
    every = {"page killed": kill_a_page, "clock set back": set_a_clock_back, **faults.each}
    happened: Counter = Counter()
    tabs = []
    begin = time.monotonic()
    try:
        open_store(faults.address).settle()  # makes the tables
        share = [tries // 4 + (n < tries % 4) for n in range(4)]
        tabs += [Tab(faults.address, "ab"[n // 2], f"tab-{n}", share[n]) for n in range(4)]
        stop = threading.Event()

        def trouble() -> None:
            names = list(every)
            while not stop.wait(random.uniform(0, 2 * between)):
                name = names[sum(happened.values()) % len(names)]
                (kill_now if name == "page killed" else every[name])(tabs)
                happened[name] += 1

        wanted: queue.Queue = queue.Queue()
        kill_now = wanted.put
        maker = threading.Thread(target=trouble, daemon=True)
        maker.start()
        while any([tab.step() for tab in tabs]):
            while not wanted.empty():
                every["page killed"](wanted.get())
            time.sleep(0.005)
        stop.set()
        maker.join(30)
        return _count(tabs, faults.address) | {"faults": dict(happened), "seconds": round(time.monotonic() - begin, 1)}
    finally:
        for tab in tabs:
            tab.process.kill()
            tab.process.wait()
        faults.close()
        shutil.rmtree(folder, ignore_errors=True)


def _count(tabs: list[Tab], address: str) -> dict:
    found = Counter(tries=0, kept=0, lost=0, doubled=0, out_of_order=0, without_coding=0)
    for tab in tabs:
        kept = open_store(address, account=tab.account).tries(tab.name, lang="en")
        ids = [t.id for t in kept]
        sent = [key for key, _ in tab.sent]
        found["tries"] += len(sent)
        found["kept"] += len(set(sent) & set(ids))
        found["lost"] += len(set(sent) - set(ids))
        found["doubled"] += len(ids) - len(set(ids)) + len(set(ids) - set(sent))
        found["out_of_order"] += ids != sent
        found["without_coding"] += sum(t.coding is None for t in kept)
    return dict(found)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--between", type=float, default=0.7, help="seconds between two faults, on average")
    asked = parser.parse_args()
    found = run(asked.tries, asked.database, seed=asked.seed, between=asked.between)
    for name, value in found.items():
        print(f"{name}: {value}")
    sys.exit(1 if found["lost"] or found["doubled"] else 0)


if __name__ == "__main__":
    main()
