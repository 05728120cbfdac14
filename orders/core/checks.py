"""Checks of `manage.py check --deploy` for production servers."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.templatetags.static import static

_OF_ONE_PROCESS = ("locmem", "dummy")


@register(deploy=True)
def check_shared_cache(**_: Any) -> list[CheckMessage]:
    """Warn where several processes, which are the server's default, have no shared cache."""
    backend = settings.CACHES["default"]["BACKEND"].lower()
    if os.environ.get("WEB_WORKERS") == "1" or not any(name in backend for name in _OF_ONE_PROCESS):
        return []
    message = (
        "Several processes without a shared cache: each has access tokens, cached answers, the API's waits and "
        "breakers of its own."
    )
    return [Warning(message, hint="Set CACHE_URL to a Redis, or WEB_WORKERS=1.", id="orders.W001")]


@register(deploy=True)
def check_static_files(**_: Any) -> list[CheckMessage]:
    """Report missing collected files, without which no page can name its style sheet."""
    try:
        static("css/base.css")
    except ValueError:
        message = "The static files are not collected: every page would fail."
        return [Error(message, hint="Run manage.py collectstatic.", id="orders.E002")]
    return []
