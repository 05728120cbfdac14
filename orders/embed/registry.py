"""The current registered hosts, from a setting or from a file whose changes apply at once."""

from __future__ import annotations

import functools
import json
import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import Error as DatabaseError

from orders.embed import hosts_copy
from orders.embed.entries import read_hosts
from orders.embed.hosts import EmbedHost

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 2.0


class Copy(Protocol):
    """Stores the last usable content of the file. Both methods raise the errors of `django.db`."""

    def save_copy(self, content: bytes, changed: float) -> None:
        """Save usable content and the time when its file was put in place."""

    def read_copy(self) -> bytes | None:
        """Read the last usable content, or None."""


class HostRegistry:
    """Hosts by issuer. Each use checks the file for changes, so that switching off a host or an agent works at
    once.

    When the file becomes unusable, an error is logged, `problem` describes it, and the hosts stay; a process that
    starts meanwhile takes them from `copy`, or has none. The constructor raises ValueError for a wrong setting.
    """

    def __init__(self, entries: Any, file: Path | None, *, allow_plain: bool, copy: Copy | None = None) -> None:
        self._file = file
        self._allow_plain = allow_plain
        self._copy = copy
        self._hosts = {} if file else read_hosts(entries, allow_plain=allow_plain)
        self._version: tuple[int, ...] | None = None
        self._is_known = False
        # Content that the database has not stored yet.
        self._unsaved: tuple[bytes, float] | None = None
        self._retry_at = 0.0
        self._lock = threading.Lock()
        self.problem = ""

    def hosts(self) -> Mapping[str, EmbedHost]:
        """Give all hosts, including those switched off."""
        # While another thread reads the file, give the known hosts; wait only where none are known.
        if self._file and self._is_due(self._file) and self._lock.acquire(blocking=not self._is_known):
            try:
                self._look_again(self._file)
            finally:
                self._lock.release()
        return self._hosts

    def _is_due(self, file: Path) -> bool:
        is_open = bool(self.problem or self._unsaved)
        return _version(file) != self._version or (is_open and time.monotonic() >= self._retry_at)

    def _look_again(self, file: Path) -> None:
        version = _version(file)
        try:
            content = _content(file)
            self._hosts = _read(content, allow_plain=self._allow_plain)
        except ValueError as error:
            self._unsaved = None
            self._tell(str(error), is_new=version != self._version)
            self._fall_back()
        else:
            self.problem = ""
            self._is_known = True
            if version != self._version:
                self._unsaved = (content, _put_in_place(file))
            self._save()
        self._version = version
        self._retry_at = time.monotonic() + _RETRY_SECONDS

    def _tell(self, problem: str, *, is_new: bool) -> None:
        if is_new or problem != self.problem:
            logger.error("EMBED_HOSTS_FILE cannot be used; the hosts stay as they were: %s", problem)
        self.problem = problem

    def _fall_back(self) -> None:
        """Use the last usable content if this process has read none itself."""
        if self._is_known or not self._copy:
            return
        try:
            content = self._copy.read_copy()
            self._hosts = _read(content, allow_plain=self._allow_plain) if content else {}
        except DatabaseError as error:
            logger.warning("the last good embed hosts cannot be read (%s)", type(error).__name__)
        except ValueError:
            # The current settings refuse the old content.
            self._is_known = True
        else:
            self._is_known = True

    def _save(self) -> None:
        if not (self._unsaved and self._copy):
            return
        try:
            self._copy.save_copy(*self._unsaved)
        except DatabaseError as error:
            logger.warning("the embed hosts could not be kept for a restart (%s)", type(error).__name__)
        else:
            self._unsaved = None


def _version(file: Path) -> tuple[int, ...]:
    try:
        state = file.stat()
    except OSError:
        return (-1,)
    # ctime changes with the permissions, too.
    return (state.st_mtime_ns, state.st_size, state.st_ino, state.st_ctime_ns)


def _put_in_place(file: Path) -> float:
    """Give the time when the file was put in place, however old its content; now if it is gone."""
    try:
        return file.stat().st_ctime
    except OSError:
        return time.time()


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ValueError(f"the file cannot be read ({error.strerror})") from None


def _read(content: bytes, *, allow_plain: bool) -> dict[str, EmbedHost]:
    try:
        entries = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("the file does not hold JSON") from None
    return read_hosts(entries, allow_plain=allow_plain)


@functools.cache
def registry() -> HostRegistry:
    """Give the process's registry, made from the settings. Raises ValueError for a wrong EMBED_HOSTS."""
    file = Path(settings.EMBED_HOSTS_FILE) if settings.EMBED_HOSTS_FILE else None
    return HostRegistry(settings.EMBED_HOSTS, file, allow_plain=settings.DEBUG, copy=hosts_copy)


def file_problem() -> str:
    """Read the file of hosts and describe what is wrong with it; "" where nothing is."""
    if not settings.EMBED_HOSTS_FILE:
        return ""
    try:
        _read(_content(Path(settings.EMBED_HOSTS_FILE)), allow_plain=settings.DEBUG)
    except ValueError as error:
        return str(error)
    return ""


def monitoring_note() -> str:
    """Give a line for monitoring while the file is unusable, which names no host; else ""."""
    if not settings.EMBED_HOSTS_FILE:
        return ""
    registry().hosts()
    return "EMBED_HOSTS_FILE cannot be used as it is now\n" if registry().problem else ""
