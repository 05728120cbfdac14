"""Started single sign-ons, stored in a cookie of the browser.

A session would write a database row for every visitor of the page. The cookie is sealed: only the portal can make
one, and it does not reveal the page that the agent wanted.
"""

from __future__ import annotations

import time

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from orders.core.sealing import seal, unseal

COOKIE = "single_sign_on"

_PURPOSE = "single-sign-on"
_MAX_AGE_SECONDS = 15 * 60
# One for each of a few windows. Browsers refuse cookies above 4096 bytes, name and attributes included.
_MAX_PENDING = 3
_MAX_COOKIE = 3800


class PendingSignIn(msgspec.Struct, frozen=True, array_like=True):
    """Values that the callback has to match, and the page after the sign-in; `at` is in seconds since 1970."""

    state: str
    nonce: str
    code_verifier: str
    next_address: str
    at: float


def find(request: HttpRequest, state: str) -> PendingSignIn | None:
    """Find the sign-in that this browser started with this state, unless it is too old."""
    return next((one for one in _read(request) if one.state == state), None)


def remember(request: HttpRequest, response: HttpResponse, started: PendingSignIn) -> None:
    """Add one to the cookie; drop the oldest, and an address that is too long."""
    _write(response, [started, *_read(request)][:_MAX_PENDING])


def forget(request: HttpRequest, response: HttpResponse, state: str) -> None:
    """Remove a state, so that it works only once."""
    others = [one for one in _read(request) if one.state != state]
    if others:
        _write(response, others)
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=reverse("sso"), samesite="Lax")


def _read(request: HttpRequest) -> list[PendingSignIn]:
    content = unseal(request.COOKIES.get(COOKIE, ""), _PURPOSE, seconds=_MAX_AGE_SECONDS)
    if content is None:
        return []
    oldest = time.time() - _MAX_AGE_SECONDS
    return [one for one in msgspec.json.decode(content, type=list[PendingSignIn]) if one.at >= oldest]


def _write(response: HttpResponse, several: list[PendingSignIn]) -> None:
    text = seal(msgspec.json.encode(several), _PURPOSE)
    if len(text) > _MAX_COOKIE:
        first, *others = several
        _write(response, several[:-1] if others else [msgspec.structs.replace(first, next_address="")])
        return
    response.set_cookie(
        COOKIE,
        text,
        max_age=_MAX_AGE_SECONDS,
        path=reverse("sso"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
