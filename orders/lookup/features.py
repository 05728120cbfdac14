"""Remembers which endpoints the account lacks, so that their features are not offered for some minutes.

An account may have the items without the rest of the family. A feature that it lacks would fail for every agent,
so the portal stops offering it, and tries it again by itself: no restart is needed when it comes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from orders.erc.errors import ErcError, NotAllowed, NotOffered
from orders.erc.paths import EndpointName
from orders.erc.store import Store, digest, is_ahead

REMEMBERED_SECONDS = 300.0
"""How long an endpoint counts as missing after the API refused it."""

# A 401 comes here only after a fresh token got it, too.
_REFUSALS = (401, 403, 405)
# Where no id stands in the path, a 404 can only mean the endpoint.
_WITHOUT_IDS = (EndpointName.CUSTOMERS, EndpointName.ORDERS)


class MissingFeatures:
    """The endpoints that one client lacks, in a store that all processes share. Items are never among them."""

    def __init__(self, store: Store, *, client_id: str) -> None:
        self._store = store
        client = digest(client_id)
        self._keys = {
            name: f"erc-missing:{name}:{client}" for name in EndpointName if name is not EndpointName.ITEMS
        }

    @property
    def keys(self) -> Sequence[str]:
        """The keys of all that may be missing, for those who read them together with other keys."""
        return tuple(self._keys.values())

    def names(self, endpoints: Sequence[EndpointName] = tuple(EndpointName)) -> frozenset[EndpointName]:
        """Give those of the endpoints that the account lacks now."""
        return frozenset(self.ends(endpoints))

    def ends(self, endpoints: Sequence[EndpointName] = tuple(EndpointName)) -> dict[EndpointName, float]:
        """Give the endpoints that the account lacks now, each with the time (in seconds since 1970) until when."""
        keys = {name: self._keys[name] for name in endpoints if name is not EndpointName.ITEMS}
        found = self._store.get_many([*keys.values()]) if keys else {}
        return {name: found[key] for name, key in keys.items() if is_ahead(found.get(key), REMEMBERED_SECONDS)}

    def require(self, endpoint: EndpointName, correlation_id: str) -> None:
        """Raise NotOffered for an endpoint that the account lacks now."""
        if endpoint is not EndpointName.ITEMS and self.names((endpoint,)):
            raise NotOffered("not asked: the account lacks this endpoint", correlation_id=correlation_id)

    def note(self, endpoint: EndpointName, error: ErcError) -> None:
        """Remember the endpoint as missing, if that is what the error says."""
        if isinstance(error, NotAllowed) and error.is_without_token:
            return
        is_missing = error.status in _REFUSALS or (error.status == 404 and endpoint in _WITHOUT_IDS)
        if endpoint is not EndpointName.ITEMS and is_missing:
            self._store.set(self._keys[endpoint], time.time() + REMEMBERED_SECONDS, REMEMBERED_SECONDS)

    def forget(self) -> None:
        """Offer every feature again."""
        for key in self._keys.values():
            self._store.delete(key)
