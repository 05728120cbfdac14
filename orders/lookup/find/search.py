"""Finds customers and orders by what a caller says: all readings at once, compared, ranked, and recorded."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from django.conf import settings

from orders.audit.access_log import Access, Viewer
from orders.audit.searches import Sought, start_search
from orders.erc import CallContext
from orders.erc.customers import Contact, Customer
from orders.erc.deadline import Deadline
from orders.erc.errors import BadRequest, ErcError, TimedOut
from orders.erc.orders import Order
from orders.erc.paths import EndpointName
from orders.lookup.beside import Beside
from orders.lookup.beside_pages import read_ahead
from orders.lookup.bulkhead import Bulkhead, beside_bulkhead, bulkhead
from orders.lookup.cached_pages import CachedPages
from orders.lookup.customer_orders import contact_query
from orders.lookup.find.calls import Call, Hits, calls_for, endpoint_of
from orders.lookup.find.details import details_of
from orders.lookup.find.kinds import SEARCH_KINDS, Kind, Reading
from orders.lookup.find.matching import Match, match_contact, match_order, without_false_customer
from orders.models import Source

Entry = TypeVar("Entry")


class Ranked(NamedTuple, Generic[Entry]):
    """A customer or an order, and how well it fits."""

    match: Match
    entry: Entry


class Failure(NamedTuple):
    """A reading that could not be searched for."""

    reading: Reading
    error: ErcError


class Found(NamedTuple):
    """What a search found, the best first.

    `failures` are readings that could not be searched for now, `not_offered` those for which the account lacks the
    endpoint. `has_more` tells that more fit than were asked for. `details` tell customers apart, by their ids.
    """

    readings: tuple[Reading, ...]
    customers: tuple[Ranked[Contact], ...] = ()
    orders: tuple[Ranked[Order], ...] = ()
    has_more: bool = False
    unreadable: int = 0
    stale_because: ErcError | None = None
    failures: tuple[Failure, ...] = ()
    not_offered: tuple[Failure, ...] = ()
    details: Mapping[str, Customer] = MappingProxyType({})

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.customers and not self.orders

    @property
    def error(self) -> ErcError | None:
        """Say why nothing could be searched for; None where any reading was."""
        failed = (*self.failures, *self.not_offered)
        return failed[0].error if self.is_empty and len(failed) == len(self.readings) else None

    @property
    def only_customer(self) -> Contact | None:
        """Give the one customer who fits, if that is sure."""
        is_only = len(self.customers) == 1 and not self.orders
        # Others on later pages may have the same name, but hardly the same address or number.
        may_have_others = self.has_more and any(reading.kind is Kind.NAME for reading in self.readings)
        is_sure = is_only and not may_have_others and self._is_sure(self.customers[0].match)
        return self.customers[0].entry if is_sure else None

    @property
    def only_order(self) -> Order | None:
        """Give the one order that fits, if that is sure."""
        is_only = len(self.orders) == 1 and not self.customers
        return self.orders[0].entry if is_only and self._is_sure(self.orders[0].match) else None

    def _is_sure(self, match: Match) -> bool:
        is_alone = match is Match.EXACT or (match is Match.CLOSE and not self.has_more)
        return is_alone and not (self.failures or self.unreadable)


class _Outcome(NamedTuple):
    """What came of one reading."""

    reading: Reading
    hits: tuple[Hits, ...]
    error: ErcError | None
    customers: tuple[Ranked[Contact], ...]
    orders: tuple[Ranked[Order], ...]

    @property
    def found(self) -> int:
        """How many customers and orders fit."""
        return len(self.customers) + len(self.orders)


def find(readings: Sequence[Reading], viewer: Viewer, correlation_id: str) -> Found:
    """Search for each reading at once, within one deadline; `readings` are those of `read_query`, not empty.

    Raises SearchLimited before anything is asked, and NotRecorded: then show nothing.
    """
    search = start_search(viewer, _sought(readings[0]), correlation_id)
    started = time.monotonic()
    said = tuple(reading.text for reading in readings)
    context = CallContext(Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id, said)
    calls = [calls_for(reading) for reading in readings]
    pages = read_ahead([call.query for call in chain.from_iterable(calls)], ())
    outcomes = _search(readings, calls, pages, context)
    # The reading that found something is what was searched for; the others were only tried.
    told = next((one for one in outcomes if one.found), outcomes[0])
    search.end(_sought(told.reading), _access(outcomes, (time.monotonic() - started) * 1000))
    found = _merge(outcomes, pages.missing.names())
    _keep_for_list(found, outcomes, pages)
    return found._replace(details=details_of([one.entry for one in found.customers], context))


def _keep_for_list(found: Found, outcomes: Sequence[_Outcome], pages: CachedPages) -> None:
    """Keep the response with the one customer who fits for their list of orders, which comes next."""
    customer = found.only_customer
    query = contact_query(customer.customer_id) if customer else None
    hits = (
        hit for outcome in outcomes for hit in outcome.hits if hit.contacts == (customer,) and not hit.is_cached
    )
    response = next((hit.response for hit in hits), None)
    if query and response:
        pages.keep(query, response)


def _sought(reading: Reading) -> Sought:
    return Sought(SEARCH_KINDS[reading.kind], reading.text)


def _access(outcomes: Sequence[_Outcome], duration_ms: float) -> Access:
    """Give what the access log says of a search: it failed only where every reading did."""
    errors = [outcome.error for outcome in outcomes if outcome.error]
    has_failed = len(errors) == len(outcomes)
    return Access(
        outcome=errors[0].kind if has_failed else "ok",
        items=None if has_failed else sum(outcome.found for outcome in outcomes),
        source=_source([*chain.from_iterable(outcome.hits for outcome in outcomes)]),
        duration_ms=duration_ms,
    )


def _search(
    readings: Sequence[Reading], calls: Sequence[Sequence[Call]], pages: CachedPages, context: CallContext
) -> list[_Outcome]:
    results = iter(_call_at_once([*chain.from_iterable(calls)], pages, context))
    outcomes = [
        _compare(reading, [next(results) for _ in its_calls])
        for reading, its_calls in zip(readings, calls, strict=True)
    ]
    if all(one.error for one in outcomes):
        return outcomes
    # A word that the API does not take as an id, for example, is none.
    return [one._replace(error=None) if isinstance(one.error, BadRequest) else one for one in outcomes]


def _call_at_once(calls: Sequence[Call], pages: CachedPages, context: CallContext) -> list[Hits | ErcError]:
    """Make all calls, the last in this thread, which then holds no database connection while it waits."""
    beside = [_call_beside(call, pages, context) for call in calls[:-1]]
    last = _call(calls[-1], pages, context, bulkhead())
    missed = TimedOut("no answer in time to one of several requests", correlation_id=context.correlation_id)
    in_time = [call and call.result_or_none(context.deadline.remaining()) for call in beside]
    return [*(result or missed for result in in_time), last]


def _call_beside(call: Call, pages: CachedPages, context: CallContext) -> Beside[Hits | ErcError] | None:
    """Start a call; give None where the system has no thread left for it."""
    with suppress(RuntimeError):
        return Beside(partial(_call, call, pages, context, beside_bulkhead()))
    return None


def _call(call: Call, pages: CachedPages, context: CallContext, places: Bulkhead) -> Hits | ErcError:
    try:
        return call.ask(call.query, pages, context, places)
    except ErcError as error:
        return error


def _compare(reading: Reading, results: Sequence[Hits | ErcError]) -> _Outcome:
    hits = tuple(result for result in results if isinstance(result, Hits))
    errors = [result for result in results if isinstance(result, ErcError)]
    contacts = (Ranked(_rank(one, reading), one) for found in hits for one in found.contacts)
    orders = (
        Ranked(match_order(one, reading), without_false_customer(one, reading))
        for found in hits
        for one in found.orders
    )
    customers, placed = _best(contacts, reading, _customer_key), _best(orders, reading, _order_key)
    # Where one spelling could be asked for and was found, the other is not missed. One that the API does not take,
    # where it takes another, would find nothing.
    missed = [error for error in errors if not (hits and isinstance(error, BadRequest))]
    error = missed[0] if missed and not (customers or placed) else None
    return _Outcome(reading, hits, error, customers, placed)


def _rank(contact: Contact, reading: Reading) -> Match:
    # The API compares addresses exactly, and need not tell them.
    is_untold = reading.kind is Kind.EMAIL and not contact.emails
    return Match.CLOSE if is_untold else match_contact(contact, reading)


def _best(
    ranked: Iterable[Ranked[Entry]], reading: Reading, key: Callable[[Entry], Hashable]
) -> tuple[Ranked[Entry], ...]:
    """Rank what fits a reading, each once, without what fits less where something fits well.

    Somebody of a similar name may be who is meant, and a phone number may be stored without its country.
    """
    ordered = _once(sorted(ranked, key=lambda one: one.match), key)
    if not ordered:
        return ()
    worst = ordered[0].match
    if reading.kind in (Kind.NAME, Kind.PHONE):
        worst = max(worst, Match.CLOSE)
    return tuple(one for one in ordered if one.match <= worst)


def _once(ranked: Iterable[Ranked[Entry]], key: Callable[[Entry], Hashable]) -> tuple[Ranked[Entry], ...]:
    found: dict[Hashable, Ranked[Entry]] = {}
    for one in ranked:
        found.setdefault(key(one.entry), one)
    return tuple(found.values())


def _customer_key(contact: Contact) -> Hashable:
    return contact.customer_id


def _order_key(order: Order) -> Hashable:
    return order.customer_id, order.id


def _merge(outcomes: Sequence[_Outcome], missing: frozenset[EndpointName]) -> Found:
    customers = _once(
        sorted((one for outcome in outcomes for one in outcome.customers), key=lambda one: one.match),
        _customer_key,
    )
    known = {one.entry.customer_id for one in customers}
    orders = _once(
        sorted((one for outcome in outcomes for one in outcome.orders), key=lambda one: one.match), _order_key
    )
    placed = _without_others(tuple(one for one in orders if not _is_swapped(one.entry, known)), customers)
    failed = [Failure(outcome.reading, outcome.error) for outcome in outcomes if outcome.error]
    lacking = missing & {endpoint_of(one.reading) for one in failed}
    hits = [hit for outcome in outcomes for hit in outcome.hits]
    return Found(
        readings=tuple(outcome.reading for outcome in outcomes),
        customers=customers,
        orders=placed,
        has_more=any(hit.has_more for hit in hits if placed or not hit.orders),
        unreadable=sum(hit.unreadable for hit in hits),
        stale_because=next((hit.stale_because for hit in hits if hit.stale_because), None),
        failures=tuple(one for one in failed if endpoint_of(one.reading) not in lacking),
        not_offered=tuple(one for one in failed if endpoint_of(one.reading) in lacking),
    )


def _without_others(
    orders: tuple[Ranked[Order], ...], customers: Sequence[Ranked[Contact]]
) -> tuple[Ranked[Order], ...]:
    """Leave out orders of other numbers where a customer fits: the API may look for a name in all of an order."""
    is_known = any(one.match is Match.EXACT for one in customers)
    return tuple(one for one in orders if not is_known or one.match is not Match.LOOSE)


def _is_swapped(order: Order, customers: AbstractSet[str]) -> bool:
    """Whether a found customer's id stands in the place of the order's number, as in shops that swap the fields.

    Such an order is one of the customer's, whose list shows it. But where a shop counts both, a customer and
    somebody else's order have the same digits.
    """
    is_counted = str(order.order_number).isdecimal() and str(order.customer_id).isdecimal()
    return order.order_number in customers and not is_counted


def _source(hits: Sequence[Hits]) -> str:
    if any(hit.stale_because for hit in hits):
        return Source.STALE
    if not hits:
        return ""
    return Source.CACHED if all(hit.is_cached for hit in hits) else Source.LIVE
