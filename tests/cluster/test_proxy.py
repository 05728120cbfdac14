"""What docs/nginx.conf does before the instances are asked."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from tests.cluster.nginx import LEFT_ALONE_SECONDS
from tests.cluster.site import Site, needs_servers
from tests.support.portal_client import client
from tests.support.stub_erc import Reply, item, page

pytestmark = needs_servers


def test_sign_ins_in_a_heap_are_answered_and_more_of_them_from_one_address_wait(site: Site) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: site.at("/login/"), range(120)))
    others = site.at("/healthz")

    statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {200, 429}
    assert statuses.count(200) >= 40
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.headers["Retry-After"] == "10"
    assert "Too many sign-ins" in refused.text
    assert others.status_code == 200


def test_address_with_a_cursor_of_8000_characters_and_its_trail_reaches_the_portal(site: Site) -> None:
    long = {"customer_id": "C-1", "order_id": "L-1", "cursor": "c" * 8000, "trail": "t" * 4000}

    with client(site.certificate) as session:
        answer = session.get(f"{site.address}/orders/", params=long, headers={"Cookie": site.cookie}, timeout=30)

    # The portal's own word on a trail that is none of its own, not the proxy's or gunicorn's.
    assert "X-Correlation-ID" in answer.headers
    assert answer.status_code not in (414, 431, 502)


def test_look_ups_that_wait_leave_threads_for_everything_else(site: Site) -> None:
    site.erc.items = lambda _asked: Reply(content=page(item()), delay=3)

    with ThreadPoolExecutor(60) as pool:
        waiting = [pool.submit(site.look_up, f"slow-{number}") for number in range(60)]
        meanwhile = [site.at(path) for path in ("/healthz", "/static/css/base.css", "/zone/")]
        are_waiting = not all(one.done() for one in waiting)
        statuses = {one.result().status_code for one in waiting}

    assert {answer.status_code for answer in meanwhile} == {200}
    assert are_waiting
    assert statuses <= {200, 503}
    assert 200 in statuses


def test_agent_is_told_in_the_own_language_where_no_instance_is_there(site: Site) -> None:
    for instance in site.instances:
        instance.kill()
    chosen = {"Cookie": "django_language=ar", "Accept-Language": "de"}
    said = [chosen, {"Accept-Language": "de-AT,en;q=0.5"}, {"Accept-Language": "cs"}]

    answers = [site.look_up("L-1", headers=headers) for headers in said]

    for instance in site.instances:
        instance.start()
    time.sleep(LEFT_ALONE_SECONDS)
    assert [answer.status_code for answer in answers] == [502] * 3
    assert 'lang="ar" dir="rtl"' in answers[0].text
    assert "Das Portal hat nicht geantwortet" in answers[1].text
    assert "The portal didn’t respond" in answers[2].text
