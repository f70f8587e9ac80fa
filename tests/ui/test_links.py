import pytest

from mi_helpers.ui.links import asked_item, in_voila, page_link


@pytest.fixture
def voila(monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    monkeypatch.delenv("VOILA_BASE_URL", raising=False)


def test_in_jupyterlab_links_are_relative(monkeypatch):
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    monkeypatch.setenv("QUERY_STRING", "item=l01-x")
    assert not in_voila()
    assert page_link("course", "00_home", "nl") == "../../course/nl/00_home.ipynb"
    assert asked_item() == ""


def test_under_voila_links_are_addresses(voila):
    assert page_link("exercises", "01_x", "en") == "/voila/render/exercises/en/01_x.ipynb"
    assert page_link("exercises", "01_x", "en", item="l01-a") == "/voila/render/exercises/en/01_x.ipynb?item=l01-a"
    assert page_link("solutions", "01_x", "en", anchor="l01-a") == "/voila/render/solutions/en/01_x.ipynb#l01-a"


def test_under_a_base_address(voila, monkeypatch):
    monkeypatch.setenv("VOILA_BASE_URL", "/user/ann/")
    assert page_link("course", "00_home", "en") == "/user/ann/voila/render/course/en/00_home.ipynb"


@pytest.mark.parametrize(
    ("query", "item"), [("item=l01-a", "l01-a"), ("", ""), ("item=", ""), ("x=1&item=l01-b&item=c", "l01-b")]
)
def test_the_item_asked_for(voila, monkeypatch, query, item):
    monkeypatch.setenv("QUERY_STRING", query)
    assert asked_item() == item
