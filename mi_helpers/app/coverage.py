"""``mi-course coverage``: which lessons and items teach what the sources of the course hold."""

from __future__ import annotations

import json
from dataclasses import dataclass

from mi_helpers.cases import lesson_items
from mi_helpers.resources import LANGUAGES, cases_folder, content_root


@dataclass(frozen=True, slots=True)
class Row:
    """One point of the inventory: its id, a short title, and where each language covers it."""

    id: str
    title: str
    lessons: dict[str, tuple[str, ...]]
    items: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether a lesson's text or an exercise covers it in every language (items always stand in both)."""
        return bool(self.items) or all(self.lessons[lang] for lang in LANGUAGES)


def inventory() -> dict[str, str]:
    """What there is to cover: id and short title."""
    lines = (cases_folder() / "inventory.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line)


def coverage() -> list[Row]:
    """The table, in the order of the inventory."""
    by_lesson = {lang: _lessons(lang) for lang in LANGUAGES}
    items: dict[str, list[str]] = {}
    for number in range(1, 11):
        for item in lesson_items(number):
            for point in item.covers:
                items.setdefault(point, []).append(item.id)
    return [
        Row(
            point,
            title,
            {lang: tuple(by_lesson[lang].get(point, ())) for lang in LANGUAGES},
            tuple(items.get(point, ())),
        )
        for point, title in inventory().items()
    ]


def unknown() -> set[str]:
    """What lessons and items say they cover and the inventory does not have."""
    said = {point for lang in LANGUAGES for point in _lessons(lang)}
    said |= {point for number in range(1, 11) for item in lesson_items(number) for point in item.covers}
    return said - set(inventory())


def run() -> int:
    """Print the table; 1 where something is covered nowhere."""
    rows = coverage()
    wide = max(len(row.title) for row in rows)
    for row in rows:
        lessons = {lang: ",".join(row.lessons[lang]) or "-" for lang in LANGUAGES}
        where = f"en {lessons['en']:<8} nl {lessons['nl']:<8} {' '.join(row.items)}"
        print(f"{row.id:<8} {row.title:<{wide}}  {'  ' if row.covered else '! '}{where}".rstrip())
    missing = [row.id for row in rows if not row.covered]
    print(f"{len(rows) - len(missing)} of {len(rows)} covered in both languages")
    if missing:
        print(f"not yet: {' '.join(missing)}")
    return 1 if missing else 0


def _lessons(lang: str) -> dict[str, list[str]]:
    """The numbers of the lessons whose text covers each point."""
    found: dict[str, list[str]] = {}
    for path in sorted((content_root() / "course" / lang).glob("[0-9][0-9]_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for point in sorted({point for cell in cells for point in cell["metadata"].get("covers", ())}):
            found.setdefault(point, []).append(path.stem[:2])
    return found
