"""What orders that the API fails at cost the agents who look other orders up."""

from __future__ import annotations

import sys

import pytest

from tests.cluster.load import Agent, always, at_work, fresh, refused_share, wait_for_look_ups
from tests.cluster.site import Site, needs_servers
from tests.stub_erc import Asked, Reply, item, page, wire

pytestmark = needs_servers

BAD = {
    "answered with 500": lambda: Reply(500, {"code": "oops", "message": "no"}),
    "answered with 503": lambda: Reply(503, b"<html>"),
    "broken off": lambda: wire(reset=True),
}


@pytest.mark.parametrize("tabs", [1, 6])
@pytest.mark.parametrize("bad", BAD)
def test_bad_orders_that_one_agent_reloads_cost_the_others_next_to_nothing(
    site: Site, bad: str, tabs: int
) -> None:
    def items(asked: Asked) -> Reply:
        return BAD[bad]() if "/bad-" in asked.path else Reply(content=page(item()))

    site.erc.items = items
    reloading = [Agent(site, always(f"bad-{bad}-{tab}"), pause=0.1) for tab in range(tabs)]
    others = [Agent(site, fresh(f"good-{bad}-{tabs}-{number}"), pause=0.5) for number in range(4)]

    with at_work(reloading + others):
        wait_for_look_ups(others, 100)

    tell(f"{bad}, {tabs} tabs", others)
    assert refused_share(others) < 0.02


def test_order_that_hangs_and_is_reloaded_ten_times_a_second_costs_the_others_next_to_nothing(site: Site) -> None:
    site.erc.items = lambda asked: Reply(content=page(item()), delay=12 if "/hangs/" in asked.path else 0)
    # A browser does not wait for the answer before it reloads; here each of many waits, and they begin in turn.
    reloading = [Agent(site, always("hangs"), pause=8.0) for _ in range(80)]
    others = [Agent(site, fresh(f"beside-{number}"), pause=0.5) for number in range(4)]

    with at_work(others), at_work(reloading, apart=0.1):
        wait_for_look_ups(others, 200)

    tell("hangs", others)
    assert refused_share(others) < 0.02


def tell(what: str, others: list[Agent]) -> None:
    """The measurement, for a reader of the tests' output (-s)."""
    sys.stdout.write(f"{what}: {refused_share(others):.1%} of the others' look-ups brought no items\n")
