"""Functions that start processes and threads: what they start is measured, too.

They are replaced where they come from, in the C modules, so that all that is built on them
follows: subprocess, os.popen, os.exec*, os.spawn*, multiprocessing, asyncio, threading. The work is
done in C (cov_tracer, csrc/starting.c); forks need no more than a word to the ledger, and to be
told from those that C code makes by itself (csrc/forks.c).
"""

import _thread
import os
import sys

from cov_cli.measured.settings import EXECV, SUBPROCESS
from cov_tracer._tracer import follow, forked, wrap_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from cov_tracer import PyTracer, Tracer

if sys.platform == "win32":
    import _winapi as creating
    import nt as system

    _CREATING = "CreateProcess"
else:
    import _posixsubprocess as creating
    import posix as system

    _CREATING = "fork_exec"

_EXEC = ("execv", "execve")
_SYSTEM = (*_EXEC, "posix_spawn", "posix_spawnp", "spawnv", "spawnve", "system")
_FORK = ("fork", "forkpty")
_USER = ("setuid", "seteuid", "setreuid", "setresuid", "chroot")
_THREAD = ("start_new_thread", "start_new", "start_joinable_thread")

# What modules call them that took them over when they were imported, if they are already there.
_ALIASES = {
    "fork_exec": (("subprocess", "_fork_exec"),),
    "start_new_thread": (("threading", "_start_new_thread"),),
    "start_joinable_thread": (("threading", "_start_joinable_thread"),),
}

# Sets of os in which functions stand that can do something.
_SETS: "tuple[set[Any], ...]" = (
    os.supports_fd,
    os.supports_dir_fd,
    os.supports_effective_ids,
    os.supports_follow_symlinks,
)

_watches_forks = False


def follow_processes(variable: str, text: str, ways: "Sequence[str]") -> "Callable[[], None]":
    """Have new processes find `text` in `variable`, for these ways of coming to be (settings.WAYS).

    Returns what undoes it.
    """
    changes = _Changes()
    names = _SYSTEM if SUBPROCESS in ways else _EXEC if EXECV in ways else ()
    for name in (*names, *_FORK, *_USER):
        changes.wrap(name, (system, os))
    if SUBPROCESS in ways:
        changes.wrap(_CREATING, (creating,))
    _watch_forks()
    follow(f"{variable}={text}", os.path.dirname(os.__file__))

    def undo() -> None:
        follow(None, None)
        changes.undo()

    return undo


def follow_threads(tracer: "Tracer | PyTracer") -> "Callable[[], None]":
    """Have the functions of new threads traced. Returns what undoes it.

    Each thread has a trace function of its own and starts with none. Events (`sysmon`) need
    nothing of this.
    """
    changes = _Changes()
    for name in _THREAD:
        changes.wrap(name, (_thread,), tracer)
    return changes.undo


class _Changes:
    """Attributes that were replaced."""

    def __init__(self) -> None:
        self._made: list[tuple[object, str, object, object]] = []

    def wrap(
        self, name: str, modules: "tuple[object, ...]", tracer: "Tracer | PyTracer | None" = None
    ) -> None:
        """Replace a function in all these modules by one that calls it. It may be missing."""
        original = getattr(modules[0], name, None)
        if original is None:
            return
        try:
            wrapper = wrap_start(original, tracer)
        except TypeError:
            return  # Somebody else has replaced it.
        places = [(module, name) for module in modules]
        places += [(sys.modules.get(module), alias) for module, alias in _ALIASES.get(name, ())]
        for module, attribute in places:
            if getattr(module, attribute, None) is original:
                setattr(module, attribute, wrapper)
                self._made.append((module, attribute, original, wrapper))
        _exchange(original, wrapper)

    def undo(self) -> None:
        """Put back what was there."""
        for module, attribute, original, wrapper in self._made:
            setattr(module, attribute, original)
            _exchange(wrapper, original)


def _exchange(old: object, new: object) -> None:
    for functions in _SETS:
        if old in functions:
            functions.remove(old)
            functions.add(new)


def _watch_forks() -> None:
    """Once, since it cannot be undone; without a ledger it does nothing."""
    global _watches_forks
    if not _watches_forks and hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forked)
        _watches_forks = True
