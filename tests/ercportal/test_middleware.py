from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from ercportal.middleware import (
    CorrelationIdMiddleware,
    PrivateResponsesMiddleware,
    SignInRequiredMiddleware,
)
from orders.core.request import PortalRequest, correlation_id
from tests.support.stub_erc import StubErc

HOST = "http://testserver"


def answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


def asked(path: str = "/", **options: Any) -> PortalRequest:
    """A request before any middleware has seen it."""
    made: Any = RequestFactory().get(path, **options)
    request: PortalRequest = made
    return request


def test_correlation_id_is_the_same_in_request_log_and_answer() -> None:
    seen: list[str] = []

    def view(request: PortalRequest) -> HttpResponse:
        seen.extend([request.correlation_id, correlation_id.get()])
        return answer(request)

    response = CorrelationIdMiddleware(view)(asked("/"))

    assert seen == [response["X-Correlation-ID"]] * 2
    assert len(seen[0]) == 32


def test_correlation_ids_of_two_requests_differ() -> None:
    middleware = CorrelationIdMiddleware(answer)

    ids = {middleware(asked("/"))["X-Correlation-ID"] for _ in range(20)}

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
    settings: Settings, given: str, is_taken: bool
) -> None:
    settings.CORRELATION_ID_HEADER = "X-Request-ID"

    response = CorrelationIdMiddleware(answer)(asked("/", headers={"X-Request-ID": given}))

    assert (response["X-Correlation-ID"] == given) is is_taken


@pytest.mark.parametrize("trusted", ["", "X-Other-ID"])
def test_given_id_is_ignored_in_a_header_that_is_not_trusted(settings: Settings, trusted: str) -> None:
    settings.CORRELATION_ID_HEADER = trusted

    response = CorrelationIdMiddleware(answer)(asked("/", headers={"X-Request-ID": "abcd1234"}))

    assert response["X-Correlation-ID"] != "abcd1234"


def test_correlation_id_ends_with_its_request_even_where_that_fails() -> None:
    def broken(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        CorrelationIdMiddleware(broken)(asked("/"))

    assert correlation_id.get() == ""


def test_request_is_logged_by_its_route_and_not_by_its_address(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="ercportal.middleware"):
        CorrelationIdMiddleware(answer)(asked("/orders/planted?customer_id=planted"))

    (record,) = caplog.records
    fields = vars(record)
    assert (fields["method"], fields["route"], fields["status"]) == ("GET", "", 200)
    assert fields["duration_ms"] >= 0
    assert "planted" not in repr(fields)


@pytest.mark.django_db
@pytest.mark.parametrize(("host", "is_logged"), [("testserver", False), ("elsewhere.example", True)])
def test_check_of_health_is_logged_only_where_it_is_not_good(
    client: Client, caplog: pytest.LogCaptureFixture, host: str, is_logged: bool
) -> None:
    with caplog.at_level(logging.INFO, logger="ercportal.middleware"):
        client.get("/healthz", headers={"Host": host})

    assert ("request" in caplog.messages) is is_logged


def test_answer_is_private_and_without_browser_features(rf: RequestFactory) -> None:
    response = PrivateResponsesMiddleware(answer)(rf.get("/"))

    assert response["Cache-Control"] == "no-store, private"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(response["Permissions-Policy"].split(", "))


def test_view_that_says_how_it_is_cached_has_its_way(rf: RequestFactory) -> None:
    def kept(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    assert PrivateResponsesMiddleware(kept)(rf.get("/"))["Cache-Control"] == "max-age=60"


def ask(request: HttpRequest, *, user: User | AnonymousUser) -> HttpResponseBase | None:
    request.user = user
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
        ("http://[", "/orders/"),
        ("http://[::1/orders/", "/orders/"),
        ("//]", "/orders/"),
        ("http://testserver\u2100/orders/", "/orders/"),
        ("http://testserver:x/orders/", "/orders/"),
        ("\x00\xff", "/orders/"),
        (f"{HOST}/orders/?\x00=\xff", "/orders/?\x00=\xff"),
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


@pytest.mark.parametrize("current", ["http%3A%2F%2F%5B", "%00", "%FF%FE", "http://[%2F%2F"])
def test_signed_out_fragment_whose_page_is_encoded_and_odd_comes_back_to_the_look_up(
    rf: RequestFactory, current: str
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": current, "HX-Current-URL-URI-AutoEncoded": "true"}

    response = ask(rf.get("/orders/", headers=headers), user=AnonymousUser())

    assert response is not None
    assert parse_qs(urlsplit(response["HX-Redirect"]).query) == {"next": ["/orders/"]}


@pytest.mark.parametrize(
    "odd", ["http://[", "\x00", "\xff\xfe", "javascript:alert(1)", "x" * 8000, "%00%FF", "{", "//evil"]
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_headers_of_htmx_that_are_odd_break_nothing(
    client: Client, agent: User, erc: StubErc, settings: Settings, is_signed_in: bool, odd: str
) -> None:
    settings.EMBED_HOSTS = []
    if is_signed_in:
        client.force_login(agent)
    names = ("Current-URL", "Target", "Trigger", "Trigger-Name", "Prompt", "Boosted", "History-Restore-Request")
    headers = {"HX-Request": "true", **{f"HX-{name}": odd for name in names}}
    encoded = {f"HX-{name}-URI-AutoEncoded": "true" for name in names}

    answers = [
        client.get(address, headers=given)
        for address in (
            "/orders/",
            "/orders/?customer_id=C-1&order_id=O-1",
            "/embed/orders/",
            "/zone/",
            "/nothing",
        )
        for given in (headers, {**headers, **encoded})
    ]

    assert {answer.status_code for answer in answers} <= {200, 302, 403, 404, 401}


@pytest.mark.parametrize("value", ["\x00aaaaaaaa", "a\nb", "a\x7f", "\x85", "\u2028"])
def test_cookie_that_the_portal_cannot_have_set_is_none(rf: RequestFactory, value: str) -> None:
    request = rf.get("/orders/")
    request.COOKIES = {"sessionid": value, "csrftoken": "abc", value: "x"}

    PrivateResponsesMiddleware(answer)(request)

    assert request.COOKIES == {"csrftoken": "abc"}


@pytest.mark.parametrize("address", ["/embed/", "/embed/orders/"])
def test_panel_gets_no_cookie(rf: RequestFactory, address: str) -> None:
    request = rf.get(address)
    request.COOKIES = {"sessionid": "abc"}

    PrivateResponsesMiddleware(answer)(request)

    assert request.COOKIES == {}


def test_signed_in_agent_passes(rf: RequestFactory) -> None:
    assert ask(rf.get("/orders/"), user=User(username="agent")) is None


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_view_that_needs_no_sign_in_is_open(rf: RequestFactory, headers: dict[str, str]) -> None:
    @login_not_required
    def open_view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("fine")

    request = rf.get("/healthz", headers=headers)
    request.user = AnonymousUser()

    refusal = SignInRequiredMiddleware(answer).process_view(request, open_view, (), {})

    assert refusal is None
