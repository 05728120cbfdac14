from __future__ import annotations

from types import SimpleNamespace

import pytest

from ercportal.serving import line
from ercportal.serving.line import Line

LOOK_UP = b"GET /orders/?customer_id=C-1"
PANEL = b"GET /embed/orders/?order_id=O-1"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What time it is; the one entry."""
    now = [1000.0]
    monkeypatch.setattr(line, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_look_up_goes_at_once_while_there_is_a_place() -> None:
    line = Line(2)

    assert [line.may_go(name, LOOK_UP) for name in "abc"] == [True, True, False]
    assert line.due() == []


@pytest.mark.parametrize(
    "request_", [b"GET /healthz HTTP", b"GET /orders/ HTTP/1.1", b"POST /login/", b"GET /static/"]
)
def test_other_request_never_stands_in_line(request_: bytes) -> None:
    line = Line(1)
    line.may_go("a", PANEL)

    assert line.may_go("b", request_)


def test_look_up_in_line_goes_as_another_ends_in_the_order_of_coming() -> None:
    line = Line(1)
    for name in "abc":
        line.may_go(name, LOOK_UP)

    line.leave("a")

    assert line.due() == ["b"]
    assert line.due() == []


def test_look_up_stands_in_line_only_briefly(clock: list[float]) -> None:
    line = Line(1)
    line.may_go("a", LOOK_UP)
    line.may_go("b", LOOK_UP)
    clock[0] += 0.2
    line.may_go("c", PANEL)
    wait = line.seconds_to_next(1.0)

    clock[0] += wait

    assert wait == pytest.approx(0.3)
    assert line.due() == ["b"]
    assert line.seconds_to_next(1.0) == pytest.approx(0.2)


def test_line_that_is_empty_asks_for_no_haste() -> None:
    assert Line(1).seconds_to_next(1.0) == 1.0
