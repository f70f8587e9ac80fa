"""What a remark needs to know: the learner's words, the client's, the language, and what was tried before."""

from __future__ import annotations

from dataclasses import dataclass

from mi_helpers.coder.model import ISSUE_KINDS
from mi_helpers.feedback.client import Piece, turn_round
from mi_helpers.feedback.words import messages, pick, shorten


@dataclass(frozen=True, slots=True)
class Scene:
    """One reply in its setting.

    Attributes
    ----------
    text : str
        The learner's words.
    lang : {"en", "nl"}
    piece : Piece or None
        A piece of the client's words to take up; None where they are not known.
    address : {"je", "u"}
        How the client is addressed in Dutch.
    earlier : tuple of tuple of str
        The issue kinds of each earlier try of this item, oldest first.
    hints : tuple of str
        The item's own hints, of which the second says what form a reply could take; empty outside an item.
    """

    text: str
    lang: str
    piece: Piece | None = None
    address: str = "je"
    earlier: tuple[tuple[str, ...], ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def turn(self) -> int:
        """How many tries went before this one."""
        return len(self.earlier)

    def times_seen(self, kind: str) -> int:
        """How often this was said before; what is no push was said where no push was named."""
        if kind in ISSUE_KINDS:
            return sum(kind in kinds for kinds in self.earlier)
        return sum(not kinds or kind in kinds for kinds in self.earlier)

    def words(self) -> dict:
        """All messages in this language."""
        return messages(self.lang)

    def quote(self, start: int, end: int) -> str:
        """The learner's words in a stretch, fit for a sentence; the whole reply where the stretch is empty."""
        return shorten(self.text[start:end].strip() or self.text)

    def alternative(self, first: str, family: str, seen: int) -> str:
        """One thing to try with this client: at first a pointer, then a form, then a whole reply.

        Parameters
        ----------
        first : str
            The message for the first time.
        family : str
            Where the messages for later times stand.
        seen : int
            How often this was said before.
        """
        if seen == 1 and self.hints:
            return self.hints[1]
        if not self.piece:
            return pick(self.words()["no_client"]["alternative"], min(seen, 2))
        message = first if not seen else self.words()["family"][family]["alternative"][min(seen, 2) - 1]
        return message.format(client=shorten(self.piece.text), draft=self.draft())

    def draft(self) -> str:
        """A plain reply made of the client's own words."""
        say = self.words()["draft"]
        ask = say[f"ask_wish_{self.address}" if self.piece.wish else f"ask_{self.address}"]
        turned = turn_round(self.piece.text, self.lang, self.address)
        if turned:
            return say["turned"].format(turned=turned, ask=ask)
        words = shorten(self.piece.text)
        return say[f"quoted_{self.address}"].format(client=words[0].upper() + words[1:], ask=ask)
