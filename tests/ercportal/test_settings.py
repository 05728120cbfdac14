from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.support.paths import ROOT

GOOD = {
    "SECRET_KEY": "a-key-of-many-different-signs-0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "sqlite:///portal.sqlite3",
    "ERC_API_BASE_URL": "https://api.example",
    "ERC_TOKEN_URL": "https://account.example/oauth/token",
    "ERC_CLIENT_ID": "client",
    "ERC_CLIENT_SECRET": "$planted-secret",
}
OIDC = {
    "OIDC_ISSUER": "https://id.example/tenant/",
    "OIDC_CLIENT_ID": "portal",
    "OIDC_CLIENT_SECRET": "planted-secret",
}


def embed_host(secret: str = "a secret that is long enough for it", origin: str = "https://a.example") -> Any:
    return {
        "issuer": "desk",
        "origins": [origin],
        "keys": [{"kid": "k", "algorithm": "HS256", "secret": secret}],
    }


def start(changes: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return run("import django; django.setup(); print('started')", changes)


def run(script: str, changes: dict[str, str]) -> subprocess.CompletedProcess[str]:
    names = ("PATH", "HOME", "LANG")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    environment |= {"ENV_FILE": os.devnull, "PYTHONPATH": str(ROOT), **GOOD, **changes}
    environment["DJANGO_SETTINGS_MODULE"] = "ercportal.settings"
    return subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "DEBUG": "1",
            "SECRET_KEY": "short",
            "DATABASE_URL": "",
            "ERC_API_BASE_URL": "",
            "ERC_TOKEN_URL": "",
            "ERC_CLIENT_ID": "sandbox-client",
        },
        {"ERC_API_BASE_URL": "http://127.0.0.1:9000", "ERC_TOKEN_URL": "http://localhost:9000/token"},
        {"CACHE_URL": "redis://127.0.0.1:1/0", "DATABASE_URL": "postgres://u:p@127.0.0.1/db"},
        {"EMBED_HOSTS": json.dumps([embed_host()]), "EMBED_AUDIENCE": "here"},
        {"EMBED_HOSTS_FILE": "/no/such/file", "EMBED_AUDIENCE": "here"},
        {**OIDC, "LOCAL_SIGN_IN": "0", "OIDC_GROUPS": '{"desk": "agent", "ops": "engineer"}'},
        {**OIDC, "OIDC_ISSUER": "http://127.0.0.1:9000"},
        {**OIDC, "OIDC_ISSUER": "http://id.example", "DEBUG": "1"},
        {"PHONE_REGION": "pt"},
        {"PROXY_COUNT": "2", "SIGN_IN_LOCK_MINUTES": "1", "SESSION_IDLE_SECONDS": "120"},
    ],
)
def test_good_settings_start(changes: dict[str, str]) -> None:
    done = start(changes)

    assert done.stdout.strip() == "started", done.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "planted"}, "SECRET_KEY"),
        ({"SECRET_KEY": "short-but-random-planted-8fKq2Z"}, "SECRET_KEY"),
        ({"SECRET_KEY": "ab1" * 40}, "SECRET_KEY"),
        ({"SECRET_KEY": "only-for-development-" + "x" * 50}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-planted-0123456789-abcdefghijklmnopqrstuvwxyz"}, "SECRET_KEY"),
        ({"WEB_THREADS": "32", "LOOKUPS_AT_ONCE": "32"}, "LOOKUPS_AT_ONCE"),
        ({"WEB_THREADS": "8", "LOOKUPS_AT_ONCE": "8"}, "WEB_THREADS"),
        ({"LOOKUPS_AT_ONCE": "0"}, "LOOKUPS_AT_ONCE"),
        ({"DEBUG": "perhaps-planted"}, "DEBUG"),
        ({"ERC_API_BASE_URL": ""}, "ERC_API_BASE_URL"),
        ({"ERC_API_BASE_URL": "planted"}, "ERC_API_BASE_URL"),
        ({"ERC_API_BASE_URL": "ftp://planted.example"}, "ERC_API_BASE_URL"),
        ({"ERC_API_BASE_URL": "https://user:planted@api.example"}, "ERC_API_BASE_URL"),
        ({"ERC_API_BASE_URL": "http://planted.example"}, "ERC_API_BASE_URL"),
        ({"ERC_TOKEN_URL": ""}, "ERC_TOKEN_URL"),
        ({"ERC_TOKEN_URL": "http://planted.example/token"}, "ERC_TOKEN_URL"),
        ({"ERC_CLIENT_ID": ""}, "ERC_CLIENT_ID"),
        ({"ERC_CLIENT_ID": "sandbox-client"}, "sandbox"),
        ({"ERC_CLIENT_SECRET": ""}, "ERC_CLIENT_SECRET"),
        ({"ERC_PRIVATE_KEY": "planted", "ERC_KEY_ID": "k"}, "ERC_CLIENT_SECRET"),
        ({"ERC_CLIENT_SECRET": "", "ERC_PRIVATE_KEY": "planted"}, "ERC_KEY_ID"),
        ({"ERC_CLIENT_SECRET": "", "ERC_PRIVATE_KEY": "planted", "ERC_KEY_ID": "k"}, "ERC_PRIVATE_KEY"),
        ({"ERC_ITEMS_PATH": "/items/{customer_id}"}, "ERC_ITEMS_PATH"),
        ({"ERC_ITEMS_PATH": "items/{customer_id}/{order_id}"}, "ERC_ITEMS_PATH"),
        ({"ERC_ITEMS_PATH": "/planted/{customer_id}/{order_id}/{brand}"}, "ERC_ITEMS_PATH"),
        ({"ERC_PATHS": "planted"}, "ERC_PATHS"),
        ({"ERC_PATHS": '["planted"]'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"planted": "/x"}'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"orders": 5}'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"orders": "planted"}'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"customer": "/planted"}'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"orders": "/planted/{customer_id}"}'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"orders": "/planted?brand=x"}'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"orders": "/planted#x"}'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"orders": "/planted x"}'}, "ERC_PATHS"),
        ({"ERC_PATHS": '{"orders": "/plänted"}'}, "ERC_PATHS"),
        (
            {"ERC_PATHS": '{"items": "/{customer_id}/{order_id}"}', "ERC_ITEMS_PATH": "/x{customer_id}{order_id}"},
            "ERC_ITEMS_PATH",
        ),
        ({"ERC_SCOPES": "planted"}, "ERC_SCOPES"),
        ({"ERC_DEADLINE_SECONDS": "planted"}, "ERC_DEADLINE_SECONDS"),
        ({"ERC_DEADLINE_SECONDS": "0"}, "ERC_DEADLINE_SECONDS"),
        ({"ERC_PAGE_SIZE": "2.5"}, "ERC_PAGE_SIZE"),
        ({"SEARCH_LIMIT": "-1"}, "SEARCH_LIMIT"),
        ({"SEARCH_LIMIT": "60/10m"}, "SEARCH_LIMIT"),
        ({"SEARCH_LIMIT_MINUTES": "0"}, "SEARCH_LIMIT_MINUTES"),
        ({"SEARCH_LIMIT_MINUTES": "1441"}, "SEARCH_LIMIT_MINUTES"),
        ({"ERC_API_BASE_URL": "https://:planted@api.example"}, "ERC_API_BASE_URL"),
        ({"ERC_API_BASE_URL": "https://api.example/?planted"}, "ERC_API_BASE_URL"),
        ({"ERC_API_BASE_URL": "https://api.example:planted"}, "ERC_API_BASE_URL"),
        ({"ERC_API_BASE_URL": "http://127.0.0.1.planted.example"}, "ERC_API_BASE_URL"),
        ({"ERC_CLIENT_ID": "sandbox-key-client"}, "sandbox"),
        ({"ERC_ITEMS_PATH": "/planted/{customer_id}/{customer_id}/{order_id}"}, "ERC_ITEMS_PATH"),
        ({"SESSION_COOKIE_AGE": "inf"}, "SESSION_COOKIE_AGE"),
        ({"DATABASE_URL": "an unplanted word"}, "DATABASE_URL"),
        ({"DATABASE_URL": "//u:planted@db.example/name"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite://planted.sqlite3"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysqlx://u:planted@db.example/name"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://u:planted@db.example:port/name"}, "DATABASE_URL"),
        ({"CACHE_URL": "planted://x"}, "CACHE_URL"),
        ({"CACHE_URL": "pymemcache://planted:11211"}, "CACHE_URL"),
        ({"CACHE_URL": "filecache:///var/tmp/planted"}, "CACHE_URL"),
        ({"CACHE_URL": "dbcache://planted"}, "CACHE_URL"),
        ({"CACHE_TIMEOUT_SECONDS": "0"}, "CACHE_TIMEOUT_SECONDS"),
        ({"CACHE_TIMEOUT_SECONDS": "5.1"}, "CACHE_TIMEOUT_SECONDS"),
        ({"DATABASE_WAIT_SECONDS": "1"}, "DATABASE_WAIT_SECONDS"),
        ({"DATABASE_WAIT_SECONDS": "planted"}, "DATABASE_WAIT_SECONDS"),
        ({"DATABASE_ANSWER_SECONDS": "0"}, "DATABASE_ANSWER_SECONDS"),
        ({"DATABASE_ANSWER_SECONDS": "3601"}, "DATABASE_ANSWER_SECONDS"),
        ({"EMBED_HOSTS": "{planted"}, "EMBED_HOSTS"),
        ({"EMBED_HOSTS": '["planted"]', "EMBED_AUDIENCE": "here"}, "EMBED_HOSTS"),
        ({"EMBED_HOSTS": json.dumps([embed_host()])}, "EMBED_AUDIENCE"),
        ({"EMBED_HOSTS": json.dumps([embed_host(secret="planted")]), "EMBED_AUDIENCE": "here"}, "key k: HS256"),
        (
            {"EMBED_HOSTS": json.dumps([embed_host(origin="http://desk.example")]), "EMBED_AUDIENCE": "here"},
            "https",
        ),
        ({"EMBED_HOSTS_FILE": "/no/file", "EMBED_HOSTS": json.dumps([embed_host()])}, "not both"),
        ({"EMBED_TOKEN_SECONDS": "0"}, "EMBED_TOKEN_SECONDS"),
        ({"EMBED_SESSION_SECONDS": "28801"}, "EMBED_SESSION_SECONDS"),
        ({"API_EXCHANGE_SAMPLE": "1.5"}, "API_EXCHANGE_SAMPLE"),
        ({"ACCESS_LOG_DAYS": "0"}, "ACCESS_LOG_DAYS"),
        ({"API_EXCHANGE_DAYS": "x"}, "API_EXCHANGE_DAYS"),
        ({"ACCESS_LOG_REQUIRED": "maybe"}, "ACCESS_LOG_REQUIRED"),
        ({"SESSION_IDLE_SECONDS": "119"}, "SESSION_IDLE_SECONDS"),
        ({"SESSION_IDLE_SECONDS": "planted"}, "SESSION_IDLE_SECONDS"),
        ({"SIGN_IN_LOCK_MINUTES": "0"}, "SIGN_IN_LOCK_MINUTES"),
        ({"SIGN_IN_LOCK_MINUTES": "1.5"}, "SIGN_IN_LOCK_MINUTES"),
        ({"PHONE_REGION": "planted"}, "PHONE_REGION must be the two letters of a country"),
        ({"PHONE_REGION": "XX"}, "PHONE_REGION"),
        ({"PROXY_COUNT": "-1"}, "PROXY_COUNT"),
        ({"PROXY_COUNT": "11"}, "PROXY_COUNT"),
        ({"LOCAL_SIGN_IN": "planted"}, "LOCAL_SIGN_IN"),
        ({"LOCAL_SIGN_IN": "0"}, "LOCAL_SIGN_IN"),
        ({**OIDC, "OIDC_ISSUER": ""}, "OIDC_ISSUER"),
        ({**OIDC, "OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID"),
        ({**OIDC, "OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET"),
        ({"OIDC_CLIENT_SECRET": "planted"}, "OIDC_CLIENT_SECRET"),
        ({**OIDC, "OIDC_ISSUER": "http://planted.example"}, "OIDC_ISSUER"),
        ({**OIDC, "OIDC_ISSUER": "planted"}, "OIDC_ISSUER"),
        ({**OIDC, "OIDC_ISSUER": "https://id.example/?planted"}, "OIDC_ISSUER"),
        ({**OIDC, "OIDC_SCOPES": "planted email"}, "OIDC_SCOPES"),
        ({**OIDC, "OIDC_SCOPES": "openid,planted"}, "OIDC_SCOPES"),
        ({**OIDC, "OIDC_GROUPS": "{planted"}, "OIDC_GROUPS"),
        ({**OIDC, "OIDC_GROUPS": '["planted"]'}, "OIDC_GROUPS"),
        ({**OIDC, "OIDC_GROUPS": '{"desk": "planted"}'}, "OIDC_GROUPS"),
        ({**OIDC, "OIDC_GROUPS": '{"desk": ["agent"]}'}, "OIDC_GROUPS"),
    ],
)
def test_bad_setting_stops_the_start_and_is_named_without_its_value(changes: dict[str, str], named: str) -> None:
    done = start(changes)

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert "ImproperlyConfigured" in last
    assert named in last
    assert "planted" not in done.stderr + done.stdout


@pytest.mark.parametrize(("threads", "at_once"), [("32", 24), ("8", 6), ("4", 2), ("2", 1), ("1", 1), ("", 100)])
def test_threads_are_left_for_other_requests_than_look_ups(threads: str, at_once: int) -> None:
    script = "from django.conf import settings; print(settings.LOOKUPS_AT_ONCE)"

    done = run(script, {"WEB_THREADS": threads})

    assert done.stdout.strip() == str(at_once), done.stderr
