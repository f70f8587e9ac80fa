"""Coming in with the group's password and a personal code, and leaving again."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from urllib.parse import urlencode, urlsplit

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from mi_helpers.app import site
from mi_helpers.app.base import CourseHandler
from mi_helpers.app.identity import COOKIE, ByCode, Patience
from mi_helpers.app.words import words
from mi_helpers.progress.team import keeps_text

log = logging.getLogger("mi_helpers.app")

#: Wrong tries: a class behind one address mistypes too; whoever goes on guessing waits.
EACH = Patience(free=20, every=15)
ALL = Patience(free=300, every=1)
HOUR = 1 / 24  # days that a new code waits for "I have written it down"
LONGEST = 200


class Enter(CourseHandler):
    """``/enter``: the form, the new code, and the cookie that remembers who came in."""

    @property
    def door(self) -> ByCode:
        return self.course.setup.identity

    @allow_unauthenticated
    async def get(self):
        if self.current_user:
            self.redirect(self._way_on())
        else:
            self._form()

    @allow_unauthenticated
    async def post(self):
        written_down = self.get_body_argument("sealed", "")
        if written_down:
            code = self.door.opened(written_down, "code", HOUR)
            return self._in(code) if code else self._form("expired")
        typed = self.get_body_argument("code", "")[:LONGEST].strip()
        wrong = await self._wrong(typed)
        if wrong:
            return self._form(wrong, typed)
        if typed:
            return self._in(self.door.secret.read_code(typed))
        return self._new_code()

    async def _wrong(self, typed: str) -> str | None:
        """What is wrong with password or code: the key of a sentence."""
        here = _neighbourhood(self.course.gate.client(self.request))
        if EACH.wait(here) or ALL.wait(""):
            log.warning("too many wrong tries to enter, from %s", here)
            return "wait"
        EACH.spend(here), ALL.spend("")  # before the look, so that many at once are counted too
        password = self.get_body_argument("password", "", strip=False)[:LONGEST]
        if not await asyncio.to_thread(self.door.password.is_, password):
            log.warning("a wrong password, from %s", here)
            return "wrong_password"
        if typed and not self.door.secret.read_code(typed):
            log.warning("a wrong code, from %s", here)
            return "wrong_code"
        EACH.give_back(here), ALL.give_back("")
        return None

    def _in(self, code: str) -> None:
        self.door.enter(self, code, remember=self.get_body_argument("remember", "") == "yes")
        self.redirect(self._way_on(), status=303)

    def _form(self, wrong: str | None = None, typed: str = "") -> None:
        self.set_status({None: 200, "wait": 429}.get(wrong, 403))
        self._page("enter.html.j2", "title", wrong=wrong, typed=typed)

    def _new_code(self) -> None:
        code = self.door.secret.new_code()
        plain = self.door.secret.read_code(code)
        remember = self.get_body_argument("remember", "") == "yes"
        self._page("code.html.j2", "new_title", code=code, sealed=self.door.sealed(plain, "code"), remember=remember)

    def _page(self, template: str, title: str, **more) -> None:
        lang = self._language()
        said = words(lang, "enter")
        here = f"{self.base_url}enter"
        frame = self.frame(lang) | {"title": said[title]}
        if template == "enter.html.j2":  # a code is not shown twice, so its page has no way to the other language
            frame["languages"] = [
                {
                    "lang": it,
                    "label": words(it, "page")["language"],
                    "url": f"{here}?{urlencode({'lang': it, 'next': self._next()})}",
                    "current": it == lang,
                }
                for it in site.LANGUAGES
            ]
        self.render_page(
            template, mi=frame, said=said, here=here, token=self.xsrf_token.decode(), lang=lang, next=self._next(),
            keeps_text=keeps_text(), **more,
        )

    def _language(self) -> str:
        asked = self.get_argument("lang", "")
        if asked in site.LANGUAGES:
            return asked
        page = site.page_at(_page_of(self._next(), self.base_url))
        return page.lang if page else self.wanted_language()

    def _next(self) -> str:
        return self.get_argument("next", "")[:1000]

    def _way_on(self) -> str:
        """The page that was asked for, if it is one of ours; else the home page."""
        asked = self._next()
        page = site.page_at(_page_of(asked, self.base_url))
        if page is None:
            return self.base_url + site.home(self._language()).address
        query = urlsplit(asked).query
        return self.base_url + page.address + (f"?{query}" if query else "")


class Leave(CourseHandler):
    """``/leave``: the pages of the learner stop, and this browser forgets them."""

    @web.authenticated
    async def post(self):
        self.clear_cookie(COOKIE)
        places = self.course.places
        for kernel_id in places.of(self.account):
            await places.stop(kernel_id)
        lang = self.get_body_argument("lang", "")
        asked = f"?lang={lang}" if lang in site.LANGUAGES else ""
        self.redirect(f"{self.base_url}enter{asked}", status=303)


def _page_of(address: str, base: str) -> str:
    """What stands behind ``/voila/render/`` in an address of ours; empty for any other."""
    path, start = urlsplit(address).path if address.startswith("/") else "", f"{base}voila/render/"
    return path.removeprefix(start) if path.startswith(start) and not address.startswith("//") else ""


def _neighbourhood(client: str) -> str:
    """What counts as one place for guessing: an address, or the network that one IPv6 line has."""
    try:
        number = ipaddress.ip_address(client)
    except ValueError:
        return "unknown"
    return client if number.version == 4 else str(ipaddress.ip_network((number, 64), strict=False))
