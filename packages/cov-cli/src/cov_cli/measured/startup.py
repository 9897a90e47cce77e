"""The hook: what cov_startup.pth calls in every Python that starts with settings around."""

import os

from cov_cli.measured.session import Session, hide
from cov_cli.measured.settings import VARIABLE, unpack

# In a virtual environment `site` runs each .pth file twice.
_session: "Session | None" = None


def start() -> "Session | None":
    """Measure this process if the environment says so. Never raises, never prints."""
    global _session
    text = os.environ.get(VARIABLE)
    if not text or _session is not None:
        return _session
    try:
        settings = unpack(text)
        session = Session(settings)
        if not settings.follow:
            hide(settings)
        session.start()
        session.follow_to_the_end()
    except Exception:
        return None  # not measured: the run's data will not have this process, which stays silent
    _session = session
    return session
