"""Who may frame an answer, by what a browser says of the page that asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from orders.embed.entries import read_hosts
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.frames import asking_origins, let_frame, require_frame, require_origin
from tests.support.launching import host, rsa_host
from tests.support.pages import HTMX

HOSTS = read_hosts([host(), rsa_host()], allow_plain=False)
DESK = HOSTS["desk"]


def asked(data: Mapping[str, str] | None = None, /, **headers: str) -> HttpRequest:
    return RequestFactory().post("/embed/launch", data or {}, headers=headers)


def test_answer_may_be_framed_by_the_origins_alone() -> None:
    response = HttpResponse()

    let_frame(response, ("https://a.example", "https://b.example"))

    assert vars(response)["_csp_replace"] == {"frame-ancestors": ["https://a.example", "https://b.example"]}
    assert vars(response)["xframe_options_exempt"] is True


def test_answer_for_no_origin_keeps_what_holds_for_every_page() -> None:
    response = HttpResponse()

    let_frame(response, ())

    assert "_csp_replace" not in vars(response)
    assert "xframe_options_exempt" not in vars(response)


@pytest.mark.parametrize(
    ("headers", "origins"),
    [
        ({"Origin": "https://desk.example"}, ("https://desk.example",)),
        ({"Origin": "HTTPS://Desk.Example"}, ("https://desk.example",)),
        ({"Origin": "https://a.other.example"}, ("https://a.other.example",)),
        ({"Referer": "https://desk.example/calls?x=1"}, ("https://desk.example",)),
        ({"Origin": "https://desk.example", "Referer": "https://attacker.example/"}, ("https://desk.example",)),
        ({"Origin": "https://attacker.example", "Referer": "https://desk.example/"}, ()),
        ({"Origin": "https://desk.example:8443"}, ()),
        ({"Origin": "http://desk.example"}, ()),
        ({"Origin": "null"}, ()),
        ({"Referer": "//desk.example/"}, ()),
        ({"Referer": "https:/desk.example"}, ()),
        ({"Referer": "https://[broken"}, ()),
        ({}, ()),
    ],
)
def test_page_that_asks_may_frame_the_answer_where_it_is_of_a_host(
    headers: dict[str, str], origins: tuple[str, ...]
) -> None:
    assert asking_origins(asked(**headers), HOSTS) == origins


def test_panels_own_script_asks_in_the_name_of_the_page_that_it_names() -> None:
    named = asked({"origin": "https://desk.example"}, **HTMX, Origin="https://portal.example")
    unnamed = asked(**HTMX, Origin="https://desk.example")
    not_its_script = asked({"origin": "https://desk.example"}, Origin="https://portal.example")

    assert asking_origins(named, HOSTS) == ("https://desk.example",)
    assert asking_origins(unnamed, HOSTS) == ()
    assert asking_origins(not_its_script, HOSTS) == ()


def test_no_host_allows_no_frame() -> None:
    assert asking_origins(asked(Origin="https://desk.example"), {}) == ()


@pytest.mark.parametrize("destination", ["iframe", "frame", "fencedframe", "empty", ""])
def test_panel_is_asked_for_by_a_frame_or_by_its_script(settings: Settings, destination: str) -> None:
    settings.DEBUG = False

    require_frame(asked(**{"Sec-Fetch-Dest": destination}), DESK)
    require_frame(asked(), DESK)


@pytest.mark.parametrize("destination", ["document", "embed", "object", "script", "image", "fenced", "IFRAME"])
def test_panel_that_is_asked_for_as_anything_else_is_refused_but_for_development(
    settings: Settings, destination: str
) -> None:
    settings.DEBUG = False
    with pytest.raises(LaunchRefused) as refusal:
        require_frame(asked(**{"Sec-Fetch-Dest": destination}), DESK)

    settings.DEBUG = True
    require_frame(asked(**{"Sec-Fetch-Dest": destination}), DESK)

    assert (refusal.value.reason, refusal.value.host) == (LaunchCode.NOT_FRAMED, DESK)


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://desk.example"}, {"Origin": "null"}, {"Referer": "https://[x"}]
)
def test_page_of_the_host_or_of_nobody_known_may_launch(headers: dict[str, str]) -> None:
    require_origin(asked(**headers), DESK)


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"Origin": "https://a.other.example"}, "https://a.other.example"),
        ({"Referer": "https://attacker.example/desk.example?x"}, "https://attacker.example"),
    ],
)
def test_page_of_another_may_not_launch_and_is_named_in_the_log(headers: dict[str, Any], named: str) -> None:
    with pytest.raises(LaunchRefused) as refusal:
        require_origin(asked(**headers), DESK)

    assert (refusal.value.reason, refusal.value.host) == (LaunchCode.ORIGIN, DESK)
    assert str(refusal.value) == f"asked for by a page of {named}"
