"""``cov hook``: the startup hook of this and other interpreters: where it is, and whether it works.

The wheel brings the hook along; what is written here is for Pythons that did not get it from there.
"""

from __future__ import annotations

import os
import stat
import sys

from cov_cli.errors import ERROR, OK, CliError, UsageError, describe, say, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cov_cli.hooks import Hook
    from cov_cli.interpreters import Interpreter
    from cov_cli.options import Options
    from cov_cli.parsing import Arguments, Parser


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "install writes the hook where the interpreter looks for it, for all users if that is "
        "allowed, else for you; uninstall deletes what install wrote; status starts the "
        "interpreter and tells whether it is measured (exit code 0) or not (1). More interpreters "
        "may follow the action, or a --python each; without any it is the one that runs cov."
    )


def run(arguments: Arguments, options: Options | None) -> int:
    """Do the action for each interpreter; 1 if one of them is not as it was asked for."""
    action, *names = arguments.args or [""]
    if not action:
        raise UsageError(f"name an action; it is one of {', '.join(_ACTIONS)}", "hook")
    if action not in _ACTIONS:
        raise UsageError(f"no such action: {action!r}; it is one of {', '.join(_ACTIONS)}", "hook")
    given = arguments.settings.get("python", ())
    assert isinstance(given, tuple)
    code = OK
    for name in [*given, *names] or [sys.executable]:
        try:
            code = max(code, _ACTIONS[action](name))
        except (CliError, OSError) as error:  # the others have their turn all the same
            say(f"cov: error: {describe(error)}")
            code = ERROR
    return code


def _status(name: str) -> int:
    from cov_cli.hooks import find
    from cov_cli.interpreters import ask, probe

    interpreter = ask(name)
    print(interpreter.title)
    for hook in find(interpreter.folders):
        print(f"  hook   {hook.path}, {hook.origin}")
    if not find(interpreter.folders):
        print("  hook   none")
    version = probe(interpreter)
    if version:
        print(f"  works  yes, with cov {version}")
        return OK
    print(f"  works  no: {_why_not(interpreter)}")
    return ERROR


def _why_not(interpreter: Interpreter) -> str:
    from cov_cli.hooks import find

    if not find(interpreter.folders):
        if not interpreter.cov and interpreter.version[:2] != sys.version_info[:2]:
            # What is compiled for one version is of no use to another.
            from cov_cli.installing import advice

            way_out = advice(interpreter.executable, interpreter.version)
            return f"it has no hook, nor cov: {way_out}"
        return f"it has no hook: {_command('install', interpreter)}"
    if not interpreter.cov:
        return f"cov cannot be imported there: {interpreter.home}"
    return "the hook is there, but nothing is measured"


def _install(name: str) -> int:
    from cov_cli import hooks
    from cov_cli.interpreters import ask, probe

    interpreter = ask(name)
    before = hooks.find(interpreter.folders)
    version = probe(interpreter) if before else ""
    if version:
        print(f"{interpreter.title}: has its hook, with cov {version}: {before[0].path}")
        return OK
    for hook in before:
        if hook.wheel:
            problem = f"{shown(hook.path)} belongs to {hook.wheel} and has no effect"
            first, then = _uninstalling(interpreter), _command("install", interpreter)
            raise CliError(f"{problem}: {first}, then {then}")
    hook = _write(interpreter, _places(name, interpreter))
    version = probe(interpreter)
    if not version:
        hook.remove()
        raise CliError(f"{interpreter.title}: a hook in {hook.folder} has no effect: removed again")
    print(f"{interpreter.title}: hook installed, with cov {version}: {hook.path}")
    return OK


def _places(name: str, interpreter: Interpreter) -> list[str]:
    """Where the interpreter has to import cov from; nothing if it finds it by itself."""
    from cov_cli.installing import advice
    from cov_cli.interpreters import ask
    from cov_cli.preparing import homes

    if interpreter.cov:
        return []
    places = homes()
    told = ask(name, places)
    if told.cov:
        return places
    raise CliError(
        f"{interpreter.title}: the cov that is running cannot work there ({told.home}): "
        f"{advice(interpreter.executable, interpreter.version)}"
    )


def _write(interpreter: Interpreter, places: Sequence[str]) -> Hook:
    """Write the hook, for all users or else for this one. Raises CliError with the reasons."""
    from cov_cli import hooks

    refusals = []
    for folder in (*interpreter.system, *interpreter.user):
        try:
            return hooks.write(folder, interpreter.version, places)
        except OSError as error:
            refusals.append(_refusal(folder, error))
    if not interpreter.user:
        where = "a virtual environment" if interpreter.venv else "this interpreter"
        refusals.append(f"{where} uses no directory for packages of a user")
    raise CliError(f"{interpreter.title}: no hook could be written: {'; '.join(refusals)}")


def _refusal(folder: str, error: OSError) -> str:
    """Why a directory cannot be written to: who may, who we are."""
    place = folder
    while not os.path.exists(place) and os.path.dirname(place) != place:
        place = os.path.dirname(place)
    about = os.stat(place)
    who = f"belongs to {_user(about.st_uid)}, mode {stat.filemode(about.st_mode)}"
    me = f", and you are {_user(os.geteuid())}" if hasattr(os, "geteuid") else ""
    return f"{folder}: {error.strerror} ({place} {who}{me})"


def _user(number: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return f"user {number}"


def _uninstall(name: str) -> int:
    from cov_cli import hooks
    from cov_cli.interpreters import ask

    interpreter = ask(name)
    code = OK
    found = hooks.find(interpreter.folders)
    for hook in found:
        if hook.wheel:
            place = shown(hook.path)
            say(f"cov: error: {place} belongs to {hook.wheel}: {_uninstalling(interpreter)}")
            code = ERROR
        elif hook.folder not in (*interpreter.system, *interpreter.user):
            say(f"cov: error: {shown(hook.path)} is another interpreter's, and active here too")
            code = ERROR
        else:
            hook.remove()
            print(f"{interpreter.title}: hook removed: {hook.path}")
    if not found:
        print(f"{interpreter.title}: has no hook")
    return code


def _command(action: str, interpreter: Interpreter) -> str:
    return f"cov hook {action} --python {shown(interpreter.executable)}"


def _uninstalling(interpreter: Interpreter) -> str:
    return f"{shown(interpreter.executable)} -m pip uninstall cov-cli"


_ACTIONS = {"install": _install, "uninstall": _uninstall, "status": _status}
