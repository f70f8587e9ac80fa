"""What every answer of the server has in common: headers, whose request it is, and errors that look like the course."""

from __future__ import annotations

import logging
import secrets
from functools import cached_property

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from mi_helpers.app import site
from mi_helpers.app.words import wanted_language, words

log = logging.getLogger("mi_helpers.app")

#: The page and its kernel are alone with each other: no frames elsewhere, no devices, nothing guessed from contents.
HEADERS = {
    "Server": "mi-course",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
#: A browser that came by TLS comes by TLS for a year.
BY_TLS = {"Strict-Transport-Security": "max-age=31536000"}
_ERRORS = {403: "forbidden", 503: "full"}


class Answer:
    """Mixed into each handler; the course stands in ``settings["mi_course"]``."""

    @property
    def course(self):
        return self.settings["mi_course"]

    @property
    def account(self) -> str | None:
        """Whose request this is: an opaque name, "" for the one learner of this computer, None for a stranger."""
        user = self.current_user
        if user is None:
            return None
        return user.username if self.course.has_learners else ""

    def owns(self, kernel_id: str) -> bool:
        """Whether a page with this kernel is there and belongs to who asks."""
        return self.course.places.belongs(kernel_id, self.account)

    def set_default_headers(self):
        super().set_default_headers()
        for name, value in self.course.headers(self.request).items():
            self.set_header(name, value)

    def log_exception(self, typ, value, tb):
        """What was asked for stays out of the log: an address may hold what somebody typed."""
        if not isinstance(value, web.HTTPError):
            log.error("%s %s failed", self.request.method, type(self).__name__, exc_info=(typ, value, tb))

    def set_cookie(self, name, value, **kwargs):
        secure = self.course.gate.scheme(self.request) == "https"
        super().set_cookie(name, value, **({"path": self.base_url, "samesite": "Lax", "secure": secure} | kwargs))


class CourseHandler(Answer, JupyterHandler):
    """A handler whose errors look like pages of the course and whose pages ask nothing of other hosts."""

    @cached_property
    def nonce(self) -> str:
        """Which inline scripts of this page may run."""
        return secrets.token_urlsafe(16)

    @property
    def content_security_policy(self) -> str:
        # blob: is how anywidget loads its module; styles come inline from ipywidgets
        return (
            f"default-src 'self'; script-src 'self' 'nonce-{self.nonce}' blob:; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'self'"
        )

    def get_login_url(self) -> str:
        if not self.course.sign_in:
            self.error = "nameless"
            raise web.HTTPError(403)
        return self.course.sign_in

    def wanted_language(self) -> str:
        return wanted_language(self.request.headers.get("Accept-Language", ""), self.course.lang)

    def language(self) -> str:
        """The language of the address, else the reader's."""
        parts = self.request.path.split("/")
        return next((lang for lang in site.LANGUAGES if lang in parts), None) or self.wanted_language()

    def frame(self, lang: str) -> dict:
        """What stands around every page, also around one that says that something is missing."""
        frame = site.bare_frame(lang, self.base_url) | {"assets": self.course.assets, "nonce": self.nonce}
        if self.course.setup.team:  # who reads is not who started the server
            frame["words"] = frame["words"] | {"lost": frame["words"]["lost_team"]}
        return frame

    def render_page(self, template: str, **more) -> None:
        """Answer with a page that needs no kernel."""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(self.settings["voila_jinja2_env"].get_template(template).render(**more))

    def write_error(self, status_code: int, **kwargs) -> None:
        lang = self.language()
        said = words(lang, "error")
        kind = _ERRORS.get(status_code, "failed" if status_code >= 500 else "missing")
        kind = getattr(self, "error", kind)
        here = kind in ("full", "many")
        if here:
            self.set_header("Retry-After", "60")
        self.render_page(
            "error.html.j2",
            mi=self.frame(lang)
            | {
                "title": said[f"{kind}_title"],
                "text": said.get(f"{kind}_team_text" if self.course.setup.team else "", said[f"{kind}_text"]),
                "way_on": self.request.uri if here else self.base_url + site.home(lang).address,
                "way_on_label": said["again" if here else "to_home"],
                "no_way_on": kind in ("refused", "nameless"),
            },
        )


class NotHere(CourseHandler):
    """Every address that is none of ours."""

    async def prepare(self):
        raise web.HTTPError(404)


class Refused(CourseHandler):
    """Whoever may not ask at all."""

    def initialize(self, why: str):
        self.error = "forbidden" if why == "name" else "refused"

    async def prepare(self):
        raise web.HTTPError(403)


def log_problems(handler: web.RequestHandler) -> None:
    """Only what went wrong on our side belongs in the window in which a learner started the course."""
    if handler.get_status() >= 500 and handler.get_status() != 503:
        log.error("%s %s %s", handler.get_status(), handler.request.method, handler.request.path)
