"""Where the store is: the learner's own data folder, or the database that ``MI_COURSE_DATABASE`` names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mi_helpers.progress.database import Database
from mi_helpers.progress.links import File
from mi_helpers.progress.records import Unusable
from mi_helpers.resources import content_root

if TYPE_CHECKING:
    from mi_helpers.progress.server import Server

VARIABLE = "MI_COURSE_DATABASE"
FILE_NAME = "mi-course.sqlite3"


def default_file() -> Path:
    """The file in the learner's data folder, which depends on the system."""
    import platformdirs

    return Path(platformdirs.user_data_dir("mi-course", appauthor=False)) / FILE_NAME


def beside(path: Path, damaged: int) -> Path:
    """The file to use beside so many damaged ones: ``mi-course-2.sqlite3`` for the first."""
    return path.with_name(f"{path.stem}-{damaged + 1}{path.suffix}") if damaged else path


def database_at(address: str, damaged: int = 0, *, limit: float = 10) -> Database:
    """The database at an address, or in the default place where the address is empty.

    Parameters
    ----------
    address : str
        A SQLAlchemy URL or nothing. SQLAlchemy itself is loaded for other databases than SQLite files only: it costs
        each page a tenth of a second and 10 MB.
    damaged : int
        How many files in this place were found to be damaged; they are left alone.
    limit : float
        Seconds that one statement may take on a server; 0 for no limit.

    Raises
    ------
    Unusable
        If the address makes no sense, or the file would lie inside the folder that the course serves.
    """
    kind, _, rest = address.partition("://")
    if address and not (kind.partition("+")[0] == "sqlite" and rest.startswith("/")):
        return Database(_server(address, limit))
    if "?" in rest:
        raise _no_address("the address of a SQLite file takes no options")
    path = Path(rest[1:]) if address else default_file()
    if not path.is_absolute():  # a page's kernel runs in a folder that is thrown away
        raise _no_address("the path of the file must be a full one")
    return file_at(beside(path, damaged), make_folder=not address)


def file_at(path: Path, *, make_folder: bool = False) -> Database:
    """The database in a SQLite file.

    Raises
    ------
    Unusable
        If the file would lie inside the folder that the course serves.
    """
    _refuse_served(path)
    return Database(File(path), make_folder=make_folder)


def _server(address: str, limit: float) -> Server:
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    from mi_helpers.progress.server import Server

    try:
        return Server(address, limit=limit)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise _no_address(str(error)) from None


def _no_address(why: str) -> Unusable:
    return Unusable("unknown", "store_address", why, where=VARIABLE)


def _refuse_served(path: Path) -> None:
    try:
        served = content_root().resolve()
    except FileNotFoundError:
        return
    if path.resolve().is_relative_to(served):
        detail = f"{path} lies inside {served}, which the course serves to the browser"
        raise Unusable("unknown", "store_served", detail, where=str(path))


def chosen_address() -> str:
    """What ``MI_COURSE_DATABASE`` says; empty for the default place."""
    return os.environ.get(VARIABLE, "").strip()
