"""Which setting keeps a file out of the data, or out of the reports, for explanations.

The settings of the run that was measured are not known any more: these are the ones in force now.
"""

from __future__ import annotations

import os
import sysconfig
from typing import TYPE_CHECKING

from cov_cli.measured.globs import Globs
from cov_cli.measured.selection import INSTALLED_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cov_cli.options import Options


def why_unmeasured(options: Options, path: str) -> Iterator[str]:
    """Settings of [run] by which the file (its absolute path) would not be measured now."""
    here = os.getcwd()
    sources = _sources(options)
    if sources:
        if not _is_below(path, options):
            yield f"it lies outside of what is measured: {'; '.join(sources)}"
    elif options.run_include:
        if not Globs(options.run_include, here).match(path):
            patterns = ", ".join(options.run_include)
            yield f"no pattern of {options.origin('run_include')} matches it: {patterns}"
    elif _is_installed(path, options):
        yield "installed packages and the standard library are measured only if source names them"
    yield from _omitted(options, "run_omit", path)


def why_unreported(options: Options, path: str) -> Iterator[str]:
    """Settings by which the reports leave the file out."""
    include = options.report_include
    if include and not Globs(include, os.getcwd()).match(path):
        yield (
            f"reports leave the file out: no pattern of {options.origin('report_include')} "
            f"matches it: {', '.join(include)}"
        )
    for reason in _omitted(options, "report_omit", path):
        yield f"reports leave the file out: {reason}"


def _omitted(options: Options, name: str, path: str) -> Iterator[str]:
    patterns = options[name]
    assert isinstance(patterns, tuple)
    for pattern in patterns:
        if Globs([pattern], os.getcwd()).match(path):
            yield f"{options.origin(name)} has a pattern that matches it: {pattern}"


def _sources(options: Options) -> list[str]:
    """What is to be measured, with where that was set."""
    settings = [
        ("source", options.source or ()),
        ("source_pkgs", options.source_pkgs),
        ("source_dirs", options.source_dirs),
    ]
    return [f"{options.origin(name)} = {', '.join(items)}" for name, items in settings if items]


def _is_below(path: str, options: Options) -> bool:
    """Whether the file may be one of a source; of packages only the names are compared."""
    for item in (*(options.source or ()), *options.source_dirs):
        if path.startswith(os.path.join(os.path.realpath(item), "")):
            return True
    parts = os.path.splitext(path)[0].replace("\\", "/").split("/")
    for package in (*(options.source or ()), *options.source_pkgs):
        names = package.split(".")
        if any(parts[at : at + len(names)] == names for at in range(len(parts))):
            return True
    return False


def _is_installed(path: str, options: Options) -> bool:
    if not set(INSTALLED_IN).isdisjoint(path.replace("\\", "/").split("/")):
        return True
    library = os.path.join(os.path.realpath(sysconfig.get_path("stdlib")), "")
    return not options.cover_pylib and path.startswith(library)
