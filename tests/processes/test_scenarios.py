"""Nobody notices that a program is measured, and all that it runs is reported.

Each scenario in `scenarios/` is run plain and under `cov run`, without any configuration: output,
exit status, signal and the files it leaves have to be the same, and the report has to say exactly
what the marks say. How a scenario is written: tests/support/scenario.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.scenario import Trial, read_scenarios, run_scenario
from support.signals import usual_signals

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fork and signals")

ALL = read_scenarios()
HERE = {scenario.name: scenario for scenario in ALL if scenario.runs_here()}
OPTIONS = ["--source=.", "--branch"]

Trials = Callable[[str, str], Trial]


@pytest.fixture(scope="session")
def trials(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trials]:
    """Runs all scenarios that were asked for, as many at once as there are processors."""
    root = tmp_path_factory.mktemp("scenarios").resolve()
    wanted: dict[str, list[str]] = {}
    for item in request.session.items:
        case = getattr(item, "callspec", None)
        if case is not None and "trials" in getattr(item, "fixturenames", ()):
            wanted.setdefault(case.params["name"], []).append(case.params["option"])
    with usual_signals(), ThreadPoolExecutor(os.cpu_count()) as pool:
        started = {
            name: pool.submit(run_scenario, HERE[name], options, root / name.replace("/", "-"))
            for name, options in wanted.items()
        }
        yield lambda name, option: started[name].result()[option]
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("name", HERE)
def test_a_measured_program_behaves_as_ever_and_is_reported(
    name: str, option: str, trials: Trials
) -> None:
    trial = trials(name, option)
    assert trial.measured == trial.plain
    assert trial.measured_files == trial.plain_files
    assert trial.missing == trial.marked
    assert trial.silent == HERE[name].silent
    assert bool(trial.troubles) == (not HERE[name].is_known), trial.troubles
    assert trial.changed == HERE[name].words("changes")
    assert trial.left_behind == []


def test_the_scenarios_are_many_and_few_are_for_some_pythons_only() -> None:
    assert len(ALL) >= 90
    assert len(HERE) >= 80
