"""``cov debug``: what cov knows besides what ran; for finding out what is wrong."""

from __future__ import annotations

from cov_cli.errors import OK, NothingToDo, UsageError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_cli.options import Options
    from cov_cli.parsing import Arguments, Parser
    from cov_cli.processes import Census
    from cov_data.processes import Process

# Topics of coverage.py that we do not have yet.
_LATER = ("config", "data", "premain", "pybehave", "sqlite", "sys")

# Where a process is measured that is not part of the run that it was started in.
_ELSEWHERE = "in another run"
_UNKNOWN = "unknown"


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "processes: every process that the measured program started, as far as it was seen: "
        "whether it was measured or why not (- if it runs no Python program), how it ended, and "
        "where it was started."
    )


def run(arguments: Arguments, options: Options) -> int:
    topics = {"processes": _processes}
    for topic in arguments.args:
        if topic not in topics:
            what = "cov does not have this topic yet" if topic in _LATER else "no such topic"
            raise UsageError(f"{what}: {topic!r}; there is {', '.join(topics)}", "debug")
    if not arguments.args:
        raise UsageError(f"nothing to tell: name a topic: {', '.join(topics)}", "debug")
    for topic in arguments.args:
        topics[topic](options)
    return OK


def _processes(options: Options) -> None:
    from cov_cli.datafiles import combine_implicitly, data_file
    from cov_cli.processes import take

    combine_implicitly(options)
    path = data_file(options)
    if not path.exists():
        raise NothingToDo(f"no processes to tell of: there is no {shown(options.data_file)}")
    census = take(path)
    if not census.kept:
        name = shown(options.data_file)
        raise NothingToDo(f"{name} does not tell which processes there were")
    print("\n".join(table(census)))
    for text in _legend(census):
        print(text)
    for text in census.troubles:
        print(f"unknown: {text}")
    print(census.line())


def table(census: Census) -> list[str]:
    """A line for each process, children below who started them; a heading for each of many runs."""
    from cov_cli.processes import place

    rows = [("pid", "started", "measured", "ended", "from", "command")]
    run = ""
    several = len({process.run for process in census.processes}) > 1
    for depth, process in _as_tree(census.processes):
        if several and process.run != run:
            run = process.run
            rows.append((f"run {run} on {process.host}",) + ("",) * 5)
        pid = str(process.pid) if process.pid else "?"
        command = "  " * depth + (process.command or "program not known")
        if process.reason:
            command += f": {process.reason}"
        started = process.how or "?"
        rows.append((pid, started, _measured(process), process.ended, place(process), command))
    of_processes = [row for row in rows if row[1]]
    widths = [max(len(row[column]) for row in of_processes) for column in range(5)]
    return ["  ".join((*map(str.ljust, row, widths), row[5])).rstrip() for row in rows]


def _legend(census: Census) -> list[str]:
    """What words of the table mean that do not speak for themselves."""
    from cov_data.processes import CUT_SHORT

    found = []
    if any(process.ended == CUT_SHORT for process in census.processes):
        found.append(
            f"{CUT_SHORT}: ended by os._exit, a signal or a crash; what ran until then is measured"
        )
    if any(process.elsewhere for process in census.processes):
        found.append(
            f"{_ELSEWHERE}: the program gave it settings of its own; its data is where those say"
        )
    if any(process.unknown for process in census.processes):
        found.append(
            f"{_UNKNOWN}: C code started it by itself (c), so nobody saw what it became; a Python "
            "that finds COV_SETTINGS in its environment is measured"
        )
    return found


def _measured(process: Process) -> str:
    """A dash for what runs no Python program, so that there is nothing to measure."""
    if process.measured:
        return "yes"
    if process.elsewhere:
        return _ELSEWHERE
    if process.unknown:
        return _UNKNOWN
    return "no" if process.silent else "-"


def _as_tree(processes: tuple[Process, ...]) -> list[tuple[int, Process]]:
    """Each process with its depth, children below who started them."""
    children: dict[int | None, list[int]] = {}
    for index, process in enumerate(processes):
        children.setdefault(process.parent, []).append(index)
    found: list[tuple[int, Process]] = []
    # From the end, so that the first comes off first; nobody is deeper than the stack here is long.
    waiting = [(0, index) for index in reversed(children.get(None, []))]
    while waiting:
        depth, index = waiting.pop()
        found.append((depth, processes[index]))
        waiting += [(depth + 1, child) for child in reversed(children.get(index, []))]
    return found
