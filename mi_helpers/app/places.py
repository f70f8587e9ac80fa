"""Which page belongs to whom, and how many there may be."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from jupyter_core.utils import ensure_async


class Full(Exception):  # noqa: N818 - not a fault: the house is full
    """There is no place for another page."""


@dataclass(slots=True)
class _Place:
    account: str
    used: float  # when the learner did something there
    starting: bool = True


class Places:
    """The pages that are open now, each with a kernel of its own.

    Parameters
    ----------
    manager : jupyter_server MappingKernelManager
        Starts and stops the kernels.
    each, all_of_them : int
        How many pages one learner, and all learners together, may have open; 0 is without end.
    unused : float
        Seconds after which a page stops that is still open but that nobody has touched; 0 is never.
    clock : callable
        The seconds now; for tests.
    """

    def __init__(self, manager, *, each: int = 0, all_of_them: int = 0, unused: float = 0, clock=time.monotonic):
        self._manager, self._each, self._all, self._unused = manager, each, all_of_them, unused
        self._clock: Callable[[], float] = clock
        self._places: dict[str, _Place] = {}

    def __len__(self) -> int:
        self._forget_the_gone()
        return len(self._places)

    @property
    def is_full(self) -> bool:
        """Whether nobody gets another page now."""
        return bool(self._all) and len(self) >= self._all

    async def take(self, account: str) -> str:
        """A place for a new page: the id that its kernel will have.

        A learner who has too many pages open loses one that no browser is connected to, the longest unused first.

        Raises
        ------
        Full
            If this learner's pages, or all pages together, are too many already.
        """
        self._forget_the_gone()
        if self._each and len(own := self.of(account)) >= self._each:
            left = [kernel_id for kernel_id in own if not self._connected(kernel_id)]
            if not left:
                raise Full("each")
            await self.stop(min(left, key=lambda kernel_id: self._places[kernel_id].used))
        if self.is_full:
            raise Full("all")
        kernel_id = str(uuid.uuid4())
        self._places[kernel_id] = _Place(account, self._clock())
        return kernel_id

    def started(self, kernel_id: str) -> None:
        """The kernel of a place that was taken runs, or never will."""
        if kernel_id in self._places:
            self._places[kernel_id].starting = False

    def touch(self, kernel_id: str) -> None:
        """The learner did something on this page."""
        if kernel_id in self._places:
            self._places[kernel_id].used = self._clock()

    def belongs(self, kernel_id: str, account: str | None) -> bool:
        """Whether this is a page of this learner."""
        place = self._places.get(kernel_id)
        return place is not None and place.account == account

    def of(self, account: str) -> list[str]:
        """The pages of one learner."""
        return [kernel_id for kernel_id, place in self._places.items() if place.account == account]

    async def stop(self, kernel_id: str, *, now: bool = False) -> None:
        """Stop the kernel of a page, if it is still there."""
        if kernel_id in self._manager:
            await ensure_async(self._manager.shutdown_kernel(kernel_id, now=now))
        self._places.pop(kernel_id, None)

    async def stop_unused(self) -> None:
        """Stop the pages that stand open while nobody has touched them for a long time."""
        if not self._unused:
            return
        before = self._clock() - self._unused
        for kernel_id in [it for it, place in self._places.items() if place.used < before and not place.starting]:
            await self.stop(kernel_id)

    def _connected(self, kernel_id: str) -> bool:
        if kernel_id not in self._manager:
            return self._places[kernel_id].starting
        return self._manager.kernel_model(kernel_id)["connections"] > 0

    def _forget_the_gone(self) -> None:
        for kernel_id in [it for it, place in self._places.items() if not place.starting and it not in self._manager]:
            del self._places[kernel_id]
