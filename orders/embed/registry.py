"""The registered hosts as they are now: from a setting, or from a file whose changes count at once."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from orders.embed.hosts import EmbedHost, read_hosts

logger = logging.getLogger(__name__)


class HostRegistry:
    """Hosts by issuer. A file is looked at for each use, so that switching a host or an agent off works at once.

    Raises ValueError with what to correct when it is made; a file that goes wrong later is logged as an error and
    kept in `problem`, and the hosts stay as they were.
    """

    def __init__(self, entries: Any, file: Path | None, *, allow_plain: bool) -> None:
        self._entries = entries
        self._file = file
        self._allow_plain = allow_plain
        self._version = self._file_version()
        self._hosts = self._read()
        self.problem = ""

    def hosts(self) -> Mapping[str, EmbedHost]:
        """All hosts, those switched off too."""
        version = self._file_version()
        if version != self._version:
            self._version = version
            try:
                self._hosts = self._read()
                self.problem = ""
            except ValueError as error:
                self.problem = str(error)
                logger.error("the file of embed hosts cannot be used; the hosts stay as they were: %s", error)  # noqa: TRY400 - the trace would quote the file
        return self._hosts

    def _file_version(self) -> tuple[int, ...]:
        if not self._file:
            return ()
        try:
            state = self._file.stat()
        except OSError:
            return (-1,)
        return (state.st_mtime_ns, state.st_size, state.st_ino)

    def _read(self) -> dict[str, EmbedHost]:
        return read_hosts(_content(self._file) if self._file else self._entries, allow_plain=self._allow_plain)


def _content(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        raise ValueError(f"the file cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise ValueError("the file does not hold JSON") from None


@functools.cache
def registry() -> HostRegistry:
    """The process's registry, from the settings. Raises ValueError with what to correct."""
    file = Path(settings.EMBED_HOSTS_FILE) if settings.EMBED_HOSTS_FILE else None
    return HostRegistry(settings.EMBED_HOSTS, file, allow_plain=settings.DEBUG)
