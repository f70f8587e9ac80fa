"""The behaviour a conversation is about: the words clients use for doing it, for leaving it, and for what each brings."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from mi_helpers.coder import text as read
from mi_helpers.coder.rules import HERE, RuleError

KINDS = ("doing", "avoiding", "harm", "gain", "burden", "pleasure")
_TURNED = re.compile(
    r"^(?:stop\w*|quit\w*|let\w* go|giv\w+ up|cut\w* (?:down|out|back)|leav\w+ (?:off|alone)|reduc\w+|avoid\w*|no more|not|less|fewer|drop\w*"
    r"|minder\w*|stoppen|ophouden|loslaten|laten|afbouwen|niet|geen|zonder|vermijden)\b"
)
_IDLE = frozenset(
    "the a an of to in on with and or for about at it my your their again some someone what is by from more less het de een "
    "van met en of in op te aan voor over bij weer mijn wat er doing going having being doen gaan".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A behaviour with its words in one language.

    Attributes
    ----------
    name : str
        The entry of ``targets.toml``, or ``"other"`` for a behaviour that has none.
    sign : int
        1 where the change is to do it (more), -1 where the change is to leave it.
    hurts : bool
        Whether doing it can itself do harm (a medicine, exercises), so that a harm told with its words speaks against it.
    """

    name: str
    lang: str
    sign: int
    patterns: dict
    hurts: bool = False

    def words_in(self, flat: str, start: int, end: int) -> tuple[bool, bool]:
        """Whether the words there speak of doing it, and of leaving it."""
        return bool(self.value_in("doing", flat, start, end)), bool(self.value_in("avoiding", flat, start, end))

    def value_in(self, kind: str, flat: str, start: int, end: int):
        """The match of one kind of words between two places, or None."""
        pattern = self.patterns.get(kind)
        return pattern.search(flat, start, end) if pattern else None


def target_of(target: dict | None, lang: str) -> Target | None:
    """The target a caller named, with its words; None without a target."""
    if not target or not str(target.get("behaviour") or "").strip():
        return None
    return _target(str(target["behaviour"])[:200].lower(), target.get("direction") != "less", lang)


@lru_cache(maxsize=256)
def _target(behaviour: str, more: bool, lang: str) -> Target:
    sign = 1 if more else -1
    m = _TURNED.match(behaviour.strip())
    if m:
        sign, behaviour = -sign, behaviour[m.end() :]
    for name, entry in _lexicon(lang).items():
        if _any(entry["match"]).search(behaviour):
            patterns = {kind: _any(entry[kind]) for kind in KINDS if entry.get(kind)}
            return Target(name, lang, sign, patterns, bool(entry.get("hurts")))
    own = [w for w in read.words(behaviour) if w not in _IDLE and len(w) > 2]
    stems = sorted({read.stem(w, lang) for w in own})
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, stems)) + r")\w{0,4}\b") if stems else None
    return Target("other", lang, sign, {"doing": pattern} if pattern else {})


@lru_cache(maxsize=2)
def _lexicon(lang: str) -> dict:
    """``words/<lang>/targets.toml``: name -> the words of each kind."""
    path = HERE / "words" / lang / "targets.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, entry in found.items():
        unknown = set(entry) - {"match", "hurts", *KINDS}
        if unknown or "match" not in entry:
            raise RuleError(f"{lang}/targets.toml, {name}: unknown or missing key {', '.join(sorted(unknown)) or 'match'}")
    return found


@lru_cache(maxsize=None)
def _any(words: str):
    """One pattern for words and phrases separated by commas; a final ``*`` stands for any ending."""
    parts = [re.escape(w.strip()).replace(r"\*", r"\w*") for w in words.split(",") if w.strip()]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")
