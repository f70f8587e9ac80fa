"""Rules as data: read them from TOML, check them, and compile them once per language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from mi_helpers.coder import sieve
from mi_helpers.coder.kept import fingerprint, place
from mi_helpers.coder.model import CLIENT_CODES, COUNSELLOR_CODES, ISSUE_KINDS, RISK_KINDS
from mi_helpers.coder.pattern import Nothing, Pattern, RuleError

HERE = Path(__file__).resolve().parent
KINDS = ("act", "scope", "cue", "client", "risk")
#: The rules that are looked for together: in a counsellor's turn, in a client's.
SIEVES = {"counsellor": ("act", "scope", "cue", "risk"), "client": ("client", "risk")}
SCOPES = ("sentence", "turn")
KEYS = {
    "id", "kind", "code", "issue", "pattern", "unless", "unless_previous", "needs_previous", "scope", "certainty",
    "consistent", "note", "message", "source", "fires_on", "silent_on", "known_miss", "through", "exempt",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule: what it looks for, where it is silent, what it means and where that is defined.

    Attributes
    ----------
    id : str
        ``"nl.advice.why-not"``; the twin in the other language shares all but the first part.
    kind : str
        ``act`` gives a code to a stretch of the turn; ``scope`` marks words that are reported or denied, inside which no push fires; ``cue`` adds a note;
        ``client`` codes client speech; ``risk`` marks risk content.
    code, issue, note : str or None
        The code it gives, the push in disguise it names, the note it leaves on the coding.
    pattern : Pattern
    unless : tuple of Pattern
        Where one of these is found in the same sentence (or turn), the rule is silent.
    needs_previous, unless_previous : Pattern or None
        Looked for in what the client said before.
    scope : {"sentence", "turn"}
    certainty : {"clear", "likely", "unsure"}
    consistent : bool, None or "code"
        Overrides what the code means for consistency.
    through : bool
        Fires also inside reported or denied words.
    source : str
        Where the rule comes from: section of the MITI manual, inventory item, course convention.
    fires_on, silent_on, known_miss : tuple of str
        Examples. In ``fires_on`` the words to be marked stand between ``«`` and ``»``; what the client said before
        stands in front of `` => ``.
    """

    id: str
    kind: str
    pattern: Pattern
    code: str | None = None
    issue: str | None = None
    note: str | None = None
    unless: tuple[Pattern, ...] = ()
    needs_previous: Pattern | None = None
    unless_previous: Pattern | None = None
    scope: str = "sentence"
    certainty: str = "likely"
    consistent: bool | None | str = "code"
    through: bool = False
    source: str = ""
    message: str = ""
    fires_on: tuple[str, ...] = ()
    silent_on: tuple[str, ...] = ()
    known_miss: tuple[str, ...] = ()
    exempt: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """All rules of one language, by kind, with the word lists they stand on.

    ``sieves`` find the rules that could fire on a text (see :mod:`mi_helpers.coder.sieve`): one for the counsellor's
    turns and one for the client's.
    """

    lang: str
    rules: tuple[Rule, ...]
    words: dict[str, frozenset[str]] = field(repr=False)
    synonyms: dict[str, str] = field(repr=False)
    variants: dict[str, str] = field(repr=False)
    by_kind: dict[str, tuple[Rule, ...]] = field(repr=False)
    sieves: dict[str, sieve.Sieve] = field(repr=False)


@lru_cache(maxsize=None)
def without(rule: Rule) -> Rule:
    """The same rule for a text that is known not to hold it: it looks for nothing."""
    return replace(rule, pattern=Nothing())


def read_words(lang: str) -> dict[str, frozenset[str]]:
    """The word lists of one language: one plain file per list, a word or phrase per line, ``#`` for comments."""
    return {path.stem: word_list(lang, path.stem) for path in sorted((HERE / "words" / lang).glob("*.txt"))}


@lru_cache(maxsize=None)
def word_list(lang: str, name: str) -> frozenset[str]:
    """One word list, e.g. ``word_list("nl", "feeling")``."""
    text = (HERE / "words" / lang / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#")[0].strip().lower() for line in text.splitlines())
    return frozenset(line for line in lines if line)


def parse_rule(raw: dict, lists, fragments, file: str) -> Rule:
    """Check one record of a rule file; raises :class:`RuleError` with file, rule and key."""
    where = f"{file}, rule {raw.get('id', '(without id)')}"
    unknown = set(raw) - KEYS
    if unknown:
        raise RuleError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    for key in ("id", "pattern", "kind"):
        if not raw.get(key):
            raise RuleError(f"{where}: {key} is missing")
    if raw["kind"] not in KINDS:
        raise RuleError(f"{where}: kind {raw['kind']!r} is not one of {', '.join(KINDS)}")
    codes = {"client": CLIENT_CODES, "risk": RISK_KINDS}.get(raw["kind"], COUNSELLOR_CODES)
    for key, allowed in (("code", codes), ("issue", ISSUE_KINDS), ("certainty", ("clear", "likely", "unsure")), ("scope", SCOPES)):
        if raw.get(key) is not None and raw[key] not in allowed:
            raise RuleError(f"{where}: {key} {raw[key]!r} is not known")
    pat = lambda p: Pattern(p, lists, fragments, where)  # noqa: E731
    return Rule(
        **{k: raw[k] for k in ("id", "kind", "code", "issue", "note", "scope", "certainty", "consistent", "through", "source", "message", "exempt") if k in raw},
        **{k: tuple(raw.get(k, ())) for k in ("fires_on", "silent_on", "known_miss")},
        pattern=pat(raw["pattern"]),
        unless=tuple(pat(p) for p in raw.get("unless", ())),
        needs_previous=pat(raw["needs_previous"]) if "needs_previous" in raw else None,
        unless_previous=pat(raw["unless_previous"]) if "unless_previous" in raw else None,
        file=file,
    )  # fmt: skip


@lru_cache(maxsize=2)
def load(lang: str) -> RuleSet:
    """Read, check and compile all rules of one language (``"en"`` or ``"nl"``); kept for the life of the process.

    Raises
    ------
    RuleError
        If a file is no TOML, a rule breaks the schema, or an id is used twice.
    """
    lists = read_words(lang)
    folder = HERE / "rules" / lang
    fragments = {}
    for path in sorted(folder.glob("fragments*.toml")):
        fragments |= tomllib.loads(path.read_text(encoding="utf-8"))
    rules, seen = [], {}
    for path in sorted(folder.glob("*.toml")):
        if path.name.startswith("fragments"):
            continue
        name = f"{lang}/{path.name}"
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as e:
            raise RuleError(f"{name}: {e}") from None
        if set(data) - {"rule"}:
            raise RuleError(f"{name}: unknown table {', '.join(sorted(set(data) - {'rule'}))}")
        for raw in data.get("rule", ()):
            rule = parse_rule(raw, lists, fragments, name)
            if rule.id in seen:
                raise RuleError(f"{name}: the id {rule.id} is used already in {seen[rule.id]}")
            seen[rule.id] = name
            rules.append(rule)
    by_kind = {kind: tuple(r for r in rules if r.kind == kind) for kind in KINDS}
    sieves = {name: sieve.Sieve(tuple(r for r in rules if r.kind in kinds)) for name, kinds in SIEVES.items()}
    files = [*folder.glob("*.toml"), *(HERE / "words" / lang).glob("*.txt"), HERE / "gate.py", HERE / "sieve.py"]
    sieve.prepare(sieves, lists.get("stop", frozenset()), place(f"rules-{lang}"), fingerprint(files))
    return RuleSet(lang, tuple(rules), lists, _read_synonyms(lang), _read_variants(lang), by_kind, sieves)


def _read_synonyms(lang: str) -> dict[str, str]:
    """Map each word of ``words/<lang>/synonyms.tsv`` (a group per line) to the first word of its group."""
    path = HERE / "words" / lang / "synonyms.tsv"
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        group = line.split("#")[0].split()
        for word in group:
            found[word] = group[0]
    return found


def _read_variants(lang: str) -> dict[str, str]:
    """Map slips and regional spellings to the usual form: ``words/<lang>/variants.tsv``, usual form first."""
    found = {}
    for line in (HERE / "words" / lang / "variants.tsv").read_text(encoding="utf-8").splitlines():
        usual, *typed = [part.strip() for part in line.split("#")[0].split("\t") if part.strip()] or [""]
        found |= dict.fromkeys(typed, usual)
    return found


@lru_cache(maxsize=1)
def version() -> str:
    """Short fingerprint of all rules, word lists and weights, stored with every try."""
    return fingerprint([path for name in ("rules", "words", "weights") for path in (HERE / name).rglob("*.t*")])
