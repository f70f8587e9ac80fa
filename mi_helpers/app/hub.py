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
from tornado.netutil import bind_sockets
from traitlets.config import Config

from mi_helpers.app.server import CourseServer, configuration, make_server
from mi_helpers.progress.place import VARIABLE, chosen_address

#: What the hub tells a server that it starts; without these it was not the hub that started it.
NEEDED = ("JUPYTERHUB_SERVICE_URL", "JUPYTERHUB_SERVICE_PREFIX", "JUPYTERHUB_API_TOKEN", "JUPYTERHUB_USER")


class LearnersOwnServer(CourseServer):
    """The course for one learner, behind the hub's proxy and login."""

    def init_settings(self):
        settings = super().init_settings()
        self.identity_provider = JupyterHubIdentityProvider(parent=self, log=self.log)
        self.authorizer = JupyterHubAuthorizer(parent=self, log=self.log, identity_provider=self.identity_provider)
        # taken out of the environment: the pages' kernels need not know it
        self.identity_provider.hub_auth.api_token = os.environ.pop("JUPYTERHUB_API_TOKEN")
        os.environ.pop("JPY_API_TOKEN", None)
        return settings | {
            "identity_provider": self.identity_provider,
            "authorizer": self.authorizer,
            "allow_remote_access": True,  # the hub's proxy passes on the name that the browser asked for
            "headers": {"X-JupyterHub-Version": jupyterhub_version},
        }

    def init_handlers(self):
        login = [
            (url_path_join(self.base_url, address), *rest) for address, *rest in self.identity_provider.get_handlers()
        ]
        return login + super().init_handlers()


def under_hub(environment: dict[str, str]) -> tuple[Config, str, int]:
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
    if chosen_address() and not chosen_address().startswith("sqlite:"):
        raise ValueError(f"{VARIABLE} names a shared database; under JupyterHub each learner keeps a file of their own")
    config = configuration()
    config.Voila.base_url = environment["JUPYTERHUB_SERVICE_PREFIX"]
    there = urlsplit(environment["JUPYTERHUB_SERVICE_URL"])
    return config, there.hostname or "", there.port or 80


def main() -> None:
    """Serve until the hub says stop."""
    try:
        config, host, port = under_hub(dict(os.environ))
    except ValueError as trouble:
        sys.exit(str(trouble))
    server = make_server(config=config, kind=LearnersOwnServer)
    sockets = bind_sockets(port, host)
    server.serve(sockets, lambda: server.log.info("listening on port %s", port))


if __name__ == "__main__":
    main()
