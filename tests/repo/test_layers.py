"""Who may import whom. The tables are in import order: a module imports only from rows above it.

A row is a module's path below its package, or a pattern for several modules that do not import one
another. A new module gets a row here; a row that matches nothing is an error too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LAYERS = {
    "cov_tracer": ("_version", "_tracer", "pytracer", "__init__"),
    "cov_data": (
        "_version",
        "errors",
        "journal",
        "schema",
        "packing",
        "naming",
        "pathmap",
        "writing",
        "reading",
        "combining",
        "seal",
        "__init__",
    ),
    "cov_analysis": (
        "_version",
        "errors",
        "source",
        "tokens",
        "statements",
        "flow.blocks",
        "flow.walk",
        "flow.__init__",
        "quirks.*",
        "exclusions",
        "regions",
        "facts",
        "results",
        "explain",
        "__init__",
    ),
    "cov_report": (
        "_version",
        "errors",
        "output",
        "percent",
        "model",
        "gather",
        "formats.__init__",
        "formats.*",
        "registry",
        "__init__",
    ),
    "cov_cli": (
        "_version",
        "measured.__init__",
        "measured.settings",
        "measured.selection",
        "measured.session",
        "measured.patches.*",
        "measured.startup",
        "errors",
        "options",
        "config",
        "commands.*",
        "main",
        "__init__",
        "__main__",
    ),
}

# The sibling packages each may import, and the one module where that is narrower.
SIBLINGS = {
    "cov_tracer": set[str](),
    "cov_data": set[str](),
    "cov_analysis": set[str](),
    "cov_report": {"cov_data", "cov_analysis"},
    "cov_cli": {"cov_tracer", "cov_data", "cov_analysis", "cov_report"},
}
ONLY_IMPORTER = {("cov_report", "cov_data"): {"gather"}}

# Modules that a measured process loads, and all that they may import besides one another.
MEASURED = ("cov_tracer.*", "cov_cli.__init__", "cov_cli._version", "cov_cli.measured.*")
GUEST_IMPORTS = {"sys", "os", "time", "atexit", "_thread", "_signal"}


def source(package: str) -> Path:
    return ROOT / "packages" / package.replace("_", "-") / "src" / package


def modules(package: str) -> dict[str, Path]:
    """The modules of a package, by their dotted path below it."""
    paths = (path for path in source(package).rglob("*.py*") if path.suffix in {".py", ".pyi"})
    return {".".join(p.relative_to(source(package)).with_suffix("").parts): p for p in paths}


ALL = [(package, module) for package in LAYERS for module in sorted(modules(package))]
EVERY_MODULE = pytest.mark.parametrize(
    ("package", "module"), ALL, ids=[f"{package}.{module}" for package, module in ALL]
)


def row(package: str, module: str) -> int | None:
    """The row of a module in its package's table: its own before a pattern; None without one."""
    rows = LAYERS[package]
    if module in rows:
        return rows.index(module)
    return next((n for n, pattern in enumerate(rows) if fnmatchcase(module, pattern)), None)


def is_type_checking(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def import_nodes(node: ast.AST, *, typing: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """Every import statement below a node, those for type checkers only if `typing`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif typing or not is_type_checking(child):
            yield from import_nodes(child, typing=typing)


def imported(package: str, module: str, node: ast.Import | ast.ImportFrom) -> list[str]:
    """The absolute names of the modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        parts = [package, *module.split(".")]
        base = ".".join(parts[: len(parts) - node.level] + ([base] if base else []))
    owner, _, inside = base.partition(".")
    names = []
    for alias in node.names:
        below = f"{inside}.{alias.name}" if inside else alias.name
        is_module = owner in LAYERS and (
            below in modules(owner) or f"{below}.__init__" in modules(owner)
        )
        names.append(f"{base}.{alias.name}" if is_module else base)
    return names


def inner_name(package: str, name: str) -> str:
    """A module's row name from its absolute one: a package stands for its __init__."""
    below = name.removeprefix(package).removeprefix(".")
    if below in modules(package):
        return below
    return f"{below}.__init__".removeprefix(".")


def imports(package: str, module: str, *, typing: bool = True) -> list[tuple[int, str]]:
    """(line, absolute module name) of everything a module imports, anywhere in it."""
    tree = ast.parse(modules(package)[module].read_text(encoding="utf-8"))
    return [
        (node.lineno, name)
        for node in import_nodes(tree, typing=typing)
        for name in imported(package, module, node)
    ]


def is_measured(package: str, module: str) -> bool:
    return any(fnmatchcase(f"{package}.{module}", pattern) for pattern in MEASURED)


@EVERY_MODULE
def test_a_module_has_a_row_in_its_packages_table(package: str, module: str) -> None:
    assert row(package, module) is not None, f"add {module} to LAYERS[{package!r}]"


@pytest.mark.parametrize("package", LAYERS)
def test_every_row_of_a_table_is_a_module_that_exists(package: str) -> None:
    found = modules(package)
    unused = [r for r in LAYERS[package] if not any(fnmatchcase(m, r) for m in found)]
    assert unused == []


@EVERY_MODULE
def test_a_module_imports_only_from_rows_above_its_own(package: str, module: str) -> None:
    own = row(package, module)
    assert own is not None
    for line, name in imports(package, module):
        if name == package or name.startswith(f"{package}."):
            other = inner_name(package, name)
            above = row(package, other)
            assert above is not None and above < own, f"{module}:{line} imports {other}"


@EVERY_MODULE
def test_a_package_imports_only_the_siblings_below_it(package: str, module: str) -> None:
    for line, name in imports(package, module):
        owner = name.partition(".")[0]
        if owner in LAYERS and owner != package:
            assert owner in SIBLINGS[package], f"{package}.{module}:{line} imports {name}"
            allowed = ONLY_IMPORTER.get((package, owner), {module})
            assert module in allowed, f"{package}.{module}:{line} imports {name}"


@EVERY_MODULE
def test_a_module_of_the_measured_process_imports_little(package: str, module: str) -> None:
    if not is_measured(package, module):
        return
    for line, name in imports(package, module, typing=False):
        owner, _, below = name.partition(".")
        if owner in LAYERS:
            inner = inner_name(owner, name)
            assert is_measured(owner, inner), f"{package}.{module}:{line} imports {name} ({below})"
        else:
            assert name in GUEST_IMPORTS, f"{package}.{module}:{line} imports {name}"


@EVERY_MODULE
def test_a_module_of_the_measured_process_imports_nothing_later(package: str, module: str) -> None:
    # The user's own files may shadow the standard library by then (style 2.3). A package's
    # __init__ may: it looks its public names up when somebody asks, never a measured process.
    if not is_measured(package, module) or module == "__init__":
        return
    tree = ast.parse(modules(package)[module].read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            late = list(import_nodes(node, typing=False))
            assert late == [], f"{package}.{module}:{late[0].lineno} imports inside a function"
