"""The benchmarks as modules: they lie beside the package and are run as scripts."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def annomi(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    return _load("annomi")


@pytest.fixture
def faults(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    return _load("faults")
