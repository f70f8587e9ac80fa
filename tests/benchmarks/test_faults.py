"""Two hundred tries through everything that can go wrong: none is lost. Ten thousand: ``benchmarks/faults.py``."""

import pytest

<<<<<<< HEAD
=======
SCRIPT = Path(__file__).parents[2] / "benchmarks" / "faults.py"


@pytest.fixture
def faults(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    spec = importlib.util.spec_from_file_location("faults", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["faults"] = module
    spec.loader.exec_module(module)
    return module

>>>>>>> quick

@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_no_try_is_lost_or_kept_twice(faults, database):
    if database == "postgresql":
        from postgres import needed

        needed()
    found = faults.run(200, database, between=0.2)
    assert (found["tries"], found["kept"], found["lost"], found["doubled"]) == (200, 200, 0, 0)
    assert (found["out_of_order"], found["without_coding"]) == (0, 0)
    assert sum(found["faults"].values()) >= 3
    assert "page killed" in found["faults"]
