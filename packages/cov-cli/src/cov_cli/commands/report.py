"""``cov report``: the text report, on stdout."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from cov_cli.options import Options


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "FILEs are source files to report on; by default all that were measured."


def run(arguments: argparse.Namespace, options: Options) -> int:
    from cov_cli.reporting import write_and_judge
    from cov_report import ReportOptions

    layout = ReportOptions(
        precision=options.precision,
        show_missing=options.show_missing,
        skip_covered=options.skip_covered,
        skip_empty=options.skip_empty,
        sort=options.sort,
    )
    return write_and_judge(options, arguments.args, options.format, layout)
