"""The WSGI application that production servers load."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from ercportal.log_format import guard_server_logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ercportal.settings")
application = get_wsgi_application()
guard_server_logs()


def _save_embed_hosts() -> None:
    """Read the embed hosts, which saves a copy for a process that starts while their file is broken."""
    from django.db import connection

    from orders.embed.registry import registry

    registry().hosts()
    connection.close()


_save_embed_hosts()
