"""Settings of one format of reports each."""

from __future__ import annotations

from cov_cli.kinds import BOOLEAN, FILE, INTEGER, TEXT
from cov_cli.table.row import Option, Rows


class Formats(Rows):
    """Settings of one format of reports each."""

    # HTML
    html_dir: Option[str] = Option(
        "html:directory",
        FILE,
        "htmlcov",
        "Directory for the pages.",
        "SET-41 OPT-08",
        flags="-d --directory",
        verbs=("html",),
        metavar="DIR",
    )
    extra_css: Option[str | None] = Option(
        "html:extra_css", TEXT, None, "A style sheet to apply after the usual one.", "SET-42"
    )
    html_show_contexts: Option[bool] = Option(
        "html:show_contexts",
        BOOLEAN,
        False,
        "Show the contexts of each line.",
        "SET-43 OPT-27",
        flags="--show-contexts",
        verbs=("html",),
    )
    html_skip_covered: Option[bool | None] = Option(
        "html:skip_covered",
        BOOLEAN,
        None,
        "Leave out what is completely covered; by default as in [report].",
        "SET-44 OPT-28",
        flags="--skip-covered",
        off="--no-skip-covered",
        verbs=("html",),
    )
    html_skip_empty: Option[bool | None] = Option(
        "html:skip_empty",
        BOOLEAN,
        None,
        "Leave out what has no statements; by default as in [report].",
        "SET-45 OPT-29",
        flags="--skip-empty",
        verbs=("html",),
    )
    html_title: Option[str] = Option(
        "html:title",
        TEXT,
        "Coverage report",
        "The title of the pages, plain text.",
        "SET-46 OPT-33",
        flags="--title",
        verbs=("html",),
        metavar="TITLE",
    )

    # XML, JSON, LCOV
    xml_output: Option[str] = Option(
        "xml:output",
        FILE,
        "coverage.xml",
        "Where the report goes; - is the standard output.",
        "SET-47 OPT-20",
        flags="-o",
        verbs=("xml",),
        metavar="FILE",
    )
    xml_package_depth: Option[int] = Option(
        "xml:package_depth", INTEGER, 99, "Directory levels that count as packages.", "SET-48"
    )
    json_output: Option[str] = Option(
        "json:output",
        FILE,
        "coverage.json",
        "Where the report goes; - is the standard output.",
        "SET-49 OPT-20",
        flags="-o",
        verbs=("json",),
        metavar="FILE",
    )
    json_pretty_print: Option[bool] = Option(
        "json:pretty_print",
        BOOLEAN,
        False,
        "Indent the report for human readers.",
        "SET-50 OPT-23",
        flags="--pretty-print",
        verbs=("json",),
    )
    json_show_contexts: Option[bool] = Option(
        "json:show_contexts",
        BOOLEAN,
        False,
        "Add the contexts of each line.",
        "SET-51 OPT-27",
        flags="--show-contexts",
        verbs=("json",),
    )
    lcov_output: Option[str] = Option(
        "lcov:output",
        FILE,
        "coverage.lcov",
        "Where the report goes; - is the standard output.",
        "SET-52 OPT-20",
        flags="-o",
        verbs=("lcov",),
        metavar="FILE",
    )
    lcov_line_checksums: Option[bool] = Option(
        "lcov:line_checksums", BOOLEAN, False, "Add a checksum to each line's record.", "SET-53"
    )
