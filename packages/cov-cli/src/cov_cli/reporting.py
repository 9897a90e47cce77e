"""What all reports share: take in new data, gather, write, hold the total against fail_under."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cov_analysis import Exclusions
from cov_analysis.cache import NAME as CACHE
from cov_analysis.exclusions import DEFAULT_EXCLUDE, DEFAULT_PARTIAL
from cov_cli.datafiles import combine_implicitly, data_file, path_map
from cov_cli.errors import BELOW_THRESHOLD, OK, NothingToDo, say, shown, warn
from cov_cli.processes import judge, take, tell, tell_notices, tell_troubles
from cov_data import Reader
from cov_report import GatherOptions, NoData, gather, percent, write_report
from cov_report.staffing import processors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cov_cli.options import Options
    from cov_report import Report, ReportOptions

_FOR_PEOPLE = ("text", "markdown", "total")


def write_and_judge(
    options: Options,
    files: Sequence[str],
    format: str,
    layout: ReportOptions,
    *,
    show_contexts: bool = False,
) -> int:
    """Write a report; return the exit code, which tells whether the total is enough (EXI-03).

    `files` are the source files to report on, as typed; none means all (REP-01).
    Raises NothingToDo, DataError, ReportError or AnalysisError.
    """
    combine_implicitly(options)
    try:
        report = _gather(options, files, show_contexts)
    except NoData:
        # They may be why.
        census = take(data_file(options))
        tell_troubles(census, options)
        tell_notices(census, options)
        raise
    for note in report.notes:
        warn(note, options.disable_warnings)
    name = write_report(report, format, options=layout)
    if name != "-" and not options.quiet:
        say(f"Wrote {format.upper()} report to {shown(name)}")
    return _judge_processes(options, format) or _judge(report, options)


def _judge_processes(options: Options, format: str) -> int:
    """Whether all processes are in the data; reports for people say which are.

    Without all of them a total means little, so this comes before it is judged.
    """
    for_people = format in _FOR_PEOPLE
    if not for_people and not options.complete:
        return OK
    census = take(data_file(options))
    if for_people:
        if sys.stdout is not None:
            sys.stdout.flush()  # the last word comes last where both streams go one way
        if not options.complete:  # else they are errors, which are told right below
            tell_troubles(census, options)
        tell_notices(census, options)
        tell(census, options)
    return judge(options, census)


def _gather(options: Options, files: Sequence[str], show_contexts: bool) -> Report:
    base = data_file(options)
    if not base.exists():
        raise NothingToDo(f"no data to report: there is no {shown(options.data_file)}")
    what = GatherOptions(
        selects=_selection(options),
        exclusions=exclusions(options),
        ignore_errors=options.ignore_errors,
        allow_changed=options.allow_changed,
        contexts=options.contexts,
        files=files,
        show_contexts=show_contexts,
        cache=str(base.parent / CACHE) if options.cache else None,
        processes=processors(),
    )
    with Reader(base, path_map(options)) as reader:
        return gather(reader, what)


def exclusions(options: Options) -> Exclusions:
    """The regexes in force, `*_also` added to the lists they extend (CFG-14)."""
    exclude = DEFAULT_EXCLUDE if options.exclude_lines is None else options.exclude_lines
    partial = DEFAULT_PARTIAL if options.partial_branches is None else options.partial_branches
    return Exclusions(
        exclude=exclude + options.exclude_also,
        partial=partial + options.partial_also,
        partial_always=options.partial_branches_always,
    )


def _selection(options: Options) -> Callable[[str], bool]:
    """Whether a file is in the report: matches include, if there is one, and not omit (REP-10)."""
    if not options.report_include and not options.report_omit:
        return lambda path: True
    from cov_cli.measured.globs import Globs

    here = os.getcwd()
    include = Globs(options.report_include, here)
    omit = Globs(options.report_omit, here)

    def selects(path: str) -> bool:
        if options.report_include and not include.match(path):
            return False
        return not omit.match(path)

    return selects


def _judge(report: Report, options: Options) -> int:
    total, unknown = report.totals.percent, len(report.unknown)
    if percent.below_threshold(total, options.fail_under, options.precision):
        say(percent.failure_message(total, options.fail_under, options.precision))
    elif options.fail_under and unknown:
        files = f"{unknown} file{'s'[: unknown > 1]}"
        say(f"Coverage failure: the total is not known, since nothing is known of {files}")
    else:
        return OK
    return BELOW_THRESHOLD
