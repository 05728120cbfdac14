"""The production server's settings."""

from __future__ import annotations

import os

bind = [f"0.0.0.0:{os.environ.get('PORT', '8000')}"]
workers = int(os.environ.get("WEB_WORKERS", "1"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "16"))
keepalive = 75
# Where the access log is on: without query strings and referrers, which hold customers' ids and launch tokens.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)s"
