"""What a run of the tests tells: how much is done, how long the rest takes, what failed once, faults injected."""

import time
from typing import Any

import pytest


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says which tests in a browser failed at first, and how many faults the tests of faults have injected."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"RERUN {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)
    told = [
        (report.nodeid.split("/")[-1], count)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, count in getattr(report, "user_properties", ())
        if name == "faults injected" and report.when == "teardown"
    ]
    if told:
        terminalreporter.section("faults injected")
        for test, count in sorted(set(told)):
            terminalreporter.write_line(f"{count:>7,}  {test}")


class Progress:
    """Says every twentieth part of the run how much is done and how long the rest is likely to take."""

    def __init__(self, terminal: Any) -> None:
        self.terminal, self.done, self.begun, self.said = terminal, 0, 0.0, 0

    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str] | None:
        return (report.outcome, "", "PASSED") if report.passed and report.when == "call" else None

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: Any) -> None:
        total = getattr(self.terminal._session, "testscollected", 0)
        if report.when != "teardown" or not total:
            return
        self.done, self.begun = self.done + 1, self.begun or time.monotonic()
        part, passed = self.done * 20 // total, time.monotonic() - self.begun
        if part > self.said:
            self.said, left = part, passed * (total - self.done) / self.done
            self.terminal.ensure_newline()
            self.terminal.write_line(
                f"{self.done * 100 // total:>3} %  after {_minutes(passed)}, {_minutes(left)} left"
            )


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and not hasattr(config, "workerinput") and config.get_verbosity() == 0:
        config.pluginmanager.register(Progress(terminal))
