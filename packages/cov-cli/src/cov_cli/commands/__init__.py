"""The verbs: for each a module here, found by name and imported only when it is asked for.

A command module has `add_arguments(parser)`, which describes what is not in the option table, and
`run(arguments, options) -> int`, which does the work and returns the exit code. `arguments.args`
holds the positional arguments as strings; for `run` the program and everything behind it.
"""


class Command:
    """A verb: module of this package, one line for the overview, and what follows the options."""

    def __init__(self, module: str, summary: str, positionals: str = "") -> None:
        self.module = f"{__name__}.{module}"
        self.summary = summary
        self.positionals = positionals


COMMANDS = {
    "combine": Command("combine", "Join data files into one.", "[FILE | DIR]..."),
    "debug": Command("debug", "Tell what cov knows besides what ran.", "processes"),
    "erase": Command("erase", "Delete the data file."),
    "explain": Command(
        "explain", "Tell why lines and branches have their colours.", "FILE[:LINE]..."
    ),
    "help": Command("helping", "Tell how to use cov, or one of its commands.", "[COMMAND]..."),
    "hook": Command(
        "hook",
        "Tell whether interpreters measure what is started in them, or make them.",
        "install | uninstall | status [INTERPRETER]...",
    ),
    "json": Command("jsonreport", "Write a report for programs, as JSON.", "[FILE]..."),
    "report": Command("report", "Show what ran, file by file.", "[FILE]..."),
    "run": Command("run", "Run a Python program and measure it.", "PROGRAM [ARGUMENT]..."),
}

# Verbs of coverage.py that we do not have yet: known, so that the message can say so.
LATER = ("annotate", "html", "lcov", "xml")
