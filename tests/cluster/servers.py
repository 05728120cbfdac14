"""What instances of the portal share: PostgreSQL, Redis and a stub of the API, and an account to sign in with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from ercportal.demo.desktop.host import Host
from tests.cluster.site import AUDIENCE
from tests.support.paths import ROOT
from tests.support.portal_client import AGENT, PASSWORD
from tests.support.postgres_server import Postgres
from tests.support.redis_server import Redis
from tests.support.stub_erc import StubErc

_HOST = Host(issuer="desk", kid="desk-1", secret="a-secret-of-the-desk-" + "x" * 32, origin="https://desk.example")


class Servers(NamedTuple):
    """The servers, and the environment of an instance that uses them; the embed hosts are in a file."""

    postgres: Postgres
    redis: Redis
    erc: StubErc
    host: Host
    hosts_file: Path
    env: dict[str, str]


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """All of them, with an empty database that is migrated; they end with the block."""
    hosts_file = folder / "hosts.json"
    hosts_file.write_text(json.dumps([_HOST.registration()]))
    with ExitStack() as stack:
        redis = Redis()
        redis.start()
        stack.callback(redis.stop)
        postgres = stack.enter_context(Postgres())
        erc = stack.enter_context(StubErc())
        env = _environment(postgres, redis, erc, hosts_file)
        _prepare(env)
        yield Servers(postgres, redis, erc, _HOST, hosts_file, env)


def _environment(postgres: Postgres, redis: Redis, erc: StubErc, hosts_file: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ERC_", "OIDC_"))}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "tests.support.uncollected_settings",
        "ENV_FILE": os.devnull,
        "DEBUG": "0",
        "SECRET_KEY": "only-for-this-test-" + "x" * 40,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "BEHIND_TLS_PROXY": "1",
        "PROXY_COUNT": "1",
        "CORRELATION_ID_HEADER": "X-Request-ID",
        "DATABASE_URL": postgres.url,
        "CACHE_URL": redis.url,
        "ERC_API_BASE_URL": erc.base_url,
        "ERC_TOKEN_URL": f"{erc.base_url}/oauth/token",
        "ERC_CLIENT_ID": "client",
        "ERC_CLIENT_SECRET": "secret",
        "EMBED_HOSTS": "",
        "EMBED_HOSTS_FILE": str(hosts_file),
        "EMBED_AUDIENCE": AUDIENCE,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }


def _prepare(env: dict[str, str]) -> None:
    account = ["createsuperuser", "--noinput", "--username", AGENT, "--email", "", "--verbosity", "0"]
    for command in (["migrate", "--verbosity", "0"], account):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
