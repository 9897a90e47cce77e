"""How the work of a report is shared out among processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

# Below this many bytes of source a second process takes longer to start than it saves.
WORTHWHILE = 1024 * 1024

# Each process takes memory of its own: a further one is for so many bytes of source.
_SHARE = 16 * 1024 * 1024

# The compiler may take two hundred times the size of a file, and what it gives back stays with the
# process for the most part.
_HEAVY = 144 * 1024


def processors() -> int:
    """How many this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def crew_size(size: int, limit: int) -> int:
    """How many processes to start for `size` bytes of source; 0: none is worthwhile."""
    if size < WORTHWHILE or limit < 2 or not sys.executable or getattr(sys, "frozen", False):
        return 0
    return min(limit, max(2, size // _SHARE))


def heavy_ones(sizes: Mapping[str, int]) -> list[str]:
    """Which of these files (path -> bytes) to get over with first, one at a time, to save memory.

    The biggest is first. None if they are a good part of the work: then several processes do them
    sooner.
    """
    heavy = sorted((path for path in sizes if sizes[path] > _HEAVY), key=lambda path: -sizes[path])
    return heavy if 8 * sum(sizes[path] for path in heavy) < sum(sizes.values()) else []
