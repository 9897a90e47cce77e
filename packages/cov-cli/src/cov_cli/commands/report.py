"""``cov report``: the text report, on stdout."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_cli.options import Options
    from cov_cli.parsing import Arguments, Parser


def add_arguments(parser: Parser) -> None:
    parser.epilog = "FILEs are source files to report on; by default all that were measured."


def run(arguments: Arguments, options: Options) -> int:
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
