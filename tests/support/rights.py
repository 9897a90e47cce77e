"""What a process may do."""

from __future__ import annotations

import ctypes
import os


def without_privileges() -> None:
    """To run before a program: what a file's mode forbids is forbidden to root as well."""
    if os.geteuid() == 0:
        drop_from_bounding_set, may_override_modes = 24, 1
        libc = ctypes.CDLL(None)
        assert libc.prctl(drop_from_bounding_set, may_override_modes, 0, 0, 0) == 0
