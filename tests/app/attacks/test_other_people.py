"""Trying to break in: what a stranger, or another learner, gets of what is Anna's."""

from __future__ import annotations

import asyncio
import base64
import json
import re

import pytest
from team import ONE, PASSWORD, run
from tornado.web import create_signed_value


def test_each_sees_their_own_page(anna, bram):
    pages = [visitor.ask(ONE).text for visitor in (anna, bram, anna)]
    names = [re.search(r"<div class=\"jp-RenderedHTMLCommon\">([0-9a-f]{32})</div>", page)[1] for page in pages]
    assert names[0] == names[2] != names[1]


KERNELS = [
    ("GET", "/api/kernels/{kernel}"), ("GET", "/api/kernels/{kernel}?x=1"), ("HEAD", "/api/kernels/{kernel}"),
    ("DELETE", "/api/kernels/{kernel}"), ("POST", "/api/kernels/{kernel}"), ("PATCH", "/api/kernels/{kernel}"),
    ("POST", "/api/kernels/{kernel}/restart"), ("POST", "/api/kernels/{kernel}/interrupt"),
    ("GET", "/api/kernels/{kernel}/channels"), ("POST", "/api/kernels/{kernel}/channels"),
    ("POST", "/api/kernels"), ("GET", "/api/kernels"), ("GET", "/api/sessions"), ("GET", "/api/kernels/"),
    ("GET", "/api/kernels/{kernel}/../{kernel}"), ("GET", "//api/kernels/{kernel}"), ("GET", "/API/KERNELS/{kernel}"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), KERNELS)
@pytest.mark.parametrize("who", ["stranger", "bram"])
def test_the_kernel_of_another_is_not_there(method, path, who, anna, request):
    visitor = request.getfixturevalue(who)
    answer = visitor.ask(path.format(kernel=anna.kernel), method, X_Xsrftoken=visitor.cookies.get("_xsrf", ""))
    assert answer.status in (302, 400, 403, 404, 405), answer.text
    assert answer.status != 302 or answer.getheader("Location").startswith("/enter")
    assert '"execution_state"' not in answer.text
    assert anna.ask(f"/api/kernels/{anna.kernel}").status == 200


@pytest.mark.parametrize("who", ["stranger", "bram"])
def test_nobody_closes_the_page_of_another(who, anna, request):
    visitor = request.getfixturevalue(who)
    assert visitor.close(anna.kernel).status == (403 if who == "stranger" else 204)
    run(asyncio.sleep(1))
    assert anna.ask(f"/api/kernels/{anna.kernel}").status == 200


def test_ids_cannot_be_guessed_from_ones_own(bram, anna):
    own = bram.kernel
    near = [own[:-1] + letter for letter in "0123456789abcdef" if letter != own[-1]]
    odd = ["0" * 36, own.upper(), own + "0", own[:-1], "../" + own, "%2e", "*", "null"]
    assert {bram.ask(f"/api/kernels/{guess}").status for guess in near + odd} == {404}


def cookies_of(anna, bram):
    """Cookies that are nobody's: each is (what was done to it, the cookie)."""
    real = anna.cookies["mi-course-learner"].strip('"')
    parts = real.split("|")
    account = base64.b64decode(parts[4].split(":")[1])
    theirs = bram.cookies["mi-course-learner"].strip('"').split("|")
    long = parts[:3] + ["4:long"] + parts[4:]
    later = [*parts[:2], "10:" + str(int(parts[2].split(":")[1]) + 5), *parts[3:]]
    signed = [create_signed_value(key, "short", account).decode() for key in (b"", b"x", PASSWORD.encode())]
    return {
        "empty": "", "only the account": account.decode(), "base64": base64.b64encode(account).decode(),
        "without its signature": "|".join(parts[:-1]) + "|", "with another's signature": "|".join([*parts[:-1], theirs[-1]]),
        "with another's account": "|".join([*theirs[:-1], parts[-1]]), "made to last": "|".join(long),
        "made younger": "|".join(later), "signed with no key": signed[0], "signed with a guess": signed[1],
        "signed with the password": signed[2], "cut": real[:-1], "longer": real + "0", "old format": f"{account.decode()}|1|x",
        "the code": anna.code, "json": json.dumps({"username": account.decode()}), "very long": "2|" * 5000,
        "two": f'x"; mi-course-learner="{account.decode()}',
    }  # fmt: skip


def test_no_made_up_cookie_opens_anything(anna, bram, stranger):
    for name, cookie in cookies_of(anna, bram).items():
        for known in ("mi-course-learner", "username-127-0-0-1-8866", "token"):
            answer = stranger.ask(ONE, Cookie=f'{known}="{cookie}"')
            assert answer.status == 302, name
        answer = stranger.ask(f"/api/kernels/{anna.kernel}", Cookie=f'mi-course-learner="{cookie}"')
        assert answer.status == 403, name


@pytest.mark.parametrize("header", [
    "X-Remote-User", "X-Forwarded-User", "Remote-User", "X-Forwarded-For", "X-Real-Ip", "Forwarded", "X-Original-Url",
    "X-Rewrite-Url", "X-Http-Method-Override", "X-Scheme",
])  # fmt: skip
def test_a_header_makes_nobody_anybody(header, anna, stranger):
    name = header.replace("-", "_")
    assert stranger.ask(ONE, **{name: "anna"}).status == 302
    assert stranger.ask(f"/api/kernels/{anna.kernel}", **{name: "127.0.0.1"}).status == 403
    assert stranger.ask(ONE, Authorization="token x").status == stranger.ask(ONE + "?token=").status == 302
