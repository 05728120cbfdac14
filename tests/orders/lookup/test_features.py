from __future__ import annotations

import time

import pytest

from orders.erc.errors import ErcError, InvalidResponse, NotAllowed, NotFound, NotOffered, Unavailable
from orders.erc.paths import EndpointName
from orders.lookup.features import REMEMBERED_SECONDS, MissingFeatures
from tests.support.stores import DictCache


@pytest.fixture
def store() -> DictCache:
    return DictCache()


@pytest.fixture
def missing(store: DictCache) -> MissingFeatures:
    return MissingFeatures(store, client_id="client")


@pytest.mark.parametrize(
    ("endpoint", "error"),
    [
        (EndpointName.CUSTOMERS, NotAllowed("", status=403)),
        (EndpointName.CUSTOMERS, NotFound("", status=404)),
        (EndpointName.ORDERS, NotFound("", status=404)),
        (EndpointName.ORDERS, InvalidResponse("", status=405)),
        (EndpointName.CUSTOMER_ORDERS, NotAllowed("", status=401)),
        (EndpointName.ORDER, NotAllowed("", status=403)),
    ],
    ids=str,
)
def test_feature_that_the_account_lacks_is_remembered(
    missing: MissingFeatures, store: DictCache, endpoint: EndpointName, error: ErcError
) -> None:
    missing.note(endpoint, error)

    assert MissingFeatures(store, client_id="client").names() == {endpoint}
    with pytest.raises(NotOffered):
        missing.require(endpoint, "correlation-1")


def without_token() -> NotAllowed:
    error = NotAllowed("", status=401)
    error.is_without_token = True
    return error


@pytest.mark.parametrize(
    ("endpoint", "error"),
    [
        (EndpointName.ORDERS, without_token()),
        (EndpointName.ITEMS, NotAllowed("", status=403)),
        (EndpointName.CUSTOMER, NotFound("", status=404)),
        (EndpointName.CUSTOMER_ORDERS, NotFound("", status=404)),
        (EndpointName.ORDERS, Unavailable("", status=503)),
        (EndpointName.ORDERS, Unavailable("")),
        (EndpointName.ORDERS, InvalidResponse("", status=200)),
    ],
    ids=str,
)
def test_feature_that_only_failed_is_asked_again(
    missing: MissingFeatures, endpoint: EndpointName, error: ErcError
) -> None:
    missing.note(endpoint, error)

    missing.require(endpoint, "correlation-1")

    assert missing.names() == frozenset()


def test_missing_feature_has_the_time_of_its_end(missing: MissingFeatures) -> None:
    missing.note(EndpointName.ORDERS, NotAllowed("", status=403))

    (end,) = missing.ends().values()

    assert end == pytest.approx(time.time() + REMEMBERED_SECONDS, abs=5)


def test_feature_is_offered_again_by_itself(missing: MissingFeatures, monkeypatch: pytest.MonkeyPatch) -> None:
    missing.note(EndpointName.ORDERS, NotAllowed("", status=403))
    later = time.time() + REMEMBERED_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)

    missing.require(EndpointName.ORDERS, "correlation-1")

    assert missing.names() == frozenset()


def test_feature_is_offered_again_when_it_is_forgotten(missing: MissingFeatures) -> None:
    missing.note(EndpointName.ORDERS, NotAllowed("", status=403))

    missing.forget()

    assert missing.names() == frozenset()


def test_feature_of_another_client_is_not_missing(missing: MissingFeatures, store: DictCache) -> None:
    missing.note(EndpointName.ORDERS, NotAllowed("", status=403))

    other = MissingFeatures(store, client_id="other")

    assert other.names() == frozenset()
