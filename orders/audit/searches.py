"""Records searches by what a caller says, and limits them, so that nobody reads out the customer base.

A search is written down before it is made: its row is what is counted, in the one place that all processes share
and that no restart empties. The row is completed when the search has ended.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from orders.audit.access_log import Access, Viewer, columns, insert, writing
from orders.audit.search_digest import digest_search
from orders.core import metrics
from orders.models import AccessKind, AccessLogEntry

LIMITED = "limited"
STARTED = "started"


class SearchLimited(Exception):
    """The agent has searched too often. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many searches; the next is allowed in {retry_after} s")
        self.retry_after = retry_after


class Sought(NamedTuple):
    """One reading of what was typed: a kind of search, and its text."""

    kind: AccessKind
    text: str


class StartedSearch(NamedTuple):
    """A search that may be made now, and the key of its row; there is none where the settings go on without."""

    viewer: Viewer
    correlation_id: str
    sought: Sought
    began: Access
    row: int | None

    def end(self, sought: Sought, access: Access) -> None:
        """Complete the row with the reading that found something; `items` is how many. Raises NotRecorded."""
        digest = self.began.digest if sought == self.sought else digest_search(*sought)
        known = access._replace(kind=sought.kind, digest=digest)
        metrics.count_search(self.viewer.surface, sought.kind, access.outcome)
        with writing(self.viewer, self.correlation_id, is_required=settings.ACCESS_LOG_REQUIRED):
            if self.row is not None:
                before = columns(self.began)
                new = {name: value for name, value in columns(known).items() if value != before[name]}
                AccessLogEntry.objects.filter(pk=self.row).update(**new)


def start_search(viewer: Viewer, sought: Sought, correlation_id: str) -> StartedSearch:
    """Write the row of a search by its likeliest reading, before the API is asked for anything.

    Raises SearchLimited where the agent has searched SEARCH_LIMIT times within SEARCH_LIMIT_MINUTES: ask nothing
    then. Raises NotRecorded where the row cannot be written, also with ACCESS_LOG_REQUIRED off while there is a
    limit: who cannot be counted is not let through.
    """
    is_required = settings.ACCESS_LOG_REQUIRED or settings.SEARCH_LIMIT > 0
    row: int | None = None
    began = Access(outcome=STARTED, kind=sought.kind, digest=digest_search(*sought))
    with writing(viewer, correlation_id, is_required=is_required):
        row = insert(viewer, began, correlation_id)
        if settings.SEARCH_LIMIT and (retry_after := _wait(viewer, row)):
            AccessLogEntry.objects.filter(pk=row).update(outcome=LIMITED)
            metrics.count_search(viewer.surface, sought.kind, LIMITED)
            raise SearchLimited(retry_after)
    return StartedSearch(viewer, correlation_id, sought, began, row)


def _wait(viewer: Viewer, row: int) -> int:
    """Give the seconds until the agent may search again; 0 where the search of this row may go on."""
    window = timedelta(minutes=settings.SEARCH_LIMIT_MINUTES)
    now = datetime.now(UTC)
    # Searches that begin at once have all written their rows; each counts only those before its own, so that as
    # many go on as may.
    before = _counted(viewer, now - window).filter(pk__lt=row).order_by("-at", "-id")
    times = list(before.values_list("at", flat=True)[: settings.SEARCH_LIMIT])
    if len(times) < settings.SEARCH_LIMIT:
        return 0
    return max(1, math.ceil((times[-1] + window - now).total_seconds()))


def _counted(viewer: Viewer, since: datetime) -> QuerySet[AccessLogEntry]:
    """Give the agent's searches of the window, whatever came of them; those that were refused do not count.

    Who has signed in to the portal is one agent at every desktop; all others are one at each.
    """
    is_same = Q(host=viewer.host[:200])
    if viewer.account is not None:
        is_same |= Q(account=viewer.account)
    return AccessLogEntry.objects.filter(
        is_same, agent=viewer.agent[:200], at__gte=since, kind__in=AccessKind.searches()
    ).exclude(outcome=LIMITED)
