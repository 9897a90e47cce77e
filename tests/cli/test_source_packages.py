"""Packages that `source` and `source_pkgs` name: which of their files count as never run."""

from __future__ import annotations

import os

import pytest
from cli.running import Project

LATE = "import sys\nsys.path.insert(0, 'lib')\nimport pk\n"


def rows(project: Project) -> dict[str, str]:
    """The files of the report, and how much of each is covered."""
    table = project.cov("report").out.splitlines()
    cells = [line.split() for line in table if line.endswith("%") and not line.startswith("TOTAL")]
    return {line[0].replace(os.sep, "/"): line[-1] for line in cells}


@pytest.mark.parametrize("how", ["ends", "killed", "parallel"])
def test_a_package_that_only_the_program_can_find_is_known_by_where_it_ran(
    project: Project, how: str
) -> None:
    # UNX-01
    project.write("lib/pk/__init__.py", "A = 1\n")
    project.write("lib/pk/never.py", "B = 1\n")
    project.write("lib/pk/sub/__init__.py", "C = 1\n")
    project.write("lib/pk/sub/omitted.py", "D = 1\n")
    project.write("p.py", LATE + ("import os\nos._exit(0)\n" if how == "killed" else ""))
    words = ["-p"] if how == "parallel" else []
    assert project.cov("run", *words, "--source=pk", "--omit=*/omitted.py", "p.py").err == ""
    if how == "parallel":
        assert project.cov("combine", "-q").code == 0
    assert rows(project) == {
        "lib/pk/__init__.py": "100%",
        "lib/pk/never.py": "0%",
        "lib/pk/sub/__init__.py": "0%",
    }


@pytest.mark.parametrize("how", ["ends", "killed", "parallel"])
@pytest.mark.parametrize("form", ["pk/__init__.py", "pk.py"])
def test_an_installed_copy_that_nobody_imports_is_not_the_package(
    project: Project, how: str, form: str
) -> None:
    # UNX-01: a test suite that puts its own tree first, beside an installed copy
    for folder in ("installed", "lib"):
        project.write(f"{folder}/{form}", "A = 1\n")
        if form != "pk.py":
            project.write(f"{folder}/pk/never.py", "B = 1\n")
    project.write("p.py", LATE + ("import os\nos._exit(0)\n" if how == "killed" else ""))
    words = ["-p"] if how == "parallel" else []
    path = {"PYTHONPATH": str(project.root / "installed")}
    assert project.cov("run", *words, "--source=pk", "p.py", env=path).err == ""
    if how == "parallel":
        assert project.cov("combine", "-q").code == 0
    assert rows(project) == {f"lib/{form}": "100%"} | (
        {} if form == "pk.py" else {"lib/pk/never.py": "0%"}
    )


def test_each_copy_of_a_package_that_ran_is_listed(project: Project) -> None:
    for folder in ("installed", "lib"):
        project.write(f"{folder}/pk/__init__.py", "A = 1\n")
        project.write(f"{folder}/pk/never.py", "B = 1\n")
    child = "import subprocess\nsubprocess.run([sys.executable, '-c', 'import pk'])\n"
    project.write("p.py", LATE + child)
    path = {"PYTHONPATH": str(project.root / "installed")}
    assert project.cov("run", "--source=pk", "p.py", env=path).err == ""
    assert rows(project) == {
        f"{folder}/pk/{name}": covered
        for folder in ("installed", "lib")
        for name, covered in (("__init__.py", "100%"), ("never.py", "0%"))
    }


def test_a_package_inside_of_another_is_not_the_one_of_its_name(project: Project) -> None:
    project.write("shop/__init__.py", "")
    project.write("shop/tests/__init__.py", "A = 1\n")
    project.write("tests/__init__.py", "B = 1\n")
    project.write("p.py", "import shop.tests\n")
    project.write(".coveragerc", "[run]\nsource_pkgs = shop, tests\n")
    assert project.cov("run", "p.py").code == 0
    assert rows(project)["tests/__init__.py"] == "0%"


def test_a_directory_does_not_hide_the_package_of_its_name(project: Project) -> None:
    project.write("hpk/docs/a.txt", "")
    project.write("hpk/setup.py", "S = 1\n")
    project.write("place/hpk/__init__.py", "A = 1\n")
    project.write("place/hpk/un.py", "B = 1\n")
    project.write("p.py", "import hpk\n")
    project.write(".coveragerc", "[run]\nsource_pkgs = hpk\n")
    done = project.cov("run", "p.py", env={"PYTHONPATH": str(project.root / "place")})
    assert (done.code, done.err) == (0, "")
    assert rows(project) == {"place/hpk/__init__.py": "100%", "place/hpk/un.py": "0%"}


@pytest.mark.parametrize("setting", ["", "include_namespace_packages = true"])
def test_a_namespace_package_is_listed_whole_or_not_at_all(project: Project, setting: str) -> None:
    # SET-31, WRN-15
    for folder, name in (("a", "one"), ("b", "two")):
        project.write(f"{folder}/nsp/{name}/__init__.py", "A = 1\n")
        project.write(f"{folder}/nsp/{name}/un.py", "B = 1\n")
    project.write("p.py", "import nsp.two\n")
    project.write(".coveragerc", f"[run]\nsource = nsp\n[report]\n{setting}\n")
    path = os.pathsep.join(str(project.root / folder) for folder in "ab")
    assert project.cov("run", "p.py", env={"PYTHONPATH": path}).err == ""
    found = {"b/nsp/two/__init__.py": "100%"}
    if setting:
        found |= dict.fromkeys(
            ["a/nsp/one/__init__.py", "a/nsp/one/un.py", "b/nsp/two/un.py"], "0%"
        )
    assert rows(project) == found


def test_tests_that_are_imported_by_other_names_do_not_count_as_never_run(project: Project) -> None:
    project.write("shop.py", "A = 1\n")
    project.write("tests/one.py", "import shop\n")
    project.write("p.py", "import sys\nsys.path.insert(0, 'tests')\nimport one\n")
    project.write(".coveragerc", "[run]\nsource_pkgs = shop, tests\n")
    assert project.cov("run", "p.py").code == 0
    assert rows(project) == {"shop.py": "100%"}


def test_a_project_in_a_folder_of_the_packages_name_hides_no_warning(project: Project) -> None:
    # WRN-02
    inner = Project(project.root / "acme")
    inner.write("src/acme/__init__.py", "A = 1\n")
    inner.write("tests/one.py", "A = 1\n")
    done = inner.cov("run", "--source=acme,tests", "tests/one.py")
    (line,) = done.err.splitlines()
    assert line.startswith("cov: warning: --source: acme is no directory and no module")
    assert line.endswith("(module-not-imported)")
