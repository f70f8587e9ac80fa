"""What is copied to a server: parsed, checked by the programs that read it where they are installed, held level."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import tomllib

import pytest
import yaml
from hubs import ROOT, skip_or_fail
from typer.main import get_command

from mi_helpers.app.cli import app

DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose" / "compose.yaml"
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


def text(*parts: str) -> str:
    return DEPLOY.joinpath(*parts).read_text(encoding="utf-8")


def options_of(*names: str) -> set[str]:
    """The options that a command of ``mi-course`` knows."""
    command = get_command(app)
    for name in names:
        command = command.commands[name]
    return {option for parameter in command.params for option in parameter.opts}


def assert_known(arguments: list[str]) -> None:
    """Every option stands behind ``mi-course serve``."""
    assert arguments
    known = options_of("serve")
    assert not [it for it in arguments if it.startswith("--") and it.partition("=")[0] not in known]


class AnyConfig(dict):
    """Takes every setting of a JupyterHub configuration: ``c.JupyterHub.port = 1``."""

    __setattr__ = dict.__setitem__

    def __getattr__(self, name):
        return self.setdefault(name, AnyConfig())


def hub_settings():
    settings = AnyConfig()
    told = runpy.run_path(str(DEPLOY / "jupyterhub" / "jupyterhub_config.py"), {"get_config": lambda: settings})
    return settings, told


# -------------------------------------------------------------------------------------------------------- compose
@pytest.mark.slow
def test_compose_reads_its_file_and_wants_every_secret(tmp_path):
    if not shutil.which("docker-compose"):
        skip_or_fail("docker-compose is not installed (Debian: apt-get install docker-compose)")
    env = tmp_path / "env"
    asked = ["docker-compose", "--env-file", str(env), "-f", str(COMPOSE), "config"]
    example = text("compose", ".env.example")
    env.write_text(example, encoding="utf-8")
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode != 0 and "MI_DATABASE_PASSWORD" in said.stderr  # it is empty in the example
    env.write_text(example.replace("MI_DATABASE_PASSWORD=", "MI_DATABASE_PASSWORD=geheim"), encoding="utf-8")
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "postgresql://course:geheim@database/course" in said.stdout


def test_only_nginx_is_reached_from_outside_and_only_nginx_may_say_who_is_there():
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    assert not {"outside", "front"} & set(services["database"]["networks"])
    assert "outside" not in services["course"]["networks"]
    command = services["course"]["command"]
    proxies = {it.partition("=")[2] for it in command if it.startswith("--proxy-address")}
    assert proxies == {services["nginx"]["networks"]["front"]["ipv4_address"], "127.0.0.1"}
    assert_known(command[2:])


def test_every_variable_of_the_example_is_used_and_every_one_used_stands_there():
    used = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text(encoding="utf-8"))) | {"COMPOSE_PROJECT_NAME"}
    assert used == set(re.findall(r"^(\w+)=", text("compose", ".env.example"), re.M))


def test_both_nginx_sites_of_serve_say_the_same():
    mine, theirs = text("nginx", "mi-course.conf"), text("compose", "nginx.conf.template")
    for before, after in {
        "/etc/letsencrypt/live/mi.example.org/": "/etc/nginx/certificate/",
        "mi.example.org": "${MI_NAME}",
        "http://127.0.0.1:8866": "http://course:8866",
        "/var/log/nginx/mi-course.log": "/dev/stdout",
    }.items():
        mine = mine.replace(before, after)
    start = "map $http_upgrade"
    assert mine[mine.index(start) :] == theirs[theirs.index(start) :]


def test_the_container_is_made_of_what_is_there():
    dockerfile = text("Dockerfile")
    for line in re.findall(r"^COPY (?!--)(.+)$", dockerfile, re.M):
        assert all((ROOT / source).exists() for source in line.split()[:-1]), line
    assert set(re.findall(r"EXTRAS=(\w+)", dockerfile)) <= set(EXTRAS)
    assert_known(re.findall(r"--[a-z-]+", re.search(r"^CMD (.*)$", dockerfile, re.M)[1]))
    args = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]["course"]["build"]["args"]
    assert args["EXTRAS"] in EXTRAS


# -------------------------------------------------------------------------------------------------------- the hub
def test_kubernetes_asks_for_what_the_hub_on_one_machine_asks_for():
    values = yaml.safe_load(text("kubernetes", "values.yaml"))
    settings, told = hub_settings()
    learner = values["singleuser"]
    assert learner["memory"]["limit"] == told["MEMORY"] and learner["cpu"]["limit"] == told["CPU"]
    assert values["cull"]["timeout"] == told["IDLE_AFTER"] and values["cull"]["maxAge"] == told["LONGEST"]
    assert learner["cmd"][1:] == settings.Spawner.cmd[1:]
    assert values["hub"]["config"]["Authenticator"]["admin_users"] == [] and not settings.Authenticator.admin_users
    assert learner["extraEnv"] == settings.Spawner.environment
    shared = settings.JupyterHub.cookie_max_age_days, settings.JupyterHub.implicit_spawn_seconds
    there = values["hub"]["config"]["JupyterHub"]
    assert shared == (there["cookie_max_age_days"], there["implicit_spawn_seconds"])
    assert not [name for name in learner["extraEnv"] if "DATABASE" in name]


@pytest.mark.slow
def test_jupyterhub_knows_every_setting():
    classes = {}
    try:
        from jupyterhub.app import JupyterHub
        from jupyterhub.auth import Authenticator, PAMAuthenticator
        from jupyterhub.spawner import Spawner
        from systemdspawner import SystemdSpawner
    except ImportError:
        skip_or_fail('JupyterHub is not installed (pip install -e ".[hub]")')
    for one in (JupyterHub, Authenticator, PAMAuthenticator, Spawner, SystemdSpawner):
        classes[one.__name__] = one.class_traits(config=True)
    settings, _ = hub_settings()
    assert set(settings) <= set(classes)
    for name, chosen in settings.items():
        assert not set(chosen) - set(classes[name]), name


@pytest.mark.slow
def test_a_learners_own_server_refuses_a_shared_database_and_a_start_by_hand(tmp_path):
    pytest.importorskip("jupyterhub")
    import sys

    env = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTERHUB", "MI_COURSE"))}
    start = [sys.executable, "-m", "mi_helpers.app.hub"]
    said = subprocess.run(start, env=env, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert said.returncode == 1 and "JUPYTERHUB_API_TOKEN" in said.stderr and "Traceback" not in said.stderr
    env |= dict.fromkeys(("JUPYTERHUB_API_TOKEN", "JUPYTERHUB_USER"), "x") | {
        "JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:1/", "JUPYTERHUB_SERVICE_PREFIX": "/user/x/",
        "MI_COURSE_DATABASE": "postgresql://course:geheim@db/words",
    }  # fmt: skip
    said = subprocess.run(start, env=env, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert said.returncode == 1 and "shared database" in said.stderr and "geheim" not in said.stderr


# -------------------------------------------------------------------------------------------------------- systemd
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir() if path.suffix in (".service", ".timer"))


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_takes_the_unit(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for name in UNITS:  # a timer looks for its service
        said = text("systemd", name)
        (tmp_path / name).write_text(re.sub(r"/opt/mi-course/venv/bin/\S+", "/bin/true", said), encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0 and unit not in said.stderr, said.stderr


def test_the_services_start_what_there_is_with_options_that_there_are():
    env = dict(re.findall(r"^(\w+)=(.*)$", text("systemd", "course.env"), re.M))
    started = re.search(r"^ExecStart=\S+/mi-course serve (.*)$", text("systemd", "mi-course.service"), re.M)[1]
    assert_known(started.replace("$MI_COURSE_OPTIONS", env["MI_COURSE_OPTIONS"]).split())
    backup = text("systemd", "mi-course-backup.service")
    assert "mi-course data backup" in backup and options_of("data", "backup") is not None
    assert env["MI_COURSE_DATABASE"].startswith("sqlite:////var/lib/mi-course/")
    assert "StateDirectory=mi-course\n" in text("systemd", "mi-course.service")


def test_the_variables_that_are_set_are_read_somewhere():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "mi_helpers").rglob("*.py"))
    read = set(re.findall(r"[\"'](MI_COURSE_\w+)[\"']", code)) | {"MI_COURSE_OPTIONS"}
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            named = set(re.findall(r"MI_COURSE_[A-Z_]+", path.read_text(encoding="utf-8")))
            assert named <= read, f"{path}: {named - read}"
