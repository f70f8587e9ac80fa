"""The conda route leads to the same packages as the pip route."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def environment() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def packages(lines: list[str]) -> dict[str, str]:
    return {canonicalize_name(need.name): str(need.specifier) for need in map(Requirement, lines)}


def test_same_packages_and_versions(environment, project):
    conda = packages([line for line in environment["dependencies"] if isinstance(line, str)])
    assert conda.pop("pip") == ""
    assert conda.pop("python") == project["requires-python"]
    assert conda == packages(project["dependencies"])


def test_only_the_course_itself_comes_through_pip(environment):
    [pip] = [line["pip"] for line in environment["dependencies"] if isinstance(line, dict)]
    assert pip == ["-e ."]
    assert environment["channels"] == ["conda-forge", "nodefaults"]
