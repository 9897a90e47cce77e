"""The one table of settings: each stands here once, with its key, flags, type, default and help.

Config reading (`config`), the command line (`parsing`) and docs/reference (`reference`) derive from
it. Adding a setting is adding a row; docs/guides tells how. `SET-`, `OPT-` and `ENV-` ids name the
rule a row follows.

`Options` is both the table and the value: read on the class, an attribute is the row; read on an
instance, it is the setting's value.
"""

from __future__ import annotations

from cov_cli.kinds import BOOLEAN, EACH, FILE, INTEGER, ITEMS, NUMBER, REGEXES, TEXT, Kind, T, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Never, Self, overload

RUN = ("run",)
REPORTS = ("report", "html", "xml", "json", "lcov")
SOURCES = (*REPORTS, "annotate", "explain")  # verbs that read source files
DATA = ("run", "combine", "erase", *SOURCES)  # verbs that use a data file
ALL = (*DATA, "debug")


class Option(Typed[T]):
    """A row of the table. It owns no value: that is in the Options instance."""

    name = ""  # the attribute of Options it is bound to

    def __init__(
        self,
        key: str | None,
        kind: Kind[T],
        default: T,
        help: str,
        ids: str,
        *,
        flags: str = "",
        off: str = "",
        verbs: tuple[str, ...] = (),
        metavar: str = "",
        env: str = "",
    ) -> None:
        self.key = key  # "section:option" in config files; None: command line only
        self.kind = kind
        self.default: T = default
        self.help = help
        self.ids = ids  # rows of the behaviour reference
        self.flags = tuple(flags.split())
        self.off_flags = tuple(off.split())  # flags that turn a boolean off
        self.verbs = verbs
        self.metavar = metavar
        self.env = env

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: type) -> Self: ...
        @overload
        def __get__(self, instance: Options, owner: type) -> T: ...

    def __get__(self, instance: Options | None, owner: type) -> Self | T:
        if instance is None:
            return self
        value: T = instance._values.get(self.name, self.default)  # type: ignore[assignment]
        return value

    def __set__(self, instance: Options, value: Never) -> None:
        raise AttributeError(f"options are read-only: {self.name}")


class Options:
    """Every setting in force, read-only: what the table defaults to, changed by `values`.

    `origins` tells where a changed value came from, in the words of an error message.
    """

    # What is measured
    branch: Option[bool] = Option(
        "run:branch",
        BOOLEAN,
        False,
        "Measure branches as well as lines.",
        "SET-01 OPT-02",
        flags="--branch",
        verbs=RUN,
    )
    source: Option[tuple[str, ...] | None] = Option(
        "run:source",
        ITEMS,
        None,
        "Measure only what lies in these directories or importable packages, and report their "
        "files that never ran.",
        "SET-19 OPT-31",
        flags="--source",
        verbs=RUN,
        metavar="SRC1,SRC2,...",
    )
    source_pkgs: Option[tuple[str, ...]] = Option(
        "run:source_pkgs", ITEMS, (), "Like source, importable names only.", "SET-20"
    )
    source_dirs: Option[tuple[str, ...]] = Option(
        "run:source_dirs",
        ITEMS,
        (),
        "Like source, directories only; a missing one is an error.",
        "SET-21",
    )
    run_include: Option[tuple[str, ...]] = Option(
        "run:include",
        ITEMS,
        (),
        "Measure only files whose names match one of these patterns; has no effect with a source.",
        "SET-12 OPT-13",
        flags="--include",
        verbs=RUN,
        metavar="PAT1,PAT2,...",
    )
    run_omit: Option[tuple[str, ...]] = Option(
        "run:omit",
        ITEMS,
        (),
        "Never measure files whose names match one of these patterns.",
        "SET-13 OPT-19",
        flags="--omit",
        verbs=RUN,
        metavar="PAT1,PAT2,...",
    )
    cover_pylib: Option[bool] = Option(
        "run:cover_pylib",
        BOOLEAN,
        False,
        "Measure the standard library too.",
        "SET-06 OPT-16",
        flags="-L --pylib",
        verbs=RUN,
    )
    include_namespace_packages: Option[bool] = Option(
        "report:include_namespace_packages",
        BOOLEAN,
        False,
        "Look for files that never ran in directories without __init__.py as well.",
        "SET-31",
    )

    # How it is measured
    command_line: Option[str | None] = Option(
        "run:command_line",
        TEXT,
        None,
        "The program to run when the command line names none, with its arguments.",
        "SET-02 RUN-02",
    )
    module: Option[bool] = Option(
        None,
        BOOLEAN,
        False,
        "The program is the name of a module, as with python -m.",
        "OPT-17",
        flags="-m --module",
        verbs=RUN,
    )
    concurrency: Option[tuple[str, ...]] = Option(
        "run:concurrency",
        ITEMS,
        (),
        "Libraries the program uses: thread, multiprocessing, eventlet, gevent, greenlet. All are "
        "measured without being named; multiprocessing turns parallel on.",
        "SET-03 OPT-03",
        flags="--concurrency",
        verbs=RUN,
        metavar="LIB1,LIB2,...",
    )
    context: Option[str | None] = Option(
        "run:context",
        TEXT,
        None,
        "A label for what is measured in this run.",
        "SET-04 OPT-04",
        flags="--context",
        verbs=RUN,
        metavar="LABEL",
    )
    dynamic_context: Option[str | None] = Option(
        "run:dynamic_context",
        TEXT,
        None,
        "What labels the data while the program runs: test_function or none.",
        "SET-11",
    )
    core: Option[str | None] = Option(
        "run:core",
        TEXT,
        None,
        "How execution is observed: sysmon, ctrace or pytrace; by default the fastest one that "
        "this Python has.",
        "SET-05 ENV-03",
        env="COVERAGE_CORE",
    )
    timid: Option[bool] = Option(
        "run:timid",
        BOOLEAN,
        False,
        "Measure with a plain Python trace function: slow and simple.",
        "SET-22 OPT-32",
        flags="--timid",
        verbs=RUN,
    )
    patch: Option[tuple[str, ...] | None] = Option(
        "run:patch",
        ITEMS,
        None,
        "Which ways of starting and ending processes are followed: _exit, execv, fork, subprocess. "
        "Not set: all of them. Set but empty: none.",
        "SET-15",
    )
    sigterm: Option[bool] = Option(
        "run:sigterm",
        BOOLEAN,
        False,
        "Save the data before the process that cov run became dies of SIGTERM. Without it the next "
        "report does so: nothing is lost.",
        "SET-18",
    )
    save_signal: Option[str | None] = Option(
        None,
        TEXT,
        None,
        "Write the data file when this signal, USR1 or USR2, reaches a measured process, which "
        "goes on. Reports can be made at any time without it.",
        "OPT-26",
        flags="--save-signal",
        verbs=RUN,
        metavar="SIGNAL",
    )
    plugins: Option[tuple[str, ...]] = Option(
        "run:plugins", ITEMS, (), "Plugin modules; not supported yet.", "SET-16"
    )
    crash: Option[str | None] = Option(
        "run:_crash", TEXT, None, "Accepted, without effect: a test aid of coverage.py.", "SET-23"
    )

    # Where the data is
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

    # The tool itself
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
        "Where debug output goes.",
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

    def __init__(
        self,
        values: Mapping[str, object],
        origins: Mapping[str, str] | None = None,
        *,
        paths: Mapping[str, tuple[str, ...]] | None = None,
        plugin_options: Mapping[str, Mapping[str, object]] | None = None,
        config_file: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        unknown = set(values) - set(NAMES)
        if unknown:
            raise TypeError(f"no such option: {', '.join(sorted(unknown))}")
        self._values = dict(values)
        self._origins = dict(origins or {})
        self.paths = dict(paths or {})  # [paths]: label → where files are now, patterns
        self.plugin_options = dict(plugin_options or {})
        self.config_file = config_file  # the file whose settings are in use
        self.warnings = warnings  # a line each, for the user

    def __getitem__(self, name: str) -> object:
        """The value of a setting by its name. Raises KeyError."""
        if name not in NAMES:
            raise KeyError(name)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def keys(self) -> tuple[str, ...]:
        return NAMES

    def origin(self, name: str) -> str:
        """Where a setting's value was set, such as ``setup.cfg: [coverage:run] branch``.

        A list of [paths] is asked for as ``paths:label``.
        """
        return self._origins.get(name, name)

    def is_set(self, name: str) -> bool:
        """Whether anything (file, environment, command line) set it."""
        return name in self._values


TABLE: tuple[Option[object], ...] = tuple(
    row for row in vars(Options).values() if isinstance(row, Option)
)
NAMES: tuple[str, ...] = tuple(row.name for row in TABLE)
BY_KEY: dict[str, Option[object]] = {row.key: row for row in TABLE if row.key is not None}
SECTIONS: tuple[str, ...] = (*dict.fromkeys(key.split(":")[0] for key in BY_KEY), "paths")


def options_of(verb: str) -> tuple[Option[object], ...]:
    """The rows whose flags a verb accepts, in the order of the table."""
    return tuple(row for row in TABLE if verb in row.verbs)
