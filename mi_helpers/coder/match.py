"""Run rules over a turn: where each fires, and where reported or denied words keep a push from firing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from mi_helpers.coder import text as read
from mi_helpers.coder.model import CONSISTENT, Speaker
from mi_helpers.coder.rules import Rule, RuleSet

#: From this share of content words that the client used first, a clause gives the client's words back.
OWN_WORDS = 0.6
#: … and from this share where the client used the very words that the rule looks for.
HINTED_WORDS = 0.3


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired: the span of its words (character indices) and the index of the sentence they stand in."""

    rule: Rule
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn as the rules see it: flattened text in its usual spelling, sentences, and what the client said before."""

    flat: str
    sentences: tuple[tuple[int, int], ...]
    previous: str
    rules: RuleSet
    origin: list[int] | None = None
    speaker: Speaker = "counsellor"
    sifted: dict = field(default_factory=dict, repr=False, compare=False)
    fired: dict = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, text: str, previous: str | None, rules: RuleSet, speaker: Speaker = "counsellor") -> Turn:
        """Read a turn; anything past ``text.MAX_CHARS`` characters is left unread."""
        flat, origin = _usual(text[: read.MAX_CHARS], rules)
        before, _ = _usual((previous or "")[: read.MAX_CHARS], rules)
        return cls(flat, tuple(read.sentences(flat)), before, rules, origin, speaker)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of ``flat`` stands in the text as given."""
        if self.origin is None or start >= end:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1 if end - 1 < len(self.origin) else end


@lru_cache(maxsize=64)
def _usual(text: str, rules: RuleSet) -> tuple[str, list[int] | None]:
    return read.plain(read.flatten(text), rules.variants)


@lru_cache(maxsize=256)
def content(flat: str, rules: RuleSet) -> dict[str, str]:
    """The content words of a flattened text: stem (of the first word of its synonym group) to the word as written."""
    stop = rules.words["stop"]
    found = {}
    for word in read.words(flat):
        bare = word.strip("'").removesuffix("'s")
        if bare in stop or len(bare) < 2:
            continue
        stem = read.stem(rules.synonyms.get(bare, bare), rules.lang)
        found.setdefault(rules.synonyms.get(stem, stem), word)
    return found


def fire(turn: Turn, kind: str) -> list[Hit]:
    """All hits of the rules of one kind, in the order of the text; one per rule and sentence."""
    if kind not in turn.fired:
        hits = []
        for i, (start, end) in enumerate(turn.sentences):
            for rule, among in likely(turn, kind, i):
                if rule.scope == "sentence":
                    hits += _try(rule, among, turn, start, turn.flat[start:end], i)
        for rule, among in likely(turn, kind):
            if rule.scope == "turn":
                hits += _try(rule, among, turn, 0, turn.flat, None)
        turn.fired[kind] = sorted(hits, key=lambda h: (h.start, h.end))
    return turn.fired[kind]


def likely(turn: Turn, kind: str, sentence: int = -1) -> list[tuple[Rule, list[int]]]:
    """The rules of one kind that have any chance on a sentence, or (without one) on the whole turn: rule, alternatives."""
    if kind not in turn.sifted:
        name = kind if kind == "client" else turn.speaker if kind == "risk" else "counsellor"
        if (name, "all") not in turn.sifted:
            turn.sifted[name, "all"] = turn.rules.sieves[name].sift(turn.flat, turn.sentences)
        turn.sifted[kind] = [[found for found in part if found[0].kind == kind] for part in turn.sifted[name, "all"]]
    return turn.sifted[kind][sentence]


def _try(rule: Rule, among: list[int], turn: Turn, start: int, unit: str, sentence: int | None) -> list[Hit]:
    """The hit of one rule on a sentence, or on the whole turn, if it fires there."""
    m = rule.pattern.search_among(unit, among)
    if not m or any(p.search(unit) for p in rule.unless):
        return []
    if not _follows(rule, turn):
        return []
    begin = start + m.start()
    return [Hit(rule, begin, start + m.end(), _sentence_at(turn, begin) if sentence is None else sentence)]


def _follows(rule: Rule, turn: Turn) -> bool:
    """May the rule fire after what the client said? Asked once per rule and turn."""
    if not (rule.needs_previous or rule.unless_previous):
        return True
    if rule.id not in turn.fired:
        needed = not rule.needs_previous or bool(rule.needs_previous.search(turn.previous))
        turn.fired[rule.id] = needed and (_is_push(rule) or not _said_before(rule, turn))
    return turn.fired[rule.id]


def _said_before(rule: Rule, turn: Turn) -> bool:
    """Did the client use the words that this rule looks for (*I should*, *ik kan niet*)?"""
    return bool(rule.unless_previous and rule.unless_previous.search(turn.previous))


def acts(turn: Turn) -> list[Hit]:
    """The hits of ``act`` rules, without the pushes that stand inside reported, denied or returned words."""
    hits = fire(turn, "act")
    if not any(_is_push(h.rule) for h in hits):
        return hits
    covered = [(h.start, h.end) for h in fire(turn, "scope")]
    return [h for h in hits if not _is_push(h.rule) or not _is_the_clients(h, turn, covered)]


def _is_the_clients(hit: Hit, turn: Turn, covered: list[tuple[int, int]]) -> bool:
    """Are these words reported, denied, or the client's own, given back to them?"""
    if _said_before(hit.rule, turn):
        return _given_back(hit, turn, HINTED_WORDS)
    if hit.rule.through:
        return False
    if any(s <= hit.start < e for s, e in covered):
        return True
    if hit.rule.certainty == "clear" or not turn.previous:
        return False
    clause = turn.flat[slice(*_clause(hit, turn))]
    return bool(turn.rules.words["you"] & set(read.words(clause))) and _given_back(hit, turn, OWN_WORDS)


def _clause(hit: Hit, turn: Turn) -> tuple[int, int]:
    sentence = turn.sentences[hit.sentence]
    starts = read.clause_starts(turn.flat, *sentence)
    return max(s for s in starts if s <= hit.start), min((s for s in starts if s >= hit.end), default=sentence[1])


def _given_back(hit: Hit, turn: Turn, share: float) -> bool:
    """Did the client use at least this share of the clause's content words?"""
    mine, theirs = content(turn.flat[slice(*_clause(hit, turn))], turn.rules), content(turn.previous, turn.rules)
    return bool(mine) and sum(stem in theirs for stem in mine) >= share * len(mine)


def _is_push(rule: Rule) -> bool:
    return CONSISTENT.get(rule.code or "") is False or rule.consistent is False


def _sentence_at(turn: Turn, place: int) -> int:
    return next((i for i, (s, e) in enumerate(turn.sentences) if s <= place < e), 0)


def meaning(hit: Hit) -> bool | None:
    """What a hit means for motivational interviewing: True consistent, False inconsistent, None neutral."""
    return CONSISTENT[hit.rule.code] if hit.rule.consistent == "code" else _as_bool(hit.rule.consistent)


def _as_bool(value) -> bool | None:
    return {"neutral": None, "yes": True, "no": False}.get(value, value) if isinstance(value, str) else value
