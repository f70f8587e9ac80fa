"""``mi-course lab``: the copy in a folder of the learner's."""

from __future__ import annotations

import sys

import pytest
from jupyter_client.kernelspec import NoSuchKernel
from serving import write_notebook

from mi_helpers.app import lab
from mi_helpers.app.kernels import NotebookKernel


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course-as-installed"
    write_notebook(root, "course", "en", "00_home", [("markdown", "first version")])
    write_notebook(root, "exercises", "nl", "01_one", [("markdown", "eerste versie")])
    (root / "exercises" / "cases").mkdir()
    (root / "exercises" / "cases" / "l01.yaml").write_text("no notebook", encoding="utf-8")
    return root


def test_a_copy_holds_the_notebooks_and_nothing_else(course, tmp_path):
    copied = lab.copy(course, tmp_path / "mine")
    assert copied.new == ["course/en/00_home.ipynb", "exercises/nl/01_one.ipynb"]
    files = {path.relative_to(tmp_path / "mine").as_posix() for path in (tmp_path / "mine").rglob("*.*")}
    assert files == {*copied.new, lab.RECORD}


def test_what_the_learner_changed_is_never_overwritten(course, tmp_path):
    mine = tmp_path / "mine"
    lab.copy(course, mine)
    changed, untouched = mine / "course/en/00_home.ipynb", mine / "exercises/nl/01_one.ipynb"
    changed.write_text("my own words", encoding="utf-8")
    assert lab.copy(course, mine).kept == ["course/en/00_home.ipynb"]

    write_notebook(course, "course", "en", "00_home", [("markdown", "second version")])
    write_notebook(course, "exercises", "nl", "01_one", [("markdown", "tweede versie")])
    copied = lab.copy(course, mine)
    assert copied.kept == ["course/en/00_home.ipynb"] and copied.renewed == ["exercises/nl/01_one.ipynb"]
    assert changed.read_text(encoding="utf-8") == "my own words"
    assert "tweede versie" in untouched.read_text(encoding="utf-8")

    (mine / lab.RECORD).unlink()
    assert lab.copy(course, mine).kept == ["course/en/00_home.ipynb"]


def test_what_the_learner_threw_away_comes_back(course, tmp_path):
    mine = tmp_path / "mine"
    lab.copy(course, mine)
    (mine / "course/en/00_home.ipynb").unlink()
    assert lab.copy(course, mine).new == ["course/en/00_home.ipynb"]


@pytest.fixture
def launched(monkeypatch):
    """The arguments with which JupyterLab would have been started."""
    from jupyterlab.labapp import LabApp

    arguments = []
    monkeypatch.setattr(LabApp, "launch_instance", lambda argv: arguments.extend(argv))
    return arguments


def test_a_checkout_is_opened_in_place(course, launched, monkeypatch, capsys):
    monkeypatch.setattr(lab, "content_root", lambda: course)
    lab.lab(folder=None, lang="nl", port=8888, browser=False)
    assert f"--ServerApp.root_dir={course}" in launched
    assert "--LabApp.default_url=/lab/tree/course/nl/00_home.ipynb" in launched
    assert "--no-browser" in launched and "--ServerApp.port=8888" in launched
    assert capsys.readouterr().out == ""


def test_an_installed_course_is_copied_to_the_documents(course, launched, monkeypatch, capsys, tmp_path):
    installed = course.rename(tmp_path / "_content")
    monkeypatch.setattr(lab, "content_root", lambda: installed)
    monkeypatch.setattr(lab, "_documents", lambda: tmp_path / "Documents")
    lab.lab(folder=None, lang="en", port=None, browser=True)
    mine = tmp_path / "Documents" / "mi-course"
    assert f"--ServerApp.root_dir={mine}" in launched
    assert (mine / "course/en/00_home.ipynb").is_file()
    assert str(mine) in capsys.readouterr().out


def test_the_notebooks_run_in_the_interpreter_of_the_course():
    manager = NotebookKernel()
    assert list(manager.get_all_specs()) == ["python3"]
    assert manager.get_kernel_spec("python3").argv[0] == sys.executable
    with pytest.raises(NoSuchKernel):
        manager.get_kernel_spec("other")
