"""From hits to acts, and from acts to the one code that decides how the client will hear the turn."""

from __future__ import annotations

from dataclasses import dataclass

from mi_helpers.coder import client, match, naming, reflection, weigh
from mi_helpers.coder import text as read
from mi_helpers.coder.leaning import Leaning
from mi_helpers.coder.match import Hit, Turn, meaning
from mi_helpers.coder.model import CONSISTENT, RANK, Act, Certainty, Issue

#: Where two readings of the same words are equally sure, the earlier of these wins.
PRECEDENCE = (
    "warn", "confront", "direct", "advise_without_permission", "reassure", "advise_with_permission",
    "seek_permission", "emphasize_autonomy", "summary", "open_question", "closed_question", "affirmation",
    "complex_reflection", "simple_reflection", "support", "structure", "give_information", "facilitate", "other",
)  # fmt: skip
#: From these chances on a sentence is a push, and plainly one against a sure rule; below the last it is hardly one.
PUSH, PLAINLY, HARDLY = 0.54, 0.6, 0.4
#: Below this chance not even a clear rule makes it one.
NOT = 0.05
#: Reported or denied words are no push, unless the whole is one beyond doubt.
SURELY = 0.95
#: Words in the order of a question are one from this chance on.
ASKS = 0.12
#: From this chance of a push on it is not called listening; the chance from which a reading is likely, and clear.
DOUBT, LIKELY, CLEAR = 0.4, 0.45, 0.85
#: So many characters a turn with a summary has at least.
SUMMARY = 70
#: Which push decides, where a turn holds several.
HARSHEST = ("warn", "direct", "confront", "advise_without_permission", "reassure")
#: Acts that carry a turn by themselves; the rest (thanks, "mm-hm") accompanies.
LIGHT = {"facilitate", "support", "other", "structure"}
QUESTIONS = {"open_question", "closed_question"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the turn comes to; see :class:`mi_helpers.coder.model.Coding` for the fields."""

    main: str
    mi_consistent: bool | None
    certainty: Certainty
    acts: tuple[Act, ...]
    issues: tuple[Issue, ...]
    notes: tuple[str, ...]
    why: str


def decide(turn: Turn, target: dict | None = None) -> Decision:
    """Code a counsellor's turn that is known to be one (see :mod:`special`)."""
    acts, named, notes = read_acts(turn)
    issues = naming.weighed(turn, acts, named)
    main = _main(acts)
    consistent = False if any(a.consistent is False for a in acts) else True if any(a.consistent for a in acts) else None
    certainty = main.certainty
    notes |= _follows(turn, acts, target)
    if _switches_register(turn):
        notes.add("register_switch")
    if not turn.previous:
        notes.add("no_previous")
        certainty = "likely" if certainty == "clear" and main.code.endswith("reflection") else certainty
    why = f"{main.rule} ({main.certainty}) on “{turn.flat[main.start:main.end]}”"
    return Decision(main.code, consistent, certainty, acts, issues, tuple(sorted(notes)), why)


def read_acts(turn: Turn) -> tuple[tuple[Act, ...], tuple[Issue, ...], set[str]]:
    """The acts of a turn (each code once), the pushes that rules name in it, and what else was seen."""
    hits, cues = match.acts(turn), match.fire(turn, "cue")
    notes = {h.rule.note for h in cues if h.rule.note and h.rule.note not in weigh.SIGNS}
    found: list[Act] = []
    for i, (start, end) in enumerate(turn.sentences):
        here = [h for h in hits if h.sentence == i]
        found += _acts_in(turn, start, end, here, [c for c in cues if c.sentence == i], notes)
    found = _permission(_join(found), turn, notes)
    return tuple(_once_each(found)), naming.by_rules(found, hits, cues, turn), notes


def _acts_in(turn: Turn, start: int, end: int, hits: list[Hit], cues: list[Hit], notes: set[str]) -> list[Act]:
    """The acts of one stretch of a sentence: its strongest hit takes its clause to the end, the rest stands before."""
    leaning = weigh.weigh(turn, start, end, hits, cues)
    pushes = [h for h in hits if meaning(h) is False and h.rule.certainty != "unsure"]
    if leaning.of(weigh.PUSHES) < SURELY and any(start <= h.start < end for h in match.fire(turn, "scope")):
        leaning = leaning.without(weigh.PUSHES)  # somebody else's words, or denied ones
    else:
        push = leaning.of((*weigh.PUSHES, "reassure"))
        pushes = [h for h in pushes if push >= (NOT if h.rule.certainty == "clear" else HARDLY)]
    hits = [h for h in hits if meaning(h) is not False or h in pushes]
    best = min(pushes, key=lambda h: (h.start, -RANK[h.rule.certainty])) if pushes else _strongest(hits)
    if best is None or not pushes and not _stands(best, leaning):
        asks = any(h.rule.code in QUESTIONS for h in hits)
        return [_weighed(turn, start, end, leaning, [c for c in cues if start <= c.start < end], notes, asks)]
    begin = max(c for c in read.clause_starts(turn.flat, start, end) if c <= best.start)
    rest: list[Act] = []
    if len(read.words(turn.flat[start:begin])) >= 3:
        rest = _acts_in(turn, start, begin, [h for h in hits if h.start < begin], cues, notes)
        rest = [a for a in rest if a.code != "other" and (a.consistent is not False or leaning.of(weigh.PUSHES) >= HARDLY)]
    else:
        begin = start
    # other pushes of another code behind the first
    later = [h for h in pushes if h.start >= best.end and h.rule.code != best.rule.code]
    if later:
        cut = max(c for c in read.clause_starts(turn.flat, start, end) if c <= later[0].start)
        if cut > begin:
            return [*rest, _act(best, begin, cut), *_acts_in(turn, cut, end, [h for h in hits if h.start >= cut], cues, notes)]
    if best.rule.note:
        notes.add(best.rule.note)
    return [*rest, _act(best, begin, end)]


def _stands(hit: Hit, leaning: Leaning) -> bool:
    """Does what one rule saw decide, or the sentence as a whole? A sure rule gives way to a plain push only."""
    push = leaning.of(weigh.PUSHES)
    if hit.rule.code in QUESTIONS and hit.rule.certainty != "unsure":  # its word order asks
        return push < PLAINLY and leaning.of((*QUESTIONS, "seek_permission")) > ASKS
    if hit.rule.note:  # it knows that it can be heard in two ways
        return True
    if hit.rule.certainty == "clear":
        return push < PLAINLY
    return push < PUSH and leaning.of(weigh.alike(hit.rule.code)) > (ASKS if hit.rule.certainty == "likely" else LIKELY)


def _weighed(turn: Turn, start: int, end: int, leaning: Leaning, cues: list[Hit], notes: set[str], asks: bool) -> Act:
    """The act that a stretch is as a whole; where listening and push weigh alike it is said to be neither."""
    lang, push, listening = turn.rules.lang, leaning.of(weigh.PUSHES), leaning.of(weigh.LISTENING)
    likeliest = lambda codes: max(codes, key=lambda code: leaning.of(weigh.alike(code)))  # noqa: E731
    if push >= PUSH:
        code, certainty = leaning.best(weigh.PUSHES), "likely"
    elif push > DOUBT and max(push, listening) > 0.4:
        code, certainty = likeliest(weigh.CODES), "unsure"
    else:
        code = likeliest([c for c in weigh.CODES if c not in weigh.PUSHES])
        certainty = "likely" if leaning.of(weigh.LISTENING if code in weigh.LISTENING else weigh.NEITHER) >= LIKELY else "unsure"
    consistent = (False if code == "reassure" else CONSISTENT.get(code)) if certainty != "unsure" else None
    if code in weigh.REFLECTIONS:
        reading = reflection.read_statement(turn, start, end, cues)
        codes = weigh.REFLECTIONS if len(turn.flat) >= SUMMARY else weigh.REFLECTIONS[:2]
        code = reading.code if "word_for_word" in reading.notes else leaning.best(codes)
        if certainty == "likely":
            notes.update(n for n in reading.notes if n in ("word_for_word", "stock_opener", "double_sided", "adds_feeling", "adds_meaning"))
            consistent = True
            if reading.heard and leaning.of(weigh.REFLECTIONS) >= CLEAR:
                certainty = "clear"
    issue = naming.shape(turn, start, end, code, cues, asks) if consistent is False else None
    return Act(code, start, end, f"{lang}.weighed.{code.replace('_', '-')}", certainty, consistent, issue)


def _strongest(hits: list[Hit]) -> Hit | None:
    if not hits:
        return None
    return min(hits, key=lambda h: (-RANK[h.rule.certainty], PRECEDENCE.index(h.rule.code), h.start))


def _act(hit: Hit, start: int, end: int) -> Act:
    return Act(hit.rule.code, start, end, hit.rule.id, hit.rule.certainty, meaning(hit), hit.rule.issue)


def _join(found: list[Act]) -> list[Act]:
    """Neighbours with the same code are one act; words that no rule could place go with their neighbour."""
    placed = [a for a in found if a.code != "other" or a.certainty != "unsure"] or found[:1]
    joined: list[Act] = []
    for act in placed:
        last = joined[-1] if joined else None
        if last and last.code == act.code and last.consistent == act.consistent:
            keep = last if RANK[last.certainty] >= RANK[act.certainty] else act
            joined[-1] = Act(keep.code, last.start, act.end, keep.rule, keep.certainty, keep.consistent, last.issue or act.issue)
        else:
            joined.append(act)
    return joined


def _permission(found: list[Act], turn: Turn, notes: set[str]) -> list[Act]:
    """Advice the client asked for, or may really set aside, is advice with permission."""
    allowed = "advice_requested" in notes or "real_autonomy" in notes
    out = []
    for act in found:
        mild = act.code == "advise_without_permission" and not any(a.code in ("warn", "confront", "direct") for a in found)
        if mild and allowed and act.issue not in ("leading_question", "pseudo_reflection_advice"):
            rule = f"{turn.rules.lang}.permission." + ("asked-for" if "advice_requested" in notes else "free-to-set-aside")
            act = Act("advise_with_permission", act.start, act.end, rule, act.certainty, True, None)
        out.append(act)
    return out


def _follows(turn: Turn, acts: tuple[Act, ...], target: dict | None) -> set[str]:
    """Does the turn take up the client's words, and among them the half that speaks for change?"""
    if not turn.previous:
        return set()
    said = [turn.flat[a.start : a.end] for a in acts if a.consistent is not False]
    mine = {stem for part in said for stem in match.content(part, turn.rules)}
    theirs = set(match.content(turn.previous, turn.rules))
    if not mine & theirs:
        return set()
    notes = {"follows_client"}
    half = client.change_half(turn.previous, target, turn.rules.lang)
    if half:
        change = set(match.content(turn.previous[half[0] : half[1]], turn.rules))
        elsewhere = set(match.content(turn.previous[: half[0]] + " " + turn.previous[half[1] :], turn.rules))
        if mine & (change - elsewhere):
            notes.add("answers_change_half")
    return notes


def _switches_register(turn: Turn) -> bool:
    """Does one turn say both *u* and *je* (Dutch)?"""
    polite, familiar = turn.rules.words.get("polite", ()), turn.rules.words.get("familiar", ())
    said = set(read.words(turn.flat))
    return bool(said & set(polite)) and bool(said & set(familiar))


def _once_each(found: list[Act]) -> list[Act]:
    """Each code once per turn (MITI): the surest stretch stands for it."""
    best: dict[str, Act] = {}
    for act in found:
        if act.code not in best or RANK[act.certainty] > RANK[best[act.code].certainty]:
            best[act.code] = act
    return sorted(best.values(), key=lambda a: a.start)


def _main(acts: tuple[Act, ...]) -> Act:
    pushes = [a for a in acts if a.consistent is False]
    if pushes:
        return min(pushes, key=lambda a: (-RANK[a.certainty], HARSHEST.index(a.code) if a.code in HARSHEST else 9))
    for code in ("summary", "advise_with_permission"):
        for act in acts:
            if act.code == code:
                return act
    heavy = [a for a in acts if a.code not in LIGHT] or acts
    heavy = [a for a in heavy if a.certainty != "unsure"] or [a for a in acts if a.certainty != "unsure"] or heavy
    last = heavy[-1]
    if last.code == "closed_question" and len(heavy) > 1 and heavy[-2].code == "give_information":
        return heavy[-2]
    return last
