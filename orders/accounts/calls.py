"""Requests to the OpenID Connect provider: few at once, and each ends within seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from authlib.integrations.django_client import DjangoOAuth2App
from authlib.integrations.requests_client import OAuth2Session

from orders.accounts.errors import SignInCode, SignInRefused
from orders.erc.deadline import Deadline
from orders.erc.sockets import BoundedHTTPPool, BoundedHTTPSPool

_MAX_CALLS = 2
_MAX_WAIT_SECONDS = 0.3

_free_places = BoundedSemaphore(_MAX_CALLS)


class _Session(OAuth2Session):  # type: ignore[misc] # Authlib has no types
    """Authlib's session with a deadline, because a time-out alone does not end a response that drips."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for adapter in self.adapters.values():
            adapter.poolmanager.pool_classes_by_scheme = {"http": BoundedHTTPPool, "https": BoundedHTTPSPool}


class App(DjangoOAuth2App):  # type: ignore[misc] # Authlib has no types
    """Authlib's client of one provider, with a deadline for its requests."""

    client_cls = _Session


@contextmanager
def call_provider(seconds: float) -> Iterator[None]:
    """Hold one of the few places, and bound the requests by a deadline. Raises SignInRefused without a place."""
    if not _free_places.acquire(timeout=_MAX_WAIT_SECONDS):
        raise SignInRefused(SignInCode.BUSY)
    try:
        with Deadline(seconds).enforce():
            yield
    finally:
        _free_places.release()
