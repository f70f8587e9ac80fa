"""Tables made in one go and tables that Alembic made are the same; what is older comes up to date."""

import sqlite3

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from mi_helpers.progress import database, health, migrate, open_store
from mi_helpers.progress.place import database_at
from mi_helpers.progress.records import SCHEMA_VERSION, Unusable


def tables(address: str) -> dict:
    """What a database holds beside its rows: columns, keys, indexes; without Alembic's own table."""
    engine = sa.create_engine(address)
    look = sa.inspect(engine)
    found = {}
    for name in sorted(look.get_table_names()):
        columns = [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(name)]
        indexes = sorted((i["name"] or "", tuple(i["column_names"]), bool(i["unique"])) for i in look.get_indexes(name))
        unique = sorted(tuple(u["column_names"]) for u in look.get_unique_constraints(name))
        if engine.dialect.name == "sqlite":  # a UNIQUE behind a column is told by SQLite itself only
            with engine.connect() as connection:
                kept = connection.exec_driver_sql(f"PRAGMA index_list('{name}')").fetchall()
                parts = [connection.exec_driver_sql(f"PRAGMA index_info('{row[1]}')").fetchall() for row in kept]
            unique = sorted((row[2], row[3], tuple(c[2] for c in part)) for row, part in zip(kept, parts, strict=True))
        found[name] = (columns, look.get_pk_constraint(name)["constrained_columns"], indexes, unique)
    engine.dispose()
    found.pop("alembic_version", None)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request, tmp_path):
    """Makes the address of a new, empty database."""
    if request.param == "sqlite":
        numbers = iter(range(9))
        return lambda: f"sqlite:///{tmp_path}/{next(numbers)}.sqlite3"
    return request.getfixturevalue("postgres").database


def test_both_ways_make_the_same_tables(fresh):
    at_once, step_by_step = fresh(), fresh()
    open_store(at_once)
    assert migrate.migrate(database_at(step_by_step)) == (None, SCHEMA_VERSION)
    assert tables(at_once) == tables(step_by_step)
    assert set(tables(at_once)) == {"meta", "learner", "try", "draft", "review", "done", "setting"}
    assert open_store(step_by_step).save_draft("l01-a", "x", lang="en")


def test_the_newest_revision_is_the_schema_version():
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == str(SCHEMA_VERSION)


def test_a_database_that_a_page_made_is_marked_and_keeps_all(fresh, attempt):
    address = fresh()
    open_store(address).add_try(attempt("before"))
    assert migrate.migrate(database_at(address)) == (SCHEMA_VERSION, SCHEMA_VERSION)
    assert migrate.migrate(database_at(address)) == (SCHEMA_VERSION, SCHEMA_VERSION)
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == str(SCHEMA_VERSION)
    engine.dispose()
    assert [t.text for t in open_store(address).tries("l01-a", lang="en")] == ["before"]


NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{next}", "{last}"
def upgrade():
    with op.batch_alter_table("draft") as table:
        table.add_column(sa.Column("shade", sa.String(9), nullable=False, server_default="grey"))
    op.create_index("more", "draft", ["learner", "shade"])
    {more}
"""


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """Plays a later version of the course, with one revision more."""

    def install(more: str = "") -> int:
        scripts = tmp_path / "scripts"
        (scripts / "versions").mkdir(parents=True)
        for script in migrate.SCRIPTS.rglob("*.py"):
            (scripts / script.relative_to(migrate.SCRIPTS)).write_text(script.read_text())
        said = NEXT.format(next=SCHEMA_VERSION + 1, last=SCHEMA_VERSION, more=more)
        (scripts / "versions" / "next.py").write_text(said)
        monkeypatch.setattr(migrate, "SCRIPTS", scripts)
        for module in (migrate, database):
            monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        return SCHEMA_VERSION + 1

    return install


def test_a_learners_own_file_comes_up_to_date_when_it_is_opened(store, file, attempt, next_version):
    store.add_try(attempt("before"))
    store.save_draft("l01-a", "half", lang="en")
    version = next_version()
    page = open_store()
    assert page.trouble is None
    assert [t.text for t in page.tries("l01-a", lang="en")] == ["before"]
    assert page.add_try(attempt("after"))
    with sqlite3.connect(file) as look:
        assert look.execute("SELECT text, shade FROM draft").fetchall() == [("half", "grey")]
        assert look.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone() == (str(version),)
    look.close()
    assert [f.name for f in file.parent.iterdir()] == [file.name]


def test_a_step_that_fails_changes_nothing(store, file, attempt, next_version):
    store.add_try(attempt("before"))
    before = tables(f"sqlite:///{file}")
    next_version(more='op.execute("INSERT INTO nowhere VALUES (1)")')
    page = open_store()
    assert page.trouble.kind == "unknown"
    assert not page.add_try(attempt("waits"))
    assert tables(f"sqlite:///{file}") == before


def test_a_shared_database_waits_for_its_administrator(postgres, attempt, next_version):
    address = postgres.database()
    open_store(address, account="anna").add_try(attempt("before"))
    next_version()
    page = open_store(address, account="anna")
    assert page.trouble.key == "store_older"
    assert "data migrate" in health(address)
    assert not page.add_try(attempt("waits"))
    migrate.migrate(database_at(address))
    assert health(address) is None
    assert page.settle()
    assert [t.text for t in open_store(address, account="anna").tries("l01-a", lang="en")] == ["before", "waits"]


def test_what_a_newer_version_wrote_is_left_alone(fresh):
    address = fresh()
    open_store(address)
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE meta SET value = '99' WHERE name = 'schema_version'"))
    engine.dispose()
    with pytest.raises(Unusable, match="99"):
        migrate.migrate(database_at(address))
    assert "newer version" in health(address)
