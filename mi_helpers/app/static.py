"""Browser code and style sheets: sent compressed, and kept by the browser."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from pathlib import Path

from tornado.web import HTTPError
from voila.static_file_handler import MultiStaticFileHandler

from mi_helpers.app.base import Answer

#: What gets smaller; pictures and fonts are packed already.
TEXT = frozenset({".js", ".css", ".svg", ".json", ".html", ".txt", ".mjs", ".map"})
SMALLEST = 512
YEAR = 365 * 24 * 3600


class Copies:
    """Compressed copies of files, made when a file is asked for the first time.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where the copies stand; it goes when the server stops.
    """

    def __init__(self, folder: str | Path):
        self._folder = Path(folder)
        self._made: dict[tuple[str, int], Path | None] = {}
        self._making: dict[tuple[str, int], asyncio.Task] = {}

    async def of(self, path: str) -> Path | None:
        """The copy of a file; None where it would be no smaller."""
        key = (path, Path(path).stat().st_mtime_ns)
        if key not in self._made:
            making = self._making.get(key) or asyncio.ensure_future(asyncio.to_thread(self._make, path))
            self._making[key] = making
            try:
                self._made[key] = await asyncio.shield(making)
            finally:
                self._making.pop(key, None)
        return self._made[key]

    def _make(self, path: str) -> Path | None:
        source = Path(path)
        if source.suffix not in TEXT or source.stat().st_size < SMALLEST:
            return None
        packed = gzip.compress(source.read_bytes(), 9, mtime=0)
        # its own name keeps the ending, so that its type is seen, and differs with its contents
        copy = self._folder / f"{hashlib.sha256(packed).hexdigest()[:32]}{source.suffix}"
        self._folder.mkdir(exist_ok=True)
        copy.write_bytes(packed)
        return copy


class StaticFile(Answer, MultiStaticFileHandler):
    """One file. Its address changes with its contents, so a browser need not ask twice."""

    _copy: Path | None = None

    async def get(self, path, include_body=True):
        if "\0" in path:
            raise HTTPError(404)
        self.request.headers.pop("Range", None)  # whole files only: a part of a compressed one is of no use
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.path = self.parse_url_path(path)
            found = self.get_absolute_path(self.root, self.path)  # which also says in which root it is
            self._copy = await self.course.copies.of(self.validate_absolute_path(self.root, found))
        await super().get(path, include_body)

    def validate_absolute_path(self, root, absolute_path):
        found = super().validate_absolute_path(root, absolute_path)
        if not self._copy:
            return found
        self.root = str(self._copy.parent)
        return super().validate_absolute_path(self.root, str(self._copy))

    def set_extra_headers(self, path):
        self.set_header("Accept-Ranges", "none")
        self.set_header("Cache-Control", f"public, max-age={YEAR}, immutable")
        self.clear_header("Expires")
        if self._copy:
            self.set_header("Content-Encoding", "gzip")

    def write_error(self, status_code: int, **kwargs) -> None:
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(f"{status_code} {self._reason}\n")
