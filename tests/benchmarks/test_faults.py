"""Two hundred tries through everything that can go wrong: none is lost. Ten thousand: ``benchmarks/faults.py``."""

import pytest


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
