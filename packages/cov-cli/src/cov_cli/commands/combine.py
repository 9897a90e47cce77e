"""``cov combine``: join data files and journals into one data file."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_cli.options import Options
    from cov_cli.parsing import Arguments, Parser


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "FILE is taken whatever its name; of a DIR, the files named like the data file. Without "
        "either, the data file's own directory is searched. What was combined is deleted, but for "
        "journals of processes that still run."
    )


def run(arguments: Arguments, options: Options) -> int:
    from cov_cli.datafiles import combine_explicitly
    from cov_cli.processes import judge

    combine_explicitly(options, arguments.args)
    return judge(options)
