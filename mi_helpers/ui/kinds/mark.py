"""Mark: find the words in a text that do something."""

from __future__ import annotations

import re

from mi_helpers.cases.judging import marked_words
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, feedback_title
from mi_helpers.ui.paper import how


def words_of(text: str) -> tuple[list[tuple[int, int]], list[set[int]]]:
    """The words of a text with «marks», as stretches of the plain text, and the numbers of the words in each mark."""
    plain, spans = marked_words(text)
    words = [found.span() for found in re.finditer(r"\S+", plain)]
    return words, [{n for n, (a, b) in enumerate(words) if a < end and start < b} for start, end in spans]


class Mark(Exercise):
    """A text whose words can be marked, with the pointer or the keyboard."""

    typed = False

    def body(self):
        self.plain, _ = marked_words(self.text.text)
        self.words, self.sought = words_of(self.text.text)
        shown = [self.plain[start:end] for start, end in self.words]
        control = {"type": "words", "key": "words", "label": self.say("choice.mark_label"), "words": shown}
        self.box = self.choice_box([control], ask=self.say("choice.ask_mark"))
        return [self.box]

    def _chosen(self, answers) -> set[int]:
        given = answers.get("words")
        return {n for n in given if isinstance(n, int) and 0 <= n < len(self.words)} if isinstance(given, list) else set()

    def missing(self, answers):
        return "" if self._chosen(answers) else self.say("choice.mark_nothing")

    def judge(self, answers):
        say, chosen = self.say, self._chosen(answers)
        found = [len(words & chosen) * 2 >= len(words) for words in self.sought]
        stray = chosen - set().union(*self.sought)
        solved = all(found) and len(stray) <= max(1, len(chosen) // 4)
        touched = any(words & chosen for words in self.sought)
        key = "found" if solved else "too_much" if all(found) else "partly" if touched else "elsewhere"
        said = say(f"choice.mark_{key}")
        html = [feedback_title(say), p(said)]
        if not solved:
            html.append(p(self.text.elsewhere))
        if any(found):
            html.append(p(self.text.why))
        shown = self.solution(self.item, say, with_why=not any(found))
        if solved:
            html.append(shown)
        else:
            html.append(f"<details><summary>{esc(say('choice.mark_show'))}</summary>{shown}</details>")
        return Outcome("".join(html), f"{say('feedback.below')} {said}", solved)

    def describe(self, answers):
        chosen, runs = self._chosen(answers), []
        for n in sorted(chosen):
            start, end = self.words[n]
            if n - 1 in chosen:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        return " … ".join(self.plain[start:end] for start, end in runs)

    @classmethod
    def paper(cls, item, say, room):
        plain, _ = marked_words(item.text(say.lang).text)
        return how(say, "mark") + p(plain, "mi-to-mark")

    @classmethod
    def solution(cls, item, say, *, with_why=True):
        text = item.text(say.lang)
        plain, spans = marked_words(text.text)
        shown, at = [], 0
        for start, end in spans:
            shown.append(f'{esc(plain[at:start])}<mark class="mi-mark mi-mark-listening">{esc(plain[start:end])}</mark>')
            at = end
        shown.append(esc(plain[at:]))
        return f'<p class="mi-marked">{"".join(shown)}</p>' + (p(text.why) if with_why else "")
