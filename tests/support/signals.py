"""Commands as a background job, `nohup` or some CI starts them: with the signals that end them ignored."""

from __future__ import annotations

from collections.abc import Sequence


def with_signals_ignored(command: Sequence[str]) -> list[str]:
    """The command, which inherits that SIGINT and SIGTERM have no effect."""
    return ["sh", "-c", 'trap "" INT TERM; exec "$@"', "sh", *command]
