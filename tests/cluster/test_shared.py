"""What two instances share: sign-ins, tokens, launches, waits and outages."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg

from tests.cluster.site import Site, needs_servers
from tests.support.stub_erc import Reply, item, page

pytestmark = needs_servers

GOOD = Reply(content=page(item()))


def test_sign_in_at_one_instance_is_good_at_the_other_and_at_the_one_address(site: Site) -> None:
    _, other = site.instances

    answers = [site.look_up("S-1", other), site.look_up("S-2")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("data-item-id" in answer.text for answer in answers)


def test_one_access_token_serves_both(site: Site) -> None:
    for number, instance in enumerate(site.instances):
        site.look_up(f"T-{number}", instance)

    bearers = {asked.headers["Authorization"] for asked in site.erc.asked if "/T-" in asked.path}
    assert len(bearers) == 1
    assert len(site.erc.token_asked) == 1


def test_answer_that_one_instance_got_is_cached_for_the_other(site: Site) -> None:
    one, other = site.instances
    site.look_up("K-1", one)

    site.look_up("K-1", other)

    assert count(site, "K-1") == 1


def test_launch_token_used_fifty_times_at_once_launches_once(site: Site) -> None:
    token = site.launch_token()

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(site.launch, [token] * 50))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 49}
    assert sum("launch-replayed" in answer.text for answer in answers) == 49


def test_wait_that_the_api_asked_one_instance_for_holds_for_the_other(site: Site) -> None:
    one, other = site.instances
    site.erc.items = lambda _asked: Reply(429, headers={"Retry-After": "3600"})
    refused = site.look_up("W-1", one)

    again = site.look_up("W-1", other)

    assert (refused.status_code, again.status_code) == (429, 429)
    assert 3500 < int(again.headers["Retry-After"]) <= 3600
    assert count(site, "W-1") == 1


def test_breaker_that_one_instance_opened_stops_the_other_until_one_look_up_succeeds(site: Site) -> None:
    one, other = site.instances
    site.erc.items = lambda _asked: Reply(503)
    for number in range(5):
        site.look_up(f"B-{number}", one)

    stopped = site.look_up("B-other", other)
    site.erc.items = lambda asked: GOOD if "probe" in asked.path else Reply(503)
    time.sleep(2.1)
    probe = site.look_up("B-probe", other)
    site.erc.items = lambda _asked: GOOD
    after = site.look_up("B-after", one)

    assert stopped.status_code == 503
    assert count(site, "B-other") == 0
    assert (probe.status_code, after.status_code) == (200, 200)


def test_access_log_has_the_address_that_the_proxy_saw_and_the_proxys_reference(site: Site) -> None:
    answer = site.look_up(
        "A-1", headers={"X-Forwarded-For": "203.0.113.9", "X-Request-ID": "made-up-by-the-client"}
    )

    query = "select address::text, correlation_id from orders_accesslogentry where order_id = 'A-1'"
    with psycopg.connect(site.database) as connection:
        rows = connection.execute(query).fetchall()
    reference = answer.headers["X-Correlation-ID"]
    assert rows == [("127.0.0.1/32", reference)]
    assert reference in (site.folder / "portal.log").read_text()


def test_logs_of_the_proxy_name_no_customer_whatever_fails(site: Site) -> None:
    for instance in site.instances:
        instance.kill()
    lost = site.look_up("planted-while-nobody-is-there", headers={"Referer": "https://desk.example/?planted"})
    for instance in site.instances:
        instance.start()
    time.sleep(2.1)

    found = site.look_up("planted", headers={"Referer": "https://desk.example/?planted"})

    logs = "".join(log.read_text() for log in site.folder.glob("portal*.log"))
    assert (lost.status_code, found.status_code) == (502, 200)
    assert '"GET /orders/" 200' in logs
    assert "planted" not in logs


def test_metrics_are_not_to_be_had_from_outside(site: Site) -> None:
    answers = [site.look_up("M-1"), site.at("/metrics"), site.at("/readyz"), site.at("/healthz")]

    assert [answer.status_code for answer in answers] == [200, 404, 404, 200]


def count(site: Site, order_id: str) -> int:
    """How often the API was asked for an order."""
    return sum(f"/orders/{order_id}/" in asked.path for asked in site.erc.asked)
