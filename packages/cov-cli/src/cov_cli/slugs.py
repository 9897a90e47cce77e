"""The names of warnings: each stands in brackets at the end of its line, for `disable_warnings`.

The table is also the page docs/reference/warnings.md.
"""

from __future__ import annotations

AT_START, AT_END, IN_REPORT, NEVER = (
    "every command, at its start",
    "`cov run`, when the program has ended",
    "reports",
    "never",
)


class Slug:
    """A warning's name, who says it, when, and the way out: sentences for the manual."""

    def __init__(self, name: str, said: str, when: str, way_out: str) -> None:
        self.name = name
        self.said = said
        self.when = when
        self.way_out = way_out


TABLE = (
    Slug(
        "unknown-setting",
        AT_START,
        "A config file has a section or an option that there is not, or `disable_warnings` a name "
        "that no warning has.",
        "Correct its name or take it out. The options are in [options.md](options.md).",
    ),
    Slug(
        "not-supported",
        "the commands whose numbers it would change, at their start",
        "A setting asks for what cov does not do yet: plugins, or a dynamic context.",
        "Take it out if the numbers are right without it.",
    ),
    Slug(
        "no-sysmon",
        "`cov run`, at its start",
        "`core = sysmon` on a Python older than 3.12; ctrace measures instead.",
        "Leave `core` out: each Python then gets the best it has.",
    ),
    Slug(
        "include-ignored",
        "`cov run`, at its start",
        "`[run] include` beside `source`, `source_pkgs` or `source_dirs`, which decide alone.",
        "Take one of them out; `omit` works with both. `[report] include` narrows the reports.",
    ),
    Slug(
        "module-not-imported",
        AT_END,
        "A package of `source` or `source_pkgs` is none that can be found (and no directory "
        "either), or no measured process imported it.",
        "Correct its name, or run cov where the program is run, so that it can be found. One that "
        "exists is reported as never run: import it in a test, or take it out.",
    ),
    Slug(
        "module-not-python",
        AT_END,
        "A package of `source` or `source_pkgs` has no Python file: it is built in, compiled, or "
        "a directory of other files.",
        "Take it out. Lines exist in source only.",
    ),
    Slug(
        "module-not-measured",
        AT_END,
        "Nothing of a package of `source` or `source_pkgs` was measured, but it was imported "
        "before measuring began.",
        "`python -X importtime -c pass` lists what is imported that early: mostly it is a `.pth` "
        "file in site-packages. Have it imported later.",
    ),
    Slug(
        "already-imported",
        AT_END,
        "Files that `source` or `include` select were imported before measuring began: what ran "
        "in them until then counts as not run.",
        "As for module-not-measured.",
    ),
    Slug(
        "no-data-collected",
        AT_END,
        "No process of the run ran a line that is to be measured.",
        "Look at `source`, `include` and `omit`. Without them the standard library and installed "
        "packages are left out; `source` names those that are wanted.",
    ),
    Slug(
        "couldnt-parse",
        IN_REPORT,
        "With `ignore_errors`: a file is left out, since its source is gone or is no Python.",
        "Restore or correct it, or have `[report] omit` leave it out.",
    ),
    Slug(
        "trace-changed",
        IN_REPORT,
        "The program replaced the trace function of a thread, which ctrace and pytrace (and "
        "Python 3.11) measure with. The line tells where, and until when.",
        "Have the program put back what `sys.gettrace()` gave, or measure with Python 3.12 or "
        "later, where nothing depends on it.",
    ),
    Slug("dynamic-conflict", NEVER, "", "There are no dynamic contexts yet."),
    Slug("no-ctracer", NEVER, "", "cov does not install where it cannot be compiled."),
    Slug("no-sysmon-context", NEVER, "", "There are no dynamic contexts yet."),
)

AT_THE_END = tuple(slug.name for slug in TABLE if slug.said == AT_END)
