"""Other Pythons of this machine: what they say of themselves, and whether the hook works there.

Each is started and asked, since nothing else knows: flags, environment and configuration decide
where `site` looks.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import tempfile
import time

from cov_cli.errors import CliError, shown
from cov_cli.measured.settings import VARIABLE, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

OLDEST = (3, 11)
_PATIENCE = 60  # seconds until an interpreter counts as hung
_ENOUGH = 200  # characters of what a program says that is none: it may repeat all it was asked

# Runs in any Python there is, hence the style. Its arguments are places to import cov from.
_QUESTION = """
import sys
if sys.path and sys.path[0] == "":
    del sys.path[0]
known = {"version": tuple(sys.version_info[:3]), "executable": sys.executable}
known["implementation"] = getattr(getattr(sys, "implementation", None), "name", "python")
if known["version"] >= (3, 11) and known["implementation"] == "cpython":
    import os, site, sysconfig
    # Environments may be laid over one another with site.addsitedir.
    folders = [p for p in sys.path if os.path.basename(p) in ("site-packages", "dist-packages")]
    user = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    every = [os.path.abspath(p) for p in site.getsitepackages()]
    lib = [os.path.abspath(sysconfig.get_path(name)) for name in ("purelib", "platlib")]
    known["system"] = list(dict.fromkeys(p for p in lib if p in every))
    known["user"] = user
    known["venv"] = sys.prefix != sys.base_prefix
    known["folders"] = list(dict.fromkeys(every + user + folders))
    known["executable"] = os.path.abspath(sys.executable)
    sys.path += sys.argv[1:]
    try:
        import cov_cli.measured.session
        known["cov"] = cov_cli.__version__
        known["home"] = os.path.dirname(os.path.dirname(os.path.abspath(cov_cli.__file__)))
    except Exception as error:
        known["cov"], known["home"] = "", "%s: %s" % (type(error).__name__, error)
print(repr(known).encode("ascii", "backslashreplace").decode("ascii"))
"""

# Measured, so that there is a journal if the hook works.
_PROBE = "import sys\ncov = sys.modules.get('cov_cli')\nprint(getattr(cov, '__version__', ''))\n"


class Interpreter:
    """What a Python says of itself.

    `system` are the directories in which packages for all its users are installed; `user` is the
    one for this user, if it has one that is in use; `folders` are all in which hooks may be active.
    `cov` is the version of cov that it can import, found in `home`; if it can import none, `cov` is
    empty and `home` says why.
    """

    def __init__(self, name: str, known: dict[str, object]) -> None:
        self.name = name
        self.executable = str(known["executable"])
        self.version = _version(known["version"])
        self.venv = bool(known["venv"])
        self.system = _texts(known["system"])
        self.user = _texts(known["user"])
        self.folders = _texts(known["folders"])
        self.cov = str(known["cov"])
        self.home = str(known["home"])

    @property
    def title(self) -> str:
        """Its executable and version, as shown to users."""
        return f"{self.executable}, CPython {'.'.join(map(str, self.version))}"


def _version(value: object) -> tuple[int, ...]:
    assert isinstance(value, tuple)
    return value


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


def ask(name: str, places: Sequence[str] = ()) -> Interpreter:
    """Start a Python, named as in a shell, and ask it. `places` are where to import cov from, too.

    Raises CliError if it does not run, or is none that can be measured.
    """
    path = shutil.which(name)
    if path is None:
        raise CliError(f"{shown(name)}: no such interpreter")
    # What only a variable makes importable is not there for a child without that variable.
    answer = _run(path, ["-c", _QUESTION, *places], environment=_clean("PYTHONPATH"))
    try:
        known = ast.literal_eval(answer.stdout.strip().splitlines()[-1])
        version = known["version"]
    except (IndexError, KeyError, SyntaxError, TypeError, ValueError):
        detail = (answer.stderr.strip().splitlines() or ["it gives no answer"])[-1][:_ENOUGH]
        raise CliError(f"{shown(name)}: this is no Python, or a broken one: {detail}") from None
    if known["implementation"] != "cpython" or version < OLDEST:
        told = f"{known['implementation']} {'.'.join(map(str, version))}"
        raise CliError(f"{shown(name)}: this is {told}: cov measures CPython 3.11 and later")
    return Interpreter(path, known)


def version_by_files(python: str) -> tuple[int, int] | None:
    """The version of an interpreter, as far as names and files tell without starting it."""
    for path in (os.path.realpath(python), python):
        found = re.fullmatch(r"python(\d)\.(\d+)(t|d|td)?(\.exe)?", os.path.basename(path))
        if found:
            return int(found[1]), int(found[2])
    try:
        path = os.path.join(os.path.dirname(os.path.dirname(python)), "pyvenv.cfg")
        with open(path, encoding="utf-8") as file:
            found = re.search(r"^version(?:_info)? *= *(\d)\.(\d+)", file.read(), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return None
    return (int(found[1]), int(found[2])) if found else None


def probe(interpreter: Interpreter) -> str:
    """Start it with settings: the version of cov that measured it; empty if it was not measured.

    Raises CliError if it does not run.
    """
    with tempfile.TemporaryDirectory(prefix="cov-hook-") as folder:
        folder = os.path.realpath(folder)
        settings = Settings(
            data_file=os.path.join(folder, ".coverage"),
            run=os.urandom(16).hex(),
            created=time.time_ns(),
            cwd=folder,
        )
        program = os.path.join(folder, "probe.py")
        with open(program, "w", encoding="utf-8") as file:
            file.write(_PROBE)
        environment = {**_clean(), VARIABLE: settings.pack()}
        answer = _run(interpreter.name, [program], environment)
        armed = any(name.endswith(".cov-journal") for name in os.listdir(folder))
    return (answer.stdout.strip() or "unknown") if armed else ""


def _clean(*more: str) -> dict[str, str]:
    """The environment without what makes a Python measure itself."""
    unwanted = {"COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", *more}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, VARIABLE: ""}  # a missing one would be put back if cov itself is measured


def _run(
    path: str, words: list[str], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [path, *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except OSError as error:
        raise CliError(f"{shown(path)}: it cannot be started: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise CliError(f"{shown(path)}: it gives no answer for {_PATIENCE} seconds") from None
