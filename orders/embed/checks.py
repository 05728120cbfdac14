"""Checks of `manage.py check` for the embed hosts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from orders.embed.registry import file_problem


@register
def check_hosts_file(**_: Any) -> list[CheckMessage]:
    """Report an unusable EMBED_HOSTS_FILE."""
    problem = file_problem()
    if not problem:
        return []
    hint = "A process that starts now has the hosts of the last file that could be used, or none."
    return [Error(f"EMBED_HOSTS_FILE: {problem}.", hint=hint, id="orders.E001")]
