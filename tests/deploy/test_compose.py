"""What must hold of deploy/compose.yaml, without an engine."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.support.paths import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
PORTALS = ["migrate", "portal-1", "portal-2"]


@pytest.mark.parametrize("name", PORTALS)
def test_portal_runs_read_only_without_rights_and_with_one_folder_to_write_to(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert [mount.partition(":")[0] for mount in service["tmpfs"]] == ["/tmp"]
    assert "volumes" not in service
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", PORTALS)
def test_portal_gets_passwords_from_the_operator_alone(name: str) -> None:
    environment = SERVICES[name]["environment"]
    database, cache = environment["DATABASE_URL"], environment["CACHE_URL"]

    assert re.fullmatch(r"postgres://portal:\$\{POSTGRES_PASSWORD:\?.+\}@postgres/portal", database)
    assert re.fullmatch(r"redis://:\$\{REDIS_PASSWORD:\?.+\}@redis:6379/0", cache)


def test_instances_have_the_addresses_and_the_settings_that_nginx_expects() -> None:
    nginx = (ROOT / "docs/nginx.conf").read_text()

    servers = re.findall(r"^ +server ([\d.]+):8000 ", nginx, re.MULTILINE)
    addresses = [SERVICES[name]["networks"]["front"]["ipv4_address"] for name in ("portal-1", "portal-2")]
    trust = ("BEHIND_TLS_PROXY", "PROXY_COUNT", "CORRELATION_ID_HEADER")

    assert addresses == servers
    assert [SERVICES["portal-1"]["environment"][name] for name in trust] == ["1", "1", "X-Request-ID"]


def test_nothing_but_nginx_is_reached_from_outside() -> None:
    published = [name for name, service in SERVICES.items() if "ports" in service]
    beside = {name: set(SERVICES[name]["networks"]) for name in ("nginx", "postgres", "redis", "migrate")}

    assert published == ["nginx"]
    assert beside == {"nginx": {"front"}, "postgres": {"data"}, "redis": {"data"}, "migrate": {"data"}}
    assert COMPOSE["networks"]["data"]["internal"] is True


def test_instances_start_after_the_migration_and_may_finish_their_requests() -> None:
    server = (ROOT / "gunicorn.conf.py").read_text()
    [graceful] = re.findall(r"^graceful_timeout = (\d+)", server, re.MULTILINE)

    for name in ("portal-1", "portal-2"):
        waits = SERVICES[name]["depends_on"]
        assert waits["migrate"] == {"condition": "service_completed_successfully"}
        assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > int(graceful)
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


def test_redis_stores_nothing_and_shows_no_password() -> None:
    [shell, option, script] = SERVICES["redis"]["command"]

    first, *settings = script.splitlines()

    assert (shell, option, first) == ("sh", "-c", "exec redis-server - <<END")
    assert settings[:2] == ["requirepass $$REDIS_PASSWORD", 'save ""']
    assert "maxmemory-policy volatile-lru" in settings
