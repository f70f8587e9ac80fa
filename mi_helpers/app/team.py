"""``mi-course serve``: the course for a team, on one machine."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import typer

from mi_helpers.app.codes import SHORTEST_PASSWORD, Password, Secret, SecretTrouble, read_secret
from mi_helpers.app.serve import is_loopback, listen
from mi_helpers.app.words import words

PASSWORD, SECRET_FILE = "MI_COURSE_PASSWORD", "MI_COURSE_SECRET_FILE"


@dataclass
class Options:
    """What an administrator chose, as it was typed."""

    host: str = "127.0.0.1"
    port: int = 8866
    lang: str | None = None
    base_url: str = "/"
    proxy_header: str | None = None
    proxy_address: list[str] = field(default_factory=list)
    password_file: Path | None = None
    secret_file: Path | None = None
    allowed_host: list[str] = field(default_factory=list)
    pages_each: int = 8
    pages: int = 200
    lost_minutes: int = 20
    unused_hours: float = 6
    log_file: Path | None = None


def serve(options: Options) -> None:
    """Serve until a signal says stop."""
    said = words(options.lang or "en", "terminal")
    networks = [_network(value, said) for value in options.proxy_address]
    base_url = _base_url(options.base_url, said)
    password = _password(options.password_file, said)
    header = _header(options, password, networks, said)
    alone = not (password or header)
    if alone and not is_loopback(options.host):
        _refuse(said["team_host"].format(host=options.host))
    secret = None if alone else secret_of(options.secret_file, said)
    sockets, port = listen(options.host, options.port, said | {"no_port": _no_port(options, said)}, tries=0)

    from mi_helpers.app import logs  # after the checks: the server takes a second
    from mi_helpers.app.gate import Gate
    from mi_helpers.app.identity import ByCode, ByProxy
    from mi_helpers.app.server import configuration, make_server
    from mi_helpers.app.setup import Setup

    identity = ByProxy(header, secret) if header else ByCode(Password(password, secret), secret) if password else None
    setup = Setup(
        lang=options.lang, base_url=base_url, identity=identity, team=True,
        gate=Gate(tuple(_names(options)), not is_loopback(options.host), tuple(networks), f"{base_url}health"),
        each=options.pages_each, all_of_them=options.pages, unused=options.unused_hours * 3600,
    )  # fmt: skip
    server = make_server(setup=setup, config=configuration(cull_after=options.lost_minutes * 60, team=True))
    host = f"[{options.host}]" if ":" in options.host else options.host
    url = f"http://{host}:{port}{base_url}"
    typer.echo(said["team_open"].format(url=url))
    if alone:
        typer.echo(said["team_alone"])
    elif password and not networks and not is_loopback(options.host):
        typer.echo(said["team_clear"])
    try:
        logs.set_up(server.log, options.log_file)
    except OSError as trouble:
        _refuse(said["team_log"].format(detail=f"{options.log_file} ({trouble.strerror})"))
    server.serve(sockets, lambda: logs.log.info("open"))
    logs.log.info("stopped")


def account(code: bool, secret_file: Path | None, lang: str | None) -> None:
    """Say under which name the store keeps a learner, so that an administrator can export or erase on request."""
    said = words(lang or "en", "terminal")
    secret = secret_of(secret_file, said)
    name = typer.get_text_stream("stdin").readline().strip()
    plain = secret.read_code(name) if code else name
    if not plain:
        _refuse(said["not_a_code"])
    typer.echo(secret.account("code" if code else "proxy", plain))


def secret_of(file: Path | None, said: dict[str, str]) -> Secret:
    """The secret of this server; what is wrong with its file is said, and ends the program."""
    import platformdirs

    chosen = file or os.environ.get(SECRET_FILE, "").strip()
    path = Path(chosen or Path(platformdirs.user_data_dir("mi-course", appauthor=False)) / "team-secret")
    try:
        return read_secret(path)
    except SecretTrouble as trouble:
        _refuse(said[trouble.reason].format(detail=trouble.detail))


def _network(value: str, said: dict[str, str]):
    try:
        return ipaddress.ip_network(value, strict=False)
    except ValueError:
        _refuse(said["team_address"].format(value=value))


def _base_url(value: str, said: dict[str, str]) -> str:
    found = f"/{value.strip('/')}/" if value.strip("/") else "/"
    if not re.fullmatch(r"/(?:[A-Za-z0-9_-]+/)*", found):
        _refuse(said["team_base"].format(value=value))
    return found


def _password(file: Path | None, said: dict[str, str]) -> str | None:
    found = os.environ.pop(PASSWORD, None)  # kernels and whoever lists processes need not see it
    if file:
        try:
            found = file.read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as trouble:
            _refuse(said["team_file"].format(detail=f"{file} ({getattr(trouble, 'strerror', None) or trouble})"))
    if found is not None and len(found.strip()) < SHORTEST_PASSWORD:
        _refuse(said["team_short"].format(least=SHORTEST_PASSWORD))
    return found


def _header(options: Options, password: str | None, networks: list, said: dict[str, str]) -> str | None:
    header = options.proxy_header
    if header is None:
        return None
    if password:
        _refuse(said["team_both"])
    if not networks:
        _refuse(said["team_no_proxy"])
    if not re.fullmatch(r"[A-Za-z0-9-]+", header):
        _refuse(said["team_header"].format(value=header))
    return header


def _names(options: Options) -> list[str]:
    """The names this server answers to: those that were allowed, and the one it listens on."""
    names = [name.strip().strip("[]").lower() for name in options.allowed_host]
    return [*names, options.host.lower()]


def _no_port(options: Options, said: dict[str, str]) -> str:
    return said["team_port"].format(port=options.port, host=options.host)


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
