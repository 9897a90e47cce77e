"""Does the process that wrote a journal still run?

A journal of a living process may be read but not deleted, because the process goes on writing into
the mapped file. A process is known by host, pid and start time, since pids are used again.
"""

from __future__ import annotations

import os
import sys
import time

_FNV64_BASIS = 0xCBF29CE484222325
_FNV64_PRIME = 0x100000001B3

_TICKS = 2**40 - 1

# Where nothing can be known (another host or container, Windows), a journal written to within these
# seconds is treated as alive. The price of a wrong yes is a file that stays for some time; that of
# a wrong no would be facts that nobody ever sees. The system may take long to note that a mapped
# file was written to, and a server may idle for days. On Windows what is mapped cannot be deleted.
UNKNOWN_IS_LIVE_FOR = 60.0 if sys.platform == "win32" else 7 * 24 * 3600.0


def host_token(name: str | None = None) -> int:
    """The number by which a journal knows its host: FNV-1a (64 bit) of the host name in UTF-8."""
    value = _FNV64_BASIS
    for byte in (host_name() if name is None else name).encode("utf-8", "surrogatepass"):
        value = ((value ^ byte) * _FNV64_PRIME) & 0xFFFFFFFFFFFFFFFF
    return value


def host_name() -> str:
    """This machine's name for itself."""
    if sys.platform == "win32":
        import socket  # Only here: it costs milliseconds, and other systems do without.

        return socket.gethostname()
    return os.uname().nodename


def process_runs(pid: int, start: int) -> bool | None:
    """Whether process `pid` of this host runs and began at `start` (0 unknown).

    `start` is as in journals: clock ticks in the lower 40 bits, above them what tells a namespace
    of process ids, 0 if unknown. None where the system gives no answer, or it is another namespace.
    A zombie does not run: it will write nothing any more.
    """
    if sys.platform == "win32":
        return None  # os.kill(pid, 0) would send Ctrl-C there.
    if start >> 40 and start >> 40 != (_pid_namespace() or start >> 40):
        return None
    start &= _TICKS
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OverflowError:
        return False
    except PermissionError:
        pass  # It is somebody else's, so it is there.
    except OSError:
        return None
    stat = _proc_stat(pid)
    if stat is None:
        return True
    state, began = stat
    return state not in "ZXx" and (start in (0, began))


def _pid_namespace() -> int:
    try:
        return os.stat("/proc/self/ns/pid").st_ino & 0xFFFFFF
    except OSError:
        return 0


def _proc_stat(pid: int) -> tuple[str, int] | None:
    """State letter and start time (field 22) of a process, where /proc tells them."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            text = file.read()
        # The second field is the program's name in parentheses, which may itself hold any of them.
        fields = text[text.rindex(b")") + 2 :].split()
        return fields[0].decode("ascii"), int(fields[19])
    except (OSError, ValueError, IndexError):
        return None


def written_lately(path: str) -> bool:
    """Whether the file was changed within UNKNOWN_IS_LIVE_FOR; False if it cannot be asked."""
    try:
        return time.time() - os.stat(path).st_mtime < UNKNOWN_IS_LIVE_FOR
    except OSError:
        return False
