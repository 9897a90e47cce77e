# Optimized: no assertions, no docstrings, __debug__ is false.
# flags: -OO
import subprocess
import sys


def work(n):
    """A text that is gone."""
    assert n > 100, "never looked at"  # not run
    if __debug__:
        return "never"  # not run
    return work.__doc__


if len(sys.argv) == 1:
    print(work(1), sys.flags.optimize)
    command = [sys.executable, *subprocess._args_from_interpreter_flags(), __file__, "child"]
    print(subprocess.run(command, env={}, stdout=-1))
else:
    print("child", sys.flags.optimize)
