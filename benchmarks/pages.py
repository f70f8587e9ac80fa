"""How fast a page of the course is, and how much memory it takes, against a bare page of the same parts.

Both are opened in turn in the same run, because times differ from run to run and from machine to machine: what
counts is the ratio. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

# From the click to the first frame that shows the answer, measured in the page itself.
STOPWATCH = """([button, answer]) => new Promise((resolve, reject) => {
  const clicked = performance.now();
  const stop = setTimeout(() => reject(new Error("no answer in 20 s")), 20000);
  const seen = new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.nodeType === 1);
    if (!added.some((node) => node.matches(answer) || node.querySelector(answer))) return;
    seen.disconnect();
    clearTimeout(stop);
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked)));
  });
  seen.observe(document.body, { childList: true, subtree: true });
  document.querySelector(button).click();
})"""


@dataclass
class Subject:
    """A page that is measured: where it is, what its parts are called, and what was found (one entry per visit)."""

    name: str
    url: str
    server: subprocess.Popen
    box: str
    button: str
    answer: str
    usable_s: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    memory_answered_mb: list[float] = field(default_factory=list)
    first_answer_ms: list[float] = field(default_factory=list)
    answer_ms: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, print a table and one line of JSON."""
    asked = _arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        subjects = [
            stack.enter_context(bare_page(folder)),
            stack.enter_context(course_page(folder, asked.page, asked.lang)),
        ]
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=_chromium())
        stack.callback(browser.close)
        for number in range(asked.visits + 1):
            for subject in subjects if number % 2 else subjects[::-1]:
                visit(browser, subject, REPLIES[asked.lang], count=number > 0)
                print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    report(*subjects, asked)


def visit(browser: Browser, subject: Subject, replies: list[str], *, count: bool) -> None:
    """Open the page with an empty cache, wait until one can write, ask for an answer to each reply, close it.

    The first visit of all (``count`` false) warms the server up and is not counted.
    """
    before = _descendants(subject.server.pid)
    context = browser.new_context()
    # a bare page of Voila asks an outside host for a font; without this it would only lose more time
    context.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
    page = context.new_page()
    begin = time.perf_counter()
    page.goto(subject.url, wait_until="commit")
    page.locator(subject.box).first.wait_for(timeout=60_000)
    usable = time.perf_counter() - begin
    page.wait_for_timeout(1500)
    kernels = _descendants(subject.server.pid) - before
    opened = _memory(kernels)
    answers = [_answer(page, subject, reply) for reply in replies]
    answered = _memory(kernels)
    if count:
        subject.usable_s.append(usable)
        subject.first_answer_ms.append(answers[0])
        subject.answer_ms += answers
        if opened and answered:
            subject.memory_mb.append(opened)
            subject.memory_answered_mb.append(answered)
    page.close(run_before_unload=False)
    context.close()
    _wait_until_gone(kernels)


def _answer(page: Page, subject: Subject, reply: str) -> float:
    page.locator(subject.box).first.fill(reply)
    page.wait_for_timeout(700)  # a learner does not click in the moment of the last key
    return page.evaluate(STOPWATCH, [subject.button, subject.answer])


def report(bare: Subject, course: Subject, asked: argparse.Namespace) -> None:
    """Print the medians side by side with their ratios, then all of it as one line of JSON."""
    rows = [
        ("usable_s", "from navigation to a usable box, s", 2),
        ("memory_mb", "memory of the open page's kernel (PSS), MB", 1),
        ("memory_answered_mb", "the same after the last answer, MB", 1),
        ("first_answer_ms", "from the first click to the answer, ms", 0),
        ("answer_ms", "from a click to the answer, ms", 0),
    ]
    found = {}
    print(f"{'median of ' + str(asked.visits) + ' visits':45}{'bare':>8}{'course':>8}{'ratio':>7}")
    for key, title, digits in rows:
        pair = [statistics.median(values) if (values := getattr(s, key)) else None for s in (bare, course)]
        if None in pair:
            print(f"{title:45}{'only measured on Linux':>23}")
            continue
        found[key] = {"bare": round(pair[0], 3), "course": round(pair[1], 3), "ratio": round(pair[1] / pair[0], 2)}
        print(f"{title:45}{pair[0]:8.{digits}f}{pair[1]:8.{digits}f}{pair[1] / pair[0]:7.2f}")
    about = {"page": f"exercises/{asked.lang}/{asked.page}", "visits": asked.visits, "cores": os.cpu_count()}
    print(json.dumps({"benchmark": "pages", **about, "python": platform.python_version(), **found}))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--visits", type=int, default=7, help="counted visits of each page")
    parser.add_argument("--page", default="01_righting_reflex", help="notebook in exercises/, without .ipynb")
    parser.add_argument("--lang", choices=sorted(REPLIES), default="en")
    return parser.parse_args()


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    sys.exit("No Chromium found: install the system's package (Debian: chromium).")


def _wait_until_gone(pids: set[int]) -> None:
    """Let the kernels of a closed page end, so that they do not slow the next one down; a bare page's stay a while."""
    for _ in range(10):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return
        time.sleep(0.1)


if __name__ == "__main__":
    main()
