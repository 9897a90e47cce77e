"""real_path says what os.path.realpath says, or nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cov_tracer._tracer import real_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="os.path has it all there")

NAMES = ("a", "b", "c", "missing", "..", ".", "", "é\udcff")
PARTS = st.lists(st.sampled_from(NAMES), max_size=7)
# What lies at a place: a file, a directory, or a link, relative or absolute, maybe in a circle.
THINGS = st.lists(st.tuples(PARTS, st.sampled_from(["file", "folder", "link", "far"]), PARTS))


def build(root: Path, things: list[tuple[list[str], str, list[str]]]) -> None:
    for place, kind, target in things:
        path = os.path.join(root, *place)
        try:
            if kind == "folder":
                os.makedirs(path)
            elif kind == "file":
                Path(path).touch()
            else:
                start = os.fspath(root) if kind == "far" else ""
                os.symlink(os.path.join(start, *target) or ".", path)
        except OSError:
            pass  # something else lies there already, or its directory does not


@settings(max_examples=300, deadline=None)
@given(THINGS, st.lists(PARTS, min_size=3, max_size=9))
def test_paths_are_resolved_as_by_os_path(
    tmp_path_factory: pytest.TempPathFactory,
    things: list[tuple[list[str], str, list[str]]],
    paths: list[list[str]],
) -> None:
    root = tmp_path_factory.mktemp("tree")
    build(root, things)
    known = ""
    for parts in paths:
        path = os.path.join(root, *parts)
        assert real_path(path) in (None, os.path.realpath(path)), path
        assert real_path(path, known) in (None, os.path.realpath(path)), (path, known)
        known = real_path(path) or ""


def test_usual_paths_are_resolved_and_unusual_ones_left(tmp_path: Path) -> None:
    root = os.path.realpath(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    (tmp_path / "far").symlink_to(tmp_path / "link" / ".." / "link")
    assert real_path(f"{tmp_path}/far/x//y/../z.py/") == f"{root}/folder/x/z.py"
    assert real_path("/") == real_path("//..") == "/"
    (tmp_path / "circle").symlink_to("circle")
    for path in ("folder", "", f"{tmp_path}/circle/x", "/x" * 3000):
        assert real_path(path) is None
    for paths in (("/a\0b",), ("/a", "/a\0b")):
        with pytest.raises(ValueError, match="null"):
            real_path(*paths)


def test_what_is_known_is_not_looked_at_again(tmp_path: Path) -> None:
    root = os.path.realpath(tmp_path)
    (tmp_path / "link").symlink_to("folder")
    assert real_path(f"{root}/link/x", f"{root}/link/y") == f"{root}/link/x"
    for other in (f"{root}/lin", f"{root}/linked", f"{root}/x/link", root, "", "/"):
        assert real_path(f"{root}/link/x", other) == f"{root}/folder/x"


def test_below_what_is_missing_nothing_is_looked_at_until_a_way_leads_back(tmp_path: Path) -> None:
    root = os.path.realpath(tmp_path)
    (tmp_path / "link").symlink_to("folder")
    (tmp_path / "file").touch()
    for name in ("missing", "file/x"):
        assert real_path(f"{root}/{name}/a/../b") == f"{root}/{name}/b"
        up = "/".join(".." for _ in name.split("/"))
        assert real_path(f"{root}/{name}/{up}/link/c") == f"{root}/folder/c"
