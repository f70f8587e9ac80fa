"""Claims: rate a statement before seeing what was found."""

from __future__ import annotations

from mi_helpers import evidence
from mi_helpers.ui.choice_box import loaded, radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.box import First
from mi_helpers.ui.parts import Parts
from mi_helpers.ui.plots.plot import table_html


def place(claim_id: str) -> str:
    """Under which id a rating is kept."""
    return f"lab-claim-{claim_id}"


class Claims(Part):
    """One statement at a time, and a list of those that were rated."""

    def body(self):
        say, parts = self.say, self.parts
        self.claims = evidence.claims()
        self.labels = evidence.answer_labels(say.lang)
        self.statement, self.after, self.table = parts.html(), parts.html(), parts.html()
        self.place = parts.column()
        self.back = parts.button(say("lab.claim_back"), self.guard(lambda: self._go(-1)), "mi-quiet")
        self.onward = parts.button(say("lab.claim_next"), self.guard(lambda: self._go(1)), "mi-quiet")
        self.first: First | None = None
        self._made: Parts | None = None
        rated = [self._rating(claim.id) is not None for claim in self.claims]
        self.at = rated.index(False) if False in rated else 0
        self._show()
        self._list()
        return [self.statement, self.place, self.after, parts.row(self.onward, self.back), self.table]

    def _go(self, by: int) -> None:
        self.at = (self.at + by) % len(self.claims)
        self._show()
        self.first.box.announce(self.claims[self.at].statement(self.say.lang))

    def _show(self) -> None:
        say, claim, before = self.say, self.claims[self.at], self._made
        title = say("lab.claim_of", n=self.at + 1, all=len(self.claims))
        self.statement.value = (
            f'<h3>{esc(title)}</h3><blockquote class="mi-statement">{esc(claim.statement(say.lang))}</blockquote>'
            f"{p(claim.source(say.lang), 'mi-source')}"
        )
        self.after.value = ""
        self._made = Parts()
        self.first = First(
            self.store,
            say,
            self._made,
            place=place(claim.id),
            controls=[radios("answer", say("lab.claim_label"), self.labels, look="row")],
            ask=say("lab.see"),
            missing=lambda values: "" if values.get("answer") in self.labels else say("choice.nothing"),
            then=self._see,
        )
        self.place.children = (self.first.box,)
        if before:
            before.close()
        self.first.look_back()

    def _see(self, answers: dict) -> None:
        say, claim = self.say, self.claims[self.at]
        yours, answer = self.labels[answers["answer"]], self.labels[claim.answer]
        said = say("lab.claim_same" if answers["answer"] == claim.answer else "lab.claim_other", yours=yours, answer=answer)
        cited = "".join(f"<li>{esc(line)}</li>" for line in evidence.citations(claim.publications, say.lang))
        sources = f"<details><summary>{esc(say('lab.sources'))}</summary><ul>{cited}</ul></details>" if cited else ""
        self.after.value = (
            f'<section class="mi-feedback mi-card"><p><strong>{esc(said)}</strong></p>{p(claim.why(say.lang))}{sources}'
            "</section>"
        )
        self._list()
        self.first.box.announce(said)

    def _rating(self, claim_id: str) -> str | None:
        tries = self.store.tries(place(claim_id), lang=self.say.lang)
        answer = loaded(tries[-1].text).get("answer") if tries else None
        return answer if answer in self.labels else None

    def _list(self) -> None:
        """What was rated so far, beside what was found."""
        say = self.say
        rated = [(claim, rating) for claim in self.claims if (rating := self._rating(claim.id))]
        if not rated:
            self.table.value = ""
            return
        rows = [(c.statement(say.lang), self.labels[rating], self.labels[c.answer]) for c, rating in rated]
        label = say("lab.claim_list", n=len(rated), all=len(self.claims))
        table = table_html(label, say.get("lab.claim_columns"), rows)
        self.table.value = f"<details><summary>{esc(label)}</summary>{table}</details>"
