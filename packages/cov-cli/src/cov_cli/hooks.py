"""The files of the startup hook: what stands in them, where they lie, whose they are.

The wheel has them at its root, so that they come to lie where `site` looks for hooks. For Pythons
that did not get the wheel `cov hook` writes them. See docs/guides/hook.md.
"""

from __future__ import annotations

import os
import tempfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LINE, ENTRY, MODULE = "cov_startup.pth", "cov_startup_entry.start", "cov_startup.py"
ENTRY_TEXT = "cov_startup:arm\n"
ENTRY_SINCE = (3, 15)  # the first Python that reads .start files

_HEAD = "# Made by `cov hook install`; `cov hook uninstall` removes it. Directories made for it: "

# Little for the compiler to do where nobody measures: most of it is text.
_LINE = (
    "import os; exec(\"{before}try:\\n if os.environ.get('COV_SETTINGS'): "
    "from cov_cli.measured.session import start\\n else: from cov_cli.startup import start\\n "
    'start()\\nexcept Exception:\\n pass{after}") if os.environ.get("COV_SETTINGS") or '
    'os.environ.get("COVERAGE_PROCESS_START") else None; "self" in vars() and '
    "exec(\"try:\\n self._entrypoints.pop(filename[:-4] + '_entry.start', None)\\n"
    'except Exception:\\n pass")\n'
)


def line(places: Sequence[str] = ()) -> str:
    """What `site` runs at every start. `places` are on sys.path while cov is imported.

    Since 3.15 `site` would run the .start file as well. Its entry is taken back if that can be
    done: on coming to it `site` imports pkgutil and re, which takes longer than half of all that
    a Python does to start.
    """
    if not places:
        return _LINE.format(before="", after="")
    # The text stands in a string, where backslashes and quotes have a meaning.
    listed = ascii(list(places)).replace("\\", "\\\\").replace('"', '\\"')
    return _LINE.format(
        before=f"import sys\\nsys.path += {listed}\\n",
        after=f"\\nfinally:\\n del sys.path[-{len(places)}:]",
    )


def module(places: Sequence[str] = ()) -> str:
    """The module that the .start file names; like `line`."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    with open(os.path.join(here, MODULE), encoding="utf-8") as file:
        text = file.read()
    empty = "= []\n"
    assert empty in text
    return text.replace(empty, f"= {list(places)!a}\n")


class Hook:
    """A hook in a directory. `wheel` is the distribution it belongs to, empty if to none.

    `files` are the paths of all its files, compiled ones included.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.wheel = _owner(folder)
        cache = os.path.join(folder, "__pycache__")
        stem = MODULE.removesuffix("py")
        compiled = [name for name in _names(cache) if name.startswith(stem)]
        paths = [os.path.join(folder, name) for name in (LINE, ENTRY, MODULE)]
        self.files = [path for path in paths if os.path.lexists(path)]
        self.files += [os.path.join(cache, name) for name in compiled]

    @property
    def origin(self) -> str:
        """Where it came from, in a few words."""
        if self.wheel:
            return f"from {self.wheel}"
        return "left behind" if self._made() is None else "from cov hook install"

    @property
    def path(self) -> str:
        """The file that is named when the hook is spoken of."""
        return self.files[0]

    def remove(self) -> None:
        """Delete the files, and the directories that were made for them. Raises OSError."""
        made = self._made() or []
        for path in self.files:
            os.unlink(path)
        made.append(os.path.join(self.folder, "__pycache__"))
        for folder in sorted(made, key=len, reverse=True):
            if os.path.isdir(folder) and not os.listdir(folder):
                os.rmdir(folder)

    def _made(self) -> list[str] | None:
        """The directories that were made for it; None if `write` did not make it."""
        import ast

        try:
            with open(os.path.join(self.folder, LINE), encoding="utf-8") as file:
                first = file.readline()
            return [str(name) for name in ast.literal_eval(first.removeprefix(_HEAD))]
        except (OSError, ValueError, SyntaxError):
            return None


def find(folders: Iterable[str]) -> list[Hook]:
    """The hooks in these directories, in their order."""
    hooks = [Hook(folder) for folder in folders]
    return [hook for hook in hooks if hook.files]


def write(folder: str, version: tuple[int, ...], places: Sequence[str]) -> Hook:
    """Put a hook for Pythons of a version into a directory, which is made. Raises OSError."""
    made = _make(folder)
    texts = {LINE: f"{_HEAD}{made!a}\n{line(places)}"}
    if version >= ENTRY_SINCE:
        # The module first: a Python that starts meanwhile must find what the entry names.
        texts = {MODULE: module(places), ENTRY: ENTRY_TEXT, **texts}
    try:
        for name, text in texts.items():
            _put(os.path.join(folder, name), text)
    except OSError:
        for name in reversed(made):
            os.rmdir(name)
        raise
    return Hook(folder)


def _make(folder: str) -> list[str]:
    """Make a directory; all that had to be made, the outermost first."""
    missing: list[str] = []
    while not os.path.isdir(folder):
        missing.insert(0, folder)
        folder = os.path.dirname(folder)
    for name in missing:
        os.mkdir(name)
    return missing


def _put(path: str, text: str) -> None:
    """Write a file in one step, readable for all."""
    descriptor, scratch = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".cov_startup.")
    try:
        with open(descriptor, "w", encoding="ascii", newline="\n") as file:
            file.write(text)
        os.chmod(scratch, 0o644)
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise


def _owner(folder: str) -> str:
    """The distribution, with its version, whose record lists a hook in this directory."""
    for name in _names(folder):
        if name.startswith("cov_cli-") and name.endswith(".dist-info"):
            try:
                with open(os.path.join(folder, name, "RECORD"), encoding="utf-8") as file:
                    listed = any(row.startswith(f"{LINE},") for row in file)
            except OSError:
                continue
            if listed:
                _, _, version = name.removesuffix(".dist-info").partition("-")
                return f"cov-cli {version}"
    return ""


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
