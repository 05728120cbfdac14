"""Two instances behind one address, with what they share: PostgreSQL, Redis, and a stub of the API."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from ercportal.desktop.host import Host
from tests.benchmarks.portal.running import ROOT
from tests.cluster.instances import Instance
from tests.cluster.nginx import nginx
from tests.cluster.site import AGENT, AUDIENCE, PASSWORD, Site, signed_in
from tests.postgres_server import postgres
from tests.redis_server import Redis
from tests.stub_erc import Reply, StubErc, item, page

_HOST = Host(issuer="desk", kid="desk-1", secret="a-secret-of-the-desk-" + "x" * 32, origin="https://desk.example")


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        redis = Redis()
        redis.start()
        stack.callback(redis.stop)
        database = stack.enter_context(postgres())
        stub = stack.enter_context(StubErc())
        env = _environment(database, redis, stub)
        _prepare(env)
        one, other = (Instance(env, folder / f"instance-{number}.log") for number in range(2))
        for instance in (one, other):
            stack.callback(instance.kill)
            instance.start()
        address = stack.enter_context(nginx(folder, [one.port, other.port]))
        yield Site(address, folder, (one, other), stub, _HOST, database, signed_in(one))


@pytest.fixture
def site(_running: Site) -> Site:
    """All of it, running, with an API that works."""
    _running.erc.items = lambda _asked: Reply(content=page(item()))
    for instance in _running.instances:
        instance.start()
    return _running


def _environment(database: str, redis: Redis, stub: StubErc) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ERC_", "OIDC_"))}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "ercportal.settings",
        "ENV_FILE": os.devnull,
        "DEBUG": "0",
        "SECRET_KEY": "only-for-this-test-" + "x" * 40,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "BEHIND_TLS_PROXY": "1",
        "PROXY_COUNT": "1",
        "CORRELATION_ID_HEADER": "X-Request-ID",
        "DATABASE_URL": database,
        "CACHE_URL": redis.url,
        "ERC_API_BASE_URL": stub.base_url,
        "ERC_TOKEN_URL": f"{stub.base_url}/oauth/token",
        "ERC_CLIENT_ID": "client",
        "ERC_CLIENT_SECRET": "secret",
        "EMBED_HOSTS": json.dumps([_HOST.registration()]),
        "EMBED_AUDIENCE": AUDIENCE,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }


def _prepare(env: dict[str, str]) -> None:
    account = ["createsuperuser", "--noinput", "--username", AGENT, "--email", "", "--verbosity", "0"]
    for command in (["migrate", "--verbosity", "0"], account):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
