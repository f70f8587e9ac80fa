"""``mi-course``: one command to serve the course, and a few beside it.

Nothing of Jupyter is imported here: ``mi-course code`` starts as fast as the coder itself.
"""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path

import typer

from mi_helpers import __version__

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=False,
    help="Learn motivational interviewing by rewriting. Without a command: serve the course on this computer.",
)  # fmt: skip


class Lang(str, Enum):
    """The languages of the course."""

    en = "en"
    nl = "nl"


class Speaker(str, Enum):
    """Who says a turn."""

    counsellor = "counsellor"
    client = "client"


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mi-course {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    browser: bool = typer.Option(True, "--browser/--no-browser", help="Open the course in the browser."),
    port: int = typer.Option(8866, min=0, max=65535, help="Where to look for a free port first."),
    host: str = typer.Option("127.0.0.1", help="Address of this computer itself to listen on."),
    lang: Lang = typer.Option(None, help="Language to begin in; without it the browser's."),
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Say which version it is."),
) -> None:
    """Serve the course on this computer and open it in the browser."""
    if context.invoked_subcommand is None:
        from mi_helpers.app.serve import serve as run

        run(host=host, port=port, lang=lang and lang.value, browser=browser)


@app.command("serve")
def serve_team(
    host: str = typer.Option("127.0.0.1", help="Address to listen on; others than this computer's own need a login."),
    port: int = typer.Option(8866, min=0, max=65535, help="Port to listen on."),
    lang: Lang = typer.Option(None, help="Language to begin in; without it the browser's."),
    base_url: str = typer.Option("/", help="Where the course begins on its host, such as /mi/."),
    proxy_header: str = typer.Option(None, help="Header in which a reverse proxy says who is there: X-Remote-User."),
    proxy_address: list[str] = typer.Option([], help="Where that proxy asks from: 10.0.0.2 or 10.0.0.0/24. Repeatable."),
    password_file: Path = typer.Option(None, help="File with the group's password; or set MI_COURSE_PASSWORD."),
    secret_file: Path = typer.Option(None, help="Where the server's secret is kept; or set MI_COURSE_SECRET_FILE."),
    allowed_host: list[str] = typer.Option([], help="Name under which browsers ask: mi.example.org. Repeatable."),
    pages_each: int = typer.Option(8, min=0, help="Open pages per learner; 0 is without end."),
    pages: int = typer.Option(200, min=0, help="Open pages in total; 0 is without end."),
    lost_minutes: int = typer.Option(20, min=1, help="A page without a browser stops after so many minutes."),
    unused_hours: float = typer.Option(6, min=0, help="An open page that nobody touches stops after this; 0 is never."),
    log_file: Path = typer.Option(None, dir_okay=False, help="Log to a file instead of standard error."),
) -> None:
    """Serve the course to a team: learners come in through a proxy that knows them, or with a password and a code."""
    from mi_helpers.app import team

    chosen = {name: value for name, value in locals().items() if name in team.Options.__dataclass_fields__}
    team.serve(team.Options(**chosen | {"lang": lang and lang.value}))


@app.command()
def account(
    code: bool = typer.Option(False, "--code", help="A personal code is given, not a name that the proxy sends."),
    secret_file: Path = typer.Option(None, help="Where the server's secret is kept."),
    lang: Lang = typer.Option(None, help="Language of the answer."),
) -> None:
    """For who runs a server: read one name from standard input, say under which name the store keeps that learner."""
    from mi_helpers.app import team

    team.account(code, secret_file, lang and lang.value)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    folder: Path = typer.Option(None, file_okay=False, help="Where to put your own copy of the notebooks."),
    lang: Lang = typer.Option(Lang.en, help="Whose home page to open."),
    port: int = typer.Option(None, min=1, max=65535, help="Where JupyterLab looks for a free port first."),
    browser: bool = typer.Option(True, "--browser/--no-browser", help="Open JupyterLab in the browser."),
) -> None:
    """Open the same notebooks in JupyterLab; other options go to JupyterLab itself."""
    from mi_helpers.app.lab import lab as run

    run(folder=folder, lang=lang.value, port=port, browser=browser, more=context.args)


@app.command()
def code(
    lang: Lang = typer.Option(..., help="Language of the turns."),
    file: str = typer.Argument("-", help="JSON lines in UTF-8; - is standard input."),
    keep_going: bool = typer.Option(False, "--keep-going", help="Report a broken line and go on."),
) -> None:
    """Say of each turn what it does: JSON lines in, JSON lines out."""
    _lines(file, "code", lang, keep_going)


@app.command()
def feedback(
    lang: Lang = typer.Option(..., help="Language of the replies."),
    file: str = typer.Argument("-", help="JSON lines in UTF-8; - is standard input."),
    keep_going: bool = typer.Option(False, "--keep-going", help="Report a broken line and go on."),
) -> None:
    """Give each reply the feedback that a learner would get: JSON lines in, JSON lines out."""
    _lines(file, "feedback", lang, keep_going)


def _lines(file: str, what: str, lang: Lang, keep_going: bool) -> None:
    from mi_helpers.app import code

    answer = getattr(code, what)
    raise typer.Exit(code.run(file, lambda record: answer(record, lang.value), keep_going=keep_going))


data = typer.Typer(help="What is kept of you: see it, take it with you, erase it.", rich_markup_mode=None)
app.add_typer(data, name="data")


@data.command()
def show() -> None:
    """Say where your words are kept and how much there is."""
    from mi_helpers.app.data import show as run

    run()


_LEARNER = typer.Option(
    None, help="For who looks after a shared database, when a learner asks for it: login or id of that learner."
)


@data.command()
def export(
    file: str = typer.Argument("-", help="A new file; - is standard output."),
    learner: str = _LEARNER,
    csv: bool = typer.Option(False, "--csv", help="A table for a spreadsheet, as also for a name ending in .csv."),
) -> None:
    """Write everything that is kept of you, as JSON or as a table."""
    from mi_helpers.app.data import export as run

    run(file, learner=learner, table=csv)


@data.command()
def erase(
    yes: bool = typer.Option(False, "--yes", help="Do not ask first."),
    learner: str = _LEARNER,
) -> None:
    """Remove everything that is kept of you."""
    from mi_helpers.app.data import erase as run

    run(sure=yes, learner=learner)


@data.command()
def backup(file: Path = typer.Argument(..., help="A new file.")) -> None:
    """Copy everything, of all learners, into a new file; the course may go on meanwhile."""
    from mi_helpers.app.upkeep import backup as run

    run(file)


@data.command()
def restore(file: Path = typer.Argument(..., exists=True, dir_okay=False, help="A file made by backup.")) -> None:
    """Copy a backup into the database, which must be empty."""
    from mi_helpers.app.upkeep import restore as run

    run(file)


@data.command()
def move(
    begin: str = typer.Argument(..., metavar="FROM", help="A file, or the address of a database."),
    end: str = typer.Argument(..., metavar="TO", help="The same, and empty."),
) -> None:
    """Copy everything, of all learners, from one database to another; the first is left as it is."""
    from mi_helpers.app.upkeep import move as run

    run(begin, end)


@data.command()
def migrate() -> None:
    """Bring the database up to date after the course itself was."""
    from mi_helpers.app.upkeep import migrate as run

    run()


@data.command()
def tidy(
    days: int = typer.Option(None, min=1, help="Older than this goes; without it MI_COURSE_RETENTION_DAYS counts."),
) -> None:
    """Remove tries, drafts and remarks that are old, and learners who have not been here since."""
    from mi_helpers.app.upkeep import tidy as run

    run(days)


@app.command()
def coverage() -> None:
    """For who writes lessons: which of them cover what the sources of the course hold."""
    from mi_helpers.app.coverage import run

    raise typer.Exit(run())


rules = typer.Typer(help="For who mends a rule: what is wrong, what changed, and why.", rich_markup_mode=None)
app.add_typer(rules, name="rules")


@rules.command()
def check(
    lang: Lang = typer.Option(None, help="One language; without it both."),
    accept: bool = typer.Option(False, "--accept", help="Store how the example replies are read now."),
) -> None:
    """Hold every rule to its examples, and list the example replies that are read otherwise than before."""
    from mi_helpers.app.rules import check as run

    run(lang=lang and lang.value, accept=accept)


@rules.command()
def why(
    text: str = typer.Argument(..., help="The reply, in quotes."),
    lang: Lang = typer.Option(..., help="Its language."),
    previous: str = typer.Option(None, help="What the other said just before."),
    speaker: Speaker = typer.Option(Speaker.counsellor, help="Who says it."),
) -> None:
    """Say which rules fired on a text, where, and why the main code won."""
    from mi_helpers.app.rules import why as run

    run(text, lang=lang.value, previous=previous, speaker=speaker.value)


def main() -> None:
    """The entry point of ``mi-course``."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a console that lacks a letter must not stop the course
    app()


if __name__ == "__main__":
    main()
