"""python combine_inputs.py FOLDER COUNT KIND: what COUNT processes of one run leave behind.

KIND is `lines` or `branches`. FOLDER/files gets a data file of each process and FOLDER/journals a
journal with the same facts: 200 source files, and of each 300 lines in a row that begin anywhere.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from cov_data import FileRecord, Writer
from cov_tracer import Journal

FILES, LINES = 200, 300
PARALLEL = 2


def facts(number: int) -> Iterator[tuple[str, range, list[tuple[int, int]]]]:
    """Path, lines and jumps of each source file, as process `number` saw them."""
    dice = random.Random(number)
    for file in range(FILES):
        start = dice.randint(1, 200)
        lines = range(start, start + LINES)
        last = lines[-1]
        jumps = [(line, min(line + dice.randint(1, 3), last)) for line in lines[:-1]]
        yield f"/program/package/module_{file:03}.py", lines, [*jumps, (last, -1)]


def write_file(folder: Path, number: int, branch: bool) -> None:
    with Writer(folder / f".coverage.host.pid{number}.X{number:06}x") as writer:
        for path, lines, jumps in facts(number):
            arcs = frozenset(jumps) if branch else None
            writer.add(FileRecord(path, "", frozenset(() if branch else lines), arcs))
        writer.commit()


def write_journal(folder: Path, number: int, branch: bool) -> None:
    journal = Journal(
        str(folder / ".coverage.host"),
        host=os.uname().nodename,
        run=bytes(16),
        created=1,
        branch=branch,
        mode=PARALLEL,
    )
    for path, lines, jumps in facts(number):
        series = journal.series(path)
        for line in lines:
            journal.line(series, line)
        for start, end in jumps if branch else ():
            journal.jump(series, start, end)
    journal.close()


def main(folder: Path, count: int, branch: bool) -> None:
    for name, write in (("files", write_file), ("journals", write_journal)):
        (folder / name).mkdir(parents=True)
        for number in range(count):
            write(folder / name, number, branch)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "branches")
