"""``mi-course data``: the learner owns the file with what was written, and can see, take and erase it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from mi_helpers.progress import open_store


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


def export(file: str) -> None:
    """Write everything that is kept as JSON, to a file or (``-``) to standard output."""
    kept = open_store().export()
    if not kept["complete"]:
        typer.echo(f"Note: {kept['where']} could not be read, so this is not all there is.", err=True)
    text = json.dumps(kept, ensure_ascii=False, indent=2) + "\n"
    if file == "-":
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    try:
        with Path(file).open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError:
        _fail(f"{file} is already there and is left as it is; choose another name.")
    except OSError as trouble:
        _fail(f"{file}: {trouble.strerror or trouble}")
    typer.echo(f"Written to {Path(file).resolve()}")


def erase(*, sure: bool) -> None:
    """Remove everything that is kept, after asking."""
    store = open_store()
    if not sure:
        typer.echo(f"This removes everything that was written in the course from {store.where}.")
        typer.echo('There is no way back. "mi-course data export FILE" makes a copy first.')
        typer.confirm("Erase it all?", abort=True)
    if not store.erase():
        _fail(store.trouble.message if store.trouble else "It could not be erased.")
    typer.echo(f"Erased: {store.where}")
    for path in store.summary()["kept_aside"]:
        typer.echo(f"Not touched, because it is damaged and may still hold words: {path}")


def _fail(said: str) -> None:
    typer.echo(said, err=True)
    raise typer.Exit(1)
