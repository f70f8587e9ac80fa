"""Is all well? For whoever watches over the service; no words and no names in the answer."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time

from jupyter_server.auth.decorator import allow_unauthenticated

from mi_helpers.app.base import CourseHandler

log = logging.getLogger("mi_helpers.app")
KEEP = 5.0  # seconds for which an answer about the database holds: a watcher must not be a load


class Health(CourseHandler):
    """``GET /health``: 200 where words can be kept, 503 where they cannot."""

    @allow_unauthenticated
    async def get(self):
        course = self.course
        trouble = await database_trouble(course)
        answer = {"ok": not trouble, "database": trouble or "ok", "pages": len(course.places)}
        answer |= {"kernels": len(course.kernel_manager.list_kernel_ids()), "full": course.places.is_full}
        self.set_status(503 if trouble else 200)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(answer) + "\n")


async def database_trouble(course) -> str | None:
    """What is wrong with the store, in a word or two; None where all is well."""
    when, said = getattr(course, "_database_said", (0.0, None))
    if not when or time.monotonic() - when > KEEP:
        said = await asyncio.to_thread(_ask_store)
        course._database_said = (time.monotonic(), said)
    return said


def _ask_store() -> str | None:
    """The one place where the server asks the store how it is; the log gets the reason, the answer does not."""
    from mi_helpers import progress

    try:
        trouble = progress.health() if hasattr(progress, "health") else None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is no health
        trouble = type(error).__name__
    if trouble:
        log.error("the store: %s", trouble)
    return "trouble" if trouble else None


async def tidy_store() -> None:
    """Remove what is older than the team keeps things (``MI_COURSE_RETENTION_DAYS``); nothing where that is not set."""
    from mi_helpers import progress

    if not os.environ.get("MI_COURSE_RETENTION_DAYS", "").strip() or not hasattr(progress, "tidy"):
        return
    try:
        log.info("%s rows were old and are removed", await asyncio.to_thread(progress.tidy))
    except Exception as error:  # noqa: BLE001 - the course goes on
        log.error("what is old could not be removed: %s", type(error).__name__)
