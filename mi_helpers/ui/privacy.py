"""What is kept of the learner: where, what, who can read it, for how long; a copy of it, and the way to erase it."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from mi_helpers.progress import team
from mi_helpers.ui.box import trouble_sentence
from mi_helpers.ui.choice_box import ChoiceBox, radios
from mi_helpers.ui.guard import guarded
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.parts import Parts

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings

#: What is counted, in the order of the page.
_COUNTED = ("tries", "drafts", "reviews", "done", "settings")


def setting_of(store: Store) -> str:
    """Which of the course's settings this is: ``"file"``, ``"database"``, ``"server"``, or ``"memory"`` where nothing
    can be kept at the moment."""
    if not store.where or (store.trouble and not store.trouble.kept_in):
        return "memory"
    if store.account:
        return "server"
    return "database" if "://" in store.where else "file"


def days_kept() -> int | None:
    """After how many days words are removed by themselves; None: never."""
    try:
        return team.retention_days()
    except ValueError:
        return None


def privacy_html(store: Store, say: Strings) -> str:
    """The whole account of what is kept, true for this very learner and place."""
    where = setting_of(store)
    parts = [("where", [say(f"privacy.where_{where}", where=store.where)])]
    if where == "server":
        parts[0][1].append(say("privacy.where_account", learner=store.learner))
    parts.append(("who", [say(f"privacy.who_{where}")]))
    days = days_kept() if where in ("server", "database") else None
    long = say("privacy.long_days", days=days) if days else say(f"privacy.long_{where}")
    browser = say("privacy.browser" if store.kept == "words" else "privacy.browser_only")
    parts += [("long", [long]), ("browser", [browser]), ("never", [say("privacy.never")])]
    shown = [_part(name, lines, say) for name, lines in parts]
    shown.insert(1, _what(store, say))
    return f'<div class="mi-page mi-privacy-page">{"".join(shown)}</div>'


def _part(name: str, lines: list[str], say: Strings) -> str:
    return f"<h2>{esc(say(f'privacy.{name}_title'))}</h2>{''.join(p(line) for line in lines)}"


def _what(store: Store, say: Strings) -> str:
    summary = store.summary()
    rows = "".join(f"<li>{esc(say(f'privacy.{name}', n=summary['counts'][name]))}</li>" for name in _COUNTED)
    aside = "".join(p(say("privacy.aside", where=path)) for path in summary["kept_aside"])
    return f"{_part('what', [say(f'privacy.what_{store.kept}')], say)}<ul>{rows}</ul>{p(say('privacy.when'))}{aside}"


class Privacy:
    """The account of what is kept, and what the learner can do with it.

    Attributes
    ----------
    root : ipywidgets.VBox
        What is to be displayed.
    """

    def __init__(self, store: Store, say: Strings):
        self.store, self.say = store, say
        self._parts = parts = Parts()
        self.account = parts.html()
        self.kept = self._box(self._choices(), say("privacy.keep_ask"), self._keep) if store.account else None
        self.copy = parts.button(say("privacy.copy"), self._guard(self._make_copy))
        self.link = parts.html()
        sure = {"type": "check", "key": "sure", "label": say("privacy.erase_sure")}
        self.erase = self._box([sure], say("privacy.erase"), self._erase)
        self.leave = parts.button(say("privacy.leave"), self._guard(self._forget))
        keeping = [parts.html(_part("keep", [say("privacy.keep")], say)), self.kept] if self.kept else []
        self.root = parts.column(
            self.account,
            *keeping,
            parts.html(_part("copy", [say("privacy.copy_about")], say)),
            parts.row(self.copy, self.link),
            parts.html(_part("erase", [say(f"privacy.erase_{'server' if store.account else 'own'}")], say)),
            self.erase,
            parts.html(_part("leave", [say("privacy.leave_about")], say)),
            parts.row(self.leave),
            css="mi-page mi-stack mi-privacy-page",
        )
        self._draw()

    def _box(self, controls: list[dict], ask: str, then) -> ChoiceBox:
        return self._parts.choice(self.store, self.say, controls, ask, then, values={"keep": self.store.kept})

    def _choices(self) -> list[dict]:
        allowed = [what for what in reversed(team.KEEPINGS) if team.least(self.store.allowed, what) == what]
        labels = {what: self.say(f"privacy.keep_{what}") for what in allowed}
        return [radios("keep", self.say("privacy.keep_label"), labels)]

    def _guard(self, callback):
        return guarded(callback, lambda said: self.erase.tell(said), self.say("guard.sorry"))

    def _draw(self) -> None:
        self.account.value = privacy_html(self.store, self.say)

    def _keep(self, values: dict) -> None:
        what = values.get("keep")
        if what not in team.KEEPINGS:
            self.kept.tell(self.say("choice.nothing"))
            return
        kept = self.store.keep(what)
        self._draw()
        self.kept.tell(self.say("privacy.keep_done") if kept else trouble_sentence(self.store, self.say))

    def _make_copy(self) -> None:
        taken = self.store.export()
        if self.store.account:
            del taken["where"]  # the address of the server's database is nobody's business
        text = json.dumps(taken, ensure_ascii=False, indent=2)
        data = base64.b64encode(text.encode("utf-8")).decode("ascii")
        label = esc(self.say("privacy.copy_save"))
        address = f"data:application/json;base64,{data}"
        self.link.value = f'<a class="mi-button mi-primary" download="mi-course.json" href="{address}">{label}</a>'
        self.erase.announce(self.say("privacy.copy_save"))

    def _erase(self, values: dict) -> None:
        if values.get("sure") is not True:
            self.erase.tell(self.say("privacy.erase_unsure"))
            return
        erased = self.store.erase()
        if erased:
            self.erase.forget()
            self.link.value = ""
        self._draw()
        self.erase.tell(self.say("privacy.erased") if erased else trouble_sentence(self.store, self.say))

    def _forget(self) -> None:
        self.erase.forget()
        self.erase.tell(self.say("privacy.left"))
