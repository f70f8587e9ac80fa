"""What ``docs/teams`` names is there: commands, options, files, settings, pages and their headings."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest
from hubs import ROOT
from typer.main import get_command

from mi_helpers.app.cli import app
from mi_helpers.app.words import words
from mi_helpers.ui.strings import strings

TEAMS = ROOT / "docs" / "teams"
PAGES = sorted(path.name for path in TEAMS.glob("*.md"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "mi_helpers").rglob("*.py"))
DEPLOYED = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "deploy").rglob("*")
    if path.is_file() and path.suffix != ".pyc"
)


def said(name: str) -> str:
    return (TEAMS / name).read_text(encoding="utf-8")


def commands(text: str) -> list[list[str]]:
    """Every ``mi-course ...`` of a page, in words; ``course`` is the shell function of install.md."""
    shown = "\n".join(re.findall(r"`([^`\n]+)`", text)) + "\n" + "\n".join(re.findall(r"^ {4,}(\S.*)$", text, re.M))
    found = []
    for line in shown.replace("\\\n", " ").splitlines():
        line = re.sub(r"\s+# .*", "", line)
        called = r"(?:^|\s|/)(?:mi-course|course) ((?:serve|data|account|rules|code|lab|--version)\b.*)"
        for call in re.findall(called, line):
            call = re.split(r"[|>;]|&&", call)[0]
            found.append(shlex.split(call.replace('"$@"', "").replace("'", "").replace('"', "")))
    return found


def heading_anchors(text: str) -> set[str]:
    return {
        re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-")
        for line in re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.S), re.M)
    }


def test_the_pages_hold_commands_at_all():
    assert sum(len(commands(said(name))) for name in PAGES) > 15


@pytest.mark.parametrize("name", PAGES)
def test_every_command_and_option_is_there(name):
    for call in commands(said(name)):
        command = get_command(app)
        while call and hasattr(command, "commands") and not call[0].startswith("-"):
            assert call[0] in command.commands, call
            command = command.commands[call.pop(0)]
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert not [it for it in call if it.startswith("--") and it.partition("=")[0] not in known], call


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_page_and_a_heading(name):
    for target in re.findall(r"\]\(([^)]+)\)", said(name)):
        path, _, anchor = target.partition("#")
        there = (TEAMS / path).resolve() if path else TEAMS / name
        assert there.exists(), target
        if anchor:
            assert anchor in heading_anchors(there.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("name", PAGES)
def test_every_file_of_the_project_and_every_setting_is_there(name):
    text = said(name)
    for path in set(re.findall(r"(?<![\w/.])((?:deploy|mi_helpers|benchmarks|docs)/[\w./-]*\w)", text)):
        assert (ROOT / path).exists(), path
    read = set(re.findall(r"[\"'](MI_COURSE_\w+)[\"']", CODE))
    read |= set(re.findall(r"^(MI_\w+)=", DEPLOYED, re.M))
    assert set(re.findall(r"MI_[A-Z_]+", text)) <= read
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(re.findall(r"\.\[(\w+)\]", text)) <= set(extras)


@pytest.mark.parametrize("name", PAGES)
def test_every_place_on_the_server_is_one_that_the_files_use(name):
    """A page must not send anybody to a folder, unit or port that no file of ``deploy`` and no other page knows."""
    text = said(name)
    for place in set(re.findall(r"/(?:etc|var/lib|opt)/(?:mi-course|nginx)[\w./-]*\w", text)):
        place = re.sub(r"/[\w-]+\.sqlite3$", "", place)  # whatever its name, in a folder that is known
        assert place in DEPLOYED or any(place in said(other) for other in ("install.md", "jupyterhub.md")), place
    units = {path.name for path in (ROOT / "deploy" / "systemd").iterdir()}
    for unit in set(re.findall(r"mi-course[\w-]*\.(?:service|timer)", text)):
        assert unit in units, unit
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) <= set(re.findall(r"127\.0\.0\.1:(\d+)", DEPLOYED))


def test_the_settings_of_the_hub_are_as_the_page_says():
    config = (ROOT / "deploy" / "jupyterhub" / "jupyterhub_config.py").read_text(encoding="utf-8")
    top = dict(re.findall(r"^([A-Z_]+) = ([^#\n{]+)", config, re.M))
    rows = re.search(r"\| name \| default .*?\n\n", said("jupyterhub.md"), re.S)[0]
    named = re.findall(r"`([A-Z_]+)`", rows)
    assert set(top) == set(named)
    for name in ("GROUP", "MEMORY", "CPU", "LEARNERS_AT_ONCE"):
        row = re.search(rf"\| `{name}` \| (.*?) \|", rows)[1].strip("`")
        assert row == top[name].strip().strip('"')
    assert eval(top["IDLE_AFTER"]) == 30 * 60 and eval(top["LONGEST"]) == 12 * 3600  # noqa: S307 - the project's own


def test_the_limits_that_are_named_are_those_of_serve():
    told = said("monitoring.md") + said("trouble.md")
    serve = {parameter.name: parameter.default for parameter in get_command(app).commands["serve"].params}
    assert f"`--pages` ({serve['pages']})" in told
    assert f"`--pages-each` ({serve['pages_each']})" in told
    health = (ROOT / "mi_helpers" / "app" / "health.py").read_text(encoding="utf-8")
    for key in ("ok", "database", "pages", "kernels", "full"):
        assert f'"{key}"' in health and f'"{key}"' in told


def test_what_learners_are_said_to_read_is_what_they_read():
    table = said("trouble.md")
    for key in ("refused_text", "forbidden_title", "nameless_title", "full_title", "many_title"):
        sentence = words("en", "error")[key].split(".")[0]
        assert sentence in table, sentence
    assert words("en", "page")["lost_team"].split(".")[0] in table
    assert "**What is kept of you**" in said("data-protection.md")
    assert "**Wat er van je wordt bewaard**" in said("data-protection.nl.md")
    for lang, title in (("en", "What is kept of you"), ("nl", "Wat er van je wordt bewaard")):
        notebook = (ROOT / "course" / lang / "91_privacy.ipynb").read_text(encoding="utf-8")
        assert f"# {title}" in notebook
        assert strings(lang)


def test_both_sheets_on_data_protection_say_the_same():
    english, dutch = said("data-protection.md"), said("data-protection.nl.md")
    assert english.count("\n|") == dutch.count("\n|") and english.count("\n## ") == dutch.count("\n## ")
    for one in (english, dutch):
        assert set(re.findall(r"MI_\w+", one)) == set(re.findall(r"MI_\w+", english))
    assert "-mtime +30" in DEPLOYED and "30 days" in english and "30 dagen" in dutch
    assert "MI_COURSE_RETENTION_DAYS=365" in DEPLOYED and "365" in english and "365" in dutch
