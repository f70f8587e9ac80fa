"""``mi-course code`` and ``mi-course feedback``: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path


class BrokenLine(Exception):
    """A line that cannot be answered, with what is wrong with it."""


def run(source: str, answer: Callable[[dict], dict], *, keep_going: bool = False) -> int:
    """Answer every line of a file.

    Parameters
    ----------
    source : str
        A file's path, or ``-`` for standard input; UTF-8 either way.
    answer : callable
        Takes one record, returns the answer without the id; raises ``BrokenLine``.
    keep_going : bool
        Report a broken line and go on, instead of stopping at it.

    Returns
    -------
    int
        The exit status: 2 where a line was broken or the file could not be read, else 0.
    """
    try:
        stream = sys.stdin.buffer if source == "-" else Path(source).open("rb")
    except OSError as trouble:
        _complain(f"{source}: {trouble.strerror or trouble}")
        return 2
    status = 0
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                record = _record(line)
                said = {"id": record["id"], **answer(record)}
            except BrokenLine as broken:
                status = 2
                _complain(f"line {number}: {broken}")
                if not keep_going:
                    break
            else:
                _write(said)
    return status


def code(record: dict, lang: str) -> dict:
    """What the coder says about one turn."""
    from mi_helpers.coder import code_turn

    speaker = record.get("speaker") or "counsellor"
    if speaker not in ("counsellor", "client"):
        raise BrokenLine(f'"speaker" is "counsellor" or "client", not {speaker!r}')
    return code_turn(
        _text(record, "text"),
        speaker=speaker,
        previous=_text(record, "previous", needed=False) or None,
        target=_target(record),
        lang=lang,
    ).as_record()


def feedback(record: dict, lang: str) -> dict:
    """What the course says to a learner about one reply."""
    from mi_helpers.feedback import on_reply

    return on_reply(
        client=_text(record, "client", needed=False),
        text=_text(record, "text"),
        lang=lang,
        reflex=_text(record, "reflex", needed=False),
        task=_text(record, "task", needed=False) or "rewrite",
        target=_target(record),
        register=_text(record, "register", needed=False) or None,
    ).as_record()


def _record(line: bytes) -> dict:
    try:
        record = json.loads(line.decode("utf-8-sig"))  # Windows likes to begin a file with a byte order mark
    except UnicodeDecodeError:
        raise BrokenLine("not in UTF-8") from None
    except (ValueError, RecursionError) as wrong:
        raise BrokenLine(f"no JSON ({wrong})") from None
    if not isinstance(record, dict):
        raise BrokenLine("a line holds one JSON object, in braces")
    if "id" not in record:
        raise BrokenLine('"id" is missing')
    return record


def _text(record: dict, key: str, *, needed: bool = True) -> str:
    value = record.get(key)
    if value is None and not needed:
        return ""
    if key not in record:
        raise BrokenLine(f'"{key}" is missing')
    if not isinstance(value, str):
        raise BrokenLine(f'"{key}" is a text, not {type(value).__name__}')
    return value


def _target(record: dict) -> dict | None:
    target = record.get("target") or None
    if target is None:
        return None
    fits = isinstance(target, dict) and isinstance(target.get("behaviour"), str)
    if not fits or target.get("direction") not in ("more", "less"):
        raise BrokenLine('"target" is {"behaviour": a text, "direction": "more" or "less"}')
    return target


#: Signs that end a line for some readers but stand unescaped in JSON.
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def _write(said: dict) -> None:
    """One line, in UTF-8 whatever the console prefers; half characters stay the escapes that they were."""
    line = json.dumps(said, ensure_ascii=False).translate(_LINE_ENDS)
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _complain(said: str) -> None:
    sys.stderr.buffer.write(f"mi-course: {said}\n".encode(sys.stderr.encoding or "utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()
