"""Where the data is."""

from __future__ import annotations

from cov_cli.kinds import BOOLEAN, FILE
from cov_cli.table.row import DATA, RUN, SOURCES, Option, Rows


class Data(Rows):
    """Where the data is."""

    data_file: Option[str] = Option(
        "run:data_file",
        FILE,
        ".coverage",
        "The data file; other data goes beside it, under names that start like it.",
        "SET-07 OPT-06 ENV-01",
        flags="--data-file",
        verbs=(*DATA, "debug"),
        metavar="FILE",
        env="COVERAGE_FILE",
    )
    append: Option[bool] = Option(
        None,
        BOOLEAN,
        False,
        "Keep what the data file already holds.",
        "OPT-01",
        flags="-a --append",
        verbs=("run", "combine"),
    )
    parallel: Option[bool] = Option(
        "run:parallel",
        BOOLEAN,
        False,
        "Give the data of every run a file name of its own; combine joins them.",
        "SET-14 OPT-21",
        flags="-p --parallel-mode",
        verbs=RUN,
    )
    keep: Option[bool] = Option(
        None,
        BOOLEAN,
        False,
        "Keep the files that were combined.",
        "OPT-14",
        flags="--keep",
        verbs=("combine",),
    )
    keep_combined: Option[bool] = Option(
        None,
        BOOLEAN,
        False,
        "Keep data files that are combined on the way.",
        "OPT-15",
        flags="--keep-combined",
        verbs=SOURCES,
    )
    relative_files: Option[bool] = Option(
        "run:relative_files",
        BOOLEAN,
        False,
        "Store file names relative to the current directory.",
        "SET-17",
    )
