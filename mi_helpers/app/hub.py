"""A learner's own course under JupyterHub: ``python -m mi_helpers.app.hub``, started by the hub, never by hand.

The hub gives each learner a server of their own, and this is that server: the pages of the course and nothing else of
Jupyter (no notebooks, no terminal, no files). Who may see them is asked of the hub, by JupyterHub's own classes. Words
are kept in a SQLite file in the learner's own folder; another database is refused, because whoever can start a program
in this place could read its address.
"""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

from jupyter_server.utils import url_path_join
from jupyterhub import __version__ as jupyterhub_version
from jupyterhub.singleuser.extension import JupyterHubAuthorizer, JupyterHubIdentityProvider
from jupyterhub.utils import get_browser_protocol
from tornado import web
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets

from mi_helpers.app import logs
from mi_helpers.app.base import CourseHandler
from mi_helpers.app.gate import Gate
from mi_helpers.app.server import CourseServer, make_server
from mi_helpers.app.setup import Setup
from mi_helpers.progress.place import VARIABLE, chosen_address

#: What the hub tells a server that it starts; without these it was not the hub that started it.
NEEDED = ("JUPYTERHUB_SERVICE_URL", "JUPYTERHUB_SERVICE_PREFIX", "JUPYTERHUB_API_TOKEN", "JUPYTERHUB_USER")
PAGES, UNUSED_HOURS = 8, 6


class HubsGate(Gate):
    """Whoever knows a login of this learner may ask, under whatever name the hub is known; the login decides."""

    def refuses(self, request: HTTPServerRequest) -> str | None:
        return None

    def scheme(self, request: HTTPServerRequest) -> str:
        return get_browser_protocol(request)


class LearnersOwnServer(CourseServer):
    """The course for one learner, behind the hub's proxy and login."""

    @property
    def sign_in(self) -> str:
        return self.setup.identity.hub_auth.login_url

    def headers(self, request: HTTPServerRequest) -> dict[str, str]:
        return super().headers(request) | {"X-JupyterHub-Version": jupyterhub_version}

    def init_settings(self):
        hub = self.setup.identity
        # taken out of the environment: the pages' kernels need not know it
        hub.hub_auth.api_token = os.environ.pop("JUPYTERHUB_API_TOKEN")
        os.environ.pop("JPY_API_TOKEN", None)
        authorizer = JupyterHubAuthorizer(parent=self, log=self.log, identity_provider=hub)
        return super().init_settings() | {"authorizer": authorizer}

    def init_handlers(self):
        login = [(url_path_join(self.base_url, at), *rest) for at, *rest in self.setup.identity.get_handlers()]
        return [*login, (url_path_join(self.base_url, "leave"), LeaveHub), *super().init_handlers()]


class LeaveHub(CourseHandler):
    """``leave``: the learner's pages stop, and this browser is signed out here and at the hub."""

    @web.authenticated
    async def post(self):
        for kernel_id in self.course.places.of(self.account):
            await self.course.places.stop(kernel_id)
        self.redirect(url_path_join(self.base_url, "logout"), status=303)


def under_hub(environment: dict[str, str]) -> tuple[Setup, str, int]:
    """How the server is set up, and where it listens, from what the hub says.

    Parameters
    ----------
    environment : dict
        The variables of this process.

    Raises
    ------
    ValueError
        Where something is missing, or where the words would go into a shared database.
    """
    missing = [name for name in NEEDED if not environment.get(name)]
    if missing:
        raise ValueError(f"{', '.join(missing)} not set: this server is started by JupyterHub, not by hand")
    database = chosen_address()
    if database and not database.startswith("sqlite:"):
        raise ValueError(f"{VARIABLE} names a shared database; under JupyterHub each learner keeps a file of their own")
    setup = Setup(
        base_url=environment["JUPYTERHUB_SERVICE_PREFIX"], gate=HubsGate(), identity=JupyterHubIdentityProvider(),
        each=PAGES, unused=UNUSED_HOURS * 3600, team=True,
    )  # fmt: skip
    there = urlsplit(environment["JUPYTERHUB_SERVICE_URL"])
    return setup, there.hostname or "", there.port or 80


def main() -> None:
    """Serve until the hub says stop."""
    try:
        setup, host, port = under_hub(dict(os.environ))
    except ValueError as trouble:
        sys.exit(str(trouble))
    server = make_server(setup=setup, kind=LearnersOwnServer)
    logs.set_up(server.log, None)
    server.serve(bind_sockets(port, host), lambda: logs.log.info("open"))


if __name__ == "__main__":
    main()
