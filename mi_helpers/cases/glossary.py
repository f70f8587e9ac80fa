"""The glossary: every term in both languages, under the names of the editions, with the lesson that explains it."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import Field, ValidationError

from mi_helpers.cases.loader import CaseError, read_list
from mi_helpers.cases.schema import Record, Text
from mi_helpers.resources import cases_folder


class TermText(Record):
    """A term in one language; ``editions`` says what the editions of the handbook call it, where that differs."""

    term: Text
    meaning: Text
    editions: str = ""


class Term(Record):
    """One entry."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    lesson: Annotated[int, Field(ge=1, le=10)]
    en: TermText
    nl: TermText

    def text(self, lang: str) -> TermText:
        """The entry in one language."""
        return self.nl if lang == "nl" else self.en


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """All terms, in the order of the file; empty where there is no glossary.

    Raises
    ------
    CaseError
        If the file cannot be used; names the entry and the field.
    """
    path = cases_folder() / "glossary.yaml"
    if not path.exists():
        return ()
    found = []
    for n, record in enumerate(read_list(path, "terms")[1], 1):
        try:
            found.append(Term.model_validate(record))
        except ValidationError as e:
            fault = e.errors()[0]
            field = ".".join(map(str, fault["loc"]))
            raise CaseError(f"{path.name}, term number {n}, field {field}: {fault['msg']}") from None
    if len({term.id for term in found}) != len(found):
        raise CaseError(f"{path.name}: an id stands there twice")
    return tuple(found)
