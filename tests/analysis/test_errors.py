"""Errors name the culprit, and survive being sent between processes."""

from __future__ import annotations

import pickle

from cov_analysis import AnalysisError, NotPython


def test_not_python_names_file_line_and_reason() -> None:
    error = NotPython("a.py", 3, "invalid syntax")
    assert str(error) == "a.py:3 is not Python source: invalid syntax"
    assert (error.path, error.line, error.reason) == ("a.py", 3, "invalid syntax")


def test_not_python_without_a_line_names_the_file() -> None:
    assert str(NotPython("a.py", None, "unknown encoding")).startswith("a.py is not Python")


def test_not_python_is_an_analysis_error() -> None:
    assert issubclass(NotPython, AnalysisError)


def test_not_python_can_be_pickled() -> None:
    copy = pickle.loads(pickle.dumps(NotPython("a.py", 3, "invalid syntax")))
    assert isinstance(copy, NotPython)
    assert str(copy) == "a.py:3 is not Python source: invalid syntax"
    assert copy.line == 3
