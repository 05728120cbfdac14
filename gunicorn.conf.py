"""The production server: gunicorn with threads. `make serve` runs it; docs/deployment.md gives the sizes.

Each value that depends on the machine comes from the environment.
"""

from __future__ import annotations

import ctypes
import gc
import os
from pathlib import Path
from typing import Any

from ercportal.process_start import as_started

bind = [f"{os.environ.get('WEB_ADDRESS', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"]  # noqa: S104 - for a proxy

# One process for each core: a page is Python's work, which one process does on one core at a time.
workers = int(os.environ.get("WEB_WORKERS", "0")) or len(os.sched_getaffinity(0))

# A thread waits for the API most of its time: at 150 ms against 10 ms of work, eight of them use half a core, and
# none waits long for another. More of them would only lengthen the line for the core.
worker_class = "ercportal.gunicorn_worker.Worker"
threads = int(os.environ.get("WEB_THREADS", "8"))

# The kernel deals connections out to the processes; without it one process may take most of them.
reuse_port = True
keepalive = 75

# A request ends by itself within ERC_DEADLINE_SECONDS; a worker that is silent for this long hangs.
timeout = 150
# On a stop or a restart no new connection is taken, and those under way have this long to finish.
graceful_timeout = 30

# A fresh process now and then, not all at once, bounds what a leak in any library could cost.
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "50000"))
max_requests_jitter = max_requests // 5

# The heartbeat is a file; on a disk that is slow it would hold up the worker.
_MEMORY = Path("/dev/shm")  # noqa: S108 - the heartbeat holds nothing
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None

# The portal logs its requests itself. Where the access log is switched on all the same: without query strings and
# referrers, which hold customers' ids and launch tokens.
accesslog = None
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)s"
# A launch token of 4096 characters fits, and what stands around it.
limit_request_line = 8190
# What is written into .env later counts from the next start or SIGHUP on, for all processes at once.
raw_env = as_started()
# Nothing needs to steer the server but signals.
control_socket_disable = True

# From glibc's malloc.h.
_M_ARENA_MAX = -8


def post_worker_init(_worker: Any) -> None:
    """Do once what the first agents would wait for, and take it out of the garbage collector's sight."""
    from ercportal.warm_up import warm_up

    warm_up()
    gc.collect()
    gc.freeze()
    # A page makes some ten thousand small objects, hardly any of them in circles. With a higher bound, whole pages
    # that are in one would pile up.
    gc.set_threshold(5_000, 20, 100)
    # Each thread would have a heap of its own, and keep what its largest page took. Only glibc has such heaps.
    if set_option := getattr(ctypes.CDLL(None), "mallopt", None):
        set_option(_M_ARENA_MAX, 1)
