"""The way in where no hook can run: arm first, then run the program as Python itself would.

`cov run` uses it for interpreters without `site` (-S) or without an installed hook. What is
imported here stays in the program's process, so it is what `python -m` and `python DIR` load
anyway. The command line is: how (`file` or `module`), the program, its arguments.
"""

import os
import runpy
import sys
from importlib.machinery import SourceFileLoader

from cov_cli.measured import session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

_COMMAND = "import sys; sys.path += {0!r}; from cov_cli.bootstrap import main; main({1})"

# A zip archive ends with this record, at most 65535 bytes of comment before the end.
_ARCHIVE_END, _ARCHIVE_REACH = b"PK\x05\x06", 65557


def command(places: "list[str]") -> str:
    """What `python -c` needs to come to `main`: `places` are directories to import cov from."""
    return _COMMAND.format(places, len(places))


def main(extra: int) -> None:
    """Run the program that sys.argv names. The last `extra` entries of sys.path are ours."""
    how, program, *arguments = sys.argv[1:]
    session.start()
    del sys.path[len(sys.path) - extra :]
    safe = sys.flags.safe_path
    if not safe and sys.path and sys.path[0] == "":
        del sys.path[0]  # `-c` put it there
    sys.argv[:] = [program, *arguments]
    if how == "module":
        if not safe:
            sys.path.insert(0, os.getcwd())
        _run_module(program, found_by_name=True)
    elif os.path.isdir(program) or _is_archive(program):
        sys.path.insert(0, program)
        _run_module("__main__", found_by_name=False)
    else:
        if not safe:
            sys.path.insert(0, os.path.dirname(os.path.realpath(program)))
        _run_file(program)


def _run_module(name: str, *, found_by_name: bool) -> None:
    # What `python -m` and `python DIR` call themselves.
    runpy._run_module_as_main(name, alter_argv=found_by_name)  # type: ignore[attr-defined]


def _is_archive(program: str) -> bool:
    with open(program, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - _ARCHIVE_REACH))
        return _ARCHIVE_END in file.read()


def _run_file(program: str) -> None:
    loader = SourceFileLoader("__main__", program)
    names = vars(sys.modules["__main__"])
    names.clear()
    names.update(
        __name__="__main__",
        __doc__=None,
        __package__=None,
        __loader__=loader,
        __spec__=None,
        __builtins__=sys.modules["builtins"],
        __file__=os.path.abspath(program),
        __cached__=None,
    )
    code: "CodeType" = loader.source_to_code(loader.get_data(program), program)
    try:
        exec(code, names)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code is not code:
            trace = trace.tb_next  # the frames above the program's own are ours
        sys.excepthook(type(error), error.with_traceback(trace), trace)
        raise SystemExit(1) from None
