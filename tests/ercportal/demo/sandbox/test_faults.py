"""Each order of C-FAULTS misbehaves as its id says, and only towards a client that is right."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
import requests

from ercportal.demo.sandbox.catalogue import SHOWCASE
from ercportal.demo.sandbox.faults import ITEMS_FAULTS, SILENT_SECONDS, SLOW_SECONDS
from ercportal.demo.sandbox.server import SandboxServer
from tests.support.api_client import ApiClient, item_ids, next_cursor, read_json

FAULTS = "C-FAULTS"


def test_every_fault_is_in_the_showcase() -> None:
    shown = {entry.order_id for entry in SHOWCASE if entry.is_fault}

    assert shown == ITEMS_FAULTS.keys()
    assert {entry.customer_id for entry in SHOWCASE if entry.is_fault} == {FAULTS}


@pytest.mark.parametrize("order_id", sorted(ITEMS_FAULTS))
def test_fault_comes_after_token_and_parameters(api: ApiClient, order_id: str) -> None:
    without_token = api.items(FAULTS, order_id, token="wrong")
    with_bad_parameter = api.items(FAULTS, order_id, {"limit": "0"})

    assert without_token.status_code == 401
    assert with_bad_parameter.json()["fields"][0]["name"] == "limit"


@pytest.mark.parametrize(
    ("order_id", "status"),
    [("F-400", 400), ("F-401", 401), ("F-403", 403), ("F-404", 404), ("F-405", 405), ("F-500", 500)],
)
def test_status_fault_has_the_documented_body(api: ApiClient, order_id: str, status: int) -> None:
    answer = api.items(FAULTS, order_id)

    assert answer.status_code == status
    assert {"code", "message"} <= answer.json().keys()


def test_bad_request_fault_names_the_field(api: ApiClient) -> None:
    assert api.items(FAULTS, "F-400").json()["fields"][0].keys() == {"name", "description"}


def test_429_short_is_fine_the_second_time(own_api: ApiClient) -> None:
    first, second, third = (own_api.items(FAULTS, "F-429-short") for _ in range(3))

    assert (first.status_code, first.headers["Retry-After"]) == (429, "1")
    assert (second.status_code, third.status_code) == (200, 429)


@pytest.mark.parametrize(("order_id", "retry_after"), [("F-429-long", "3600"), ("F-429-bare", None)])
def test_429_fault_stays(api: ApiClient, order_id: str, retry_after: str | None) -> None:
    for _ in range(2):
        answer = api.items(FAULTS, order_id)

        assert (answer.status_code, answer.headers.get("Retry-After")) == (429, retry_after)


def test_503_is_fine_the_third_time_and_starts_over(own_api: ApiClient) -> None:
    statuses = [own_api.items(FAULTS, "F-503-then-fine").status_code for _ in range(6)]

    assert statuses == [503, 503, 200, 503, 503, 200]


def test_502_is_a_gateways_page(api: ApiClient) -> None:
    answer = api.items(FAULTS, "F-502-html")

    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")


def test_html_fault_is_200_without_json(api: ApiClient) -> None:
    answer = api.items(FAULTS, "F-html")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_slow_fault_is_fine_after_the_scaled_delay(api: ApiClient) -> None:
    started = time.monotonic()
    answer = api.items(FAULTS, "F-slow")

    assert answer.status_code == 200
    assert time.monotonic() - started >= SLOW_SECONDS * 0.01


def test_no_answer_fault_hangs_up_without_a_word(api: ApiClient) -> None:
    with pytest.raises(requests.ConnectionError, match="without response"):
        api.items(FAULTS, "F-no-answer")


def test_no_answer_fault_does_not_hold_up_the_end_of_the_server() -> None:
    with SandboxServer() as sandbox, ApiClient(sandbox) as api:
        with pytest.raises(requests.ReadTimeout):
            requests.get(
                api.items_url(FAULTS, "F-no-answer"),
                headers={"Authorization": f"Bearer {api.fresh_token()}"},
                timeout=0.2,
            )
        started = time.monotonic()

        sandbox.stop()

        assert time.monotonic() - started < SILENT_SECONDS / 2


def test_cut_short_fault_sends_less_than_promised(api: ApiClient) -> None:
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        api.items(FAULTS, "F-cut-short")


def test_reset_fault_resets_the_connection(api: ApiClient) -> None:
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        api.items(FAULTS, "F-reset")


def test_wrong_shape_fault_is_json_of_another_shape(api: ApiClient) -> None:
    assert "_embedded" not in read_json(api.items(FAULTS, "F-wrong-shape"))


def test_next_elsewhere_names_another_host_and_its_cursor_works_here(api: ApiClient) -> None:
    first = read_json(api.items(FAULTS, "F-next-elsewhere"))

    second = read_json(api.items(FAULTS, "F-next-elsewhere", {"cursor": next_cursor(first)}))

    assert urlsplit(first["_links"]["next"]["href"]).netloc == "attacker.example"
    assert not set(item_ids(first)) & set(item_ids(second))


def test_next_elsewhere_ends(api: ApiClient) -> None:
    pages = list(api.pages(FAULTS, "F-next-elsewhere", limit="50"))

    assert [len(item_ids(page)) for page in pages] == [50, 50, 20]


def test_next_repeats_gives_the_same_page_and_cursor_for_ever(api: ApiClient) -> None:
    first = read_json(api.items(FAULTS, "F-next-repeats"))
    second = read_json(api.items(FAULTS, "F-next-repeats", {"cursor": next_cursor(first)}))

    assert next_cursor(first) == next_cursor(second) is not None
    assert item_ids(first) == item_ids(second)


def test_next_only_known_gives_new_cursors_and_known_items(api: ApiClient) -> None:
    first = read_json(api.items(FAULTS, "F-next-only-known"))
    second = read_json(api.items(FAULTS, "F-next-only-known", {"cursor": next_cursor(first)}))
    third = read_json(api.items(FAULTS, "F-next-only-known", {"cursor": next_cursor(second)}))

    assert len({next_cursor(page) for page in (first, second, third)}) == 3
    assert item_ids(first) == item_ids(second) == item_ids(third)


def test_expired_token_is_refused_until_a_fresh_one_comes(own_api: ApiClient) -> None:
    old, fresh = own_api.fresh_token(), own_api.fresh_token()

    statuses = [
        own_api.items(FAULTS, "F-token-expired-once", token=token).status_code for token in (old, old, fresh)
    ]

    assert statuses == [401, 401, 200]
