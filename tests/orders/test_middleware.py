from __future__ import annotations

import logging
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails
from pytest_django.fixtures import Settings

from ercportal import logs
from orders.middleware import (
    CorrelationIdMiddleware,
    PortalRequest,
    PrivateResponsesMiddleware,
    SignInRequiredMiddleware,
)

HOST = "http://testserver"


def answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


def request_id(request: HttpRequest) -> str:
    return cast("PortalRequest", request).correlation_id


def test_correlation_id_is_the_same_in_request_log_and_answer(rf: RequestFactory) -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.extend([request_id(request), logs.correlation_id.get()])
        return answer(request)

    response = CorrelationIdMiddleware(view)(rf.get("/"))

    assert seen == [response["X-Correlation-ID"]] * 2
    assert len(seen[0]) == 32


def test_correlation_ids_of_two_requests_differ(rf: RequestFactory) -> None:
    middleware = CorrelationIdMiddleware(answer)

    ids = {middleware(rf.get("/"))["X-Correlation-ID"] for _ in range(20)}

    assert len(ids) == 20


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("abcd1234", True),
        ("a.b:c_d-1", True),
        ("x" * 128, True),
        ("", False),
        ("abcd123", False),
        ("x" * 129, False),
        ("abcd 1234", False),
        ("abcd1234\n", False),
        ("abcd1234\r\nSet-Cookie: x=1", False),
        ("<script>1", False),
        ("ábcd1234", False),
    ],
)
def test_given_id_is_taken_only_where_it_can_stand_in_logs_and_headers(
    rf: RequestFactory, settings: Settings, given: str, is_taken: bool
) -> None:
    settings.CORRELATION_ID_HEADER = "X-Request-ID"

    response = CorrelationIdMiddleware(answer)(rf.get("/", headers={"X-Request-ID": given}))

    assert (response["X-Correlation-ID"] == given) is is_taken


@pytest.mark.parametrize("trusted", ["", "X-Other-ID"])
def test_given_id_is_ignored_in_a_header_that_is_not_trusted(
    rf: RequestFactory, settings: Settings, trusted: str
) -> None:
    settings.CORRELATION_ID_HEADER = trusted

    response = CorrelationIdMiddleware(answer)(rf.get("/", headers={"X-Request-ID": "abcd1234"}))

    assert response["X-Correlation-ID"] != "abcd1234"


def test_correlation_id_ends_with_its_request_even_where_that_fails(rf: RequestFactory) -> None:
    def broken(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        CorrelationIdMiddleware(broken)(rf.get("/"))

    assert logs.correlation_id.get() == ""


def test_request_is_logged_by_its_route_and_not_by_its_address(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="orders.middleware"):
        CorrelationIdMiddleware(answer)(rf.get("/orders/planted?customer_id=planted"))

    (record,) = caplog.records
    fields = vars(record)
    assert (fields["method"], fields["route"], fields["status"]) == ("GET", "", 200)
    assert fields["duration_ms"] >= 0
    assert "planted" not in repr(fields)


def test_answer_is_private_and_without_browser_features(rf: RequestFactory) -> None:
    response = PrivateResponsesMiddleware(answer)(rf.get("/"))

    assert response["Cache-Control"] == "no-store, private"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(response["Permissions-Policy"].split(", "))


def test_view_that_says_how_it_is_kept_has_its_way(rf: RequestFactory) -> None:
    def kept(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    assert PrivateResponsesMiddleware(kept)(rf.get("/"))["Cache-Control"] == "max-age=60"


def ask(request: HttpRequest, *, user: User | AnonymousUser) -> HttpResponseBase | None:
    request.user = user
    cast("PortalRequest", request).htmx = HtmxDetails(request)
    return SignInRequiredMiddleware(answer).process_view(request, answer, (), {})


def test_signed_out_page_goes_to_sign_in_and_comes_back_to_its_address(rf: RequestFactory) -> None:
    response = ask(rf.get("/orders/?customer_id=C%2F1&order_id=O"), user=AnonymousUser())

    assert response is not None
    address = urlsplit(response["Location"])
    assert (response.status_code, address.path) == (302, "/login/")
    assert parse_qs(address.query) == {"next": ["/orders/?customer_id=C%2F1&order_id=O"]}


@pytest.mark.parametrize(
    ("current", "back_to"),
    [
        (f"{HOST}/orders/?customer_id=C&order_id=O", "/orders/?customer_id=C&order_id=O"),
        ("http://attacker.example/orders/", "/orders/"),
        ("https://testserver.attacker.example/", "/orders/"),
        ("javascript:alert(1)", "/orders/"),
        ("", "/orders/"),
    ],
)
def test_signed_out_fragment_moves_the_whole_page_to_sign_in_and_back_to_the_portal_only(
    rf: RequestFactory, current: str, back_to: str
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": current}

    response = ask(rf.get("/orders/?cursor=1", headers=headers), user=AnonymousUser())

    assert response is not None
    address = urlsplit(response["HX-Redirect"])
    assert (response.status_code, address.netloc, address.path) == (200, "", "/login/")
    assert parse_qs(address.query) == {"next": [back_to]}


def test_signed_in_agent_passes(rf: RequestFactory) -> None:
    assert ask(rf.get("/orders/"), user=User(username="agent")) is None


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_view_that_needs_no_sign_in_is_open(rf: RequestFactory, headers: dict[str, str]) -> None:
    @login_not_required
    def open_view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("fine")

    request = rf.get("/healthz", headers=headers)
    request.user = AnonymousUser()
    cast("PortalRequest", request).htmx = HtmxDetails(request)

    refusal = SignInRequiredMiddleware(answer).process_view(request, open_view, (), {})

    assert refusal is None
