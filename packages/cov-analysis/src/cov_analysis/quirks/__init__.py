"""Where the compiler's line tables say more than the source does: one module per difference.

To add one: write a module with a `QUIRK`, name it in `QUIRKS`, add a sample to tests/cases.
See docs/guides for the steps.
"""

from __future__ import annotations

import sys

from . import annotate, leftovers
from .model import Quirk

QUIRKS: tuple[Quirk, ...] = (annotate.QUIRK, leftovers.QUIRK)


def active(version: tuple[int, int] = sys.version_info[:2]) -> tuple[Quirk, ...]:
    """The quirks that an interpreter of this version shows."""
    return tuple(quirk for quirk in QUIRKS if quirk.applies(version))
