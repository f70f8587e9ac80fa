"""The tables, in SQL that every database understands. Times are text in UTC that sorts, JSON is text."""

from __future__ import annotations

_ID, _NAME, _LANG, _TIME = "VARCHAR(64)", "VARCHAR(190)", "VARCHAR(8)", "VARCHAR(32)"

#: In the order in which they are made: what lies in the front of a file outlives a loss of its end.
TABLES: dict[str, dict[str, str]] = {
    "meta": {"name": f"{_NAME} NOT NULL PRIMARY KEY", "value": "TEXT NOT NULL"},
    # the account is empty for the one learner of one's own machine, else the name of the login
    "learner": {
        "id": f"{_ID} NOT NULL PRIMARY KEY",
        "account": f"{_NAME} NOT NULL UNIQUE",
        "at": f"{_TIME} NOT NULL",
    },
    "try": {
        "id": f"{_ID} NOT NULL PRIMARY KEY",
        "learner": f"{_ID} NOT NULL",
        "item_id": f"{_NAME} NOT NULL",
        "item_version": "INTEGER NOT NULL",
        "rules_version": f"{_NAME} NOT NULL",
        "lang": f"{_LANG} NOT NULL",
        "text": "TEXT NOT NULL",
        "coding": "TEXT",
        "verdict": "VARCHAR(32)",
        "self_check": _NAME,
        "at": f"{_TIME} NOT NULL",
    },
    "draft": {
        "learner": f"{_ID} NOT NULL",
        "place": f"{_NAME} NOT NULL",
        "lang": f"{_LANG} NOT NULL",
        "text": "TEXT NOT NULL",
        "at": f"{_TIME} NOT NULL",
    },
    "review": {
        "id": f"{_ID} NOT NULL PRIMARY KEY",
        "learner": f"{_ID} NOT NULL",
        "try_id": f"{_ID} NOT NULL",
        "text": "TEXT NOT NULL",
        "at": f"{_TIME} NOT NULL",
    },
    "done": {
        "learner": f"{_ID} NOT NULL",
        "item_id": f"{_NAME} NOT NULL",
        "lang": f"{_LANG} NOT NULL",
        "at": f"{_TIME} NOT NULL",
    },
    "setting": {
        "learner": f"{_ID} NOT NULL",
        "name": f"{_NAME} NOT NULL",
        "value": "TEXT",
        "at": f"{_TIME} NOT NULL",
    },
}
_ONE_PER_LEARNER = {"draft": "place, lang", "done": "item_id, lang", "setting": "name"}
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS try_of_item ON try (learner, item_id, lang)",
    "CREATE INDEX IF NOT EXISTS review_of_learner ON review (learner)",
)
#: Columns that hold JSON.
JSON = frozenset({"coding", "value"})


def statements() -> list[str]:
    """What makes the tables where they are not there yet."""
    made = []
    for name, columns in TABLES.items():
        parts = [f"{column} {kind}" for column, kind in columns.items()]
        if name in _ONE_PER_LEARNER:
            parts.append(f"PRIMARY KEY (learner, {_ONE_PER_LEARNER[name]})")
        made.append(f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(parts)})")
    return [*made, *_INDEXES]
