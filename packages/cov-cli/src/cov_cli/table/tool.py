"""The tool itself."""

from __future__ import annotations

from cov_cli.kinds import EACH, FILE, ITEMS, TEXT
from cov_cli.table.row import ALL, Option, Rows


class Tool(Rows):
    """The tool itself."""

    debug: Option[tuple[str, ...]] = Option(
        "run:debug",
        ITEMS,
        (),
        "What to tell about the tool's own work; accepted, without effect yet.",
        "SET-08 OPT-07 ENV-04",
        flags="--debug",
        verbs=ALL,
        metavar="OPTS",
        env="COVERAGE_DEBUG",
    )
    debug_file: Option[str | None] = Option(
        "run:debug_file",
        FILE,
        None,
        "Where debug output goes; accepted, without effect yet.",
        "SET-09 ENV-05",
        env="COVERAGE_DEBUG_FILE",
    )
    disable_warnings: Option[tuple[str, ...]] = Option(
        "run:disable_warnings", ITEMS, (), "Slugs of warnings that are not wanted.", "SET-10"
    )
    python: Option[tuple[str, ...]] = Option(
        None,
        EACH,
        (),
        "An interpreter that the action is about; may be given several times. By default the one "
        "that runs cov.",
        "PST-01",
        flags="--python",
        verbs=("hook",),
        metavar="EXE",
    )
    rcfile: Option[str | None] = Option(
        None,
        TEXT,
        None,
        "The config file to read; by default the first of .coveragerc, .coveragerc.toml, "
        "setup.cfg, tox.ini and pyproject.toml that has settings.",
        "OPT-25 CFG-01 ENV-02",
        flags="--rcfile",
        verbs=ALL,
        metavar="FILE",
        env="COVERAGE_RCFILE",
    )
