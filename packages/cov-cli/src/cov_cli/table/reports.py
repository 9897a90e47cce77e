"""What a report is about, and how it looks."""

from __future__ import annotations

from cov_cli.kinds import BOOLEAN, INTEGER, ITEMS, NUMBER, REGEXES, TEXT
from cov_cli.table.row import REPORTS, SOURCES, Option, Rows


class Reports(Rows):
    """What a report is about, and how it looks."""

    # What a report is about
    report_include: Option[tuple[str, ...]] = Option(
        "report:include",
        ITEMS,
        (),
        "Report only files whose names match one of these patterns.",
        "SET-30 OPT-13",
        flags="--include",
        verbs=SOURCES,
        metavar="PAT1,PAT2,...",
    )
    report_omit: Option[tuple[str, ...]] = Option(
        "report:omit",
        ITEMS,
        (),
        "Leave out files whose names match one of these patterns.",
        "SET-32 OPT-19",
        flags="--omit",
        verbs=SOURCES,
        metavar="PAT1,PAT2,...",
    )
    contexts: Option[tuple[str, ...] | None] = Option(
        "report:contexts",
        ITEMS,
        None,
        "Report only what ran in contexts that match one of these regular expressions.",
        "SET-24 OPT-05",
        flags="--contexts",
        verbs=("report", "html", "json", "explain"),
        metavar="REGEX1,REGEX2,...",
    )
    ignore_errors: Option[bool] = Option(
        "report:ignore_errors",
        BOOLEAN,
        False,
        "Leave out source files that cannot be read or parsed, with a warning.",
        "SET-29 OPT-12",
        flags="-i --ignore-errors",
        verbs=SOURCES,
    )
    allow_changed: Option[bool] = Option(
        "report:allow_changed",
        BOOLEAN,
        False,
        "Report on source files that have changed since they were measured as if they had not.",
        "cov",
        flags="--allow-changed",
        verbs=SOURCES,
    )
    cache: Option[bool] = Option(
        "report:cache",
        BOOLEAN,
        True,
        "Keep what source files say of themselves in .cov_cache, beside the data file, so that the "
        "next report is made faster.",
        "cov",
        flags="--cache",
        off="--no-cache",
        verbs=REPORTS,
    )
    exclude_lines: Option[tuple[str, ...] | None] = Option(
        "report:exclude_lines",
        REGEXES,
        None,
        "Lines that match are not counted. Replaces the built-in list.",
        "SET-26 EXC-01",
    )
    exclude_also: Option[tuple[str, ...]] = Option(
        "report:exclude_also", REGEXES, (), "Added to exclude_lines.", "SET-25 CFG-14"
    )
    partial_branches: Option[tuple[str, ...] | None] = Option(
        "report:partial_branches",
        REGEXES,
        None,
        "Branches on lines that match are forgiven. Replaces the built-in list.",
        "SET-34 EXC-04",
    )
    partial_also: Option[tuple[str, ...]] = Option(
        "report:partial_also", REGEXES, (), "Added to partial_branches.", "SET-33 CFG-14"
    )
    partial_branches_always: Option[tuple[str, ...] | None] = Option(
        "report:partial_branches_always",
        REGEXES,
        None,
        "The same for constructs known by their syntax. Replaces the built-in list.",
        "SET-35 EXC-05",
    )

    # How a report looks
    fail_under: Option[float] = Option(
        "report:fail_under",
        NUMBER,
        0.0,
        "Exit with status 2 if the total, 0 to 100, is below this.",
        "SET-27 OPT-09",
        flags="--fail-under",
        verbs=REPORTS,
        metavar="MIN",
    )
    complete: Option[bool] = Option(
        "run:complete",
        BOOLEAN,
        False,
        "Exit with status 3 if a Python process of the program was not measured.",
        "cov",
        flags="--complete",
        verbs=("combine", *REPORTS),
    )
    precision: Option[int] = Option(
        "report:precision",
        INTEGER,
        0,
        "Digits after the point in percentages.",
        "SET-36 OPT-22",
        flags="--precision",
        verbs=("report", "html"),
        metavar="N",
    )
    format: Option[str] = Option(
        "report:format",
        TEXT,
        "text",
        "What the report looks like: text, markdown or total.",
        "SET-28 OPT-10",
        flags="--format",
        verbs=("report",),
        metavar="FORMAT",
    )
    explain_format: Option[str] = Option(
        None,
        TEXT,
        "text",
        "What the explanations look like: text or json.",
        "cov",
        flags="--format",
        verbs=("explain",),
        metavar="FORMAT",
    )
    show_missing: Option[bool] = Option(
        "report:show_missing",
        BOOLEAN,
        False,
        "Show the lines and branches that did not run.",
        "SET-37 OPT-18",
        flags="-m --show-missing",
        verbs=("report",),
    )
    skip_covered: Option[bool] = Option(
        "report:skip_covered",
        BOOLEAN,
        False,
        "Leave out files that are completely covered.",
        "SET-38 OPT-28",
        flags="--skip-covered",
        off="--no-skip-covered",
        verbs=("report",),
    )
    skip_empty: Option[bool] = Option(
        "report:skip_empty",
        BOOLEAN,
        False,
        "Leave out files without statements.",
        "SET-39 OPT-29",
        flags="--skip-empty",
        verbs=("report", "xml"),
    )
    sort: Option[str] = Option(
        "report:sort",
        TEXT,
        "name",
        "Column to sort by: name, stmts, miss, branch, brpart or cover; - in front: downwards.",
        "SET-40 OPT-30",
        flags="--sort",
        verbs=("report",),
        metavar="COLUMN",
    )
    quiet: Option[bool] = Option(
        None,
        BOOLEAN,
        False,
        "Say nothing about what was combined or written.",
        "OPT-24",
        flags="-q --quiet",
        verbs=("combine", *SOURCES),
    )
