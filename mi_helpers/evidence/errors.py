"""What is wrong, said in both languages."""

from __future__ import annotations

from mi_helpers.evidence.numbers import filled
from mi_helpers.evidence.texts import say


class EvidenceError(ValueError):
    """Figures that cannot be used as they are.

    Parameters
    ----------
    code : str
        What is wrong, a key of ``[error]`` in ``words/<lang>/errors.toml``.
    where : str
        The study or field it is about; may be empty.
    **values
        What the sentence needs.

    Attributes
    ----------
    code, where : str
    values : dict
    """

    def __init__(self, code: str, where: str = "", **values: object):
        self.code, self.where, self.values = code, where, values
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """The sentence a learner reads, with the study named in front where there is one."""
        said = say(f"error.{self.code}", lang).format(**filled(self.values, lang))
        return f"{self.where}: {said}" if self.where else said
