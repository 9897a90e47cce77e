"""``cov explain``: why lines and branches have their colours, in sentences."""

from __future__ import annotations

import os

from cov_cli.errors import OK, NothingToDo, UsageError, shown, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cov_cli.options import Options
    from cov_cli.parsing import Arguments, Parser
    from cov_report.explaining import ExplainOptions
    from cov_report.explanations import FileExplanation


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "FILE:LINE is a line of a source file, counted from 1. A FILE alone stands for all of its "
        "lines that did not run, or whose branches were not all taken, with a reason for each."
    )


def run(arguments: Arguments, options: Options) -> int:
    from cov_report import Output
    from cov_report.explanations import as_json, as_text

    if not arguments.args:
        raise UsageError("nothing to explain: name a line, FILE:LINE, or a FILE", "explain")
    files = _explanations(options, _places(arguments.args))
    lines = [as_json(files)] if options.explain_format == "json" else as_text(files)
    Output().write("-", (f"{line}\n" for line in lines))
    return OK


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    """The lines asked for, by file; none for a file as a whole."""
    places: dict[str, list[int]] = {}
    for word in words:
        name, line = split_place(word)
        file, _, number = word.rpartition(":")
        if line is None and not os.path.exists(word) and os.path.isfile(file):
            what = f"no line of {shown(file)} has the number {number!r}"
            raise UsageError(f"{what}: name one line, FILE:LINE, or a FILE", "explain")
        lines = places.setdefault(name, [])
        if line is not None and line not in lines:
            lines.append(line)
    return places


def split_place(word: str) -> tuple[str, int | None]:
    """``FILE:LINE`` in its parts. A file may have a colon in its name, or a drive in front."""
    name, _, line = word.rpartition(":")
    if not (name and line.isdecimal() and line.isascii()) or os.path.exists(word):
        return word, None
    return name, int(line)


def _explanations(options: Options, places: dict[str, list[int]]) -> list[FileExplanation]:
    from cov_cli.datafiles import combine_implicitly, data_file, path_map
    from cov_data import Reader
    from cov_report import ReportError
    from cov_report.explaining import explain_file, explain_lines

    combine_implicitly(options)
    base = data_file(options)
    if not base.exists():
        raise NothingToDo(f"no data to explain: there is no {shown(options.data_file)}")
    rules = path_map(options)
    what = _what(options)
    found = []
    with Reader(base, rules) as reader:
        for typed, lines in places.items():
            # A name as it was recorded on another machine is as good as the one here.
            name = typed if rules is None or os.path.exists(typed) else rules.map(typed)
            try:
                if lines:
                    found.append(explain_lines(reader, name, lines, what))
                else:
                    found.append(explain_file(reader, name, what))
            except ReportError as error:
                if not options.ignore_errors:
                    raise
                text = f"{typed} is left out: {error.problem} (couldnt-parse)"
                warn(text, options.disable_warnings)
    if not found:
        raise NothingToDo("nothing is left to explain")
    return found


def _what(options: Options) -> ExplainOptions:
    from cov_cli.datafiles import data_file
    from cov_cli.processes import doubts, take
    from cov_cli.reporting import exclusions
    from cov_cli.unmeasured import why_unmeasured, why_unreported
    from cov_report import GatherOptions
    from cov_report.explaining import ExplainOptions

    return ExplainOptions(
        gather=GatherOptions(
            exclusions=exclusions(options),
            contexts=options.contexts,
            allow_changed=options.allow_changed,
        ),
        origin=_origin(options),
        unmeasured=lambda path: list(why_unmeasured(options, path)),
        unreported=lambda path: list(why_unreported(options, path)),
        doubts=doubts(take(data_file(options))),
    )


def _origin(options: Options) -> Callable[[str], str]:
    """Where a regex was configured; "" for a built-in one."""
    names = (
        "exclude_lines", "exclude_also", "partial_branches", "partial_also",
        "partial_branches_always",
    )  # fmt: skip
    places: dict[str, str] = {}
    for name in names:
        regexes = options[name]
        assert regexes is None or isinstance(regexes, tuple)
        for regex in regexes or ():
            places.setdefault(str(regex), options.origin(name))
    return lambda regex: places.get(regex, "")
