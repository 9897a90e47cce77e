"""The projects we compare on: what to fetch, what their suites need, how to run them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    name: str
    version: str
    packages: tuple[str, ...]  # what --source names
    needs: tuple[str, ...] = ()  # names in constraints.txt, besides pytest
    arguments: tuple[str, ...] = ()  # for pytest
    sources: tuple[str, ...] = ("src",)  # removed from the unpacked sdist: the installed copy runs

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version}"


PROJECTS = (
    Project(
        "attrs",
        "26.1.0",
        ("attr", "attrs"),
        needs=("cloudpickle", "hypothesis", "pympler"),
        # Derandomised and without deadlines, whatever the suite's own profile says.
        arguments=("--hypothesis-profile=ci",),
    ),
    Project("click", "8.5.1", ("click",)),
    Project("jinja2", "3.1.6", ("jinja2",), needs=("trio",)),
    Project("more-itertools", "11.2.1", ("more_itertools",), sources=("more_itertools",)),
    Project(
        "packaging",
        "26.3",
        ("packaging",),
        needs=("hypothesis", "pretend", "tomli-w"),  # and pip, which every venv has
        arguments=("--hypothesis-profile=ci",),
    ),
    Project("sqlparse", "0.6.1", ("sqlparse",), sources=("sqlparse",)),
)
