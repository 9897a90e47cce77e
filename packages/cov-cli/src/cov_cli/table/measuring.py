"""What is measured, and how."""

from __future__ import annotations

from cov_cli.kinds import BOOLEAN, ITEMS, TEXT
from cov_cli.table.row import RUN, Option, Rows


class Measuring(Rows):
    """What is measured, and how."""

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
        "What labels the data while the program runs: none; test_function is not supported yet.",
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
