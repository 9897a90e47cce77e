"""From files, variables and arguments to options."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from cli.running import Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cov_cli.config import SEARCHED, load_options
from cov_cli.errors import ConfigError
from cov_cli.options import Options

SAMPLES = {
    ".coveragerc": "[run]\nbranch = true\n",
    ".coveragerc.toml": "[run]\nbranch = true\n",
    "setup.cfg": "[metadata]\nname = x\n[coverage:run]\nbranch = true\n",
    "tox.ini": "[tox]\n[coverage:run]\nbranch = true\n",
    "pyproject.toml": "[project]\nname = 'x'\n[tool.coverage.run]\nbranch = true\n",
}


def load(
    rcfile: str | None = None,
    env: Mapping[str, str] | None = None,
    arguments: Mapping[str, object] | None = None,
) -> Options:
    return load_options(arguments, rcfile=rcfile, environ=env or {})


def refusal(rcfile: str | None = None, env: Mapping[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load(rcfile, env)
    return str(caught.value)


# Which file


def test_without_any_file_there_are_defaults(project: Project) -> None:
    options = load()
    assert options.config_file is None
    assert dict(options) == dict(Options({}))


@pytest.mark.parametrize("name", SEARCHED)
def test_each_kind_of_file_is_found(project: Project, name: str) -> None:
    """CFG-01."""
    project.write(name, SAMPLES[name])
    options = load()
    assert options.branch is True
    assert options.config_file == name
    assert options.warnings == ()


@pytest.mark.parametrize("index", range(len(SEARCHED) - 1))
def test_the_first_file_wins_and_files_are_never_merged(project: Project, index: int) -> None:
    """CFG-01."""
    for name in SEARCHED[index:]:
        project.write(name, SAMPLES[name])
    last = SEARCHED[-1]
    project.write(last, SAMPLES[last] + "timid = true\n")
    options = load()
    assert options.config_file == SEARCHED[index]
    assert options.timid is False


def test_files_of_parent_directories_do_not_count(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CFG-01."""
    project.write(".coveragerc", "[run]\nbranch = true\n")
    (project.root / "below").mkdir()
    monkeypatch.chdir(project.root / "below")
    assert load().config_file is None


def test_an_empty_file_of_our_own_is_used(project: Project) -> None:
    """CFG-02."""
    project.write(".coveragerc", "")
    project.write("setup.cfg", SAMPLES["setup.cfg"])
    assert load().config_file == ".coveragerc"
    assert load().branch is False


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("[metadata]\nname = coverage\n", False),
        ("[coverage:run]\n", False),
        ("[coverage:run]\nbrunch = 1\n", False),
        ("[coverage:paths]\nsource =\n  a\n  b\n", True),
        ("[coverage:html]\ntitle = x\n", True),
        ("[coverage:run]\nplugins = p\n[coverage:p]\nx = 1\n", True),
    ],
)
def test_a_shared_file_is_used_only_for_what_it_sets(
    project: Project, text: str, used: bool
) -> None:
    """CFG-02."""
    project.write("setup.cfg", text)
    project.write("tox.ini", SAMPLES["tox.ini"])
    assert load().config_file == ("setup.cfg" if used else "tox.ini")


def test_a_directory_with_the_name_of_a_file_is_passed_over(project: Project) -> None:
    (project.root / ".coveragerc").mkdir()
    project.write("tox.ini", SAMPLES["tox.ini"])
    assert load().config_file == "tox.ini"


def test_a_broken_shared_file_that_is_not_for_us_is_passed_over(project: Project) -> None:
    """LIM-55."""
    project.write("setup.cfg", "[metadata\nname\n")
    project.write("pyproject.toml", SAMPLES["pyproject.toml"])
    assert load().config_file == "pyproject.toml"


def test_a_broken_shared_file_that_is_for_us_is_refused(project: Project) -> None:
    """CFG-10."""
    project.write("setup.cfg", "[coverage:run]\nbranch\n")
    assert refusal().startswith("setup.cfg: line 2: ")


def test_a_named_file_is_the_only_one_and_ours_whatever_its_name(project: Project) -> None:
    """CFG-03, CFG-05."""
    project.write(".coveragerc", SAMPLES[".coveragerc"])
    project.write("setup.cfg", "[run]\ntimid = true\n[metadata]\nname = x\n")
    options = load("setup.cfg")
    assert (options.timid, options.branch, options.warnings) == (True, False, ())


def test_the_named_file_beats_the_variable(project: Project) -> None:
    """CFG-03."""
    project.write("one", "[run]\ncontext = one\n")
    project.write("two", "[run]\ncontext = two\n")
    assert load("one", {"COVERAGE_RCFILE": "two"}).context == "one"
    assert load(None, {"COVERAGE_RCFILE": "two"}).context == "two"
    assert load(None, {"COVERAGE_RCFILE": ""}).context is None


def test_a_named_file_that_is_missing_is_refused(project: Project) -> None:
    """CFG-03."""
    assert (
        refusal("none.cfg") == "none.cfg: cannot read this config file: No such file or directory"
    )
    assert refusal(None, {"COVERAGE_RCFILE": ".coveragerc"}).startswith(".coveragerc: cannot read")


def test_the_name_that_is_searched_first_means_search(project: Project) -> None:
    """CFG-04."""
    project.write("tox.ini", SAMPLES["tox.ini"])
    assert load(".coveragerc").config_file == "tox.ini"
    project.write("other", "[run]\ntimid = true\n")
    assert load(".coveragerc", {"COVERAGE_RCFILE": "other"}).config_file == "other"


def test_an_empty_name_means_no_file(project: Project) -> None:
    """CFG-04."""
    project.write(".coveragerc", SAMPLES[".coveragerc"])
    options = load("", {"COVERAGE_RCFILE": ".coveragerc"})
    assert (options.config_file, options.branch) == (None, False)


# What it says


def test_every_section_is_read(project: Project) -> None:
    project.write(
        ".coveragerc",
        "[run]\nsource =\n  a, b\n  c\n[report]\nfail_under = 98.6\nexclude_also =\n  a, b\n  c\n"
        "[html]\ndirectory = pages\n[xml]\npackage_depth = 2\n[json]\npretty_print = on\n"
        "[lcov]\nline_checksums = 1\n[paths]\nx =\n  src\n  */src\n",
    )
    options = load()
    assert options.source == ("a", "b", "c")
    assert options.fail_under == 98.6
    assert options.exclude_also == ("a, b", "c")
    assert options.html_dir == "pages"
    assert options.xml_package_depth == 2
    assert options.json_pretty_print is True
    assert options.lcov_line_checksums is True
    assert options.paths == {"x": ("src", "*/src")}


def test_unset_and_set_to_nothing_are_two_things(project: Project) -> None:
    """Design 3.4: an empty `patch` follows no process at all."""
    assert load().patch is None
    project.write(".coveragerc", "[run]\npatch =\n[report]\nexclude_lines =\n")
    assert load().patch == ()
    assert load().exclude_lines == ()


def test_variables_are_replaced_in_ini_and_toml(project: Project) -> None:
    """SYN-08, SYN-10."""
    env = {"WHERE": "there", "YES": "true"}
    project.write(
        "a.cfg", "[run]\nbranch = $YES\nomit =\n  $WHERE/a\n  ${NO-b}\n[paths]\nx = $WHERE\n"
    )
    project.write(
        "a.toml",
        "[run]\nbranch = '$YES'\nomit = ['$WHERE/a', '${NO-b}']\n[paths]\nx = ['$WHERE']\n",
    )
    for name in ("a.cfg", "a.toml"):
        options = load(name, env)
        assert options.branch is True
        assert options.run_omit == ("there/a", "b")
        assert options.paths == {"x": ("there",)}


def test_a_tilde_is_expanded_in_files_and_paths_only(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SYN-11."""
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("USERPROFILE", "/home/me")
    project.write(".coveragerc", "[run]\ndata_file = ~/d\nsource = ~/s\n[paths]\nx = ~/p\n")
    options = load()
    assert options.data_file == "/home/me/d"
    assert options.source == ("~/s",)
    assert options.paths == {"x": ("/home/me/p",)}


def test_sections_named_like_plugins_are_kept_for_them(project: Project) -> None:
    """SET-54, SYN-10."""
    project.write("a.cfg", "[run]\nplugins = my.plug\n[my.plug]\nA = $X\n")
    assert load("a.cfg", {"X": "x"}).plugin_options == {"my.plug": {"a": "x"}}
    project.write("a.toml", "[run]\nplugins = ['plug']\n[plug]\nA = '$X'\nn = 1\n")
    assert load("a.toml", {"X": "x"}).plugin_options == {"plug": {"A": "$X", "n": 1}}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            ".coveragerc",
            "[run]\nbrunch = 1\n",
            ".coveragerc: [run] brunch: no such option, ignored; did you mean branch?",
        ),
        (
            "tox.ini",
            "[coverage:run]\nx = 1\n",
            "tox.ini: [coverage:run] x: no such option, ignored",
        ),
        (
            ".coveragerc",
            "[runs]\nbranch = 1\n",
            ".coveragerc: [runs]: no such section, ignored; did you mean run?",
        ),
        (
            ".coveragerc",
            "[run]\nfail_under = 1\n",
            ".coveragerc: [run] fail_under: no such option, ignored; it belongs in [report]",
        ),
        (
            "tox.ini",
            "[coverage:run]\ntitle = x\n",
            "tox.ini: [coverage:run] title: no such option, ignored; it belongs in [coverage:html]",
        ),
        (
            ".coveragerc",
            "[unheard]\nbranch = 1\n",
            ".coveragerc: [unheard]: no such section, ignored",
        ),
        (
            "pyproject.toml",
            "[tool.coverage.runs]\nbranch = true\n",
            "pyproject.toml: [tool.coverage.runs]: no such section, ignored; did you mean run?",
        ),
    ],
)
def test_what_nobody_knows_is_warned_about(
    project: Project, name: str, text: str, expected: str
) -> None:
    """CFG-11, and for sections LIM-54."""
    project.write(name, text)
    assert load().warnings == (f"{expected} (unknown-setting)",)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "setup.cfg",
            "[coverage:run]\nbranch = ture\n",
            "[coverage:run] branch: not a boolean: 'ture'",
        ),
        (".coveragerc", "[report]\nprecision = x\n", "[report] precision: not an integer: 'x'"),
        (".coveragerc", "[report]\nfail_under = x\n", "[report] fail_under: not a number: 'x'"),
        (
            ".coveragerc",
            "[report]\nexclude_also = [\n",
            (
                "[report] exclude_also: not a regular expression: '[': "
                "unterminated character set at position 0"
            ),
        ),
        (
            "pyproject.toml",
            "[tool.coverage.run]\nomit = 'a'\n",
            "[tool.coverage.run] omit: not a list of strings: 'a'",
        ),
        (".coveragerc.toml", "[run]\ndata_file = 1\n", "[run] data_file: not a string: 1"),
        (".coveragerc.toml", "[paths]\nx = 'a'\n", "[paths] x: not a list of strings: 'a'"),
        (
            ".coveragerc.toml",
            "[paths]\nx = [1]\n",
            "[paths] x: not a list of strings: it contains 1",
        ),
        (
            ".coveragerc",
            "[run]\nsource = a${NO?}\n",
            "[run] source: environment variable NO is not defined: 'a${NO?}'",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_file_section_and_key(
    project: Project, name: str, text: str, expected: str
) -> None:
    """CER-01, CER-02, CER-03, CER-05, CER-15."""
    project.write(name, text)
    assert refusal() == f"{name}: {expected}"


# What overrides it


def test_the_data_file_comes_from_file_variable_or_argument(project: Project) -> None:
    """CFG-07, ENV-01."""
    env = {"COVERAGE_FILE": "variable"}
    assert load(env={"COVERAGE_FILE": ""}).data_file == ".coverage"
    project.write(".coveragerc", "[run]\ndata_file = file\n")
    assert load().data_file == "file"
    assert load(env=env).data_file == "variable"
    assert load(env=env).origin("data_file") == "COVERAGE_FILE"
    options = load(env=env, arguments={"data_file": "argument"})
    assert (options.data_file, options.origin("data_file")) == ("argument", "--data-file")


def test_an_empty_name_of_the_data_file_is_none(project: Project) -> None:
    """`--data-file=$NAME` where NAME is not set; as under coverage.py."""
    project.write(".coveragerc", "[run]\ndata_file =\n")
    assert load().data_file == ".coverage"
    project.write(".coveragerc", "[run]\ndata_file = file\n")
    assert load(arguments={"data_file": ""}).data_file == "file"


def test_the_core_variable_beats_the_setting(project: Project) -> None:
    """ENV-03."""
    project.write(".coveragerc", "[run]\ncore = ctrace\n")
    assert load(env={"COVERAGE_CORE": "sysmon"}).core == "sysmon"


def test_the_debug_variable_adds_and_the_argument_replaces(project: Project) -> None:
    """CFG-07, ENV-04, OPT-07."""
    project.write(".coveragerc", "[run]\ndebug = sys\n")
    env = {"COVERAGE_DEBUG": "pid, trace"}
    assert load(env=env).debug == ("sys", "pid", "trace")
    assert load(env=env, arguments={"debug": ("config",)}).debug == ("config",)


def test_the_debug_file_setting_beats_its_variable(project: Project) -> None:
    """DBG-09."""
    env = {"COVERAGE_DEBUG_FILE": "variable"}
    assert load(env=env).debug_file == "variable"
    project.write(".coveragerc", "[run]\ndebug_file = file\n")
    assert load(env=env).debug_file == "file"


def test_the_forced_file_beats_everything(project: Project) -> None:
    """CFG-07, ENV-08."""
    project.write("forced", "[run]\ncontext = forced\n[paths]\nx = forced\n")
    project.write(".coveragerc", "[run]\ncontext = file\nbranch = on\n[paths]\nx = file\n")
    options = load(env={"COVERAGE_FORCE_CONFIG": "forced"}, arguments={"context": "argument"})
    assert (options.context, options.branch) == ("forced", True)
    assert options.paths == {"x": ("forced",)}
    assert refusal(None, {"COVERAGE_FORCE_CONFIG": "none"}).startswith("none: cannot read")


@pytest.mark.parametrize("line", ["patch = subprocess, fork", "concurrency = multiprocessing"])
def test_settings_that_mean_many_processes_turn_parallel_on(project: Project, line: str) -> None:
    """CFG-13."""
    project.write(".coveragerc", f"[run]\n{line}\n")
    assert load().parallel is True
    assert load().origin("parallel").startswith(".coveragerc: [run] ")


def test_other_items_of_these_settings_do_not(project: Project) -> None:
    project.write(".coveragerc", "[run]\npatch = fork\nconcurrency = thread\n")
    assert load().parallel is False


HEADINGS = ["run", "report", "paths", "coverage:run", "tool.coverage.run", "tool.coverage"]
KEYS = ["branch", "omit", "exclude_also", "precision", "fail_under", " = ", "=", ": "]
TEXTS = ["true\n", "1\n", "'a'\n", "['a']\n", "[1]\n", "{}\n", "a,b\n", "  c\n", "$X\n", "${Y?}\n"]
TRASH = ["(\n", "\n", "# x\n", "%\n", "\r", "\x00", "\ufeff", "€", "[x\n"]
PIECES = st.sampled_from([f"[{name}]\n" for name in HEADINGS] + KEYS + TEXTS + TRASH)


@pytest.mark.parametrize("name", [".coveragerc", ".coveragerc.toml", "setup.cfg", "pyproject.toml"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, max_size=20))
def test_any_file_is_understood_or_refused_by_its_name(
    project: Project, name: str, pieces: list[str]
) -> None:
    """Nothing but ConfigError, in one line that begins with the file."""
    (project.root / name).write_bytes("".join(pieces).encode())
    try:
        load()
    except ConfigError as error:
        assert str(error).startswith(f"{name}: ")
        assert "\n" not in str(error)
