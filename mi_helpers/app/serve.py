"""``mi-course``: serve the course on this computer and open it in the browser."""

from __future__ import annotations

import errno
import ipaddress
import threading
import webbrowser

import typer

from mi_helpers.app.words import words

PORT = 8866
TRIES = 50


def serve(*, host: str, port: int, lang: str | None, browser: bool) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    host : str
        An address of this computer itself; anything else is refused.
    port : int
        Where to begin looking for a free port.
    lang : {"en", "nl"}, optional
        The language to begin in; without it the browser's.
    browser : bool
        Whether to open the course in the browser.
    """
    said = words(lang or "en", "terminal")
    if not is_loopback(host):
        typer.echo(said["host_refused"].format(host=host), err=True)
        raise typer.Exit(2)
    sockets, found = listen(host, port, said)
    if port and found != port:
        typer.echo(said["taken"].format(asked=port, port=found))
    url = f"http://{f'[{host}]' if ':' in host else host}:{found}/"

    from mi_helpers.app.server import make_server  # after the checks: this takes a second
    from mi_helpers.app.setup import Setup

    def ready() -> None:
        typer.echo(said["open"].format(url=url))
        typer.echo(said["stop"])
        if browser:
            threading.Thread(target=_open, args=(url, said), daemon=True).start()

    make_server(setup=Setup(lang=lang)).serve(sockets, ready)
    typer.echo(said["stopping"])


def is_loopback(host: str) -> bool:
    """Whether an address can only be reached from this computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int, said: dict[str, str], *, tries: int = TRIES) -> tuple[list, int]:
    """Sockets on the first free port from ``port`` on, and that port (0 takes any)."""
    from tornado.netutil import bind_sockets

    last = min(port + tries, 65535) if port else 0
    for tried in range(port, last + 1):
        try:
            # one address is enough, and both families need not be free at once
            sockets = bind_sockets(tried, "127.0.0.1" if host == "localhost" else host)
        except OSError as trouble:
            if trouble.errno in (errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEACCES", errno.EACCES)):
                continue
            typer.echo(said["bad_host"].format(host=host), err=True)
            raise typer.Exit(2) from None
        return sockets, sockets[0].getsockname()[1]
    typer.echo(said["no_port"].format(first=port, last=last), err=True)
    raise typer.Exit(1)


def _open(url: str, said: dict[str, str]) -> None:
    if not webbrowser.open(url):
        typer.echo(said["no_browser"], err=True)
