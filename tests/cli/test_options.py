"""The table of settings, and the value that holds them."""

from __future__ import annotations

import pytest

from cov_cli.options import NAMES, SECTIONS, TABLE, Options, options_of
from cov_cli.table.row import ALL, Option

# SET-01 to SET-53, section by section.
SETTINGS = {
    "run": "branch command_line concurrency context core cover_pylib data_file debug debug_file "
    "disable_warnings dynamic_context include omit parallel patch plugins relative_files sigterm "
    "source source_pkgs source_dirs timid _crash "
    "complete",  # ours
    "report": "contexts exclude_also exclude_lines fail_under format ignore_errors include "
    "include_namespace_packages omit partial_also partial_branches partial_branches_always "
    "precision show_missing skip_covered skip_empty sort "
    "allow_changed cache",  # ours
    "html": "directory extra_css show_contexts skip_covered skip_empty title",
    "xml": "output package_depth",
    "json": "output pretty_print show_contexts",
    "lcov": "output line_checksums",
}

# OPT-01 to OPT-33 for the verbs we have, -h apart; of our own are -q of reports, --complete,
# --allow-changed and --no-cache.
FLAGS = {
    "run": "-a --append --branch --concurrency --context --data-file --debug --include -L --pylib "
    "-m --module --omit -p --parallel-mode --rcfile --save-signal --source --timid",
    "combine": "-a --append --complete --data-file --debug --keep -q --quiet --rcfile",
    "erase": "--data-file --debug --rcfile",
    "debug": "--data-file --debug --rcfile",
    "report": "--allow-changed --cache --complete --contexts --data-file --debug --fail-under "
    "--format -i --ignore-errors --include --keep-combined -m --no-cache --show-missing --omit "
    "--precision --rcfile --skip-covered --no-skip-covered --skip-empty --sort -q --quiet",
    "json": "--allow-changed --cache --complete --contexts --data-file --debug --fail-under -i "
    "--ignore-errors --include --keep-combined --no-cache --omit -o --pretty-print -q --quiet "
    "--rcfile --show-contexts",
}


def test_every_setting_of_the_reference_is_known() -> None:
    """SET-01 to SET-53."""
    keys = {row.key for row in TABLE if row.key}
    assert keys == {f"{section}:{key}" for section in SETTINGS for key in SETTINGS[section].split()}
    assert set(SECTIONS) == {*SETTINGS, "paths"}


@pytest.mark.parametrize("verb", FLAGS)
def test_every_verb_has_the_flags_of_the_reference(verb: str) -> None:
    """OPT-01 to OPT-33."""
    flags = {flag for row in options_of(verb) for flag in (*row.flags, *row.off_flags)}
    assert flags == set(FLAGS[verb].split())


def test_no_flag_of_a_verb_stands_for_two_settings() -> None:
    for verb in ALL:
        flags = [flag for row in options_of(verb) for flag in (*row.flags, *row.off_flags)]
        assert len(flags) == len(set(flags)), verb


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_every_row_can_be_documented(row: object) -> None:
    assert isinstance(row, Option)
    assert row.help.endswith(".")
    assert row.ids
    assert bool(row.flags) == bool(row.verbs)
    assert row.key or row.flags, "nothing can set it"
    # A flag with a value shows a word for it; one without does not.
    assert bool(row.metavar) == bool(row.flags and row.kind.takes_value)


def test_options_have_defaults() -> None:
    options = Options({})
    assert options.data_file == ".coverage"
    assert options.branch is False
    assert options.patch is None
    assert dict(options)["json_output"] == options["json_output"] == "coverage.json"
    assert len(options) == len(NAMES)


def test_values_override_defaults_and_tell_where_they_come_from() -> None:
    options = Options({"branch": True}, {"branch": "setup.cfg: [coverage:run] branch"})
    assert options.branch is True
    assert options.is_set("branch")
    assert options.origin("branch") == "setup.cfg: [coverage:run] branch"
    assert not options.is_set("timid")


def test_options_cannot_be_changed() -> None:
    options = Options({})
    with pytest.raises(AttributeError, match="read-only: branch"):
        options.branch = True  # type: ignore[assignment]
    assert options.branch is False


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(TypeError, match="no such option: brunch"):
        Options({"brunch": True})
    with pytest.raises(KeyError):
        Options({})["brunch"]
