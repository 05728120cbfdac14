from __future__ import annotations

from django.test import Client
from pytest_django.fixtures import Settings

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
