"""Does the process that wrote a journal still run?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from data.journals import JournalWriter, fnv1a, own_start

from cov_data import JournalReader
from cov_data.liveness import host_token, process_runs

LINUX = Path("/proc/self/stat").exists()
needs_proc = pytest.mark.skipif(not LINUX, reason="only /proc tells when a process began")


def test_a_host_is_known_by_the_hash_of_its_name() -> None:
    assert host_token("") == 0xCBF29CE484222325
    assert host_token("büro") == fnv1a("büro".encode(), 64)
    assert host_token() == host_token(os.uname().nodename)


def test_this_process_runs() -> None:
    assert process_runs(os.getpid(), own_start()) is True
    assert process_runs(os.getpid(), 0) is True


@needs_proc
def test_a_process_that_took_over_the_pid_is_another_one() -> None:
    assert process_runs(os.getpid(), own_start() + 1) is False


def test_no_process_has_a_pid_of_zero_or_beyond_all_bounds() -> None:
    assert process_runs(0, 0) is False
    assert process_runs(2**32 - 1, 0) is False


def test_a_process_that_ended_does_not_run() -> None:
    child = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], stdout=-1)
    assert process_runs(int(child.stdout), 0) is False


@needs_proc
def test_a_zombie_does_not_run() -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"], stdout=subprocess.PIPE)
    with child:
        assert child.stdout is not None
        child.stdout.read()  # Until it ends: but it is not waited for yet.
        until = time.monotonic() + 20
        while process_runs(child.pid, 0) and time.monotonic() < until:
            time.sleep(0.01)
        assert child.returncode is None
        assert process_runs(child.pid, 0) is False


def test_a_journal_of_this_process_is_live_until_it_is_closed(tmp_path: Path) -> None:
    assert JournalReader(JournalWriter().save(tmp_path / "a")).is_live()
    assert not JournalReader(JournalWriter(closed=True).save(tmp_path / "b")).is_live()


def test_a_journal_of_a_process_that_is_gone_is_not_live(tmp_path: Path) -> None:
    writer = JournalWriter(pid=2**22 + 1, start=5)
    assert not JournalReader(writer.save(tmp_path / "a")).is_live()


def test_a_journal_of_another_host_is_live_only_while_it_is_written_to(tmp_path: Path) -> None:
    path = JournalWriter(host="elsewhere").save(tmp_path / "a")
    assert JournalReader(path).is_live()
    an_idle_weekend_ago = time.time() - 3 * 24 * 3600
    os.utime(path, (an_idle_weekend_ago, an_idle_weekend_ago))
    assert JournalReader(path).is_live()
    long_ago = time.time() - 8 * 24 * 3600
    os.utime(path, (long_ago, long_ago))
    assert not JournalReader(path).is_live()
    path.unlink()
    with pytest.raises(Exception, match="cannot be read"):
        JournalReader(path)


@pytest.mark.skipif(not Path("/proc/self/ns/pid").exists(), reason="no namespaces")
def test_of_another_namespace_of_process_ids_nothing_is_known() -> None:
    """A container that has its host's name, say: its process 1 is not ours."""
    here = os.stat("/proc/self/ns/pid").st_ino & 0xFFFFFF
    assert process_runs(os.getpid(), own_start() | here << 40) is True
    assert process_runs(os.getpid(), own_start() + 1 | here << 40) is False
    assert process_runs(os.getpid(), own_start() | (here ^ 1) << 40) is None
