"""Settings that are well-formed but make no sense, or that we cannot honour, found before any work.

What a verb does not use is not checked for it: a bad `sort` is no reason to refuse `cov run`.
Each error names the place the value was set at (reference 2.7).
"""

from __future__ import annotations

import os
import sys

from cov_cli.errors import ConfigError, UsageError
from cov_cli.options import Options
from cov_cli.table.row import REPORTS, SOURCES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LIGHT_THREADS = ("eventlet", "gevent", "greenlet")
CONCURRENCY = ("multiprocessing", "thread", *LIGHT_THREADS)
CORES = ("ctrace", "pytrace", "sysmon")
DYNAMIC_CONTEXTS = ("none", "test_function")
FORMATS = ("text", "markdown", "total")
EXPLAIN_FORMATS = ("text", "json")
PATCHES = ("_exit", "execv", "fork", "subprocess")
SIGNALS = ("USR1", "USR2")
MAX_PRECISION = 100  # digits; there is nothing to see behind the 15th
SORT_COLUMNS = ("name", "stmts", "miss", "branch", "brpart", "cover")


def check_options(options: Options, verb: str) -> tuple[str, ...]:
    """Raise ConfigError or UsageError for the first setting that is wrong for a verb.

    Returns warnings: settings that will not be honoured, a line each.
    """
    _check_concurrency(options)
    if verb == "run":
        _check_run(options)
    if verb in SOURCES:
        _check_patterns(options, "report_include", "report_omit")
    if verb in REPORTS:
        _check_report(options)
    if verb == "explain" and options.explain_format not in EXPLAIN_FORMATS:
        listed = ", ".join(EXPLAIN_FORMATS)
        reason = f"no such format: {options.explain_format!r}; it is one of {listed}"
        raise _refuse(options, "explain_format", reason)
    return tuple(_unsupported(options, verb))


def _refuse(options: Options, name: str, reason: str) -> ConfigError:
    return ConfigError(f"{options.origin(name)}: {reason}")


def _check_choice(options: Options, name: str, value: str | None, choices: tuple[str, ...]) -> None:
    if value is not None and value not in choices:
        listed = ", ".join(choices)
        raise _refuse(options, name, f"no such {name}: {value!r}; it is one of {listed}")


def _check_concurrency(options: Options) -> None:
    unknown = sorted(set(options.concurrency) - set(CONCURRENCY))
    if unknown:
        listed, known = ", ".join(map(repr, unknown)), ", ".join(CONCURRENCY)
        reason = f"no such concurrency: {listed}; it is one of {known}"
        raise _refuse(options, "concurrency", reason)
    light = sorted(set(options.concurrency) & set(LIGHT_THREADS))
    if len(light) > 1:
        reason = f"only one of these libraries can be in use: {', '.join(light)}"
        raise _refuse(options, "concurrency", reason)


def _check_run(options: Options) -> None:
    _check_choice(options, "core", options.core, CORES)
    _check_choice(options, "dynamic_context", options.dynamic_context, DYNAMIC_CONTEXTS)
    for name in options.patch or ():
        _check_choice(options, "patch", name, PATCHES)
    if options.save_signal is not None and options.save_signal not in SIGNALS:
        raise UsageError(f"--save-signal: not USR1 or USR2: {options.save_signal!r}", "run")
    if options.append and options.parallel:
        where = options.origin("parallel")
        reason = f"--append makes no sense with parallel data files (set by {where})"
        raise UsageError(reason, "run")
    for item in options.source_dirs:
        if not os.path.isdir(item):
            raise _refuse(options, "source_dirs", f"not a directory: {item!r}")
    for name, items in (("source", options.source or ()), ("source_dirs", options.source_dirs)):
        for item in items:
            if os.path.isdir(item) and os.path.dirname(os.path.realpath(item)) == os.path.realpath(
                item
            ):
                raise _refuse(options, name, f"a whole file system cannot be a source: {item!r}")
    _check_patterns(options, "run_include", "run_omit")


def _check_patterns(options: Options, *names: str) -> None:
    """CER-09. The matcher, with all it imports, is needed only where there is a pattern."""
    for name in names:
        patterns = options[name]
        assert isinstance(patterns, tuple)
        if patterns:
            from cov_cli.measured.globs import check

            for pattern in patterns:
                try:
                    check(pattern)
                except ValueError as error:
                    raise _refuse(options, name, f"{pattern!r}: {error}") from None


def _check_report(options: Options) -> None:
    _check_choice(options, "format", options.format, FORMATS)
    column = options.sort.lower().lstrip("+-")
    if len(options.sort) - len(column) > 1 or column not in SORT_COLUMNS:
        listed = ", ".join(SORT_COLUMNS)
        reason = f"no such column: {options.sort!r}; it is one of {listed}, or - and one of them"
        raise _refuse(options, "sort", reason)
    if not 0 <= options.precision <= MAX_PRECISION:
        reason = f"not between 0 and {MAX_PRECISION}: {options.precision}"
        raise _refuse(options, "precision", reason)
    # LIM-50: said before the work, not after it. A NaN fails this comparison, too.
    if not 0 <= options.fail_under <= 100:
        raise _refuse(options, "fail_under", f"not between 0 and 100: {options.fail_under}")
    if options.contexts:
        import re
    for regex in options.contexts or ():
        try:
            re.compile(regex)
        except re.error as error:
            reason = f"not a regular expression: {regex!r}: {error}"
            raise _refuse(options, "contexts", reason) from None


def _unsupported(options: Options, verb: str) -> Iterator[str]:
    """What would change the numbers if we could do it is not passed over in silence."""
    yield from _unknown_slugs(options)
    if options.plugins and verb in ("run", *SOURCES):
        names = ", ".join(options.plugins)
        yield (
            f"{options.origin('plugins')}: plugins are not supported yet, not loaded: {names} "
            "(not-supported)"
        )
    if verb != "run":
        return
    if options.dynamic_context == "test_function":
        place = options.origin("dynamic_context")
        yield (
            f"{place}: test_function is not supported yet: data gets the static context only "
            "(not-supported)"
        )
    if lacks_core(options):
        place = options.origin("core")
        yield f"{place}: sysmon needs Python 3.12: measuring with ctrace (no-sysmon)"
    named = [name for name in ("source", "source_pkgs", "source_dirs") if options[name]]
    if options.run_include and named:
        yield (
            f"{options.origin('run_include')} has no effect, since {options.origin(named[0])} says "
            "what is measured: take one of them out, or use omit (include-ignored)"
        )


def _unknown_slugs(options: Options) -> Iterator[str]:
    """CER-17, where coverage.py says nothing."""
    if not options.disable_warnings:
        return
    from cov_cli.slugs import TABLE
    from cov_cli.suggesting import suggestion

    known = [slug.name for slug in TABLE]
    for name in options.disable_warnings:
        if name not in known:
            place, meant = options.origin("disable_warnings"), suggestion(name, known)
            yield f"{place}: no such warning: {name!r}{meant} (unknown-setting)"


def lacks_core(options: Options) -> bool:
    """COR-06: whether the core that is asked for is one that this Python does not have."""
    return not options.timid and options.core == "sysmon" and sys.version_info < (3, 12)
