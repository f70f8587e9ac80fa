"""The pattern of a rule: a regular expression with word lists in it, safe and fast whatever the text.

Texts of ordinary length are searched with Python's own ``re`` (three times as fast); longer ones with ``regex``, which
gives up after a while. Both read a pattern alike (tests/coder/test_pattern.py).
"""

from __future__ import annotations

import re

import regex

from mi_helpers.coder import gate

#: Longer texts are searched with a time limit.
ORDINARY = 600
SECONDS = 0.5
_MACRO = re.compile(r"\{([a-z_]+)\}")


class RuleError(ValueError):
    """A rule file cannot be used; the message names file, rule and key."""


class Found:
    """A match whose words begin where ``\\K`` stood."""

    __slots__ = ("_end", "_start")

    def __init__(self, m: re.Match):
        self._start, self._end = max(m.start(), *(m.start(i) for i in range(1, m.re.groups + 1))), m.end()

    def start(self) -> int:
        return self._start

    def end(self) -> int:
        return self._end

    def span(self) -> tuple[int, int]:
        return self._start, self._end


class Pattern:
    """A pattern in which ``{name}`` stands for a word list or a fragment; compiled when it is first looked for.

    Raises
    ------
    RuleError
        At once if a name is unknown; at first use, or by :meth:`compile`, if it is no regular expression.
    """

    __slots__ = ("_common", "_later", "_long", "_short", "source", "where", "words")

    def __init__(self, source: str, lists: dict[str, frozenset[str]], fragments: dict[str, str], where: str):
        self.where = where
        self.words: dict[str, frozenset[str]] = {}
        self.source = self._expand(source, lists, fragments, 0)
        self._common = lists.get("stop", frozenset())
        self._later = r"\K" in self.source
        self._short = self._long = None

    def _expand(self, source: str, lists, fragments, depth: int) -> str:
        def put(m):
            name = m.group(1)
            if name in fragments and depth < 5:
                return "(?:" + self._expand(fragments[name], lists, fragments, depth + 1) + ")"
            if name in lists:
                self.words[name] = lists[name]
                return rf"\b\L<{name}>\b"
            raise RuleError(f"{self.where}: neither a word list nor a fragment is called {name!r}")

        return _MACRO.sub(put, source)

    @property
    def gate(self) -> gate.Gate | None:
        """What a text must hold for this pattern to have any chance (see :mod:`mi_helpers.coder.gate`)."""
        return gate.of(self.source, self.words, self._common)

    def compile(self) -> None:
        """Compile now, both ways."""
        self._compile_short()
        self._compile_long()

    def _compile_short(self) -> re.Pattern | regex.Pattern:
        if self._later and re.search(r"\\[1-9]|(?<!\\)\((?:[^?]|\?P?<\w)", self.source):
            return self._compile_short_as_long()  # groups of its own: their numbers would shift
        source = self.source
        for name, words in self.words.items():
            longest_first = sorted(words, key=lambda w: (-len(w), w))
            source = source.replace(rf"\L<{name}>", "(?:" + "|".join(map(re.escape, longest_first)) + ")")
        try:
            self._short = re.compile(source.replace(r"\K", "()"))
        except re.error:  # what only the other can read, e.g. a look behind of any width
            return self._compile_short_as_long()
        return self._short

    def _compile_short_as_long(self) -> regex.Pattern:
        self._short = self._compile_long()
        return self._short

    def _compile_long(self) -> regex.Pattern:
        try:
            self._long = regex.compile(self.source, **self.words)
        except regex.error as e:
            raise RuleError(f"{self.where}: not a regular expression: {e}") from None
        return self._long

    def search(self, text: str, *place: int):
        """The first match, or None; a text that would take too long counts as no match."""
        if len(text) <= ORDINARY:
            m = (self._short or self._compile_short()).search(text, *place)
            return Found(m) if m and self._later and self._short is not self._long else m
        try:
            return (self._long or self._compile_long()).search(text, *place, timeout=SECONDS)
        except TimeoutError:
            return None

    def finditer(self, text: str, *place: int) -> list:
        """All matches; none for a text that would take too long."""
        if len(text) <= ORDINARY:
            found = (self._short or self._compile_short()).finditer(text, *place)
            return [Found(m) for m in found] if self._later and self._short is not self._long else list(found)
        try:
            return list((self._long or self._compile_long()).finditer(text, *place, timeout=SECONDS))
        except TimeoutError:
            return []


class Nothing:
    """A pattern that is found nowhere."""

    def search(self, text: str, *place: int) -> None:
        return None

    def finditer(self, text: str, *place: int) -> list:
        return []
