"""The dated history of a customer's most recent order, as far as the API tells it.

No date is made up: a step without one stays undated. Which step is the present one is said only where the index
leaves no doubt, because nobody says whether it counts from 0 or from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from orders.erc.recent_order import HistoryStep, RecentOrder
from orders.erc.timestamps import Timestamp
from orders.lookup.dates import Value, value_of

# A time without an offset may be meant in any zone.
_MAX_OFFSET = timedelta(hours=14)


class Step(NamedTuple):
    """One step with its types as they came; `reached` is None where no usable date was given."""

    generic_type: str | None
    detailed_type: str | None
    reached: Timestamp | None
    is_present: bool = False


class _Dated(NamedTuple):
    """A dated step's place in the API's order, and its date."""

    at: int
    value: Value


def history(order: RecentOrder) -> tuple[Step, ...]:
    """Give the steps, the earliest first where their dates say so, else in the API's order."""
    steps = order.status_info
    dated = [_Dated(at, value) for at, step in enumerate(steps) if (value := value_of(step.status_date_time))]
    places = _in_order(len(steps), dated)
    with_date = {one.at for one in dated}
    present = _present(steps, [at for at in places if at in with_date], order.status_info_current_index)
    return tuple(
        Step(
            steps[at].generic_type,
            steps[at].detailed_type,
            steps[at].status_date_time if at in with_date else None,
            is_present=at == present,
        )
        for at in places
    )


def _present(steps: Sequence[HistoryStep], dated: Sequence[int], index: int | None) -> int | None:
    """Give the place of the present step: the last dated one, or one that both readings of the index mean."""
    if index is None:
        return None
    readings = [at for at in (index, index - 1) if 0 <= at < len(steps)]
    if dated and dated[-1] in readings:
        return dated[-1]
    return readings[0] if len(readings) > 1 and _are_alike(*(steps[at] for at in readings)) else None


def _are_alike(one: HistoryStep, other: HistoryStep) -> bool:
    return (one.generic_type, one.detailed_type) == (other.generic_type, other.detailed_type)


def _in_order(count: int, dated: Sequence[_Dated]) -> Sequence[int]:
    """Give the places, sorted by date where that is clearly needed; undated steps keep theirs between others."""
    if not any(_is_clearly_after(one.value, other.value) for one, other in pairwise(dated)):
        return range(count)
    if not any(_is_clearly_after(other.value, one.value) for one, other in pairwise(dated)):
        # The latest first: turned around, so that an undated step stays beside its neighbours.
        return range(count)[::-1]
    places = list(range(count))
    for one, earlier in zip(dated, sorted(dated, key=lambda one: _moment(one.value)), strict=True):
        places[one.at] = earlier.at
    return places


def _is_clearly_after(one: Value, other: Value) -> bool:
    """Whether a date comes after another, whatever zone or time of the day may be meant."""
    if not (isinstance(one, datetime) and isinstance(other, datetime)):
        return _moment(one).date() > _moment(other).date()
    is_same_kind = (one.tzinfo is None) == (other.tzinfo is None)
    return _moment(one) - _moment(other) > (timedelta() if is_same_kind else _MAX_OFFSET)


def _moment(value: Value) -> datetime:
    """Give what can be compared with any other value: a day as its midnight, in UTC where no zone is given."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
