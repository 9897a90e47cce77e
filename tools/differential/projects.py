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
    # Removed from the unpacked sdist, so that the installed copy runs. Where tests are in a package
    # but not in its wheel, nothing is, and the unpacked copy runs.
    sources: tuple[str, ...] = ("src",)

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version}"


def _tested_inside(name: str, version: str) -> Project:
    """A project whose tests are a part of the package itself."""
    return Project(name, version, (name,), sources=(name,), arguments=("--pyargs", name))


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
    # Heavy with async: event loops, task groups, asynchronous generators and context managers.
    Project(
        "anyio",
        "4.16.0",
        ("anyio",),
        needs=("blockbuster", "hypothesis", "psutil", "pytest-mock", "pytest-timeout", "trio")
        + ("trustme", "truststore"),
        # One loop of each backend, and not its sockets: they take minutes and are never the same.
        arguments=("-k", "not uvloop and not eager", "tests/streams/test_memory.py")
        + tuple(f"tests/test_{one}.py" for one in ("itertools", "synchronization", "taskgroups")),
    ),
    Project(
        "asyncstdlib",
        "3.14.0",
        ("asyncstdlib",),
        needs=("typing_extensions",),
        sources=("asyncstdlib",),
    ),
    Project(
        "structlog",
        "26.1.0",
        ("structlog",),
        needs=("pytest-asyncio", "simplejson", "time-machine"),
    ),
    Project(
        "tenacity",
        "9.2.1",
        ("tenacity",),
        needs=("tornado", "trio"),
        sources=("tenacity",),
        arguments=("--ignore=tests/test_after.py",),  # it throws dice
    ),
    Project(
        "trio",
        "0.35.0",
        ("trio",),
        needs=("trustme",),
        # Not its prompt, whose output comes in other portions each time.
        arguments=("--pyargs", "trio", "--skip-optional-imports", "-k", "not test_repl"),
    ),
    # Generators, decorators, and functions made while the program runs.
    Project("boltons", "26.2.0", ("boltons",), sources=("boltons",), arguments=("tests",)),
    Project("cachetools", "8.0.0", ("cachetools",)),
    Project(
        "jsonschema",
        "4.26.0",
        ("jsonschema",),
        sources=("jsonschema/benchmarks",),
        needs=("jsonpath-ng",),
        arguments=("--pyargs", "jsonschema"),
    ),
    Project("pluggy", "1.7.0", ("pluggy",)),
    _tested_inside("toolz", "1.2.0"),
    # Match statements.
    Project(
        "expression",
        "5.8.0",
        ("expression",),
        needs=("hypothesis", "pytest-asyncio"),
        sources=("expression",),
        arguments=tuple(f"--ignore=tests/test_{one}.py" for one in ("block", "option", "result")),
    ),
    _tested_inside("pyflakes", "4.1.0"),
    # Metaclasses, and modules that are generated.
    Project(
        "cattrs",
        "26.2.1",
        ("cattrs",),
        needs=("hypothesis", "immutables"),
        arguments=(
            "-o",
            "addopts=",
            "tests",
            "--ignore=tests/preconf",
            "--ignore=tests/test_preconf.py",
        ),
    ),
    Project("lark", "1.3.1", ("lark",), sources=("lark",), arguments=("-o", "addopts=")),
    Project(
        "mako",
        "1.4.3",
        ("mako",),
        needs=("babel", "beaker", "dogpile.cache", "pygments"),
        sources=("mako",),
    ),
    Project("marshmallow", "4.4.0", ("marshmallow",), needs=("simplejson",)),
    Project("typeguard", "4.6.0", ("typeguard",), arguments=("--ignore=tests/mypy",)),
    # State machines and parsers: long chains of conditions and loops.
    # Not the two tests that want paths of a tree that is not installed.
    Project(
        "docutils",
        "0.23",
        ("docutils",),
        sources=("docutils",),
        arguments=("test", "-k", "not test_math_output_html_stylesheet"),
    ),
    Project("h11", "0.16.0", ("h11",), sources=()),
    # Not the tests that tell by the clock whether parsing takes linear time.
    Project("mistune", "3.4.0", ("mistune",), arguments=("-k", "not linear")),
    Project("parso", "0.8.7", ("parso",), sources=("parso",)),
)
