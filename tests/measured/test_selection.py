"""Which files are measured: patterns, the settings on their way, and the decision itself."""

from __future__ import annotations

import os
import re
import site
import sys
import sysconfig
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cov_tracer
from cov_cli.measured.globs import Globs, check
from cov_cli.measured.selection import Selection
from cov_cli.measured.settings import WAYS, Settings, pack_fields, unpack, unpack_fields

# pattern, path, whether it matches, rule
PATTERNS = [
    ("a.py", "/x/a.py", True, "GLB-04"),
    ("a.py", "/x/y/a.py", True, "GLB-04"),
    ("a.py", "/x/ba.py", False, "GLB-06"),
    ("a.py", "/a.py/b", False, "GLB-06"),
    ("*", "/any/thing", True, "GLB-04"),
    ("*.py", "/x/y/z.py", True, "GLB-04"),
    ("?.py", "/x/a.py", True, "GLB-02"),
    ("?.py", "/x/ab.py", False, "GLB-02"),
    ("/x/?/a.py", "/x/y/a.py", True, "GLB-02"),
    ("/x?a.py", "/x/a.py", False, "GLB-02: a separator is no character"),
    ("/x/*/a.py", "/x/y/a.py", True, "GLB-02"),
    ("/x/*/a.py", "/x/y/z/a.py", False, "GLB-02"),
    ("/x/**/a.py", "/x/a.py", True, "GLB-02: none"),
    ("/x/**/a.py", "/x/y/z/a.py", True, "GLB-02: any number"),
    ("*/x/*", "/x/a", True, "GLB-03"),
    ("*/x/*", "/a/b/x/c/d.py", True, "GLB-03"),
    ("*/x/*", "/a/b/xx/c/d.py", False, "GLB-03"),
    ("*/x/*", "/a/x", False, "GLB-03"),
    ("*/a.py", "/x/y/a.py", True, "GLB-03"),
    ("/x/*", "/x/y/z.py", True, "GLB-03"),
    ("*\\x\\*", "/a/x/b", True, "GLB-05"),
    ("*/x/*", "C:\\a\\x\\b.py", True, "GLB-05"),
    ("/x/*/", "/x/y/z.py", False, "GLB-06"),
    ("x/a.py", "/here/x/a.py", True, "GLB-07: from the current directory"),
    ("x/a.py", "x/a.py", True, "GLB-07: as it is"),
    ("x/a.py", "/there/x/a.py", False, "GLB-07"),
    ("*x/a.py", "/here/x/a.py", False, "GLB-07: only as it is"),
    ("x/*", "/here/x/y/a.py", True, "GLB-07"),
    ("../x.py", "/x.py", True, "GLB-07"),
    ("x[abc].py", "/a/xb.py", True, "GLB-08"),
    ("x[a-c].py", "/a/xb.py", True, "GLB-08"),
    ("x[a-c].py", "/a/xd.py", False, "GLB-08"),
    ("x[^a].py", "/a/xb.py", True, "GLB-08"),
    ("x[^a].py", "/a/xa.py", False, "GLB-08"),
    ("x[!a].py", "/a/xb.py", True, "LIM-45: negates, too"),
    ("x[!a].py", "/a/xa.py", False, "LIM-45"),
    ("x[a-].py", "/a/x-.py", True, "GLB-08"),
    ("a+b(c).py", "/x/a+b(c).py", True, "GLB-09"),
    ("a.py", "/x/aXpy", False, "GLB-09"),
    ("a\nb.py", "/x/a\nb.py", True, "GLB-09"),
    ("$x^.py", "/x/$x^.py", True, "GLB-09"),
]


@pytest.mark.parametrize(("pattern", "path", "matches", "rule"), PATTERNS)
def test_a_pattern_matches(pattern: str, path: str, matches: bool, rule: str) -> None:
    check(pattern)
    assert Globs([pattern], "/here").match(path) is matches, rule


@pytest.mark.skipif(os.name == "nt", reason="elsewhere")
def test_case_counts_but_on_windows() -> None:
    # GLB-10.
    assert not Globs(["*/X/*"], "/").match("/x/a.py")


def test_a_linked_directory_matches_what_it_leads_to(tmp_path: Path) -> None:
    # GLB-11.
    here = tmp_path.resolve()
    (here / "real").mkdir()
    (here / "lnk").symlink_to("real")
    assert Globs(["lnk/*"], str(here)).match(str(here / "real" / "a.py"))
    assert not Globs(["*/lnk/*"], str(here)).match(str(here / "real" / "a.py"))


def test_no_pattern_matches_nothing() -> None:
    assert not Globs([], "/")
    assert not Globs(["", ""], "/")
    assert not Globs([], "/").match("/a")


# CER-09: pattern and the piece that the message has to name
@pytest.mark.parametrize(
    ("pattern", "piece"),
    [
        ("x**", "x**"),
        ("a/x**/b", "x**"),
        ("**x", "**x"),
        ("a/***/b", "***"),
        ("a/**/**/b", "**/**"),
        ("[a", "[a"),
        ("b/a]", "a]"),
        ("b/a[]", "a[]"),
    ],
)
def test_a_pattern_without_sense_is_refused_with_the_piece_that_is_wrong(
    pattern: str, piece: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(piece)):
        check(pattern)


NAMES = st.text("ab.", min_size=1, max_size=3).filter(lambda name: set(name) != {"."})
PIECES = st.one_of(
    NAMES, st.sampled_from(["*", "?", "**", "a*", "*b", "[ab]", "[^a]", "?b", "a*b"])
)


def as_regex(pieces: list[str]) -> re.Pattern[str]:
    """The rules once more, in the obvious way: GLB-02, GLB-03, GLB-08."""
    inside = {"*": "[^/]*", "?": "[^/]", "[ab]": "[ab]", "[^a]": "[^a/]"}
    text = ""
    for piece in pieces:
        if piece == "**":
            text += "(?:/[^/]+)*"
        else:
            parts = re.split(r"(\*|\?|\[ab\]|\[\^a\])", piece)
            text += "/" + "".join(inside.get(part, re.escape(part)) for part in parts)
    return re.compile(text, re.DOTALL)


@given(st.lists(PIECES, min_size=1, max_size=5), st.lists(NAMES, min_size=1, max_size=5))
def test_patterns_mean_what_a_regular_expression_says(pieces: list[str], names: list[str]) -> None:
    if any(pair == ("**", "**") for pair in pairwise(pieces)):
        with pytest.raises(ValueError, match=re.escape("**/**")):
            check("/" + "/".join(pieces))
        return
    wanted = [*pieces[:-1], "**"] if pieces[-1] == "*" else list(pieces)
    regex = as_regex(wanted)
    path = "/" + "/".join(names)
    # At the end, ** stands for at least one name: what lies below a directory is not itself.
    expected = regex.fullmatch(path) is not None
    if wanted[-1] == "**":
        expected = any(
            as_regex(wanted[:-1]).fullmatch("/" + "/".join(names[:count]) if count else "")
            for count in range(len(names))
        )
    pattern = "/" + "/".join(pieces)
    check(pattern)
    assert Globs([pattern], "/nowhere").match(path) is expected


@given(st.text("ab*?[]^!-/\\", max_size=12), st.text("ab/", max_size=8))
def test_a_pattern_is_refused_or_works(pattern: str, path: str) -> None:
    try:
        check(pattern)
    except ValueError as error:
        assert str(error)
    else:
        assert Globs([pattern], "/").match(path) in (True, False)


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=()), max_size=8)
SOME_TEXT = TEXT.filter(bool)
LISTS = st.lists(SOME_TEXT, max_size=3)


@given(
    st.builds(
        Settings,
        data_file=SOME_TEXT,
        run=st.text("0123456789abcdef", min_size=32, max_size=32),
        created=st.integers(0, 2**63),
        mode=st.sampled_from(["fresh", "append", "parallel"]),
        branch=st.booleans(),
        core=TEXT,
        context=TEXT,
        cwd=TEXT,
        source_dirs=LISTS,
        packages=LISTS,
        warn=LISTS,
        program=TEXT,
        include=LISTS,
        omit=LISTS,
        pylib=st.booleans(),
        relative=st.booleans(),
        namespaces=st.booleans(),
        follow=st.lists(st.sampled_from(WAYS)),
        top=st.integers(0, 2**31),
        seal=LISTS,
    )
)
def test_settings_arrive_as_they_were_packed(settings: Settings) -> None:
    assert vars(unpack(settings.pack())) == vars(settings)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_fields_arrive_as_they_were_packed(fields: list[str]) -> None:
    assert unpack_fields(pack_fields(fields)) == fields


@given(st.text("1\n\t\\=abc_dfiltru0", max_size=60))
def test_what_is_no_settings_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="settings"):
        unpack(text)


def test_settings_of_a_later_version_with_more_names_are_read() -> None:
    settings = Settings(data_file="/x", run="0" * 32, created=1)
    assert vars(unpack(settings.pack() + "\nnew=thing")) == vars(settings)


class Frame:
    """As much of a frame as the decision looks at."""

    def __init__(self, names: Mapping[str, object]) -> None:
        self.f_globals = dict(names)


def decide(name: str, names: Mapping[str, object] | None = None, **options: Any) -> str | None:
    """What is decided of a file with these settings."""
    settings = Settings(data_file="/x", run="0" * 32, created=1, **{"cwd": os.getcwd(), **options})
    return Selection(settings).decide(name, cast(FrameType, Frame(names or {"__name__": "mod"})))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, with some files below."""
    folder = tmp_path.resolve()
    for name in ("a.py", "b.py", "pkg/__init__.py", "pkg/c.py", "pkg/sub/d.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    monkeypatch.chdir(folder)
    return folder


STDLIB = os.path.realpath(os.__file__)
SITE = sysconfig.get_path("purelib")
INSTALLED = os.path.realpath(pytest.__file__)


@pytest.mark.parametrize("name", ["<string>", "<frozen os>", "<stdin>", "<a>.py", "", "memory:x"])
def test_what_is_no_file_is_not_measured(name: str) -> None:
    # SEL-01, SEL-04.
    assert decide(name) is None
    assert decide(name, include=["*"]) is None


def test_the_globals_tell_where_a_compiled_file_is_now(here: Path) -> None:
    # SEL-02.
    moved = str(here / "pkg" / "c.py")
    assert decide("/built/elsewhere/c.py", {"__file__": moved}) == moved
    assert decide("/built/elsewhere/c.py", {"__file__": moved + "c"}) == moved


def test_code_under_the_globals_of_another_file_has_its_own_name(here: Path) -> None:
    # SEL-03: a template's, for instance.
    assert decide(str(here / "page.html"), {"__file__": str(here / "a.py")}) == str(
        here / "page.html"
    )
    assert decide(str(here / "a.py"), {"__file__": None}) == str(here / "a.py")


def test_names_are_absolute_and_free_of_links(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # SEL-05.
    (here / "lnk").symlink_to("pkg")
    assert decide("a.py") == str(here / "a.py")
    assert decide("lnk/c.py") == str(here / "pkg" / "c.py")
    assert decide(str(here / "pkg" / ".." / "a.py")) == str(here / "a.py")
    monkeypatch.syspath_prepend(here / "pkg" / "sub")
    assert decide("d.py") == str(here / "pkg" / "sub" / "d.py")


def test_without_a_source_all_but_libraries_is_measured(here: Path) -> None:
    # SEL-10, SEL-17.
    assert decide(str(here / "a.py")) is not None
    assert decide(STDLIB) is None
    assert decide(INSTALLED) is None
    assert decide(cov_tracer.__file__, pylib=True) is None
    assert decide(STDLIB, pylib=True) == STDLIB


@pytest.mark.parametrize("name", ["sitecustomize", "usercustomize"])
def test_what_site_imports_belongs_to_the_environment(here: Path, name: str) -> None:
    # SEL-10. It may lie anywhere: Debian's is a link to a file below /etc.
    module = {"__name__": name}
    assert decide(str(here / "a.py"), module) is None
    assert decide(str(here / "a.py"), module, source_dirs=[str(here)]) is not None
    assert decide(str(here / "a.py"), module, include=["*"]) is not None
    assert decide(str(here / f"{name}.py"), {"__name__": "__main__"}) is not None


def test_a_project_inside_a_virtual_environment_is_measured(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SEL-16, LIM-41.
    (here / "pyvenv.cfg").touch()
    monkeypatch.syspath_prepend(here)
    assert decide(str(here / "pkg" / "c.py")) is not None


def test_scripts_of_installed_packages_are_not_measured() -> None:
    # SEL-15.
    assert decide(os.path.join(os.path.realpath(sys.prefix), "bin", "some-script")) is None


def test_a_place_that_comes_to_the_path_later_is_a_library_from_then_on(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SEL-13.
    place = here / "other" / "site-packages"
    place.mkdir(parents=True)
    settings = Settings(data_file="/x", run="0" * 32, created=1, cwd=str(here))
    selection = Selection(settings)
    frame = cast(FrameType, Frame({"__name__": "x"}))
    assert selection.decide(str(place / "x.py"), frame) is not None
    monkeypatch.syspath_prepend(place)
    assert selection.decide(str(place / "y.py"), frame) is None


def test_a_source_directory_is_all_that_is_measured(here: Path) -> None:
    # SEL-07.
    source: dict[str, Any] = {"source_dirs": [str(here / "pkg")]}
    assert decide(str(here / "pkg" / "sub" / "d.py"), **source) is not None
    assert decide(str(here / "a.py"), **source) is None
    assert decide(str(here / "pkgs" / "a.py"), **source) is None
    # ... whatever include says.
    assert decide(str(here / "a.py"), include=["*"], **source) is None


def test_libraries_inside_a_source_directory_are_not_measured(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SEL-08.
    inside = here / "venv" / "lib" / "site-packages"
    inside.mkdir(parents=True)
    monkeypatch.syspath_prepend(inside)
    assert decide(str(inside / "x.py"), source_dirs=[str(here)]) is None
    assert decide(str(inside / "x.py"), source_dirs=[str(inside)]) is not None
    assert decide(str(inside / "pkg" / "x.py"), source_dirs=[str(inside / "pkg")]) is not None


def test_a_source_package_covers_its_modules_wherever_they_are(here: Path) -> None:
    # SEL-07, SEL-18.
    source: dict[str, Any] = {"packages": ["pkg"]}
    name = str(here / "pkg" / "c.py")
    assert decide(name, {"__name__": "pkg"}, **source) is not None
    assert decide(name, {"__name__": "pkg.c"}, **source) is not None
    assert decide(name, {"__name__": "pkgs"}, **source) is None
    assert decide(name, {"__name__": None}, **source) is None
    assert decide(INSTALLED, {"__name__": "pytest"}, packages=["pytest"]) == INSTALLED
    assert decide(STDLIB, {"__name__": "os"}, packages=["os"]) == STDLIB


class Spec:
    def __init__(self, name: str) -> None:
        self.name = name


def test_the_main_program_is_known_by_its_spec_or_its_file(here: Path) -> None:
    # SEL-19.
    source: dict[str, Any] = {"packages": ["pkg", "a"]}
    main = {"__name__": "__main__"}
    assert decide(str(here / "a.py"), {**main, "__spec__": None}, **source) is not None
    assert decide(str(here / "b.py"), {**main, "__spec__": None}, **source) is None
    assert decide(str(here / "b.py"), {**main, "__spec__": Spec("pkg.b")}, **source) is not None


def test_include_selects_files_and_libraries_too(here: Path) -> None:
    # SEL-09.
    assert decide(str(here / "a.py"), include=["a.py"]) is not None
    assert decide(str(here / "b.py"), include=["a.py"]) is None
    assert decide(STDLIB, include=[STDLIB]) == STDLIB


def test_omit_wins_over_everything(here: Path) -> None:
    # SEL-11.
    name = str(here / "pkg" / "c.py")
    several: list[dict[str, Any]] = [
        {},
        {"include": ["*"]},
        {"source_dirs": [str(here)]},
        {"packages": ["mod"]},
    ]
    for options in several:
        assert decide(name, **options) == name
        assert decide(name, omit=["pkg/*"], **options) is None


def test_a_name_that_cannot_be_stored_is_not_measured(here: Path) -> None:
    # SEL-12.
    assert decide(str(here / "\udc80.py")) is None


def test_names_are_relative_on_request_where_they_lie_below(here: Path) -> None:
    # GLB-01.
    assert decide(str(here / "pkg" / "c.py"), relative=True) == os.path.join("pkg", "c.py")
    elsewhere = str(here.parent / "x.py")
    assert decide(elsewhere, relative=True) == elsewhere


def test_the_places_of_installed_packages_are_known_here() -> None:
    # Else the tests above would show nothing.
    assert INSTALLED.startswith(os.path.realpath(SITE))
    assert SITE in site.getsitepackages()
