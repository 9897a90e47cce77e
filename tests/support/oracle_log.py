"""A busy program of many files that keeps a log of its own of every line it reaches.

Each line of it writes itself to the log before it does anything else, with one `write` call that
the kernel keeps whatever becomes of the process. So of a killed process the log tells the truth but
for the line in flight: the interpreter may have entered a line that had no time to say so.
"""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FILES: Final = 20
FUNCTIONS: Final = 10

# Where the log goes. It is not measured: its name is no file's.
_LOGGER = """
import os, struct
_pack = struct.Struct("<HH").pack
_open = {}
def logger(number):
    def log(line, write=os.write, getpid=os.getpid):
        pid = getpid()
        file = _open.get(pid)
        if file is None:
            flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
            file = _open[pid] = os.open(f"{folder}/{pid}.log", flags)
        write(file, _pack(number, line))
        return ()
    return log
def watcher(log):
    def watch(line, items):
        for item in items:
            log(line)
            yield item
        log(line)
    return watch
"""

# A function: LINE stands for the line's number. Control flow of every common kind.
_FUNCTION = """
def f{number}(n, _=log(LINE)):
    log(LINE); total = n
    while (log(LINE), n > 0)[1]:
        if (log(LINE), n % 3 == {a})[1]:
            log(LINE); total += n
        elif (log(LINE), n % 5 == {b})[1]:
            log(LINE); n -= 1; continue
        elif (log(LINE), total > 90)[1]:
            log(LINE); break
        else:
            log(LINE); total -= 2
        log(LINE); n -= 1
    else:
        log(LINE); total += 1
    if (log(LINE), total % 2)[1]:
        log(LINE); total = abs(total)
    if (log(LINE), total % 7 == {c})[1]: return total
    for x in watch(LINE, range(total % 3)):
        log(LINE); total += x
    log(LINE); total += {d}
    if (log(LINE), total % 3 == {b})[1]:
        log(LINE); return -total
"""

_HEAD = "from reached import *; log = logger({file}); watch = watcher(log)\n"

_MAIN = """
import os, random, sys
seed, workers = int(sys.argv[1]), int(sys.argv[2])
os.write(1, b"!")
order = random.Random(seed)
names = [f"m{{i}}" for i in range({files})]
order.shuffle(names)
def work(names):
    for name in names:
        module = __import__(name)
        calls = [(f"f{{i}}", n) for i in range({functions}) for n in (0, 4, 9)]
        order.shuffle(calls)
        for call, n in calls:
            getattr(module, call)(n)
work(names[:{files} // 4])
for worker in range(workers):
    if os.fork() == 0:
        work(names[worker::workers])
        os._exit(0)
work(names[{files} // 4:])
for worker in range(workers):
    os.wait()
"""


@dataclass
class Reached:
    """What a log says. Lines are 1-based and by file name; jumps are pairs of lines."""

    lines: dict[str, set[int]] = field(default_factory=dict)
    jumps: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    entries: int = 0

    def add(self, other: Reached) -> None:
        """Take in what another log says."""
        for name, lines in other.lines.items():
            self.lines.setdefault(name, set()).update(lines)
        for name, jumps in other.jumps.items():
            self.jumps.setdefault(name, set()).update(jumps)
        self.entries += other.entries


class BusyProgram:
    """The program's files in a folder, and its logs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.logs = root / "logs"
        self.logs.mkdir()
        self.main = root / "busy.py"
        self.main.write_text(_MAIN.format(files=FILES, functions=FUNCTIONS))
        logger = _LOGGER.replace("{folder}", str(self.logs))
        code = f"exec(compile({logger!r}, '<log>', 'exec'))\n"
        (root / "reached.py").write_text(code)
        self.files = [self._write(number) for number in range(FILES)]
        self.logged_lines = {
            path.name: _lines_that_log(path.read_text().splitlines()) for path in self.files
        }
        self._first = {
            path.name: _first_lines(path.read_text().splitlines()) for path in self.files
        }

    def _write(self, number: int) -> Path:
        chance = random.Random(number)
        text = _HEAD.format(file=number)
        for function in range(FUNCTIONS):
            values = {name: chance.randrange(5) for name in "abcd"}
            text += _FUNCTION.format(number=function, **values)
        lines = [line.replace("LINE", str(n)) for n, line in enumerate(text.splitlines(), 1)]
        path = self.root / f"m{number}.py"
        path.write_text("\n".join(lines) + "\n")
        return path

    def reached(self, pids: Iterable[int] | None = None) -> Reached:
        """What these processes (default: all) say they reached."""
        found = Reached()
        names = self.logs.glob("*.log") if pids is None else map(self._log, pids)
        for path in names:
            if path.exists():
                found.add(self._read(path))
        return found

    def last(self, pid: int) -> tuple[str, int] | None:
        """The last line a process reached."""
        log = self._log(pid)
        data = log.read_bytes() if log.exists() else b""
        if not data:
            return None
        file, line = struct.unpack("<HH", data[-4:])
        return f"m{file}.py", line

    def _log(self, pid: int) -> Path:
        return self.logs / f"{pid}.log"

    def _read(self, path: Path) -> Reached:
        found = Reached()
        data = path.read_bytes()
        before = (-1, -1)
        for entry in struct.iter_unpack("<HH", data):
            file, line = entry
            name = f"m{file}.py"
            found.lines.setdefault(name, set()).add(line)
            # A function runs from its first line on without interruption: it calls none that logs.
            if before[0] == file and line not in self._first[name]:
                found.jumps.setdefault(name, set()).add((before[1], line))
            before = (file, line)
        found.entries = len(data) // 4
        return found


def _lines_that_log(lines: list[str]) -> frozenset[int]:
    return frozenset(n for n, line in enumerate(lines, 1) if n > 1 and f"({n}" in line)


def _first_lines(lines: list[str]) -> frozenset[int]:
    """The `def` lines, which run one after the other, and the first line of each body."""
    heads = {number for number, line in enumerate(lines, 1) if line.startswith("def ")}
    return frozenset(heads | {number + 1 for number in heads} | {1})


def remove(paths: Iterable[Path]) -> None:
    """Delete files."""
    for path in paths:
        os.unlink(path)
