"""The WSGI application that production servers load."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from ercportal.logs import guard_server_logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ercportal.settings")
application = get_wsgi_application()
guard_server_logs()
