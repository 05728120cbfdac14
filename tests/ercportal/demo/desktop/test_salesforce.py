from __future__ import annotations

import pytest

from ercportal.demo.desktop.callers import CALLERS
from ercportal.demo.desktop.kinds.kind import Asked
from ercportal.demo.desktop.kinds.salesforce import Salesforce
from ercportal.demo.sandbox.catalogue import SHOWCASE
from orders.embed.desktops.salesforce import verify
from orders.embed.entries import read_hosts
from orders.embed.launches import Launch
from tests.support.salesforce_console import AMAL, CHIDI

ORIGIN, PORTAL = "http://desktop.example:2", "http://portal.example:1"


def respond(path: str, **fields: str) -> str:
    """What the console responds; empty where there is nothing."""
    reply = Salesforce().respond(Asked(path, fields), origin=ORIGIN, portal=PORTAL)
    return reply.body.decode() if reply else ""


def launch(case: str) -> Launch:
    """What the portal reads in the request for a case, as the console is registered with it."""
    (desktop,) = read_hosts([Salesforce().registration(ORIGIN)], allow_plain=True).values()
    return verify(respond("signed-request", case=case, instance="i-1"), desktop)


def test_page_launches_the_portals_panel_for_two_callers() -> None:
    page = respond("")

    assert f'data-app="{PORTAL}/embed/salesforce/launch"' in page
    assert [case in page for case in (AMAL, CHIDI)] == [True, True]
    assert [name for name in ("Amal Haddad", "Chidi Okafor") if name not in page] == []
    assert {"Amal Haddad", "Chidi Okafor"} <= {caller.name for caller in CALLERS}
    assert "addCanvas" in respond("salesforce.js")


def test_requests_are_taken_by_a_portal_that_knows_the_console() -> None:
    amal, chidi = launch(AMAL), launch(CHIDI)

    assert (amal.customer_id, amal.order_id) == ("C-1001", "A-20731")
    assert (chidi.customer_id, chidi.order_id) == ("C-1002", "")
    assert {("C-1001", "A-20731"), ("C-1002", "A-20810")} <= {(one.customer_id, one.order_id) for one in SHOWCASE}
    assert amal.token_id != launch(AMAL).token_id


@pytest.mark.parametrize("asked", [("signed-request", "7"), ("signed-request", ""), ("other", AMAL), ("", "")])
def test_nothing_else_is_signed(asked: tuple[str, str]) -> None:
    path, case = asked

    assert "eyJ" not in respond(path, case=case)
