"""Keep what was worked out from files until one of them changes, beside Python's own compiled files."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_PIECE = 1 << 16


def fingerprint(files: Iterable[Path]) -> str:
    """The same for the same files, whatever the line ends (no hashlib: it takes 4 MB)."""
    one = two = 0
    for path in sorted(files):
        data = path.relative_to(HERE).as_posix().encode()
        one, two = zlib.crc32(data, one), zlib.adler32(data, two)
        with path.open("rb") as file:
            while data := file.read(_PIECE):  # a whole file at once would stay in the process as room for nothing
                data = (data + file.read(1) if data.endswith(b"\r") else data).replace(b"\r\n", b"\n")
                one, two = zlib.crc32(data, one), zlib.adler32(data, two)
    return f"{one:08x}{two:08x}"[:12]


def place(name: str) -> Path:
    """Where something is kept under a name."""
    return HERE / "__pycache__" / f"{name}.{sys.implementation.cache_tag}.kept"


def worked_out(kept: Path, key: str, work_out: Callable[[], Any]) -> Any:
    """What an earlier run kept, where that was for the very same key; else it is worked out, and kept.

    Parameters
    ----------
    kept : pathlib.Path
        The file; one that cannot be written does no harm.
    key : str
        Fingerprint of all that the answer depends on.
    work_out : callable
        Gives what :mod:`marshal` can write: numbers, strings, bytes, and tuples, lists, sets and dicts of these.
    """
    try:
        with kept.open("rb") as file:
            found_key, found = marshal.load(file)
        if found_key == key:
            return found
    except (OSError, ValueError, EOFError, TypeError):
        pass
    found = work_out()
    try:
        kept.parent.mkdir(exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(marshal.dumps((key, found)))
        fresh.replace(kept)
    except OSError:
        pass
    return found
