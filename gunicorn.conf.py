"""The production server: gunicorn with threads that wait for no client. `make serve` runs it.

Each value that depends on the machine comes from the environment. `MALLOC_ARENA_MAX=1` belongs there, too: without
it glibc gives each thread a heap of its own, which never shrinks; that takes about 10 MB a process. glibc reads it
as the process begins, so that it cannot be set here.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

from ercportal.serving.process_start import settings_at_start

# A proxy on another machine needs WEB_ADDRESS=0.0.0.0, and a firewall that lets nobody else in.
bind = [f"{os.environ.get('WEB_ADDRESS') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"]

# One process for each core, since a process computes pages on one core at a time. At least two, because one has to
# answer while another is replaced. The first process holds the socket for all of them (no `reuse_port`), so that
# no connection is refused or given to a process that stops or hangs.
workers = int(os.environ.get("WEB_WORKERS") or "0") or max(2, len(os.sched_getaffinity(0)))

# A thread waits for the API most of its time, and holds no connection to the database meanwhile. Three quarters of
# them may do so at once (LOOKUPS_AT_ONCE); the others are there for sign-ins, health checks, files and the admin.
worker_class = "ercportal.serving.worker.Worker"
threads = int(os.environ.get("WEB_THREADS") or "32")
# The portal's settings would take it from .env as well, where it has no effect on these threads.
os.environ["WEB_THREADS"] = str(threads)

# Open connections of a process, below the 1024 descriptors that a service usually has. With more, the one that has
# been idle for longest is closed.
worker_connections = 500
keepalive = 75

# The thread that says that a worker lives waits for no request; one that is silent for this long hangs.
timeout = 30
# On a stop or a restart no new connection is taken, and those under way have this long to finish.
graceful_timeout = 30

# A fresh process now and then, not all at once, bounds what a leak in any library could cost.
max_requests = int(os.environ.get("WEB_MAX_REQUESTS") or "50000")
max_requests_jitter = max_requests // 5

# The heartbeat is a file; on a disk that is slow it would hold up the worker.
_MEMORY = Path("/dev/shm")  # noqa: S108 - the heartbeat holds nothing
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None

logger_class = "ercportal.serving.server_log.Logger"
# The portal logs its requests itself. Where the access log is switched on all the same: without query strings and
# referrers, which hold customers' ids and launch tokens.
accesslog = None
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)s"
# 0 is without a limit of gunicorn's own, which cannot be above 8190: the worker's is 16 kB for the line, 64 kB for
# the head and 256 kB for the body (ercportal/serving/connection.py).
limit_request_line = 0
# Whoever connects says nothing of itself that is believed here: neither gunicorn's SCRIPT_NAME and PATH_INFO nor
# the scheme. What proxies say is for the portal's settings PROXY_COUNT and BEHIND_TLS_PROXY.
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
# A response waits in memory for a slow client; a file that the kernel sends would hold the thread.
sendfile = False
# What is written into .env later counts from the next start or SIGHUP on, for all processes at once.
raw_env = settings_at_start()
# Nothing needs to steer the server but signals.
control_socket_disable = True


def post_worker_init(_worker: Any) -> None:
    """Load once what the first agents would wait for, and exempt it from garbage collection."""
    from ercportal.serving.warm_up import warm_up

    warm_up()
    gc.collect()
    gc.freeze()
    # Python looks at the oldest objects only once a quarter as many are new; the frozen ones must not count.
    gc.collect()
    # A page makes some ten thousand small objects, and leaves a hundred in cycles, which hold 30 kB. With
    # thresholds of 5,000, 20 and 100 they took 4 MB more, and no less time.
    gc.set_threshold(2_000, 5, 5)
