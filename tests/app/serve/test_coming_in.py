"""``mi-course serve``: the password, the personal code, the cookie, the way out."""

from __future__ import annotations

import re

import pytest
from serving import wait_for
from team import ONE, PASSWORD, Visitor, team_server

from mi_helpers.app.words import words


def test_a_stranger_is_led_to_the_entry_and_then_to_the_page(server):
    visitor = Visitor(server, Accept_Language="nl")
    answer = visitor.ask(ONE + "?item=x")
    assert answer.status == 302
    entry = answer.getheader("Location")
    assert entry == "/enter?next=%2Fvoila%2Frender%2Fcourse%2Fen%2F01_one.ipynb%3Fitem%3Dx"
    form = visitor.ask(entry)
    assert form.status == 200 and '<html lang="en">' in form.text, "the language of the page that was asked for"
    assert '<html lang="nl">' in visitor.ask("/enter").text
    there = ONE + "?item=x"
    assert visitor.post("/enter", password=PASSWORD, next=there).status == 200
    code = visitor.enter(next=there)
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    again = Visitor(server)
    assert again.post("/enter", password=PASSWORD, code=code.lower(), next=there).getheader("Location") == there
    assert visitor.ask("/enter").status == 302, "who is in needs no form"


@pytest.mark.parametrize("there", [
    "https://evil.example/", "//evil.example/voila/render/course/en/01_one.ipynb", "/\\evil.example", "javascript:1",
    "/voila/render/../../x", "/enter", "/voila/render/course/en/01_one.ipynb@evil.example", "\r\nX: y", "/leave",
])  # fmt: skip
def test_the_way_on_stays_in_the_course(there, server):
    visitor = Visitor(server)
    code = visitor.enter()
    answer = Visitor(server).post("/enter", password=PASSWORD, code=code, next=there, lang="nl")
    assert answer.getheader("Location") == "/voila/render/course/nl/00_home.ipynb"


def test_the_same_code_is_the_same_learner_and_another_is_not(server):
    first, again, other = Visitor(server), Visitor(server), Visitor(server)
    again.enter(first.enter())
    other.enter()
    kernel = first.open()
    assert again.ask(f"/api/kernels/{kernel}").status == 200
    assert other.ask(f"/api/kernels/{kernel}").status == 404
    first.close(kernel)


@pytest.mark.parametrize(("fields", "key", "status"), [
    ({"password": "wrong wrong"}, "wrong_password", 403), ({"password": ""}, "wrong_password", 403), ({}, "wrong_password", 403),
    ({"password": PASSWORD, "code": "0000-0000-0000-0000"}, "wrong_code", 403),
    ({"password": PASSWORD, "code": "<script>alert(1)</script>"}, "wrong_code", 403),
    ({"sealed": "2|1:0|10:1795305827|4:code|4:eHh4|00"}, "expired", 403),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nobody_comes_in(fields, key, status, server):
    visitor = Visitor(server)
    answer = visitor.post("/enter", **fields)
    assert answer.status == status
    assert words("en", "enter")[key] in answer.text
    assert "<script>alert" not in answer.text
    assert set(visitor.cookies) == {"_xsrf"}


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_at_first_entry_one_may_choose_first_what_is_kept(lang, server):
    visitor = Visitor(server)
    said = words(lang, "enter")
    assert said["kept"] in visitor.ask(f"/enter?lang={lang}").text
    page = visitor.post("/enter", password=PASSWORD, lang=lang, next=ONE)
    assert said["choose_about"] in page.text
    there = re.search(r'name="next" value="([^"]+)">' + re.escape(said["choose"]), page.text)[1]
    assert there == f"/voila/render/course/{lang}/91_privacy.ipynb"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_where_words_are_not_kept_the_entry_does_not_say_they_are(lang, small_course, tmp_path):
    server = team_server(tmp_path, content=small_course, MI_COURSE_KEEP_TEXT="no")
    try:
        page = Visitor(server).ask(f"/enter?lang={lang}").text
        assert words(lang, "enter")["kept_codes"] in page and words(lang, "enter")["kept"] not in page
    finally:
        server.stop()


def test_a_code_that_was_not_written_down_is_nobodys(server):
    visitor = Visitor(server)
    assert visitor.post("/enter", password=PASSWORD).status == 200
    assert visitor.ask(ONE).status == 302


def test_the_cookie_is_for_this_browser_only_and_says_nothing(server):
    visitor = Visitor(server)
    code = visitor.enter()
    for remember, lasting in (("", False), ("yes", True)):
        answer = Visitor(server).post("/enter", password=PASSWORD, code=code, remember=remember)
        said = next(it for it in answer.headers.get_all("Set-Cookie") if it.startswith("mi-course-learner="))
        assert "HttpOnly" in said and "SameSite=Lax" in said and "Path=/" in said
        assert ("expires=" in said.lower()) == lasting
        assert code not in said and code.replace("-", "") not in said


@pytest.mark.slow
def test_a_cookie_of_another_server_or_password_is_worth_nothing(server, small_course, tmp_path):
    visitor = Visitor(server)
    visitor.enter()
    other = team_server(tmp_path, content=small_course)
    try:
        stranger = Visitor(other)
        stranger.cookies = dict(visitor.cookies)
        assert stranger.ask(ONE).status == 302
        code = stranger.enter()
    finally:
        other.stop()
    again = team_server(tmp_path, content=small_course)
    try:
        back = Visitor(again)
        back.cookies = dict(stranger.cookies)
        back.close(back.open())
        assert Visitor(again).enter(code) == code, "codes outlive a restart"
    finally:
        again.stop()
    changed = team_server(tmp_path, content=small_course, MI_COURSE_PASSWORD="een nieuw wachtwoord")
    try:
        back = Visitor(changed)
        back.cookies = dict(stranger.cookies)
        assert back.ask(ONE).status == 302
        assert back.enter(code, password="een nieuw wachtwoord") == code
    finally:
        changed.stop()


@pytest.mark.slow
def test_whoever_guesses_has_to_wait(small_course, tmp_path):
    server = team_server(tmp_path, content=small_course)
    try:
        visitor = Visitor(server)
        said = [visitor.post("/enter", password=f"wrong {number}").status for number in range(22)]
        assert said[:20] == [403] * 20 and said[-1] == 429
        assert visitor.post("/enter", password=PASSWORD).status == 429, "also with the right one"
    finally:
        server.stop()


def test_who_leaves_is_forgotten_and_the_pages_stop(server):
    visitor, other = Visitor(server), Visitor(server)
    visitor.enter(), other.enter()
    mine, others = visitor.open(), other.open()
    cookies = dict(visitor.cookies)
    assert visitor.ask("/leave").status in (403, 405), "a link does not log out"
    assert visitor.ask("/leave", "POST").status == 403, "nor does a form of another site"
    assert visitor.post("/leave").status == 303
    assert "mi-course-learner" not in visitor.cookies and "mi-course-learner" in cookies
    assert visitor.ask(ONE).status == 302
    assert wait_for(lambda: len(server.kernels()) == 1)
    assert other.ask(f"/api/kernels/{others}").status == 200 != other.ask(f"/api/kernels/{mine}").status
    other.close(others)
