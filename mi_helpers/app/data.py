"""``mi-course data``: what is kept of a learner can be seen, taken along and erased."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from mi_helpers.progress import Store, open_store


def show() -> None:
    """Say where words are kept and how much there is."""
    kept = open_store().summary()
    typer.echo(f"Kept in: {kept['where']}")
    for name, number in kept["counts"].items():
        typer.echo(f"  {name}: {number}")
    for path in kept["kept_aside"]:
        typer.echo(f"Kept aside because it is damaged: {path}")
    if kept["message"]:
        typer.echo(f"Note: {kept['message']}")


def export(file: str, *, learner: str | None = None, table: bool = False) -> None:
    """Write everything that is kept of a learner to a new file or (``-``) to standard output.

    Parameters
    ----------
    file : str
    learner : str, optional
        Login or id of one learner of a shared database; left out, the one of this computer.
    table : bool
        A table for a spreadsheet instead of JSON; also where the file's name ends in ``.csv``.
    """
    kept = _store(learner).export()
    if not kept["complete"]:
        typer.echo(f"Note: {kept['where']} could not be read, so this is not all there is.", err=True)
    if table or file.lower().endswith(".csv"):
        from mi_helpers.progress.csvtable import as_csv

        written = as_csv(kept).encode("utf-8-sig")  # the mark by which a spreadsheet knows the encoding
    else:
        written = (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    if file == "-":
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
        return
    try:
        with Path(file).open("xb") as target:
            target.write(written)
    except FileExistsError:
        fail(f"{file} is already there and is left as it is; choose another name.")
    except OSError as trouble:
        fail(f"{file}: {trouble.strerror or trouble}")
    typer.echo(f"Written to {Path(file).resolve()}")


def erase(*, sure: bool, learner: str | None = None) -> None:
    """Remove everything that is kept of a learner, after asking."""
    store = _store(learner)
    if not sure:
        who = f"the learner {learner}" if learner else "you"
        typer.echo(f"This removes everything that {who} wrote in the course from {store.where}.")
        typer.echo('There is no way back. "mi-course data export FILE" makes a copy first.')
        typer.confirm("Erase it all?", abort=True)
    if not store.erase():
        fail(store.trouble.message if store.trouble else "It could not be erased.")
    typer.echo(f"Erased: {store.where}")
    for path in store.summary()["kept_aside"]:
        typer.echo(f"Not touched, because it is damaged and may still hold words: {path}")


def _store(learner: str | None) -> Store:
    """The store of this computer's learner, or of one learner of a shared database, who must be there."""
    if learner is None:
        return open_store()
    from mi_helpers.app.upkeep import account_of

    return open_store(account=account_of(learner))


def fail(said: str) -> None:
    """Say what went wrong and stop with exit status 1."""
    typer.echo(said, err=True)
    raise typer.Exit(1)
