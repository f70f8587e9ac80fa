"""A thousand tabs opened and closed, and no kernel left behind.

    python benchmarks/tabs.py --tabs 1000

Each says goodbye as a browser does when a page is left (one that is cut off without a word keeps its kernel for 20 minutes,
so that a laptop may sleep). At the end the server's processes are counted until there are no more than before the first tab,
or patience ends. The last line is JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from learners import Learner
from servers import REPLIES, course_page, descendants
from tornado.httpclient import AsyncHTTPClient

AT_ONCE = 10


async def visit(served, number: int) -> None:
    """Open a page, wait until one can type, and leave it."""
    learner = Learner(served, REPLIES["en"], number)
    await learner.open()
    await learner.say_goodbye()


async def run(served, tabs: int, patience: float) -> dict:
    """Open and close so many tabs, ten at a time; then wait for the kernels to end."""
    AsyncHTTPClient.configure(None, max_clients=2 * AT_ONCE)
    await asyncio.sleep(3)
    before, begin, most = descendants(served.server.pid), time.monotonic(), 0
    for first in range(0, tabs, AT_ONCE):
        await asyncio.gather(*(visit(served, number) for number in range(first, min(tabs, first + AT_ONCE))))
        most = max(most, len(descendants(served.server.pid) - before))
        if first % 100 == 0:
            print(f"{first + AT_ONCE} tabs, {len(descendants(served.server.pid) - before)} processes", file=sys.stderr)
    opened, last = time.monotonic() - begin, time.monotonic()
    while (left := descendants(served.server.pid) - before) and time.monotonic() - last < patience:
        await asyncio.sleep(2)
    return {"benchmark": "tabs", "tabs": tabs, "seconds": round(opened), "most_processes": most, "left": len(left),
            "seconds_until_none": round(time.monotonic() - last)}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tabs", type=int, default=1000)
    parser.add_argument("--patience", type=float, default=300, help="seconds to wait for the last kernel")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, course_page(Path(folder), "01_righting_reflex", "en") as served:
        print(json.dumps(asyncio.run(run(served, asked.tabs, asked.patience))))


if __name__ == "__main__":
    main()
