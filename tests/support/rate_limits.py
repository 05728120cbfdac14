"""Calls under an endpoint's rate limits, as tests make them."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest

from orders.erc.deadline import Deadline
from orders.erc.errors import RateLimited
from orders.erc.rate_limits import RateLimits
from tests.support.breakers import Clock


def heed(limits: RateLimits, resource: str, seconds: float = 3) -> AbstractContextManager[None]:
    """Around a call, as an endpoint makes it."""
    remembered = limits._store.get_many(limits.keys(resource))
    return limits.heed(remembered, resource, Deadline(seconds))


def refuse(limits: RateLimits, resource: str, seconds: float | None) -> None:
    """The API answers 429 to a call for the resource."""
    with pytest.raises(RateLimited, match="planted"), heed(limits, resource):
        raise RateLimited("planted", status=429, retry_after=seconds)


def wait_of(limits: RateLimits, resource: str) -> float | None:
    """The seconds for which the resource is held back; None where it is let through (and answered)."""
    try:
        with heed(limits, resource):
            return None
    except RateLimited as error:
        return error.retry_after


def after_a_general_wait(clock: Clock, limits: RateLimits) -> None:
    """The API has refused two resources, and the wait for everything has passed."""
    refuse(limits, "O-1", 10)
    refuse(limits, "O-2", 10)
    clock.now += 10
