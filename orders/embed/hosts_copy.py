"""The last content of EMBED_HOSTS_FILE that could be used, for a process that starts while the file is broken.

It is saved in the database, which all processes share and which outlasts them; the file's folder can often not be
written to, and a cache forgets. The file holds secrets and decides who is trusted, so the copy is sealed with
SECRET_KEY: the database alone, or a copy of it, neither tells a secret nor lets anybody in.
"""

from __future__ import annotations

from datetime import UTC, datetime

from orders.core.sealing import seal, unseal
from orders.models import EmbedHostsCopy

_PURPOSE = "embed-hosts"
_ONLY = 1


def save_copy(content: bytes, changed: float) -> None:
    """Save a good content, unless the copy is of another machine's file that was put in place later than
    `changed`.

    `changed` is in seconds since 1970. Raises the errors of `django.db`.
    """
    at = min(datetime.fromtimestamp(changed, UTC), datetime.now(UTC))
    row = EmbedHostsCopy.objects.filter(pk=_ONLY).first()
    known = unseal(row.content, _PURPOSE) if row else None
    if row and known is not None and (known == content or row.changed > at):
        return
    # One statement, so that no process can meet another in the middle of it.
    EmbedHostsCopy.objects.bulk_create(
        [EmbedHostsCopy(pk=_ONLY, content=seal(content, _PURPOSE), changed=at)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["content", "changed"],
    )


def read_copy() -> bytes | None:
    """The last good content; None where this portal has sealed none. Raises the errors of `django.db`."""
    row = EmbedHostsCopy.objects.filter(pk=_ONLY).first()
    return unseal(row.content, _PURPOSE) if row else None
