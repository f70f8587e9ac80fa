"""How fast a page of the course is, and how much comes over the wire, against a bare page of the same parts.

Both are opened in turn in the same run, because times differ from run to run and from machine to machine: what
counts is the ratio. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from servers import REPLIES, Served, Wire, bare_page, course_page, descendants

#: Where one writes, what one clicks, what the answer looks like.
PARTS = {
    "bare": ("textarea", ".jupyter-button", ".answer"),
    "course": (".mi-writing-box textarea", ".mi-ask", ".mi-feedback"),
}
# A bare page of Voila asks an outside host for a font; refused at once, it loses no time over it.
ALONE = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
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
class Found:
    """What was found on one page, one entry per visit: times, and bytes with an empty cache and with a full one.

    ``_kb`` counts files and pages, ``_all_kb`` also what comes over the line to the kernel.
    """

    usable_s: list[float] = field(default_factory=list)
    usable_again_s: list[float] = field(default_factory=list)
    first_answer_ms: list[float] = field(default_factory=list)
    answer_ms: list[float] = field(default_factory=list)
    first_kb: list[float] = field(default_factory=list)
    later_kb: list[float] = field(default_factory=list)
    first_all_kb: list[float] = field(default_factory=list)
    later_all_kb: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, print a table and one line of JSON."""
    asked = _arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        pages = [
            stack.enter_context(bare_page(folder, cull=True)),
            stack.enter_context(course_page(folder, asked.page, asked.lang)),
        ]
        found = {served.name: Found() for served in pages}
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=_chromium(), args=ALONE)
        stack.callback(browser.close)
        for number in range(asked.visits + 1):
            for served in pages if number % 2 else pages[::-1]:
                # the first visit of all warms the server up and is not counted
                visit(browser, served, REPLIES[asked.lang], found[served.name] if number else Found())
                print(".", end="", flush=True, file=sys.stderr)
        for served in pages:
            weigh(browser, served, found[served.name])
    print(file=sys.stderr)
    report(found["bare"], found["course"], asked)


def visit(browser: Browser, served: Served, replies: list[str], found: Found) -> None:
    """Open the page with an empty cache, ask for an answer to each reply; leave it and come back."""
    context = browser.new_context()
    page, usable, kb = _open(context, served)
    found.usable_s.append(usable)
    found.first_kb.append(kb)
    answers = [_answer(page, served, reply) for reply in replies]
    found.first_answer_ms.append(answers[0])
    found.answer_ms += answers
    kernels = descendants(served.server.pid)
    page.close(run_before_unload=False)
    _wait_until_fewer(served, kernels)
    page, usable, kb = _open(context, served)
    found.usable_again_s.append(usable)
    found.later_kb.append(kb)
    kernels = descendants(served.server.pid)
    page.close(run_before_unload=False)
    context.close()
    _wait_until_fewer(served, kernels)


def weigh(browser: Browser, served: Served, found: Found) -> None:
    """Open the page twice, by way of something that counts and takes time."""
    context, wire = browser.new_context(), Wire(served.url)
    for kb in (found.first_all_kb, found.later_all_kb):
        before, kernels = wire.bytes, descendants(served.server.pid)
        page, _, _ = _open(context, replace(served, url=wire.url))
        kb.append((wire.bytes - before) / 1000)
        page.close(run_before_unload=False)
        _wait_until_fewer(served, kernels)
    context.close()


def _open(context: BrowserContext, served: Served) -> tuple[Page, float, float]:
    """The page, the seconds until one can write, and the kilobytes that came until a moment later."""
    page, received = context.new_page(), []
    network = context.new_cdp_session(page)
    network.on("Network.loadingFinished", lambda it: received.append(it["encodedDataLength"]))
    network.send("Network.enable")
    begin = time.perf_counter()
    page.goto(served.url, wait_until="commit")
    page.locator(PARTS[served.name][0]).first.wait_for(timeout=60_000)
    usable = time.perf_counter() - begin
    page.wait_for_timeout(1500)
    return page, usable, sum(received) / 1000


def _answer(page: Page, served: Served, reply: str) -> float:
    box, button, answer = PARTS[served.name]
    page.locator(box).first.fill(reply)
    page.wait_for_timeout(700)  # a learner does not click in the moment of the last key
    return page.evaluate(STOPWATCH, [button, answer])


def report(bare: Found, course: Found, asked: argparse.Namespace) -> None:
    """Print the medians side by side with their ratios, then all of it as one line of JSON."""
    rows = [
        ("usable_s", "from navigation to a usable box, s", 2),
        ("usable_again_s", "the same on coming back, s", 2),
        ("first_answer_ms", "from the first click to the answer, ms", 0),
        ("answer_ms", "from a click to the answer, ms", 0),
        ("first_kb", "over the wire, first visit, kB", 0),
        ("later_kb", "over the wire, later visit, kB", 1),
        ("first_all_kb", "first visit with the line to the kernel, kB", 0),
        ("later_all_kb", "later visit with the line to the kernel, kB", 1),
    ]
    found = {}
    print(f"{'median of ' + str(asked.visits) + ' visits':45}{'bare':>8}{'course':>8}{'ratio':>7}")
    for key, title, digits in rows:
        pair = [statistics.median(getattr(it, key)) for it in (bare, course)]
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


def _wait_until_fewer(served: Served, before: set[int]) -> None:
    """Let the kernel of a closed page end, so that it does not slow the next page down; a bare page's stays a while."""
    for _ in range(10):
        if descendants(served.server.pid) < before:
            return
        time.sleep(0.1)


if __name__ == "__main__":
    main()
