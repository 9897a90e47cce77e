"""Ledger records joined to processes. Each log here is what real processes would have written."""

from __future__ import annotations

import random

import pytest
from data.ledgers import BEGIN, RUN, SECOND, LedgerWriter
from hypothesis import given
from hypothesis import strategies as st

from cov_data.ledger import LedgerRecord, parse_rows
from cov_data.processes import Process, known_processes, troubles

TOP = 100


def records(*logs: LedgerWriter) -> list[LedgerRecord]:
    rows = []
    for log in logs:
        for raw in log.lines:
            text = raw.decode("utf-8", "surrogatepass").rstrip("\n").split("\t", 2)[2]
            rows.append(f"{log.run}\t{log.host}\t{text}")
    return parse_rows(rows)


def joined(*logs: LedgerWriter, **known: object) -> tuple[Process, ...]:
    return known_processes(records(*logs), **known)  # type: ignore[arg-type]


def log_of_top() -> LedgerWriter:
    """A run whose first process is armed."""
    return LedgerWriter().began(TOP).armed(TOP, 0.01, "python prog.py", token=1)


def brief(processes: tuple[Process, ...]) -> list[tuple[object, ...]]:
    """What tells without the place: pid, how, measured, how it ended, why not measured."""
    return [(p.pid, p.how, p.measured, p.ended, p.reason) for p in processes]


RAN = (TOP, "run", True, "not known", "")


def test_the_first_process_is_the_runs() -> None:
    (top,) = joined(log_of_top().ended(TOP, 5))
    assert top == Process(
        run=RUN,
        host=top.host,
        pid=TOP,
        ppid=0,
        how="run",
        argv=("python", "prog.py"),
        executable="/usr/bin/python",
        file="",
        line=0,
        began=BEGIN + SECOND // 100,
        python=True,
        measured=True,
        unknown=False,
        elsewhere=False,
        version="3.14.0",
        core="sysmon",
        ended="ended",
        reason="",
        parent=None,
    )


def test_a_start_and_its_arming_are_one_process() -> None:
    log = log_of_top()
    log.start(TOP, 1, "python3 child.py", child=200, executable="/usr/bin/python3")
    log.armed(200, 1.02, "python3 child.py", ppid=TOP, token=2).ended(200, 3)
    top, child = joined(log)
    assert brief((top, child)) == [RAN, (200, "subprocess", True, "ended", "")]
    assert (child.ppid, child.parent, child.file, child.line) == (TOP, 0, "/work/build.py", 41)
    assert child.argv == ("python3", "child.py")


def test_a_python_that_never_arms_is_silent() -> None:
    log = log_of_top()
    log.start(TOP, 1, "python -S tools/gen.py", child=200, executable="/usr/bin/python")
    silent = joined(log)[1]
    assert silent.silent
    assert (silent.reason, silent.command) == ("runs without site", "python -S tools/gen.py")
    assert (silent.python, silent.measured, silent.ended) == (True, False, "not known")


@pytest.mark.parametrize(
    ("argv", "executable", "reason"),
    [
        ("python x.py", "/usr/bin/python", "did not arm: reason not known"),
        ("python x.py", "", "did not arm: reason not known"),
        (
            "python3.9 x.py",
            "/elsewhere/python3.9",
            "its Python has no cov hook: cov hook install --python /elsewhere/python3.9",
        ),
        ("python -IS x.py", "/elsewhere/python3.9", "runs without site"),
        ("python --version", "/usr/bin/python", ""),
        ("python -VV", "/usr/bin/python", ""),
        ("git status", "/usr/bin/git", ""),
    ],
)
def test_why_a_start_was_not_measured(argv: str, executable: str, reason: str) -> None:
    log = log_of_top()
    log.start(TOP, 1, argv, child=200, **({"executable": executable} if executable else {}))
    started = joined(log)[1]
    assert started.reason == reason
    assert started.python is bool(reason)


def test_a_process_that_could_not_be_armed_says_why() -> None:
    log = log_of_top()
    log.start(TOP, 1, "python x.py", child=200, executable="/usr/bin/python")
    log.record("failed", 200, 1.1, reason="OSError: no room", argv=["python", "x.py"])
    log.record("failed", 300, 2, reason="", argv=["python", "y.py"])
    assert [p.reason for p in joined(log)] == ["", "OSError: no room", "could not be armed"]


def test_a_process_that_could_not_be_armed_twice_is_one() -> None:
    log = log_of_top()
    log.start(TOP, 1, "python x.py", child=200, executable="/usr/bin/python")
    for at in (1.1, 1.2):
        log.record("failed", 200, at, start=7, reason="OSError: no room", argv=["python", "x.py"])
    assert [p.reason for p in joined(log)] == ["", "OSError: no room"]
    log.record("armed", 200, 1.3, start=7, how="hook", argv=["python", "x.py"])
    assert [p.reason for p in joined(log)] == ["", ""]
    log.record("failed", 200, 9, start=9, reason="", argv=["python", "y.py"])  # the id once more
    assert [p.reason for p in joined(log)] == ["", "", "could not be armed"]


def test_a_start_that_was_withdrawn_is_none() -> None:
    log = log_of_top()
    first = log.start(TOP, 1, "python x.py", how="system")
    log.record("withdrawn", TOP, 1.1, id=first)
    assert len(joined(log)) == 1


def test_a_withdrawal_means_the_start_before_it() -> None:
    """A new program in an old process begins to count its starts anew."""
    log = log_of_top()
    log.start(TOP, 1, "python a.py", child=200, id="100.1")
    log.start(TOP, 3, "python b.py", how="exec", id="100.1")
    log.record("withdrawn", TOP, 3.1, id="100.1")
    log.start(TOP, 4, "python c.py", child=300, id="100.1")
    assert [p.argv[-1] for p in joined(log)] == ["prog.py", "a.py", "c.py"]


def test_who_gives_a_process_to_another_run_knows_why() -> None:
    log = log_of_top()
    log.start(TOP, 1, "python x.py", child=200, executable="/usr/bin/python", kept_out=1)
    process = joined(log)[1]
    assert (process.elsewhere, process.silent, process.measured) == (True, False, False)


def test_forks_tell_of_themselves_and_run_their_parents_program() -> None:
    log = log_of_top()
    log.armed(200, 1, how="fork", ppid=TOP, token=2, file="/work/prog.py", line=7)
    log.armed(300, 2, how="fork", ppid=200, token=3, file="/work/prog.py", line=9)
    top, child, grandchild = joined(log)
    assert brief((top, child)) == [RAN, (200, "fork", True, "not known", "")]
    assert (child.argv, child.file, child.line) == (top.argv, "/work/prog.py", 7)
    assert (grandchild.argv, grandchild.parent) == (top.argv, 1)


def forked_by_c(log: LedgerWriter, argv: str = "", executable: str = "") -> LedgerWriter:
    """A start that C code makes: told by the new process, in the name of its parent."""
    named = {"executable": executable} if executable else {}
    log.start(TOP, 1, argv, how="c", child=200, **named)
    return log


def test_what_c_code_starts_is_unknown_if_nothing_more_is_heard() -> None:
    top, child = joined(forked_by_c(log_of_top()).ended(TOP, 5))
    assert brief((child,)) == [(200, "c", False, "not known", "")]
    assert (child.unknown, child.python, child.silent, child.command) == (True, False, False, "")
    assert (child.parent, child.file, child.line) == (0, "/work/build.py", 41)
    assert not top.unknown


def test_what_c_code_starts_is_measured_if_it_arms_itself() -> None:
    log = forked_by_c(log_of_top()).armed(200, 1.1, ppid=TOP, token=2).ended(200, 2)
    _, child = joined(log)
    assert brief((child,)) == [(200, "c", True, "ended", "")]
    assert not child.unknown


def test_a_fork_by_c_code_that_goes_on_runs_its_parents_program() -> None:
    log = forked_by_c(log_of_top()).armed(200, 1.1, how="fork", ppid=TOP, token=2).ended(200, 2)
    _, child = joined(log)
    assert brief((child,)) == [(200, "c", True, "ended", "")]
    assert (child.unknown, child.argv) == (False, ("python", "prog.py"))


def test_a_fork_by_c_code_that_went_on_may_become_another_program() -> None:
    log = forked_by_c(log_of_top()).armed(200, 1.1, how="fork", ppid=TOP, token=2)
    log.start(200, 1.2, "python -S x.py", how="exec", executable="/usr/bin/python")
    _, forked, replaced = joined(log)
    assert brief((forked, replaced)) == [
        (200, "c", True, "replaced", ""),
        (200, "exec", False, "not known", "runs without site"),
    ]


@pytest.mark.parametrize(
    ("argv", "reason"),
    [("python -S x.py", "runs without site"), ("ls", ""), ("sh -c true", "")],
)
def test_what_c_code_starts_for_asyncio_is_known_by_its_words(argv: str, reason: str) -> None:
    log = forked_by_c(log_of_top(), argv, argv.split()[0])
    log.armed(200, 1.1, how="fork", ppid=TOP, token=2)  # by its preexec_fn
    _, child = joined(log)
    assert brief((child,)) == [(200, "c", False, "not known", reason)]
    assert not child.unknown


def test_a_program_whose_children_are_measured_would_have_been_itself() -> None:
    log = forked_by_c(log_of_top()).armed(300, 1.3, ppid=200, token=3)
    _, between, child = joined(log)
    assert (between.unknown, between.measured, child.measured) == (False, False, True)


def test_each_program_of_a_process_counts() -> None:
    log = log_of_top()
    log.armed(200, 1, how="fork", ppid=TOP, token=2)
    log.start(200, 2, "python next.py", how="exec", executable="/usr/bin/python")
    log.armed(200, 2.1, "python next.py", ppid=TOP, token=2)
    log.start(200, 3, "sh last.sh", how="exec", executable="/bin/sh")
    processes = joined(log)
    assert brief(processes)[1:] == [
        (200, "fork", True, "replaced", ""),
        (200, "exec", True, "replaced", ""),
        (200, "exec", False, "not known", ""),
    ]
    assert [p.parent for p in processes] == [None, 0, 1, 2]
    assert [p.python for p in processes] == [True, True, True, False]


def test_the_first_program_may_give_way_at_once() -> None:
    log = log_of_top()
    log.start(TOP, 0.02, "python next.py", how="exec", executable="/usr/bin/python")
    log.armed(TOP, 0.04, "python next.py", token=1)
    first, second = joined(log)
    assert (first.how, first.ended, first.argv[-1]) == ("run", "replaced", "prog.py")
    assert (second.how, second.measured, second.parent) == ("exec", True, 0)


def test_a_program_may_replace_itself_unseen() -> None:
    log = log_of_top().armed(TOP, 2, "python other.py", token=1).ended(TOP, 3)
    assert brief(joined(log)) == [
        (TOP, "run", True, "replaced", ""),
        (TOP, "", True, "ended", ""),
    ]


def test_code_between_fork_and_exec_makes_no_process_of_its_own() -> None:
    """subprocess with a preexec_fn."""
    log = log_of_top()
    log.start(TOP, 1, "python x.py", child=200, executable="/usr/bin/python")
    log.armed(200, 1.01, how="fork", ppid=TOP, token=2).armed(200, 1.1, "python x.py", token=2)
    log.start(TOP, 2, "python -S y.py", child=300, executable="/usr/bin/python")
    log.armed(300, 2.01, how="fork", ppid=TOP, token=3)
    log.start(TOP, 3, "ls", child=400, executable="/bin/ls")
    log.armed(400, 3.01, how="fork", ppid=TOP, token=3)
    assert brief(joined(log)) == [
        RAN,
        (200, "subprocess", True, "not known", ""),
        (300, "subprocess", False, "not known", "runs without site"),
        (400, "subprocess", False, "not known", ""),
    ]


def test_pids_are_used_again() -> None:
    log = log_of_top()
    for number in range(1, 4):
        log.start(TOP, number, f"python a{number}.py", child=200, executable="/usr/bin/python")
        if number != 2:
            log.armed(200, number + 0.05, f"python a{number}.py", ppid=TOP, token=number)
        if number == 1:
            log.ended(200, number + 0.5)
    log.armed(200, 5, how="fork", ppid=TOP, token=5)
    assert brief(joined(log))[1:] == [
        (200, "subprocess", True, "ended", ""),
        (200, "subprocess", False, "not known", "did not arm: reason not known"),
        (200, "subprocess", True, "cut short", ""),
        (200, "fork", True, "not known", ""),
    ]


def test_a_clock_that_was_set_back_a_little_does_not_part_them() -> None:
    log = log_of_top()
    log.start(TOP, 2, "python x.py", child=200, executable="/usr/bin/python")
    log.armed(200, 1.8, "python x.py", ppid=TOP, token=2)
    assert len(joined(log)) == 2


# ---- shells ----------------------------------------------------------------------------------


def test_a_shell_that_becomes_its_command_is_that_process() -> None:
    log = log_of_top()
    log.start(TOP, 1, ["/bin/sh", "-c", "python x.py"], child=200, executable="/bin/sh")
    log.armed(200, 1.1, "python x.py", ppid=TOP, token=2)
    log.start(TOP, 2, ["python y.py"], how="system")
    log.armed(300, 2.1, "python y.py", ppid=TOP, token=3)
    processes = joined(log)
    assert brief(processes)[1:] == [
        (200, "subprocess", True, "not known", ""),
        (300, "system", True, "not known", ""),
    ]
    assert [p.argv for p in processes[1:]] == [("python", "x.py"), ("python", "y.py")]
    assert [p.line for p in processes[1:]] == [41, 41]


def test_a_shell_with_children_is_not_silent_and_they_come_from_its_place() -> None:
    log = log_of_top()
    log.start(TOP, 1, ["sh", "-c", "python a.py; python b.py"], child=200, executable="/bin/sh")
    log.armed(201, 1.1, "python a.py", ppid=200, token=2)
    log.armed(202, 1.2, "python b.py", ppid=200, token=3)
    _, shell, first, second = joined(log)
    assert (shell.python, shell.silent, shell.parent) == (False, False, 0)
    for child in (first, second):
        assert (child.parent, child.file, child.line, child.how) == (1, "/work/build.py", 41, "")


def test_children_of_shells_that_nobody_knows_by_pid_are_found_by_their_words() -> None:
    log = log_of_top()
    log.start(TOP, 1, ["cd a && python a.py; python b.py"], how="system", place="p.py:1")
    log.armed(201, 1.1, "python a.py", ppid=200, token=2)
    log.armed(202, 1.2, "python b.py", ppid=200, token=3)
    log.start(TOP, 2, ["cd a && python c.py"], how="system", place="p.py:2")
    log.armed(301, 2.1, "python c.py", ppid=300, token=4)
    processes = joined(log)
    assert [(p.pid, p.how, p.line, p.parent) for p in processes[1:]] == [
        (0, "system", 1, 0),
        (201, "", 1, 1),
        (202, "", 1, 1),
        (0, "system", 2, 0),
        (301, "", 2, 4),
    ]
    assert not any(p.silent for p in processes)


def test_a_shell_command_whose_python_never_arms_is_silent() -> None:
    log = log_of_top()
    log.start(TOP, 1, ["A=1 python -S gen.py"], how="system")
    log.start(TOP, 2, ["ls"], how="system")
    log.start(TOP, 3, ["sh", "-c", "exec python gen.py"], child=200, executable="/bin/sh")
    assert [p.reason for p in joined(log)[1:]] == [
        "runs without site",
        "",
        "did not arm: reason not known",
    ]


def test_a_silent_python_stays_silent_when_it_starts_others() -> None:
    log = log_of_top()
    log.start(TOP, 1, "python -S gen.py", child=200, executable="/usr/bin/python")
    log.armed(300, 2, "python x.py", ppid=200, token=3)
    _, silent, child = joined(log)
    assert silent.silent
    assert (child.parent, child.measured) == (1, True)


def test_a_python_below_programs_of_other_kinds_is_measured_all_the_same() -> None:
    log = log_of_top()
    log.start(TOP, 1, "make all", child=200, executable="/usr/bin/make")
    log.armed(202, 1.5, "python x.py", ppid=201, token=2)
    processes = joined(log)
    assert [(p.pid, p.python, p.measured, p.parent) for p in processes[1:]] == [
        (200, False, False, 0),
        (202, True, True, None),
    ]


# ---- the rest --------------------------------------------------------------------------------


def test_subinterpreters_and_sessions_begun_by_hand_are_no_processes() -> None:
    log = log_of_top().armed(TOP, 1, how="interpreter", token=1).armed(TOP, 2, how="api", token=1)
    log.start(TOP, 3, "python -S x.py", child=200, executable="/usr/bin/python")
    log.armed(200, 4, how="api", token=2)
    log.record("failed", 300, 5, reason="late", argv=["python"])
    log.armed(300, 6, how="api", token=3)
    assert [(p.pid, p.measured, p.reason) for p in joined(log)] == [
        (TOP, True, ""),
        (200, True, ""),
        (300, True, ""),
    ]


def test_scripts_are_known_by_their_first_line() -> None:
    log = log_of_top()
    log.start(TOP, 1, "tool a", child=200, executable="/venv/bin/tool")
    assert not joined(log)[1].python
    silent = joined(log, first_line=lambda path: "#!/venv/bin/python -S\n")[1]
    assert silent.reason == "runs without site"


def test_interpreters_may_have_any_name() -> None:
    log = log_of_top().armed(150, 0.5, "app x", executable="/opt/app", token=9)
    log.start(TOP, 1, "app y", child=200, executable="/opt/app")
    assert joined(log)[2].reason == "did not arm: reason not known"


@pytest.mark.parametrize(
    ("alive", "word"), [(True, "running"), (False, "cut short"), (None, "not known")]
)
def test_how_a_process_ended_is_asked_of_the_system(alive: bool | None, word: str) -> None:
    asked = []

    def runs(host: str, pid: int, start: int) -> bool | None:
        asked.append((pid, start))
        return alive

    (top,) = joined(log_of_top(), runs=runs)
    assert (top.ended, asked) == (word, [(TOP, 1)])


def test_each_run_and_host_is_by_itself() -> None:
    other = LedgerWriter(run="22" * 16, created_ns=BEGIN + 2 * SECOND).began(7).armed(7, 1)
    same = LedgerWriter(host="else").armed(200, 1.1, "python x.py", ppid=TOP)
    log = log_of_top()
    log.start(TOP, 1, "python x.py", child=200, executable="/usr/bin/python")
    processes = joined(other, log, same)
    assert [(p.run[:2], p.pid, p.silent) for p in processes] == [
        ("11", TOP, False),
        ("11", 200, True),
        ("11", 200, False),
        ("22", 7, False),
    ]
    assert processes[1].parent == 0


def test_troubles_are_told_once_in_their_order() -> None:
    log = log_of_top()
    for number, text in enumerate(["b", "a", "b", ""]):
        log.record("trouble", TOP + number, number, text=text)
    assert troubles(records(log)) == ["b", "a"]


def example() -> LedgerWriter:
    log = log_of_top()
    for number in range(2, 8):
        pid = 100 * (number % 5 + 1)
        log.start(TOP, number, "python x.py", child=pid, executable="/usr/bin/python")
        if number % 3:
            log.armed(pid, number + 0.1, "python x.py", ppid=TOP, token=number)
        log.armed(1000 + number, number, how="fork", ppid=TOP, token=number)
        log.start(TOP, number + 0.5, ["python y.py"], how="system")
    return log.ended(TOP, 60)


@given(st.randoms())
def test_the_order_of_the_records_and_copies_of_them_do_not_matter(chance: random.Random) -> None:
    given_order = records(example())
    shuffled = given_order * 2
    chance.shuffle(shuffled)
    assert known_processes(shuffled) == known_processes(given_order)


@given(st.data())
def test_whatever_is_missing_each_process_is_there_once(data: st.DataObject) -> None:
    log = example()
    log.lines = [line for line in log.lines if data.draw(st.booleans())]
    processes = joined(log)
    armings = [r for r in records(log) if r.kind == "armed"]
    starts = [r for r in records(log) if r.kind == "start"]
    assert len(armings) <= len(processes) <= len(armings) + len(starts)
    assert sum(p.measured for p in processes) == len(armings)
    for index, process in enumerate(processes):
        assert not (process.silent and process.measured)
        assert process.parent is None or process.parent < index


@given(
    st.lists(
        st.builds(
            LedgerRecord,
            st.just(RUN),
            st.just("h"),
            st.sampled_from(["run", "armed", "start", "withdrawn", "ended", "failed", "trouble"]),
            st.dictionaries(
                st.sampled_from(["pid", "ppid", "child", "time", "how", "id", "argv", "start"]),
                st.lists(
                    st.sampled_from(["0", "1", "2", "", "c", "exec", "fork", "system", "python"]),
                    min_size=1,
                    max_size=2,
                ),
            ),
        )
    )
)
def test_no_set_of_records_is_too_odd(odd: list[LedgerRecord]) -> None:
    processes = known_processes(odd)
    assert len(processes) <= len(odd)
    for index, process in enumerate(processes):
        assert process.parent is None or process.parent < index
