"""One launch token, many at once: exactly one opens the panel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from django.test import Client
from pytest_django.fixtures import Settings

from tests.orders.embed.launching import AUDIENCE, host, token
from tests.orders.embed.panels import launched, refused
from tests.redis_server import Redis, needs_redis

ROOT = Path(__file__).parents[3]

# Launches ten times at once with the others, from the given moment on, and prints the statuses.
PROCESS = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.test import Client

def launch(_number):
    return Client().post("/embed/launch", {"token": sys.argv[2]}).status_code

time.sleep(max(0.0, float(sys.argv[1]) - time.time()))
with ThreadPoolExecutor(10) as pool:
    print(*pool.map(launch, range(10)))
"""


def test_of_fifty_launches_at_once_one_opens() -> None:
    spent = token()
    together = Barrier(50)

    def launch(_number: int) -> int:
        together.wait()
        return int(launched(Client(), spent).status_code)

    with ThreadPoolExecutor(50) as pool:
        statuses = sorted(pool.map(launch, range(50)))

    assert statuses == [200] + [401] * 49


@needs_redis
def test_of_fifty_launches_at_once_in_five_processes_one_opens(redis: Redis) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ercportal.settings",
        "ENV_FILE": os.devnull,
        "DEBUG": "1",
        "ALLOWED_HOSTS": "testserver",
        "CACHE_URL": redis.url,
        "EMBED_HOSTS": json.dumps([host()]),
        "EMBED_AUDIENCE": AUDIENCE,
        "PYTHONPATH": str(ROOT),
    }
    spent, start_at = token(), str(time.time() + 4)

    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, start_at, spent],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(5)
    ]
    said = [process.communicate(timeout=60)[0].split() for process in processes]

    assert sorted(status for statuses in said for status in statuses) == ["200"] + ["401"] * 49


@needs_redis
def test_launch_is_refused_while_the_memory_of_launches_is_lost(
    client: Client, redis: Redis, settings: Settings
) -> None:
    lost = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis.url}
    settings.CACHES = {**settings.CACHES, "launches": lost}
    spent = token()

    redis.stop()
    without = launched(client, spent)
    redis.start()
    again = launched(client, spent)

    assert (without.status_code, refused(without)) == (503, "launch-memory")
    assert again.status_code == 200
