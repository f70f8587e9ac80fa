"""The evidence lab: see how large, how certain, for whom. One class for each part, loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module

from mi_helpers.ui.lab.later import Later

__all__ = ["NAMES", "Later", "part"]

_PARTS = {
    "forest": "Forest",
    "missing": "Missing",
    "decay": "Decay",
    "model": "Model",
    "variation": "Variation",
    "sites": "Sites",
    "training": "Training",
    "claims": "Claims",
    "own": "Own",
}
NAMES = tuple(_PARTS)


def part(name: str) -> type:
    """The class of one part.

    Raises
    ------
    ValueError
        If there is no part of that name.
    """
    if name not in _PARTS:
        raise ValueError(f"no part of the lab is called {name!r}; there are {', '.join(NAMES)}")
    return getattr(import_module(f"{__name__}.{name}"), _PARTS[name])
