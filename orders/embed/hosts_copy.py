"""The last usable content of EMBED_HOSTS_FILE, for a process that starts while the file is broken.

The database stores it, because all processes share it; the file's folder is often read-only, and a cache forgets.
The file has secrets and decides who is trusted, so the copy is sealed with SECRET_KEY: access to the database
alone reveals no secret and lets nobody in.
"""

from __future__ import annotations

from datetime import UTC, datetime

from orders.core.sealing import seal, unseal
from orders.models import EmbedHostsCopy

_PURPOSE = "embed-hosts"
_ONLY = 1


def save_copy(content: bytes, changed: float) -> None:
    """Save usable content whose file was put in place at `changed` (seconds since 1970), unless the copy is newer.

    Raises the errors of `django.db`.
    """
    at = min(datetime.fromtimestamp(changed, UTC), datetime.now(UTC))
    row = EmbedHostsCopy.objects.filter(pk=_ONLY).first()
    known = unseal(row.content, _PURPOSE) if row else None
    if row and known is not None and (known == content or row.changed > at):
        return
    # One statement, so that processes cannot interfere.
    EmbedHostsCopy.objects.bulk_create(
        [EmbedHostsCopy(pk=_ONLY, content=seal(content, _PURPOSE), changed=at)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["content", "changed"],
    )


def read_copy() -> bytes | None:
    """Read the last usable content; None where this portal has sealed none. Raises the errors of `django.db`."""
    row = EmbedHostsCopy.objects.filter(pk=_ONLY).first()
    return unseal(row.content, _PURPOSE) if row else None
