"""Renaming paths between machines."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from cov_data import DataError, PathMap
from cov_data.pathmap import local_separators


def everywhere(_path: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/ci/src", "/ci/src/pkg/a.py", "/here/pkg/a.py"),
        ("/ci/src/", "/ci/src/a.py", "/here/a.py"),
        ("/CI/src", "/ci/SRC/a.py", "/here/a.py"),
        ("/ci/*/src", "/ci/7/src/a.py", "/here/a.py"),
        ("/ci/*/src", "/ci/7/8/src/a.py", None),
        ("/ci/**/src", "/ci/7/8/src/a.py", "/here/a.py"),
        ("/ci/**/src", "/ci/src/a.py", "/here/a.py"),
        ("*/src", "/ci/src/x/src/a.py", "/here/a.py"),
        ("*/site-packages/pkg", "/v/lib/site-packages/pkg/a.py", "/here/a.py"),
        ("/ci/s?c", "/ci/sxc/a.py", "/here/a.py"),
        ("/ci/s?c", "/ci/s/c/a.py", None),
        ("/ci/[st]rc", "/ci/trc/a.py", "/here/a.py"),
        ("/ci/[!x]rc", "/ci/src/a.py", "/here/a.py"),
        ("/ci/[!x]rc", "/ci/xrc/a.py", None),
        ("/ci/sr", "/ci/src/a.py", None),
        ("/ci/src", "/other/ci/src/a.py", None),
        ("/ci/src", "/ci/src", None),
        ("/ci.d", "/cixd/a.py", None),
        ("/", "/ci/a.py", "/here/ci/a.py"),
        ("c:\\work\\src", "C:\\Work\\src\\pkg\\a.py", "/here/pkg/a.py"),
        ("c:\\work\\src", "c:/work/src/pkg/a.py", "/here/pkg/a.py"),
        ("/ci/src", "/ci/src/odd\\name.py", "/here/odd\\name.py"),
    ],
)
def test_a_pattern_matches_the_beginning_up_to_a_separator(
    pattern: str, path: str, expected: str | None
) -> None:
    """COM-11, COM-12, GLB-02 to GLB-10 and LIM-45 ([!x])."""
    mapping = PathMap([["/here", pattern]], exists=everywhere)
    assert mapping.map(path) == (expected or path)


@pytest.mark.parametrize(
    "pattern", ["/ci/*", "/ci/*/", "*", "/ci/x**", "/ci/**x", "/ci/***/x", "/a/**/**/b", "[a", "a]"]
)
def test_a_pattern_that_cannot_be_is_refused_and_shown(pattern: str) -> None:
    """COM-11, GLB-09."""
    with pytest.raises(DataError) as caught:
        PathMap([["/here", pattern]])
    assert repr(pattern) in str(caught.value)


def test_relative_patterns_and_results_are_meant_from_the_current_folder(tmp_path: Path) -> None:
    """COM-11, COM-12."""
    mapping = PathMap([["src", "old"]], cwd=tmp_path, exists=everywhere)
    real = os.path.realpath(tmp_path)
    assert mapping.map(f"{real}/old/a.py") == f"{real}/src/a.py"
    assert mapping.map("/else/old/a.py") == "/else/old/a.py"


def test_new_names_have_symbolic_links_resolved(tmp_path: Path) -> None:
    """COM-12, GLB-01."""
    tmp_path.joinpath("real").mkdir()
    tmp_path.joinpath("real", "a.py").touch()
    tmp_path.joinpath("link").symlink_to(tmp_path / "real")
    mapping = PathMap([[str(tmp_path / "link"), "/ci"]])
    assert mapping.map("/ci/a.py") == os.path.realpath(tmp_path / "real" / "a.py")


def test_the_first_rule_whose_result_exists_is_used(tmp_path: Path) -> None:
    """PTH-02, COM-13."""
    for folder in ("one", "two"):
        tmp_path.joinpath(folder).mkdir()
    tmp_path.joinpath("two", "a.py").touch()
    mapping = PathMap([["one", "/ci"], ["two", "/nowhere", "/ci"]], cwd=tmp_path)
    assert mapping.map("/ci/a.py") == os.path.realpath(tmp_path / "two" / "a.py")
    assert mapping.map("/ci/b.py") == "/ci/b.py"


def test_a_rule_of_one_item_does_nothing() -> None:
    """PTH-01."""
    assert PathMap([["/here"]], exists=everywhere).map("/ci/a.py") == "/ci/a.py"


def test_a_file_in_an_archive_exists(tmp_path: Path) -> None:
    """COM-13, GLB-12."""
    with zipfile.ZipFile(tmp_path / "lib.zip", "w") as archive:
        archive.writestr("a.py", "")
    mapping = PathMap([[".", "/ci"]], cwd=tmp_path)
    assert mapping.map("/ci/lib.zip/a.py") == os.path.realpath(tmp_path / "lib.zip" / "a.py")
    assert mapping.map("/ci/no.zip/a.py") == "/ci/no.zip/a.py"


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ([["src", "/ci/src"]], "/ci/src/a.py", "src/a.py"),
        ([["./src", "/ci/src"]], "/ci/src/a.py", "./src/a.py"),
        ([[".", "/ci/src"]], "/ci/src/a.py", "a.py"),
        ([["./", "/ci/src"]], "/ci/src/a.py", "a.py"),
        ([["src", "c:\\ci"]], "c:\\ci\\p\\a.py", "src/p/a.py"),
        ([["win\\src", "/ci"]], "/ci/p/a.py", "win\\src\\p\\a.py"),
        ([["src", "old"]], "old/a.py", "src/a.py"),
        ([], "./src/a.py", "src/a.py"),
        ([], "/else/a.py", "/else/a.py"),
    ],
)
def test_with_relative_files_names_stay_relative(
    rules: list[list[str]], path: str, expected: str
) -> None:
    """COM-12."""
    assert PathMap(rules, relative=True, exists=everywhere).map(path) == expected


def test_with_relative_files_names_below_the_current_folder_become_relative(tmp_path: Path) -> None:
    """COM-14."""
    mapping = PathMap(relative=True, cwd=tmp_path)
    assert mapping.map(f"{os.path.realpath(tmp_path)}/pkg/a.py") == "pkg/a.py"
    assert mapping.map("/else/a.py") == "/else/a.py"


@pytest.mark.parametrize("order", [1, -1])
def test_a_relative_name_teaches_where_absolute_ones_belong_in_any_order(order: int) -> None:
    """COM-14, LIM-48: coverage.py needs the relative name first."""
    names = ["/ci/job/pkg/b.py", "pkg/a.py", "C:\\job\\pkg\\c.py", "/ci/a.py", "odd]/x.py"]
    mapping = PathMap(relative=True, exists=lambda path: path.startswith("pkg/"))
    assert mapping.renames(names[::order]) == {
        "/ci/job/pkg/b.py": "pkg/b.py",
        "pkg/a.py": "pkg/a.py",
        "C:\\job\\pkg\\c.py": "pkg/c.py",
        "/ci/a.py": "/ci/a.py",
        "odd]/x.py": "odd]/x.py",
    }


def test_a_copy_of_a_package_inside_of_it_is_another_file() -> None:
    """COM-14. coverage.py's combine adds up the two, which have other lines."""
    copy = "pkg/build/lib/pkg/a.py"
    here = {"pkg", "pkg/a.py", copy}
    mapping = PathMap(relative=True, exists=here.__contains__)
    names = {"pkg/a.py": "pkg/a.py", copy: copy, f"/ci/{copy}": copy}
    assert mapping.renames(names) == names
    here.remove(copy)  # then it is not known, rather than another file
    assert mapping.renames(["pkg/a.py", copy])[copy] == copy


def test_a_copy_below_the_current_folder_is_the_file_it_is(tmp_path: Path) -> None:
    for name in ("pkg/a.py", "tests/pkg/a.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("")
    path = os.path.join(os.path.realpath(tmp_path), "tests", "pkg", "a.py")
    mapping = PathMap(relative=True, cwd=tmp_path)
    assert mapping.renames(["pkg/a.py", path])[path] == os.path.join("tests", "pkg", "a.py")


def test_a_directory_is_recognised_wherever_its_file_exists() -> None:
    """COM-14: where data was recorded one level up, and in a directory of the package's name."""
    mapping = PathMap(relative=True, exists="pkg/a.py".__eq__)
    mapped = mapping.renames(["pkg/b.py", "job/pkg/a.py", "/pkg/work/PKG/a.py", "/pkg/work/b.py"])
    assert mapped == {
        "pkg/b.py": "pkg/b.py",
        "job/pkg/a.py": "pkg/a.py",
        "/pkg/work/PKG/a.py": "pkg/a.py",
        "/pkg/work/b.py": "/pkg/work/b.py",
    }


@pytest.mark.skipif(os.sep != "/", reason="about the separators of this system")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("c:\\job\\a.py", "c:/job/a.py"),
        ("src\\pkg\\a.py", "src/pkg/a.py"),
        ("/src/odd\\name.py", "/src/odd\\name.py"),
        ("src/a.py", "src/a.py"),
    ],
)
def test_separators_of_another_system_become_ours(path: str, expected: str) -> None:
    """COM-06, but a backslash in a name of this system is not a separator."""
    assert local_separators(path) == expected
