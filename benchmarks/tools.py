"""The command that runs a program under each tool we compare with, all measuring branches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

NULL_TRACER = Path(__file__).with_name("null_tracer.py")


@dataclass(frozen=True)
class Tool:
    name: str
    command: Callable[[str, str], list[str]]  # of the interpreter and the program
    environment: dict[str, str] = field(default_factory=dict)
    since: str = "3.11"  # the first Python it is for


# coverage.py follows children only when told to, and that has a price of its own: only the
# workload that starts some is run with it.
RCFILE = "[run]\npatch = subprocess\nparallel = true\n"


def _plain(python: str, program: str) -> list[str]:
    return [python, program]


def _null(python: str, program: str) -> list[str]:
    return [python, str(NULL_TRACER), program]


def _cov(python: str, program: str) -> list[str]:
    data = "--data-file=ours.data"
    return [python, "-m", "cov_cli", "run", "--branch", "--source=.", data, program]


def _coverage(python: str, program: str) -> list[str]:
    common = ["--branch", "--source=.", "--rcfile=peer.rc", "--data-file=peer.data"]
    return [python, "-m", "coverage", "run", *common, program]


def _slipcover(python: str, program: str) -> list[str]:
    common = ["--branch", "--source=.", "--out=slipcover.txt"]
    return [python, "-m", "slipcover", *common, program]


PLAIN = Tool("plain", _plain)
TOOLS = (
    PLAIN,
    Tool("null tracer", _null),
    Tool("cov", _cov),
    Tool("coverage ctrace", _coverage, {"COVERAGE_CORE": "ctrace"}),
    Tool("coverage sysmon", _coverage, {"COVERAGE_CORE": "sysmon"}, since="3.14"),
    Tool("slipcover", _slipcover),
)
