"""The single sign-ons that a browser has begun, in a cookie of its own until they end.

A session would be a row in the database for everybody who only asks. The cookie is sealed: it cannot be made
elsewhere, and shows nothing of where its agent wanted to go.
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
_LIFE_SECONDS = 15 * 60
# One for each of a few windows. Browsers take no cookie that is longer than 4096 bytes with its name and the rest.
_MAX = 3
_MAX_COOKIE = 3800


class PendingSignIn(msgspec.Struct, frozen=True, array_like=True):
    """What the provider's answer has to fit, and where the sign-in goes on to; `at` is in seconds since 1970."""

    state: str
    nonce: str
    code_verifier: str
    next_address: str
    at: float


def find(request: HttpRequest, state: str) -> PendingSignIn | None:
    """The sign-in that this browser began with this state, unless it was too long ago."""
    return next((one for one in _all(request) if one.state == state), None)


def remember(request: HttpRequest, response: HttpResponse, begun: PendingSignIn) -> None:
    """Let the browser keep one more; the oldest go, and an address that is too long for a cookie."""
    _keep(response, [begun, *_all(request)][:_MAX])


def forget(request: HttpRequest, response: HttpResponse, state: str) -> None:
    """Let a state be good once."""
    others = [one for one in _all(request) if one.state != state]
    if others:
        _keep(response, others)
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=reverse("sso"), samesite="Lax")


def _all(request: HttpRequest) -> list[PendingSignIn]:
    content = unseal(request.COOKIES.get(COOKIE, ""), _PURPOSE, seconds=_LIFE_SECONDS)
    if content is None:
        return []
    oldest = time.time() - _LIFE_SECONDS
    return [one for one in msgspec.json.decode(content, type=list[PendingSignIn]) if one.at >= oldest]


def _keep(response: HttpResponse, several: list[PendingSignIn]) -> None:
    text = seal(msgspec.json.encode(several), _PURPOSE)
    if len(text) > _MAX_COOKIE:
        first, *others = several
        _keep(response, several[:-1] if others else [msgspec.structs.replace(first, next_address="")])
        return
    response.set_cookie(
        COOKIE,
        text,
        max_age=_LIFE_SECONDS,
        path=reverse("sso"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
