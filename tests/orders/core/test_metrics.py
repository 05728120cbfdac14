from __future__ import annotations

from django.test import Client
from pytest_django.fixtures import Settings

from orders.core import metrics
from tests.support.stub_erc import Reply, StubErc, item, page


def test_metrics_are_closed_unless_a_setting_opens_them(client: Client, settings: Settings) -> None:
    assert client.get("/metrics").status_code == 404

    settings.METRICS = True
    assert client.get("/metrics").status_code == 200


def test_metrics_count_look_ups_and_exchanges_without_customer_data(
    browser: Client, erc: StubErc, settings: Settings
) -> None:
    settings.METRICS = True
    erc.answers(Reply(503), Reply(content=page(item("i-planted"))))
    asked = {"customer_id": "C-planted", "order_id": "O-planted"}

    response = browser.get("/orders/", asked)
    browser.generic("PLANTED", "/planted-path/")
    figures = browser.get("/metrics").content.decode()

    assert response.status_code == 200
    assert 'portal_look_ups_total{outcome="ok",source="live",surface="portal"}' in figures
    assert 'portal_requests_total{method="GET",route="/orders/",status="200"}' in figures
    assert (
        'outcome="Unavailable",route="/erc/ecommerce/customers/{customer_id}/orders/{order_id}/items"' in figures
    )
    assert "planted" not in figures.lower()


def test_metrics_count_searches_and_lists_apart(client: Client, settings: Settings) -> None:
    settings.METRICS = True
    metrics.count_search("portal", "search_email", "limited")
    metrics.count_order_list("embed", "ok", "cached")

    figures = client.get("/metrics").content.decode()

    assert 'portal_searches_total{kind="search_email",outcome="limited",surface="portal"}' in figures
    assert 'portal_order_lists_total{outcome="ok",source="cached",surface="embed"}' in figures
