"""``cov json``: the JSON report, into a file."""

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
        output=options.json_output,
        precision=options.precision,
        pretty_print=options.json_pretty_print,
    )
    return write_and_judge(
        options, arguments.args, "json", layout, show_contexts=options.json_show_contexts
    )
