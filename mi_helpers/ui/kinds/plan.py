"""Plan: from an intention to something that can be done, or the insight that a plan comes too soon."""

from __future__ import annotations

from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.free import Boxes, risk_in
from mi_helpers.ui.kinds.outcome import Outcome, feedback_title
from mi_helpers.ui.paper import ticks

#: What a plan may still lack and be a plan: the exercise names it, and is done all the same.
MAY_WAIT = {"if_then_open", "review_open", "review_vague"}


class Plan(Exercise):
    """A box for each part of the plan, and a tick for "not yet"."""

    reads = True

    def body(self):
        say = self.say
        texts = self.last.get("fields", {})
        self.boxes = Boxes(self, dict(self.text.fields), texts if isinstance(texts, dict) else {})
        tick = {"type": "check", "key": "not_yet", "label": say("choice.plan_not_yet")}
        self.box = self.choice_box([tick], ask=say("exercise.ask"))
        return [*self.boxes.widgets, self.box]

    @classmethod
    def intro(cls, item, say, heading="h2"):
        intention = say("choice.plan_intention", intention=item.text(say.lang).intention)
        return super().intro(item, say, heading) + p(intention, "mi-intention")

    def ask(self, try_id, answers):
        super().ask(try_id, {"fields": self.boxes.texts(), "not_yet": answers.get("not_yet") is True})

    def missing(self, answers):
        empty = "plan_own.empty" if self.item.ready is None else "choice.plan_empty"
        return "" if answers["not_yet"] or answers["fields"] else self.say(empty)

    def judge(self, answers):
        from mi_helpers.feedback.plan import plan_remarks

        say, text, ready = self.say, self.text, self.item.ready
        fields = {key: str(words) for key, words in answers.get("fields", {}).items() if key in text.fields}
        risk = risk_in(fields.values(), say.lang, say)
        if risk:
            return Outcome(risk, say("feedback.risk_below"), False, urgent=True)
        good, look = [], []
        if answers.get("not_yet"):
            said = {True: "ready_after_all", False: "right_not_yet", None: "own_not_yet"}[ready]
            (look if ready else good).append(say(f"choice.plan_{said}"))
        elif ready is False:
            look.append(say("choice.plan_too_soon"))
        enough = bool(fields)
        if fields and (ready is not False or not answers.get("not_yet")):
            asked = tuple(text.fields)
            remarks = plan_remarks(fields, asked=asked, client=f"{text.client} {text.intention}", lang=say.lang)
            for fits, key, words in remarks:
                own = ready is None and say.has(f"plan_own.{key}")
                (good if fits else look).append(say(f"plan{'_own' if own else ''}.{key}", words=words))
                enough = enough and (fits or key in MAY_WAIT)
        not_yet = bool(answers.get("not_yet"))
        solved = not_yet and not ready or ready is not False and not not_yet and enough
        html = [feedback_title(say)]
        for kind, said in (("strength", good), ("priority", look)):
            if said:
                title = say("feedback.strength" if kind == "strength" else "choice.plan_look")
                rows = "".join(f"<li>{esc(line)}</li>" for line in said)
                html.append(f'<div class="mi-part mi-{kind}"><h4>{esc(title)}</h4><ul>{rows}</ul></div>')
        html.append(p(text.after))
        first = (good or look)[0] if good or look else text.after
        return Outcome("".join(html), f"{say('feedback.below')} {first}", solved)

    def describe(self, answers):
        said = [self.say("choice.plan_not_yet")] if answers.get("not_yet") else []
        fields = answers.get("fields") or {}
        return " · ".join(said + [f"{label}: {fields[key]}" for key, label in self.text.fields.items() if fields.get(key)])

    def models_html(self):
        title = self.say("choice.plan_models")
        return f'<section class="mi-models mi-card"><h3>{esc(title)}</h3>{self.solution(self.item, self.say)}</section>'

    @classmethod
    def paper(cls, item, say, room):
        rooms = "".join(room(label, 2, key) for key, label in item.text(say.lang).fields.items())
        return rooms + ticks([say("choice.plan_not_yet")])

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        shown = p(say("choice.plan_right_not_yet")) if item.ready is False else ""
        for model in text.models:
            rows = "".join(
                f"<dt>{esc(label)}</dt><dd>{esc(getattr(model, key))}</dd>"
                for key, label in text.fields.items()
                if getattr(model, key)
            )
            works = esc(say("solutions.works"))
            listed = f"<dl>{rows}</dl>" if rows else ""
            shown += f'<div class="mi-model">{listed}<p><strong>{works}</strong> {esc(model.why)}</p></div>'
        return shown + p(text.after)
