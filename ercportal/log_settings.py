"""What is logged, how and where; part of ercportal.settings."""

from __future__ import annotations

from typing import Any

from ercportal.base_settings import DEBUG

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_query_strings": {"()": "ercportal.log_format.WithoutQueryStrings"}},
    "formatters": {
        "line": {
            "()": "ercportal.log_format.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "ercportal.log_format.JsonFormatter"},
    },
    "handlers": {
        "console": {
            # In production the reader of the logs may be slow or gone; a developer wants the line at once.
            "class": "logging.StreamHandler" if DEBUG else "ercportal.log_queue.PatientHandler",
            "formatter": "line" if DEBUG else "json",
            "filters": ["without_query_strings"],
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # At lower levels it quotes addresses, which hold customers' ids.
        "urllib3": {"level": "ERROR"},
        # At lower levels it tells of each connection that is taken and given back.
        "psycopg": {"level": "WARNING"},
        # It tells every step of every sign-in; orders.accounts tells what matters.
        "axes": {"level": "CRITICAL"},
        # At lower levels it quotes the secrets of a sign-in that is under way.
        "authlib": {"level": "ERROR"},
    },
}
