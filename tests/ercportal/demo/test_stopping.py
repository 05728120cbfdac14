from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from ercportal.demo import stopping
from ercportal.demo.stopping import Stoppable, end
from tests.support.signals import with_signals_ignored

BOTH = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def _handlers_as_before() -> Iterator[None]:
    before = [signal.getsignal(one) for one in BOTH]
    yield
    for one, handler in zip(BOTH, before, strict=True):
        signal.signal(one, handler)


@pytest.mark.parametrize("sent", BOTH)
def test_stoppable_block_ends_at_a_signal_that_was_ignored_before(sent: signal.Signals) -> None:
    signal.signal(sent, signal.SIG_IGN)
    reached = []

    with Stoppable():
        reached.append("begun")
        signal.raise_signal(sent)
        reached.append("went on")

    assert reached == ["begun"]
    assert signal.getsignal(sent) is signal.SIG_IGN


def test_stoppable_block_is_tidied_up_whatever_comes_meanwhile() -> None:
    tidied = []

    with Stoppable():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGTERM)
            tidied.append(True)

    assert tidied == [True]


def test_stoppable_that_is_held_ends_after_it() -> None:
    reached = []

    with Stoppable() as stoppable:
        with stoppable.held():
            signal.raise_signal(signal.SIGTERM)
            reached.append("whole")
        reached.append("went on")

    assert reached == ["whole"]


def test_stoppable_lets_other_errors_through() -> None:
    with pytest.raises(ValueError, match="other"), Stoppable():
        raise ValueError("other")


def test_child_that_does_not_end_by_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "END_SECONDS", 0.1)
    loop = "print(flush=True)\nwhile True: pass"
    stubborn = subprocess.Popen(with_signals_ignored([sys.executable, "-c", loop]), stdout=subprocess.PIPE)
    willing = subprocess.Popen(["sleep", "60"])  # noqa: S607 - the machine's own
    assert stubborn.stdout
    stubborn.stdout.readline()

    end([stubborn, willing])
    stubborn.stdout.close()

    assert (stubborn.returncode, willing.returncode) == (-signal.SIGKILL, -signal.SIGTERM)
