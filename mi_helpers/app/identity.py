"""Who a learner is, where there are several: a name that a trusted proxy sends, or a personal code."""

from __future__ import annotations

import time
from collections.abc import Callable

from jupyter_server.auth import IdentityProvider, User
from tornado import web

from mi_helpers.app.codes import Password, Secret

COOKIE = "mi-course-learner"
#: Days that a browser is remembered where the learner asks for it; without that, until it is closed, a day at most.
REMEMBERED, NOT_REMEMBERED = 30, 1
LONGEST_NAME = 200


class ByProxy(IdentityProvider):
    """The name in a header, set by a reverse proxy that has asked who this is.

    The gate lets only the proxy in where this is used, so the header is never a visitor's own.
    """

    def __init__(self, header: str, secret: Secret, **kwargs):
        super().__init__(**kwargs)
        self._header, self._secret = header, secret

    def get_user(self, handler: web.RequestHandler) -> User | None:
        names = handler.request.headers.get_list(self._header)
        # two of them: one may be the visitor's, passed on
        if len(names) != 1 or not 0 < len(names[0].strip()) <= LONGEST_NAME:
            return None
        return User(username=self._secret.account("proxy", names[0].strip()))


class ByCode(IdentityProvider):
    """The shared password and a personal code, remembered by a signed cookie that holds the account, not the code."""

    def __init__(self, password: Password, secret: Secret, **kwargs):
        super().__init__(**kwargs)
        self.password, self.secret = password, secret
        self._key = secret.key("cookie", password.fingerprint())

    def get_user(self, handler: web.RequestHandler) -> User | None:
        account = self.opened(handler.get_cookie(COOKIE), "short", NOT_REMEMBERED)
        account = account or self.opened(handler.get_cookie(COOKIE), "long", REMEMBERED)
        return User(username=account) if account else None

    def enter(self, handler: web.RequestHandler, code: str, *, remember: bool) -> None:
        """Remember in this browser whose code this is (a code in its plain form)."""
        sealed = self.sealed(self.secret.account("code", code), "long" if remember else "short")
        handler.set_cookie(COOKIE, sealed, httponly=True, expires_days=REMEMBERED if remember else None)

    def sealed(self, said: str, purpose: str) -> str:
        """Something that comes back from a browser unchanged, or not at all."""
        return web.create_signed_value(self._key, purpose, said).decode()

    def opened(self, sealed: str | None, purpose: str, days: float) -> str | None:
        """What was sealed for this purpose within so many days, under the same password and secret."""
        said = web.decode_signed_value(self._key, purpose, sealed, max_age_days=days) if sealed else None
        return said.decode() if said else None


class Patience:
    """Slows down whoever guesses: some tries are free, then they come back one by one.

    Parameters
    ----------
    free : int
        Wrong tries in a row that cost nothing.
    every : float
        Seconds in which one of them comes back.
    clock : callable
        The seconds now; for tests.
    """

    MOST = 10_000  # addresses remembered at once

    def __init__(self, free: int, every: float, clock: Callable[[], float] = time.monotonic):
        self._free, self._every, self._clock = free, every, clock
        self._spent_until: dict[str, float] = {}

    def wait(self, who: str) -> float:
        """Seconds until this one may try again; 0 for now."""
        ahead = self._spent_until.get(who, 0) - self._clock()
        return max(0.0, ahead - (self._free - 1) * self._every)

    def give_back(self, who: str) -> None:
        """The try was a good one."""
        self._spent_until[who] = self._spent_until.get(who, 0) - self._every

    def spend(self, who: str) -> None:
        """Note a try, as if it were wrong."""
        now = self._clock()
        if len(self._spent_until) >= self.MOST:
            self._spent_until = {one: until for one, until in self._spent_until.items() if until > now}
        self._spent_until[who] = max(now, self._spent_until.get(who, 0)) + self._every
