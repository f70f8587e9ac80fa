"""The pattern of a rule: a regular expression with word lists in it, safe and fast whatever the text.

Texts of ordinary length are searched with Python's own ``re`` (three times as fast); longer ones with ``regex``, which
gives up after a while. Both read a pattern alike (tests/coder/test_pattern.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mi_helpers.coder import gate

if TYPE_CHECKING:
    import regex

#: Longer texts are searched with a time limit.
ORDINARY = 600
SECONDS = 0.5
_MACRO = re.compile(r"\{([a-z_]+)\}")
_GROUPS = re.compile(r"\\[1-9]|(?<!\\)\((?:[^?]|\?P?<\w)")
#: What may stand in front of a group whose alternatives are tried one by one: nothing that can match in two ways.
_PLAIN = re.compile(r"(?:\\b|\^|\\K|[a-z ',]|\\s\+(?![+*?]))*")
#: A pattern is taken apart into at most so many.
_MOST = 60


class RuleError(ValueError):
    """A rule file cannot be used; the message names file, rule and key."""


class Found:
    """A match whose words begin where ``\\K`` stood."""

    __slots__ = ("_end", "_start")

    def __init__(self, m: re.Match):
        self._start, self._end = max(m.start(i) for i in range(m.re.groups + 1)), m.end()

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

    __slots__ = ("_common", "_later", "_long", "_parts", "_short", "source", "where", "words")

    def __init__(self, source: str, lists: dict[str, frozenset[str]], fragments: dict[str, str], where: str):
        self.where = where
        self.words: dict[str, frozenset[str]] = {}
        self.source = self._expand(source, lists, fragments, 0)
        self._common = lists.get("stop", frozenset())
        self._later = r"\K" in self.source
        self._short = self._long = None
        self._parts: list[re.Pattern | str] | None = None

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

    def gates(self) -> list[gate.Gate | None]:
        """For each alternative, what a text must hold for it to have any chance (see :mod:`mi_helpers.coder.gate`)."""
        return [gate.of(part, self.words, self._common) for part in alternatives(self.source)]

    def compile(self) -> None:
        """Compile now, both ways."""
        self._compile_short()
        self._compile_long()

    def _compile_short(self) -> re.Pattern | regex.Pattern:
        if self._later and _GROUPS.search(self.source):
            return self._compile_short_as_long()  # groups of its own: their numbers would shift
        try:
            self._short = self._compile_with_re(self.source)
        except re.error:  # what only the other can read, e.g. a look behind of any width
            return self._compile_short_as_long()
        return self._short

    def _compile_with_re(self, source: str) -> re.Pattern:
        for name, words in self.words.items():
            longest_first = sorted(words, key=lambda w: (-len(w), w))
            source = source.replace(rf"\L<{name}>", "(?:" + "|".join(map(re.escape, longest_first)) + ")")
        return re.compile(source.replace(r"\K", "()"))

    def _compile_short_as_long(self) -> regex.Pattern:
        self._short = self._compile_long()
        return self._short

    def _compile_long(self) -> regex.Pattern:
        import regex  # most readings never need it

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

    def search_among(self, text: str, among: list[int]):
        """As :meth:`search`, in a text in which only these alternatives have a chance."""
        if len(text) > ORDINARY or self._parts is False:
            return self.search(text)
        if self._parts is None:
            self._parts = alternatives(self.source)
            if len(self._parts) == 1 or _GROUPS.search(self.source):
                self._parts = False
                return self.search(text)
        best = None
        for i in among:
            part = self._parts[i]
            if isinstance(part, str):
                try:
                    part = self._parts[i] = self._compile_with_re(part)
                except re.error:
                    self._parts = False
                    return self.search(text)
            m = part.search(text)
            if m and (best is None or m.start() < best.start()):
                best = m
        return Found(best) if best and self._later else best

    def finditer(self, text: str, *place: int) -> list:
        """All matches; none for a text that would take too long."""
        if len(text) <= ORDINARY:
            found = (self._short or self._compile_short()).finditer(text, *place)
            return [Found(m) for m in found] if self._later and self._short is not self._long else list(found)
        try:
            return list((self._long or self._compile_long()).finditer(text, *place, timeout=SECONDS))
        except TimeoutError:
            return []


def alternatives(source: str) -> list[str]:
    """A pattern as the alternatives it consists of, in their order: ``\\b(?:a|b)c`` as ``\\b(?:a)c`` and ``\\b(?:b)c``."""
    found = [source]
    for _ in range(3):
        taken = [part for whole in found for part in _take_apart(whole)]
        if len(taken) == len(found) or len(taken) > _MOST:
            break
        found = taken
    return found


def _take_apart(source: str) -> list[str]:
    bars, group = _bars(source), None
    if bars:
        edges = [-1, *bars, len(source)]
        return [source[a + 1 : b] for a, b in zip(edges, edges[1:], strict=False)]
    begin = _PLAIN.match(source).end()
    if source.startswith("(?:", begin):
        end = _closing(source, begin)
        group = source[begin + 3 : end]
    if not group or source[end + 1 : end + 2] in ("*", "+", "?", "{") or not _bars(group):
        return [source]
    edges = [-1, *_bars(group), len(group)]
    return [f"{source[:begin]}(?:{group[a + 1 : b]}){source[end + 1 :]}" for a, b in zip(edges, edges[1:], strict=False)]


def _bars(source: str) -> list[int]:
    """Where the bars stand that are in no group and no class."""
    return [i for i, depth in _walk(source) if source[i] == "|" and depth == 0]


def _closing(source: str, begin: int) -> int:
    return next(i for i, depth in _walk(source[begin:]) if source[begin + i] == ")" and depth == 0) + begin


def _walk(source: str):
    """Every character that means something, with how deep it stands; a closing bracket at the depth of its opening."""
    depth, i, in_class = 0, 0, False
    while i < len(source):
        c = source[i]
        if c == "\\":
            i += 2
            continue
        if in_class:
            in_class = c != "]"
        elif c == "[":
            in_class = True
            i += 1 + (source[i + 1 : i + 2] == "^")  # a bracket that comes first is a member
        elif c == "(":
            depth += 1
        else:
            depth -= c == ")"
            yield i, depth
        i += 1


class Nothing:
    """A pattern that is found nowhere."""

    def search(self, text: str, *place: int) -> None:
        return None

    def search_among(self, text: str, among: list[int]) -> None:
        return None

    def finditer(self, text: str, *place: int) -> list:
        return []
