"""The startup hook where `site` takes hooks from .start files: cov_startup_entry.start names `arm`.

Up to Python 3.17 the line in cov_startup.pth does the same, at a fraction of the cost, and this is
not loaded: docs/guides/hook.md. Nothing may get out of here: it runs in everybody's Python.
"""

import os
import sys

# Where to import cov from, if not from where this lies: `cov hook install` writes it here.
PLACES: "list[str]" = []


def arm() -> None:
    """Measure this process if the environment says so."""
    settings = os.environ.get("COV_SETTINGS")
    if not settings and not os.environ.get("COVERAGE_PROCESS_START"):
        return
    sys.path += PLACES
    try:
        if settings:
            from cov_cli.measured.session import start
        else:
            from cov_cli.startup import start
        start()
    except Exception:  # noqa: BLE001 - cov is gone, or half removed
        pass
    finally:
        del sys.path[len(sys.path) - len(PLACES) :]
