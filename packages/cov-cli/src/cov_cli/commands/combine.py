"""``cov combine``: join data files and journals into one data file."""

from __future__ import annotations

from cov_cli.errors import OK

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from cov_cli.options import Options


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "FILE is taken whatever its name; of a DIR, the files named like the data file. Without "
        "either, the data file's own directory is searched. What was combined is deleted, but for "
        "journals of processes that still run."
    )


def run(arguments: argparse.Namespace, options: Options) -> int:
    from cov_cli.datafiles import combine_explicitly

    combine_explicitly(options, arguments.args)
    return OK
