"""The parts that keep learners apart, each by itself: secret, code, password, gate, patience, places."""

from __future__ import annotations

import asyncio
import doctest
import ipaddress
import os
import sys
from types import SimpleNamespace

import pytest

from mi_helpers import quiet
from mi_helpers.app import codes
from mi_helpers.app.codes import LETTERS, Password, Secret, SecretTrouble, read_secret
from mi_helpers.app.entry import _neighbourhood
from mi_helpers.app.gate import Gate
from mi_helpers.app.identity import Patience
from mi_helpers.app.places import Full, Places


def test_examples_in_the_docstrings():
    assert doctest.testmod(codes).failed == doctest.testmod(quiet).failed == 0


def test_a_code_is_known_again_however_it_is_written():
    secret = Secret(os.urandom(32))
    code = secret.new_code()
    plain = code.replace("-", "")
    for typed in (code, code.lower(), code.replace("-", " "), plain, f"  {plain}\t", plain.replace("0", "o").replace("1", "l")):
        assert secret.read_code(typed) == plain


def test_one_wrong_letter_is_noticed():
    """The seal has 30 bits: of 32 × 16 changed codes none may pass."""
    secret = Secret(b"x" * 32)
    plain = secret.read_code(secret.new_code())
    changed = {plain[:at] + letter + plain[at + 1 :] for at in range(len(plain)) for letter in LETTERS} - {plain}
    assert len(changed) == 31 * 16
    assert not any(secret.read_code(code) for code in changed)


@pytest.mark.parametrize("typed", ["", "A", "A" * 15, "A" * 17, "é" * 16, "-" * 16, "A" * 100_000, "\0" * 16])
def test_what_is_no_code_is_no_code(typed):
    assert Secret(b"x" * 32).read_code(typed) is None


def test_another_secret_knows_neither_code_nor_account():
    one, other = Secret(b"1" * 32), Secret(b"2" * 32)
    code = one.new_code()
    assert other.read_code(code) is None
    plain = one.read_code(code)
    assert len({it.account(kind, plain) for it in (one, other) for kind in ("code", "proxy")}) == 4
    assert plain.lower() not in one.account("code", plain)


def test_the_password_is_kept_as_a_hash_only():
    password = Password("blauwe fiets", Secret(b"x" * 32))
    assert password.is_("blauwe fiets")
    assert not any(password.is_(wrong) for wrong in ("", "Blauwe fiets", "blauwe fiets ", "blauwe\0fiets"))
    assert not any(b"fiets" in value for value in vars(password).values())


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "new" / "secret"
    made, read = read_secret(path), read_secret(path)
    assert made.key("x") == read.key("x") != read_secret(tmp_path / "other").key("x")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o640)
        with pytest.raises(SecretTrouble, match="secret_open"):
            read_secret(path)


@pytest.mark.parametrize("held", [b"", b"short", b"c2hvcnQ=", b"\xff\xfe"])
def test_a_damaged_secret_is_said_and_left_alone(held, tmp_path):
    path = tmp_path / "secret"
    path.write_bytes(held)
    path.chmod(0o600)
    with pytest.raises(SecretTrouble, match="secret_damaged"):
        read_secret(path)
    assert path.read_bytes() == held


# -- the gate ---------------------------------------------------------------------------------------------------------


def request(name="localhost", peer="127.0.0.1", path="/", **headers):
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    return SimpleNamespace(host_name=name, remote_ip=peer, path=path, protocol="http", headers=sent)


@pytest.mark.parametrize(
    ("gate", "name", "why"),
    [
        (Gate(), "localhost", None), (Gate(), "127.0.0.1", None), (Gate(), "[::1]", None), (Gate(), "LOCALHOST", None),
        (Gate(), "evil.example", "name"), (Gate(), "192.168.1.5", "name"), (Gate(), "", "name"),
        (Gate(), "localhost.evil.example", "name"), (Gate(), "127.0.0.1.evil.example", "name"),
        (Gate(any_number=True), "192.168.1.5", None), (Gate(any_number=True), "[2001:db8::1]", None),
        (Gate(any_number=True), "evil.example", "name"),
        (Gate(("mi.example.org",)), "mi.example.org", None), (Gate(("mi.example.org",)), "MI.example.org", None),
        (Gate(("mi.example.org",)), "example.org", "name"), (Gate(("mi.example.org",)), "x.mi.example.org", "name"),
        (Gate(("192.168.1.5",)), "192.168.1.5", None), (Gate(("192.168.1.5",)), "192.168.1.6", "name"),
    ],
)  # fmt: skip
def test_only_known_names_are_answered(gate, name, why):
    assert gate.refuses(request(name)) == why


PROXIED = Gate(proxies=(ipaddress.ip_network("10.0.0.0/24"), ipaddress.ip_network("10.1.0.1")), watched="/mi/health")


@pytest.mark.parametrize(
    ("peer", "passes"),
    [("10.0.0.2", True), ("10.0.0.255", True), ("::ffff:10.0.0.2", True), ("10.1.0.1", True), ("10.1.0.2", False),
     ("10.0.1.2", False), ("127.0.0.1", False), ("::1", False), ("", False), (None, False), ("10.0.0.2.evil", False)],
)  # fmt: skip
def test_where_there_is_a_proxy_only_the_proxy_is_answered(peer, passes):
    asked = request(peer=peer, X_Forwarded_For="10.0.0.2", X_Real_Ip="10.0.0.2", Forwarded="for=10.0.0.2")
    assert (PROXIED.refuses(asked) is None) == passes


@pytest.mark.parametrize(("peer", "path", "passes"), [
    ("127.0.0.1", "/mi/health", True), ("127.0.0.1", "/mi/", False), ("127.0.0.1", "/mi/health/", False),
    ("192.168.1.5", "/mi/health", False),
])  # fmt: skip
def test_this_computer_may_ask_how_the_server_is(peer, path, passes):
    assert (PROXIED.refuses(request(peer=peer, path=path)) is None) == passes


def test_what_is_forwarded_counts_only_from_the_proxy():
    said = {"X_Forwarded_For": "1.1.1.1, 203.0.113.7, 10.0.0.9", "X_Forwarded_Proto": "https"}
    assert PROXIED.client(request(peer="10.0.0.2", **said)) == "203.0.113.7", "the nearest that is no proxy"
    assert PROXIED.scheme(request(peer="10.0.0.2", **said)) == "https"
    assert PROXIED.client(request(peer="10.0.9.2", **said)) == "10.0.9.2"
    assert PROXIED.scheme(request(peer="10.0.9.2", **said)) == "http"
    assert Gate().scheme(request(**said)) == "http"
    assert PROXIED.client(request(peer="10.0.0.2", X_Forwarded_For="1.1.1.1, nonsense")) == "10.0.0.2"


# -- patience ---------------------------------------------------------------------------------------------------------


def test_who_guesses_waits_and_others_do_not():
    now = [0.0]
    patience = Patience(free=3, every=10, clock=lambda: now[0])
    for _ in range(3):
        assert not patience.wait("guesser")
        patience.spend("guesser")
    assert patience.wait("guesser") == 10
    assert not patience.wait("other")
    now[0] = 10
    assert not patience.wait("guesser")
    patience.spend("guesser")
    assert patience.wait("guesser") == 10
    now[0] = 1000
    assert not patience.wait("guesser")


def test_good_tries_cost_nothing():
    patience = Patience(free=2, every=10, clock=lambda: 0.0)
    for _ in range(50):
        assert not patience.wait("class")
        patience.spend("class")
        patience.give_back("class")


def test_patience_does_not_grow_without_end():
    patience = Patience(free=1, every=1e-9)
    for number in range(patience.MOST + 50):
        patience.spend(str(number))
    assert len(patience._spent_until) <= patience.MOST + 1


@pytest.mark.parametrize(("client", "seen"), [
    ("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("", "unknown"), ("x", "unknown"),
])  # fmt: skip
def test_one_line_is_one_place_for_guessing(client, seen):
    assert _neighbourhood(client) == seen


# -- places -----------------------------------------------------------------------------------------------------------


class Manager(dict):
    """Kernels by id, with the number of browsers that are connected."""

    def kernel_model(self, kernel_id):
        return {"connections": self[kernel_id]}

    async def shutdown_kernel(self, kernel_id, now=False):
        del self[kernel_id]


def taken(places, manager, account, connections=1):
    kernel_id = asyncio.run(places.take(account))
    manager[kernel_id] = connections
    places.started(kernel_id)
    return kernel_id


def test_a_page_belongs_to_its_learner_only():
    manager = Manager()
    places = Places(manager)
    mine = taken(places, manager, "me")
    assert places.belongs(mine, "me")
    assert not places.belongs(mine, "you") and not places.belongs(mine, None) and not places.belongs("x", None)
    del manager[mine]
    assert len(places) == 0 and not places.belongs(mine, "me")


def test_a_learner_with_too_many_pages_loses_the_one_without_a_browser():
    manager, now = Manager(), [0.0]
    places = Places(manager, each=3, clock=lambda: now[0])
    first = taken(places, manager, "me", connections=0)
    now[0] = 1
    second = taken(places, manager, "me", connections=0)
    places.touch(first)
    third, other = taken(places, manager, "me"), taken(places, manager, "you", connections=0)
    now[0] = 2
    places.touch(first)
    taken(places, manager, "me")
    assert second not in manager and {first, third, other} <= set(manager)
    manager[first] = 1
    with pytest.raises(Full, match="each"):
        asyncio.run(places.take("me"))
    taken(places, manager, "you")


def test_a_full_house_is_full_for_everybody_until_a_page_goes():
    manager = Manager()
    places = Places(manager, all_of_them=2)
    first = taken(places, manager, "me", connections=0)
    taken(places, manager, "you")
    assert places.is_full
    with pytest.raises(Full, match="all"):
        asyncio.run(places.take("them"))
    asyncio.run(places.stop(first))
    assert not places.is_full
    taken(places, manager, "them")


def test_pages_that_are_being_started_count():
    places = Places(Manager(), all_of_them=1)
    asyncio.run(places.take("me"))
    assert places.is_full


def test_an_open_page_that_nobody_touches_stops_after_a_while():
    manager, now = Manager(), [0.0]
    places = Places(manager, unused=100, clock=lambda: now[0])
    left, used = taken(places, manager, "me"), taken(places, manager, "me")
    now[0] = 90
    places.touch(used)
    now[0] = 150
    asyncio.run(places.stop_unused())
    assert list(manager) == [used]
