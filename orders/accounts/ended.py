"""Remembers for the sign-in page that a sign-in has ended, so that it can say why one must sign in again."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

_ENDED_COOKIE = "sign_in_ended"
_ENDED_SECONDS = 60


def note_ended(response: HttpResponseBase) -> None:
    """Let the sign-in page, to which a response leads, say that a sign-in has ended."""
    response.set_cookie(
        _ENDED_COOKIE,
        "1",
        max_age=_ENDED_SECONDS,
        path=resolve_url("login"),
        secure=not settings.DEBUG,
        httponly=True,
        samesite="Lax",
    )


def forget_ended(response: HttpResponseBase) -> None:
    """Say once only that a sign-in has ended."""
    response.delete_cookie(_ENDED_COOKIE, path=resolve_url("login"), samesite="Lax")


def has_ended(request: HttpRequest) -> bool:
    """Whether a sign-in has just ended."""
    return bool(request.COOKIES.get(_ENDED_COOKIE))
