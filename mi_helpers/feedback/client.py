"""The client's own words, as something to take up: which piece, and the piece said back to them.

Careful rather than clever: where a piece cannot be turned round safely it is quoted as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mi_helpers.coder.model import Coding

WISHES = {"change_desire", "change_need", "change_commitment", "change_activation"}
LONGEST = 14  # words; more than that is no longer something to take up
_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|\n+")
_TURN = {
    "en": re.compile(r",?\s*\b(?:but|although|though)\b,?\s*", re.I),
    "nl": re.compile(
        r"(?:,\s*(?:maar|alleen|hoewel|terwijl)\b|^maar\b"
        r"|\s+maar(?=\s+(?:ik|het|dat|die|dan|je|u|mijn|ze|hij|er|als|nu|toch)\b))\s*",
        re.I,
    ),
}
_WISH = {
    "en": re.compile(r"\b(?:want|wish|hope|like to|love to|need|miss|could|trying|tried|'d like)\b", re.I),
    "nl": re.compile(r"\b(?:wil|wou|zou|graag|hoop|mis|nodig|liever|geprobeerd|probeer|best)\b", re.I),
}
_NOT = {
    "en": re.compile(r"\b(?:not|never|no|nothing|can't|cannot)\b|n't\b", re.I),
    "nl": re.compile(r"\b(?:niet|nooit|geen|niks|niets|nergens)\b", re.I),
}
_LEAD = {
    "en": re.compile(r"^(?:(?:and|but|so|well|because|yeah|yes|look|ok|okay|i mean|honestly)\b,?\s+)+", re.I),
    "nl": re.compile(r"^(?:(?:en|maar|dus|want|nou|ja|nee|kijk|eerlijk gezegd|tja|ach)\b,?\s+)+", re.I),
}

_HANGS = {
    "en": re.compile(r"(?:and |but |so |only,? )?(?:since|when|if|because|once|after|before|as|although)\b", re.I),
    "nl": re.compile(r"(?:en |maar |dus |alleen,? )?(?:sinds|als|wanneer|omdat|toen|nadat|voordat|zodra|hoewel|sedert)\b", re.I),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what the client said.

    Attributes
    ----------
    text : str
        The client's words, literally.
    change : bool
        True where the coder heard change talk in it.
    wish : bool
        True where that is a wish, a need or a readiness, so that one may ask what makes it matter.
    """

    text: str
    change: bool = False
    wish: bool = False


def piece(client: str, lang: str, coding: Coding | None = None) -> Piece | None:
    """The piece of the client's words that is best taken up; None where the client said nothing.

    Parameters
    ----------
    client : str
        What the client said.
    lang : {"en", "nl"}
    coding : Coding, optional
        The coder's reading of the client's words; its change talk goes first.
    """
    if coding:
        for act in coding.acts:
            if act.code.startswith("change"):
                bits = _bits(client[act.start : act.end], lang)
                if bits:
                    return Piece(_liveliest(bits, lang), True, act.code in WISHES)
    bits = _bits(client, lang)
    return Piece(_liveliest(bits, lang)) if bits else None


def _bits(text: str, lang: str) -> list[str]:
    found = []
    for sentence in _SENTENCE.split(text.strip()):
        for part in _TURN[lang].split(sentence):
            for bit in _at_commas(part, lang):
                bit = _LEAD[lang].sub("", bit.strip(" ,;:-–—\"“”()")).rstrip(".!?… ")
                if bit:
                    found.append(bit)
    return found


def _at_commas(part: str, lang: str) -> list[str]:
    """Split at commas, but leave together what would be shorter than four words or begin with "since", "when" …"""
    bits: list[str] = []
    for bit in part.split(", "):
        if bits and (len(bit.split()) < 4 or len(bits[-1].split()) < 4 or _HANGS[lang].match(bits[-1])):
            bits[-1] += ", " + bit
        else:
            bits.append(bit)
    return bits


def _liveliest(bits: list[str], lang: str) -> str:
    """A wish before the rest; then the first piece of some length."""
    wishes = [b for b in bits if _WISH[lang].search(b) and not _NOT[lang].search(b)]
    long_enough = [b for b in bits if len(b.split()) >= 3]
    chosen = next((b for b in wishes if len(b.split()) >= 3), None) or (long_enough or bits)[0]
    words = chosen.split()
    return chosen if len(words) <= LONGEST else " ".join(words[:LONGEST]) + "…"


_EN = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "me": "you", "my": "your",
    "mine": "yours", "myself": "yourself", "am": "are",
}  # fmt: skip
_EN_AFTER_I = {"was": "were", "wasn't": "weren't"}
#: Verbs right after "ik", with their forms for je and u; any other verb is left to the learner.
_NL_VERBS = {
    "ben": ("bent", "bent"), "heb": ("hebt", "hebt"), "wil": ("wilt", "wilt"), "kan": ("kunt", "kunt"),
    "zou": ("zou", "zou"), "moet": ("moet", "moet"), "mag": ("mag", "mag"), "zal": ("zult", "zult"),
    "was": ("was", "was"), "had": ("had", "had"), "wou": ("wou", "wou"), "wilde": ("wilde", "wilde"),
    "kon": ("kon", "kon"), "vind": ("vindt", "vindt"), "voel": ("voelt", "voelt"), "hoop": ("hoopt", "hoopt"),
    "mis": ("mist", "mist"), "weet": ("weet", "weet"), "denk": ("denkt", "denkt"), "werk": ("werkt", "werkt"),
    "slaap": ("slaapt", "slaapt"), "drink": ("drinkt", "drinkt"), "rook": ("rookt", "rookt"), "eet": ("eet", "eet"),
    "schaam": ("schaamt", "schaamt"), "merk": ("merkt", "merkt"), "zie": ("ziet", "ziet"), "doe": ("doet", "doet"),
    "ga": ("gaat", "gaat"), "zit": ("zit", "zit"), "vergeet": ("vergeet", "vergeet"), "durf": ("durft", "durft"),
    "probeer": ("probeert", "probeert"), "begin": ("begint", "begint"), "word": ("wordt", "wordt"),
    "maak": ("maakt", "maakt"),
}  # fmt: skip
_REFLEXIVE = {"voel", "schaam", "maak"}
_NL_OWN = {
    "je": {"mijn": "je", "m'n": "je", "me": "je", "mij": "jou", "mezelf": "jezelf", "mijzelf": "jezelf"},
    "u": {"mijn": "uw", "m'n": "uw", "me": "u", "mij": "u", "mezelf": "uzelf", "mijzelf": "uzelf"},
}
#: Words that make a turn unsafe: a second person, or a "we" that may hold the counsellor.
_SECOND = {
    "en": {"you", "your", "you're", "yours", "we", "us", "our", "we're"},
    "nl": {"je", "jij", "jou", "jouw", "u", "uw", "ge", "gij", "jullie", "we", "wij", "ons", "onze"},
}


def turn_round(text: str, lang: str, address: str = "je") -> str | None:
    """A short clause in the first person said back in the second, or None where that is not safe.

    Parameters
    ----------
    text : str
        A piece of the client's words, such as ``"I want to be fit for my son"``.
    lang : {"en", "nl"}
    address : {"je", "u"}
        How the client is addressed in Dutch.

    Returns
    -------
    str or None
        ``"You want to be fit for your son."``
    """
    words = text.replace("’", "'").split()
    if not 3 <= len(words) <= LONGEST or "…" in text or "?" in text:
        return None
    turned = _turn_en(words) if lang == "en" else _turn_nl(words, address)
    if not turned:
        return None
    said = " ".join(turned)
    return said[0].upper() + said[1:] + "."


def _turn_en(words: list[str]) -> list[str] | None:
    low = [w.lower().strip(",") for w in words]
    if low[0] not in ("i", "i'm", "i've", "i'd", "i'll", "my") or set(low) & _SECOND["en"]:
        return None
    out = []
    for i, word in enumerate(words):
        bare = word.rstrip(",")
        tail = word[len(bare) :]
        if i and low[i - 1] == "i" and bare.lower() in _EN_AFTER_I:
            out.append(_EN_AFTER_I[bare.lower()] + tail)
        else:
            out.append(_EN.get(bare.lower(), bare) + tail)
    return out


def _turn_nl(words: list[str], address: str) -> list[str] | None:
    low = [w.lower().strip(",") for w in words]
    own, polite = _NL_OWN[address], address == "u"
    if set(low) & _SECOND["nl"] or "ik" in low[1:]:
        return None
    shifted = [own.get(bare, word.rstrip(",")) + word[len(word.rstrip(",")) :] for bare, word in zip(low, words)]
    if low[0] == "ik" and low[1] in _NL_VERBS:
        if polite and low[1] in _REFLEXIVE and low[2] == "me":
            shifted[2] = "zich"
        return [address, _NL_VERBS[low[1]][polite], *shifted[2:]]
    if low[0] in ("mijn", "m'n") and not {"me", "mij"} & set(low):
        return shifted
    return None
