"""The vendor's own client understands the make-believe console, which shows that it speaks Canvas's protocol."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Frame, Page
from pytest_django.fixtures import Settings

from ercportal.demo.desktop.kinds.salesforce import SECRET
from tests.support.browsing import Portal
from tests.support.salesforce_console import canvas_frames, console, sdk_app


@pytest.fixture
def page(portal: Portal, settings: Settings) -> Iterator[Page]:
    """The console, with an app of the SDK in a case."""
    settings.DEBUG = True
    with sdk_app() as app, console(app, settings) as address:
        page = portal.page()
        page.goto(address)
        page.click("#callers button:has-text('Amal')")
        page.wait_for_selector("#panel iframe")
        canvas_frames(page)[0].wait_for_function("typeof content === 'object'")
        yield page


def app(page: Page) -> Frame:
    """The app's frame."""
    return canvas_frames(page)[0]


def asked(page: Page, service: str, *arguments: str) -> Any:
    """What the console answers to the SDK; the arguments are JavaScript."""
    call = ", ".join(["resolve", *arguments])
    return app(page).evaluate(f"new Promise((resolve) => Sfdc.canvas.client.{service}({call}))")


def content(signed: str) -> Any:
    """What a request says, once its signature has been checked."""
    signature, _, part = signed.partition(".")
    fits = hmac.digest(SECRET.encode(), part.encode(), hashlib.sha256)
    assert base64.b64decode(signature) == fits
    return json.loads(base64.b64decode(part))


def test_app_gets_a_signed_request_of_a_real_ones_size(page: Page) -> None:
    signed = str(app(page).evaluate("signed"))

    said = content(signed)
    assert len(signed) > 4096
    assert said["context"]["environment"]["parameters"] == {"customer_id": "C-1001", "order_id": "A-20731"}
    assert said["client"]["targetOrigin"] == page.url.removesuffix("/salesforce")
    assert app(page).evaluate("window.name") == f"canvas-frame-{said['client']['instanceId']}"


def test_sdk_gets_its_context_by_the_access_token_alone(page: Page) -> None:
    answer = asked(page, "ctx", "content.client")
    stranger = asked(page, "ctx", "{ ...content.client, oauthToken: 'another' }")

    assert answer["status"] == 200
    assert answer["payload"] == app(page).evaluate("content.context")
    assert (stranger["status"], stranger["payload"][0]["errorCode"]) == (401, "INVALID_SESSION_ID")


def test_sdk_gets_a_fresh_request_each_time(page: Page) -> None:
    first = str(app(page).evaluate("signed"))

    answers = [asked(page, "refreshSignedRequest") for _ in range(2)]

    requests = [first, *(answer["payload"]["response"] for answer in answers)]
    assert [(answer["status"], answer["payload"]["status"]) for answer in answers] == [(200, 200)] * 2
    assert len(set(requests)) == 3
    assert {content(one)["context"]["environment"]["parameters"]["order_id"] for one in requests} == {"A-20731"}


def test_sdk_resizes_its_frame(page: Page) -> None:
    app(page).evaluate("Sfdc.canvas.client.resize(content.client, { height: '321px' })")

    page.wait_for_function("document.querySelector('#panel iframe').offsetHeight === 321")


def test_sdk_has_its_request_posted_again(page: Page) -> None:
    first = app(page).evaluate("signed")

    with page.expect_event("framenavigated"):
        app(page).evaluate("Sfdc.canvas.client.repost(true)")
    app(page).wait_for_function("typeof signed === 'string'")

    assert app(page).evaluate("signed") != first
