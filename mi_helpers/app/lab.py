"""``mi-course lab``: the same notebooks in JupyterLab."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import typer

from mi_helpers.app.site import home
from mi_helpers.resources import FOLDERS, content_root

#: What was copied last time, so that what the learner changed since can be told from what we did.
RECORD = ".mi-course.json"

#: JupyterLab asks the network for news, updates and extensions; the course does not.
QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


@dataclass
class Copied:
    """What came of a copy: names of files, relative to the folder."""

    new: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def lab(*, folder: Path | None, lang: str, port: int | None, browser: bool, more: Sequence[str] = ()) -> None:
    """Open the course in JupyterLab.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Where to put a copy of the notebooks. Without it a checkout is opened in place; an installed course is copied
        to the learner's documents.
    lang : {"en", "nl"}
        Which home page to open.
    port : int, optional
        Where JupyterLab looks for a free port first.
    browser : bool
        Whether to open the browser.
    more : sequence of str
        Further options, for JupyterLab itself.
    """
    source = content_root()
    if folder is None and not _is_installed(source):
        where = source
    else:
        where = folder or _documents() / "mi-course"
        _tell(where, copy(source, where))
    start = home(lang)
    arguments = [
        f"--ServerApp.root_dir={where}",
        f"--LabApp.default_url=/lab/tree/{start.folder}/{start.lang}/{start.name}.ipynb",
        "--ServerApp.kernel_spec_manager_class=mi_helpers.app.kernels.NotebookKernel",
        "--ServerApp.ip=127.0.0.1",
        *QUIET,
    ]
    if port is not None:
        arguments.append(f"--ServerApp.port={port}")
    if not browser:
        arguments.append("--no-browser")

    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(argv=[*arguments, *more])


def copy(source: Path, target: Path) -> Copied:
    """Copy the notebooks to a folder of the learner's.

    A file that the learner changed is never overwritten; one that was left as it was copied gets the new version.

    Parameters
    ----------
    source, target : pathlib.Path
    """
    target.mkdir(parents=True, exist_ok=True)
    record = target / RECORD
    before = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    copied, now = Copied(), dict(before)
    for path in _notebooks(source):
        name = path.relative_to(source).as_posix()
        there, ours = target / name, _digest(path)
        if not there.exists():
            copied.new.append(name)
        elif _digest(there) == ours:
            now[name] = ours
            continue
        elif _digest(there) == before.get(name):
            copied.renewed.append(name)
        else:
            copied.kept.append(name)
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, there)
        now[name] = ours
    record.write_text(json.dumps(now, indent=1), encoding="utf-8")
    return copied


def _notebooks(source: Path) -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (source / folder).glob("*/*.ipynb"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_installed(source: Path) -> bool:
    return source.name == "_content"


def _documents() -> Path:
    import platformdirs

    return Path(platformdirs.user_documents_dir())


def _tell(where: Path, copied: Copied) -> None:
    typer.echo(f"Your own copy of the notebooks is in {where}")
    if copied.renewed:
        typer.echo(f"{len(copied.renewed)} of them were renewed.")
    for name in copied.kept:
        typer.echo(f"Left as you changed it: {name}")
