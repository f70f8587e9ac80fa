"""Say in words which rules fired on a turn, where, and why the main code won: for trainers who mend rules."""

from __future__ import annotations

from mi_helpers.coder import client, code_turn, match, reflection, weigh
from mi_helpers.coder.match import Turn
from mi_helpers.coder.rules import load


def why(text: str, *, lang: str, previous: str | None = None, speaker: str = "counsellor", target: dict | None = None) -> str:
    """Explain one turn.

    Parameters
    ----------
    text, previous : str
        The turn, and what the other said before it.
    lang : {"en", "nl"}
    speaker : {"counsellor", "client"}
    target : dict, optional
        As for :func:`mi_helpers.coder.code_turn`.

    Returns
    -------
    str
        Several lines of plain text.
    """
    coding = code_turn(text, speaker=speaker, previous=previous, target=target, lang=lang)
    turn = Turn.of(text, previous, load(lang), speaker)
    lines = [f"main code: {coding.main} ({coding.certainty}), consistent: {coding.mi_consistent}", f"because: {coding.why}"]
    lines += [f"act: {a.code} ({a.certainty}) by {a.rule}: “{coding.quote(a)}”" for a in coding.acts]
    lines += [f"push: {i.kind} by {i.rule}: “{coding.quote(i)}”" for i in coding.issues]
    lines += [f"note: {note}" for note in coding.notes]
    kinds = ("client", "risk") if speaker == "client" else ("act", "scope", "cue", "risk")
    kept = set(match.acts(turn))
    for kind in kinds:
        for hit in match.fire(turn, kind):
            start, end = turn.place(hit.start, hit.end)
            aside = ", set aside (reported, denied or the client's own words)" if kind == "act" and hit not in kept else ""
            what = hit.rule.code or hit.rule.note or kind
            lines.append(f"fired: {hit.rule.id} [{what}, {hit.rule.certainty}]{aside}: “{text[start:end]}”  ({hit.rule.file})")
    if speaker == "counsellor":
        lines += [line for i in range(len(turn.sentences)) for line in _leaning(turn, i)]
    elif coding.acts:
        lines += client.leaning_of(turn, target).told()
    return "\n".join(lines)


def _leaning(turn: Turn, sentence: int) -> list[str]:
    """How one sentence leans, and the words that tipped it."""
    start, end = turn.sentences[sentence]
    hits = [h for h in match.acts(turn) if h.sentence == sentence]
    cues = [h for h in match.fire(turn, "cue") if h.sentence == sentence]
    leaning = weigh.weigh(turn, start, end, hits, cues)
    first, *rest = leaning.told()
    lines = [f"{first}: “{turn.flat[start:end]}”", *rest]
    echoed = ", ".join(reflection.read_statement(turn, start, end, cues).echoed) or "nothing"
    return [*lines, f"  the client's own words in it: {echoed}"]
