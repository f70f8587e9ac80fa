"""The course from a wheel, in an environment of its own and from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest
from serving import Server

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

#: What an installed course is asked: where it is, and the same command line as ever.
RUN = """
import sys
from mi_helpers import resources
assert resources.content_root().name == "_content", resources.content_root()
from mi_helpers.app.cli import main
main()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    made = subprocess.run(build, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(folder), str(wheel)]
    made = subprocess.run(install, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def test_a_wheel_holds_the_course_and_all_that_is_needed(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "mi_helpers/_content/course/nl/00_home.ipynb", "mi_helpers/_content/exercises/cases/l01.yaml",
        "mi_helpers/_content/solutions/en/01_righting_reflex.ipynb", "mi_helpers/app/template/index.html.j2",
        "mi_helpers/progress/migrations/env.py", "mi_helpers/progress/migrations/versions/v0001_first_tables.py",
        "mi_helpers/app/template/static/page.css", "mi_helpers/app/template/nl.toml", "mi_helpers/ui/assets/course.css",
    ):  # fmt: skip
        assert needed in names
    assert not [name for name in names if name.startswith("tests") or ".ipynb_checkpoints" in name]


def test_it_serves_from_an_empty_folder(installed, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(installed))
    server = Server(tmp_path, code=RUN)
    try:
        for lang in ("en", "nl"):
            for folder in ("course", "exercises", "solutions"):
                page = urlopen(server.page(folder, lang, "01_righting_reflex")).read().decode()
                assert f'<html lang="{lang}">' in page
                assert "application/vnd.jupyter.widget-view+json" in page or folder == "solutions"
                assert page.count('class="mi-notice" role="status"') == 1  # the one in the template for faults
        assert "Traceback" not in server.log()
    finally:
        server.stop()
    assert not [path.name for path in tmp_path.iterdir() if path.name not in ("server.log", server.database.name)]


def test_the_small_commands_work_too(installed, tmp_path):
    env = os.environ | {"PYTHONPATH": str(installed), "MI_COURSE_DATABASE": ""}
    said = subprocess.run(
        [sys.executable, "-c", RUN, "code", "--lang", "en"],
        input=b'{"id": 1, "text": "How are you?"}\n', capture_output=True, env=env, cwd=tmp_path,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr.decode()
    assert b'"main": "open_question"' in said.stdout


def test_tables_are_brought_up_to_date_too(installed, tmp_path):
    file = tmp_path / "words.sqlite3"
    env = os.environ | {"PYTHONPATH": str(installed), "MI_COURSE_DATABASE": f"sqlite:///{file.as_posix()}"}
    said = subprocess.run(
        [sys.executable, "-c", RUN, "data", "migrate"], capture_output=True, text=True, env=env, cwd=tmp_path
    )
    assert said.returncode == 0, said.stderr
    assert "made, version 1" in said.stdout and file.stat().st_size
