"""``cov erase``: delete the data file and its journals."""

from __future__ import annotations

from cov_cli.errors import OK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_cli.options import Options
    from cov_cli.parsing import Arguments, Parser


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "Journals of finished processes go too; with parallel set, every file named like the data "
        "file does."
    )


def run(arguments: Arguments, options: Options) -> int:
    """ERA-01: what is not there is no error, and arguments are ignored."""
    from cov_cli.datafiles import erase

    erase(options)
    return OK
