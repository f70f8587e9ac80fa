"""The JupyterHub of ``deploy/jupyterhub``, for real: hub, proxy, two Linux accounts, a browser.

Only systemd is stood in for (``stand_in_systemd.py``): what it is asked to limit is checked, not that it does.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nginxes
import psutil
import pytest
from hubs import GROUP, Accounts, Hub, missing, skip_or_fail
from playwright.sync_api import expect
from serving import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ANNA, BRAM, STRANGER = "mi-test-anna", "mi-test-bram", "mi-test-stranger"
PASSWORD = "zomaar een wachtwoord"
PAGE = "voila/render/exercises/nl/01_righting_reflex.ipynb"
SHARED = "postgresql://hub:secret@db.example.org/words"


@pytest.fixture(scope="module")
def accounts():
    skip_or_fail(missing())
    with Accounts(ANNA, BRAM, STRANGER, password=PASSWORD) as made:
        subprocess.run(["gpasswd", "-d", STRANGER, GROUP], check=True, capture_output=True)
        yield made


@pytest.fixture(scope="module")
def hub(accounts, tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("hub"), environment={"MI_COURSE_DATABASE": SHARED})
    yield hub
    hub.stop()


def log_in(page, hub, name, *, to=""):
    page.goto(hub.url + to)
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("#login_submit")


def open_exercise(page, hub, name):
    page.goto(f"{hub.url}user/{name}/{PAGE}")
    expect(page.locator("[aria-busy]")).to_have_count(0, timeout=30_000)
    return page.locator("textarea").first


def words_file(name) -> Path:
    return Path(f"~{name}").expanduser() / ".local/share/mi-course/mi-course.sqlite3"


def kernels(hub, name) -> list[psutil.Process]:
    children = psutil.Process(hub.unit(name)["pid"]).children(recursive=True)
    return [child for child in children if child.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture(scope="module")
def learners(hub, browser):
    """Both learners at work on the same page, each in a browser of their own."""
    pages = {}
    for name in (ANNA, BRAM):
        page = browser.new_context(locale="nl-NL").new_page()
        log_in(page, hub, name)
        page.wait_for_url(f"**/user/{name}/voila/render/course/nl/00_home.ipynb", timeout=120_000)
        open_exercise(page, hub, name).fill(f"Je wilt wel, en het is lastig. Geschreven door {name}.")
        page.get_by_role("button", name="Vraag feedback").click()
        expect(page.locator(".mi-feedback").first).to_be_visible(timeout=15_000)
        pages[name] = page
    yield pages
    for page in pages.values():
        page.context.close()


def test_each_learner_finds_their_own_words_again(hub, learners):
    for name, page in learners.items():
        expect(open_exercise(page, hub, name)).to_have_value(re.compile(f"Geschreven door {name}"))


def test_words_are_in_the_learners_own_folder_and_out_of_the_others_reach(hub, learners):
    for name, other in ((ANNA, BRAM), (BRAM, ANNA)):
        mine, theirs = words_file(name), words_file(other)
        assert name.encode() in mine.read_bytes() and other.encode() not in mine.read_bytes()
        uid = hub.unit(name)["uid"]
        assert mine.stat().st_uid == uid != 0
        as_me = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "cat"]
        assert subprocess.run([*as_me, str(mine)], capture_output=True, check=False).returncode == 0
        assert subprocess.run([*as_me, str(theirs)], capture_output=True, check=False).returncode != 0


def test_no_shared_database_and_no_token_is_in_a_learners_reach(hub, learners):
    for name in learners:
        environment = hub.unit(name)["environment"]
        assert not [key for key in environment if "DATABASE" in key]
        assert SHARED not in environment.values()
        running = kernels(hub, name)
        assert running
        for kernel in running:
            assert kernel.uids().real == hub.unit(name)["uid"]
            assert not [key for key in kernel.environ() if "DATABASE" in key or "API_TOKEN" in key]


def test_who_runs_the_machine_can_hand_a_learner_their_words(hub, learners):
    """As docs/teams/jupyterhub.md says it."""
    command = [sys.executable, "-m", "mi_helpers.app.cli", "data", "export", "--learner", ANNA, "-"]
    env = os.environ | {"HOME": str(Path(f"~{ANNA}").expanduser())}
    env = {name: value for name, value in env.items() if not name.startswith(("MI_COURSE", "XDG"))}
    said = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert f"Geschreven door {ANNA}" in said.stdout


def test_a_learner_cannot_open_anything_of_another(hub, learners):
    anna = learners[ANNA]
    asked = []
    learners[BRAM].on("websocket", lambda socket: asked.append(socket.url))
    open_exercise(learners[BRAM], hub, BRAM)
    channel = next(url for url in asked if "/channels" in url)

    assert anna.context.request.get(f"{hub.url}user/{BRAM}/").status == 403
    for path in (PAGE, re.search(r"api/kernels/[0-9a-f-]+", channel)[0]):
        answer = anna.context.request.get(f"{hub.url}user/{BRAM}/{path}")
        assert answer.status == 403, path
    page = anna.context.new_page()
    page.goto(f"{hub.url}hub/home")
    opened = """url => new Promise(done => {
        const socket = new WebSocket(url);
        socket.onopen = () => done(true); socket.onerror = () => done(false);
    })"""
    assert page.evaluate(opened, channel) is False
    own = learners[BRAM].context.new_page()
    own.goto(f"{hub.url}hub/home")
    assert own.evaluate(opened, channel) is True  # the same address, the right learner: so the test above can fail


def test_a_visitor_without_a_login_gets_the_login_page(hub, learners, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{hub.url}user/{ANNA}/{PAGE}")
    assert "/hub/login" in page.url and page.locator("textarea").count() == 0
    for words in ("Wachtwoord", "Password"):
        expect(page.locator("form")).to_contain_text(words)
    assert page.locator("nav").count() == 0
    context.close()


def test_who_is_not_in_the_group_does_not_come_in(hub, browser):
    context = browser.new_context()
    page = context.new_page()
    log_in(page, hub, STRANGER)
    expect(page.locator("body")).to_contain_text(re.compile("mag hier niet naar binnen|not allowed|forbidden", re.I))
    assert "/user/" not in page.url
    context.close()


@pytest.mark.parametrize(
    "address",
    "api/contents api/contents/x api/terminals api/kernels api/sessions api/kernelspecs api/config/x api/spec.yaml "
    "lab tree terminals/1 files/x nbconvert/html/x voila/files/x edit/x api/shutdown".split(),
)
def test_nothing_else_of_jupyter_is_there(hub, learners, address):
    assert learners[ANNA].context.request.get(f"{hub.url}user/{ANNA}/{address}", max_redirects=0).status == 404


def test_systemd_is_asked_to_keep_each_learner_within_bounds(hub, learners):
    asked = hub.unit(ANNA)["properties"]
    assert asked["MemoryMax"] == [str(768 * 2**20)]
    assert asked["CPUQuota"] == ["100%"]
    wanted = {"TasksMax": "200", "NoNewPrivileges": "yes", "PrivateTmp": "yes", "IPAddressDeny": "any"}
    for name, value in wanted.items():
        assert asked[name] == [value]


def test_a_learners_log_holds_no_words(hub, learners):
    assert "01_righting_reflex" in hub.said(ANNA)
    assert not re.search("Traceback|lastig", hub.said(ANNA) + hub.log())


def test_behind_nginx_with_tls_a_learner_works_as_without(hub, learners, browser, tmp_path):
    skip_or_fail(nginxes.missing())
    with nginxes.Nginx(tmp_path, "mi-course-hub.conf", hub.url.rstrip("/")) as nginx:
        context = browser.new_context(locale="nl-NL", ignore_https_errors=True)
        page = context.new_page()
        page.goto(nginx.url)
        page.fill("input[name=username]", BRAM)
        page.fill("input[name=password]", PASSWORD)
        page.click("#login_submit")
        page.wait_for_url(f"{nginx.url}user/{BRAM}/voila/**", timeout=120_000)
        page.goto(f"{nginx.url}user/{BRAM}/{PAGE}")
        expect(page.locator("[aria-busy]")).to_have_count(0, timeout=30_000)
        expect(page.locator("textarea").first).to_have_value(re.compile(f"Geschreven door {BRAM}"))
        page.get_by_role("button", name="Vraag feedback").click()
        expect(page.locator(".mi-feedback").first).to_be_visible(timeout=15_000)
        alive = page.evaluate("""async () => {
            const token = document.cookie.match(/\\b_xsrf=([^;]*)/)?.[1] ?? "";
            const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
            const place = `${baseUrl}api/kernels/${kernelId}`;
            return (await fetch(place, { headers: { "X-XSRFToken": token } })).status;
        }""")
        assert alive == 200
        cookies = {it["name"]: (it["secure"], it["httpOnly"]) for it in context.cookies()}
        for name in ("jupyterhub-hub-login", f"jupyterhub-user-{BRAM}", "jupyterhub-session-id"):
            assert cookies[name] == (True, True), name
        assert context.request.get(f"{nginx.url}hub/metrics").status == 404
        context.close()


def test_a_page_that_is_closed_leaves_no_kernel(hub, learners):
    page = learners[ANNA].context.new_page()
    before = {kernel.pid for kernel in kernels(hub, ANNA)}
    open_exercise(page, hub, ANNA)
    mine = {kernel.pid for kernel in kernels(hub, ANNA)} - before
    assert mine
    page.close(run_before_unload=False)
    assert wait_for(lambda: not mine & {kernel.pid for kernel in kernels(hub, ANNA)}, 20)


def test_an_unused_server_stops_an_open_page_keeps_it_and_a_visit_brings_it_back(accounts, browser, tmp_path):
    hub = Hub(tmp_path, "--JupyterHub.last_activity_interval=1", changed={"IDLE_AFTER = 30 * 60": "IDLE_AFTER = 15"})
    context = browser.new_context(locale="nl-NL")
    try:
        page = context.new_page()
        log_in(page, hub, ANNA)
        page.wait_for_url("**/voila/**", timeout=120_000)
        box = open_exercise(page, hub, ANNA)
        box.fill("Dit blijft staan.")
        page.wait_for_timeout(22_000)  # longer than an unused server lives
        assert hub.runs(ANNA)
        expect(page.locator("#mi-connection-banner")).to_be_hidden()
        page.goto("about:blank")
        assert wait_for(lambda: not hub.runs(ANNA), 60)
        expect(open_exercise(page, hub, ANNA)).to_have_value("Dit blijft staan.", timeout=120_000)
        os.kill(hub.unit(ANNA)["pid"], 9)
        expect(page.locator("#mi-connection-banner")).to_be_visible(timeout=40_000)
    finally:
        context.close()
        hub.stop()



def test_who_leaves_is_signed_out_here_and_at_the_hub(hub, learners, browser):
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    log_in(page, hub, ANNA)
    page.wait_for_url("**/voila/**", timeout=120_000)
    expect(page.locator("[aria-busy]")).to_have_count(0, timeout=30_000)
    page.locator(".mi-leave button").click()
    expect(page.locator("input[name=password]")).to_be_visible()
    page.goto(f"{hub.url}user/{ANNA}/{PAGE}")
    assert "/hub/login" in page.url
    context.close()
