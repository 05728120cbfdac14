"""Records used launch tokens in the database, which all processes share and which outlives a restart.

A cache would not do: look-ups could push them out of a shared one, and a process's own is unknown to the others.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection

from orders.models import UsedLaunch

logger = logging.getLogger(__name__)

# A clock that was ahead for a while, here or on another machine, must not free a used token.
_CLOCK_MARGIN = timedelta(hours=1)
_PRUNE_SECONDS = 60.0

# Django's `ignore_conflicts` does not report a conflict, and catching its error would need a savepoint.
_INSERT = "INSERT INTO orders_usedlaunch (digest, expires) VALUES (%s, %s) ON CONFLICT DO NOTHING"

_pruning = threading.Lock()
_prune_at = 0.0


def is_first_use(issuer: str, token_id: str, expires: float) -> bool:
    """Record the use of a host's token, and tell whether it is the first.

    `expires` is the token's, in seconds since 1970. Raises the errors of `django.db` where nothing was recorded.
    """
    digest = hashlib.sha256(f"{issuer}\n{token_id}".encode("utf-8", "replace")).hexdigest()
    is_first = _insert(digest, datetime.fromtimestamp(expires, UTC))
    if is_first:
        _prune_now_and_then()
    return is_first


def _insert(digest: str, expires: datetime) -> bool:
    field = UsedLaunch._meta.get_field("expires")
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [digest, field.get_db_prep_save(expires, connection)])
        return bool(cursor.rowcount == 1)


def _prune_now_and_then() -> None:
    """Delete long expired rows, in one thread of a process, once a minute."""
    global _prune_at
    now = time.monotonic()
    if now < _prune_at or not _pruning.acquire(blocking=False):
        return
    try:
        _prune_at = now + _PRUNE_SECONDS
        UsedLaunch.objects.filter(expires__lt=datetime.fromtimestamp(time.time(), UTC) - _CLOCK_MARGIN).delete()
    except DatabaseError as error:
        # The launch itself is recorded, and the rows can go later.
        logger.warning("used launches could not be pruned (%s)", type(error).__name__)
    finally:
        _pruning.release()
