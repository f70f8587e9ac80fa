"""Where the course is: the one place that knows, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FOLDERS = ("course", "exercises", "solutions")
LANGUAGES = ("en", "nl")


@lru_cache(maxsize=1)
def content_root() -> Path:
    """The folder that holds ``course/``, ``exercises/`` and ``solutions/``.

    Returns
    -------
    pathlib.Path
        The checkout when the package is used from one (``pip install -e .``), else the copy inside the package.

    Raises
    ------
    FileNotFoundError
        If neither is there: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "_content", package.parent):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    raise FileNotFoundError(
        f"The course is not beside the package: neither {package / '_content'} nor {package.parent} holds "
        f"{', '.join(FOLDERS)}. Install mi-course again."
    )


def notebook(folder: str, lang: str, name: str) -> Path:
    """Path of one notebook, e.g. ``notebook("course", "nl", "01_righting_reflex")``."""
    return content_root() / folder / lang / f"{name}.ipynb"


def cases_folder() -> Path:
    """The folder with the exercise items, one YAML file per lesson."""
    return content_root() / "exercises" / "cases"
