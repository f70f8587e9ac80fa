"""What the warm process does before the first page: all that pages do, once, for nobody.

Modules are imported, exercises and rules of both languages read, patterns compiled. Nothing is drawn, as there is no
kernel yet; what is kept goes into a folder that is thrown away.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import tempfile
from importlib import import_module
from pathlib import Path
from unittest import mock

log = logging.getLogger("mi_helpers.app")

#: What a kernel loads when it starts; one that is missing in another version is no loss.
KERNEL = """
    ipykernel.kernelapp ipykernel.ipkernel ipykernel.zmqshell ipykernel.debugger pdb psutil
    IPython.core.debugger IPython.core.oinspect IPython.extensions.storemagic IPython.utils.wildcard
    tornado.platform.asyncio tornado.locks tornado.queues
    ipywidgets anywidget mi_helpers.app.kernel
""".split()
LESSONS = range(1, 11)


def rehearse() -> None:
    """Do what pages do; what fails is logged and left to the pages."""
    for name in KERNEL:
        with contextlib.suppress(ImportError):
            import_module(name)
    with tempfile.TemporaryDirectory(dir=os.getcwd()) as folder:
        where = {"MI_COURSE_DATABASE": f"sqlite:///{Path(folder) / 'nobody.sqlite3'}", "SERVER_SOFTWARE": "voila/0"}
        with mock.patch.dict(os.environ, where), contextlib.redirect_stdout(io.StringIO()):
            for lang in ("en", "nl"):
                for step in (_pages, _replies):
                    try:
                        step(lang)
                    except Exception:
                        log.exception("the rehearsal of %s failed (%s)", step.__name__, lang)


def _pages(lang: str) -> None:
    from ipywidgets import Widget

    from mi_helpers.cases import lesson_items
    from mi_helpers.ui import page

    for lesson in LESSONS:
        lesson_items(lesson)
    shown = page("exercises", "01_righting_reflex", lang)
    shown.exercises()
    shown.next()
    Widget.close_all()


def _replies(lang: str) -> None:
    """Replies of many kinds, so that most patterns are compiled."""
    from mi_helpers import coder
    from mi_helpers.feedback import on_reply

    path = Path(coder.__file__).parent / "examples" / f"{lang}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        it = json.loads(line)
        on_reply(text=it["text"], client=it.get("client", ""), lang=lang)
