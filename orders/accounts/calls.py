"""Calls of the OpenID Connect provider: few at once, and each over in some seconds, whatever the provider does."""

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

_AT_ONCE = 2
_WAIT_SECONDS = 0.3

_places = BoundedSemaphore(_AT_ONCE)


class _Session(OAuth2Session):  # type: ignore[misc] # Authlib has no types
    """Authlib's, over connections that keep to the deadline: a time-out alone bounds no answer that drips."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for adapter in self.adapters.values():
            adapter.poolmanager.pool_classes_by_scheme = {"http": BoundedHTTPPool, "https": BoundedHTTPSPool}


class App(DjangoOAuth2App):  # type: ignore[misc] # Authlib has no types
    """Authlib's client of one provider, with calls that end in time."""

    client_cls = _Session


@contextmanager
def asking(seconds: float) -> Iterator[None]:
    """One of the few places to ask the provider from, for so long. Raises SignInRefused where none comes free."""
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise SignInRefused(SignInCode.BUSY)
    try:
        with Deadline(seconds).enforce():
            yield
    finally:
        _places.release()
