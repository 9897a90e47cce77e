"""Reading source: encodings, line ends, archives, and files that are no Python at all."""

from __future__ import annotations

import ast
import warnings
import zipfile
from pathlib import Path

import pytest
from support.pipes import needs_pipes, pipe_at

from cov_analysis import AnalysisError, NotPython, Source, analyze
from cov_analysis.source import digest


def text_of(data: bytes) -> str:
    return Source.from_bytes("a.py", data).text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "\n", id="empty"),
        pytest.param(b"x = 1", "x = 1\n", id="final line end is added"),
        pytest.param(b"x\r\ny\rz\n", "x\ny\nz\n", id="line ends"),
        pytest.param(b"x\x0c= 1\n", "x = 1\n", id="form feed is a blank"),
        pytest.param(b"\xef\xbb\xbfx = 1\n", "x = 1\n", id="byte order mark"),
        pytest.param(b"# coding: latin-1\n'\xff'\n", "# coding: latin-1\n'\xff'\n", id="cookie"),
        pytest.param("'\u2028'\n".encode(), "'\u2028'\n", id="other separators stay"),
    ],
)
def test_bytes_become_text_as_the_interpreter_reads_them(data: bytes, text: str) -> None:
    assert text_of(data) == text


def test_lines_are_split_at_line_feeds_only() -> None:
    source = Source("a.py", "a = '\x1c\u2028'\nb\n")
    assert source.lines == ["a = '\x1c\u2028'", "b"]
    assert source.line_starts == [0, 9, 11]


def test_a_form_feed_before_code_starts_its_indentation_anew() -> None:
    # Valid Python; read as a blank it would be an indentation error.
    source = Source("a.py", "if x:\n  \x0c  a\n\x0cb\n")
    assert source.lines == ["if x:", "  a", "b"]
    assert len(source.tree.body) == 2


def test_tree_and_code_are_made_once() -> None:
    source = Source("a.py", "x = 1\n")
    assert source.tree is source.tree
    assert source.code is source.code
    assert isinstance(source.tree, ast.Module)


def test_warnings_of_the_compiler_are_not_passed_on() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        source = Source("a.py", "assert (x, 'always true')\ny = 1 is 1\nz = '\\d'\n")
        assert source.code.co_filename == "a.py"
        assert len(source.tree.body) == 3


def test_our_own_future_imports_do_not_reach_the_code() -> None:
    source = Source("a.py", "def f(x: undefined_name): pass\n")
    annotations = source.code.co_flags & 0x1000000  # CO_FUTURE_ANNOTATIONS
    assert not annotations


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\r\n")
    source = Source.read(path)
    assert source.path == str(path)
    assert source.text == "x = 1\n"


@pytest.mark.parametrize("suffix", ["zip", "whl", "egg", "pex", "par"])
def test_a_file_in_an_archive_is_read(tmp_path: Path, suffix: str) -> None:
    # GLB-12
    archive = tmp_path / f"lib.{suffix}"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("pkg/mod.py", "x = 1\n")
    assert Source.read(archive / "pkg" / "mod.py").text == "x = 1\n"


def test_a_folder_named_like_an_archive_is_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "lib.zip" / "a.py"
    path.parent.mkdir()
    path.write_text("x = 1\n")
    assert Source.read(path).text == "x = 1\n"


@needs_pipes
def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    with pipe_at(path), pytest.raises(AnalysisError, match=r"a\.py: it is a pipe"):
        Source.read(path)


@pytest.mark.parametrize("name", ["missing.py", "lib.zip/missing.py", "broken.zip/a.py", "."])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "lib.zip", "w") as target:
        target.writestr("a.py", "x = 1\n")
    (tmp_path / "broken.zip").write_bytes(b"PK, not really")
    path = tmp_path / name
    with pytest.raises(AnalysisError) as caught:
        Source.read(path)
    assert str(path) in str(caught.value)
    assert not isinstance(caught.value, NotPython)


def test_a_path_that_no_file_can_have_is_an_analysis_error() -> None:
    with pytest.raises(AnalysisError):
        Source.read("a\0b.py")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"x = 1\nif x\n", 2, id="syntax"),
        pytest.param(b"x = (\n", 1, id="bracket never closed"),
        pytest.param(b"if x:\n    y\n  z\n", 3, id="indentation"),
        pytest.param(b"if x:\n\ty\n        z\n", 3, id="tabs and blanks"),
        pytest.param(b"x = 1\n'''text\n", 2, id="string over lines never closed"),
        pytest.param(b"x = '\n", 1, id="string never closed"),
        pytest.param(b"return 1\n", 1, id="only the compiler refuses"),
        pytest.param(b"break\n", 1, id="only the compiler refuses a jump"),
        pytest.param(b"x = \\", 1, id="ends in a backslash"),
    ],
)
def test_a_file_that_does_not_parse_is_refused_with_its_line(data: bytes, line: int) -> None:
    # STM-17
    with pytest.raises(NotPython) as caught:
        analyze(Source.from_bytes("a.py", data))
    assert (caught.value.path, caught.value.line) == ("a.py", line)
    assert caught.value.reason
    assert str(caught.value).startswith(f"a.py:{line} ")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"x = 1\0\n", id="nul"),
        pytest.param(b"x = '\xff'\n", id="not utf-8"),
        pytest.param(b"# coding: ascii\nx = '\xc3\xa4'\n", id="not what it says"),
        pytest.param(b"\xef\xbb\xbf# coding: latin-1\nx = 1\n", id="two encodings"),
        pytest.param(b"# coding: no-such-thing\n", id="unknown encoding"),
        pytest.param(b"# coding: hex\n", id="encoding of bytes"),
        pytest.param(b"# coding: undefined\n", id="encoding that always fails"),
        pytest.param(b"# coding: raw_unicode_escape\nx = '\\ud800'\n", id="surrogate"),
        pytest.param("x = 1".encode("utf-16"), id="utf-16"),
        pytest.param(b"(" * 10_000, id="brackets"),
        pytest.param(b"x = " + b"(" * 5000 + b")" * 5000, id="brackets in brackets"),
        pytest.param(b"-" * 50_000 + b"1", id="deep expression"),
        pytest.param(b"a" + b".b" * 50_000, id="long attribute chain"),
        pytest.param(b"lambda: " * 5_000 + b"1", id="lambdas"),
        pytest.param(b"".join(b" " * n + b"if x:\n" for n in range(150)), id="indentations"),
        pytest.param(b"x = " + b"9" * 10_000, id="number too long"),
    ],
)
def test_hostile_files_are_refused_not_crashed_on(data: bytes) -> None:
    with pytest.raises(NotPython, match=r"^a\.py") as caught:
        analyze(Source.from_bytes("a.py", data))
    assert caught.value.path == "a.py"
    assert caught.value.reason


def test_a_digest_is_that_of_the_content_whatever_the_line_ends() -> None:
    assert digest(b"a\nb\n") == "8d020eb46fdee76eed11c25c3c809ede"
    assert digest(b"a\r\nb\r\n") == digest(b"a\rb\r") == digest(b"a\nb\n")


def test_content_that_differs_in_more_than_line_ends_has_another_digest() -> None:
    contents = [b"", b"\n", b"a\nb\n", b"a\nb", b"a\n\nb\n", b"a\n\rb\n\n", b"a\x0cb\n", b"ab\n"]
    assert len({digest(content) for content in contents}) == len(contents)
