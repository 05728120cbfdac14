"""The site as production starts it: without DEBUG, in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import brotli
import pytest

from tests.support.paths import ROOT
from tests.support.stub_erc import StubErc

COLLECTED_SETTINGS = "tests.support.collected_settings"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    with StubErc() as stub:
        yield {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "ercportal.settings",
            "ENV_FILE": os.devnull,
            "DEBUG": "0",
            "SECRET_KEY": "a-key-of-many-different-signs-0123456789-abcdefghijklmnop",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
            "ERC_API_BASE_URL": stub.base_url,
            "ERC_TOKEN_URL": f"{stub.base_url}/oauth/token",
            "ERC_CLIENT_ID": "client",
            "ERC_CLIENT_SECRET": "secret",
        }


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=150, check=False)


@pytest.mark.parametrize(
    ("change", "told"),
    [({"ERC_CLIENT_ID": ""}, "ERC_CLIENT_ID"), ({"ERC_TOKEN_URL": "http://api.example/token"}, "https://")],
)
def test_command_with_a_wrong_setting_says_so_in_a_line(
    environment: dict[str, str], change: dict[str, str], told: str
) -> None:
    done = manage({**environment, **change}, "erc_check")

    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_command_may_take_longer_than_an_agent_waits(environment: dict[str, str]) -> None:
    environment |= {"DATABASE_URL": "postgres://portal@127.0.0.1/portal", "DATABASE_ANSWER_SECONDS": "4"}
    script = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['answer_seconds'])"
    page = [sys.executable, "-c", f"import django; django.setup(); {script}"]
    environment["PYTHONPATH"] = str(ROOT)

    of_a_command = manage(environment, "shell", "-v0", "-c", script).stdout
    of_a_page = subprocess.run(
        page, env=environment, capture_output=True, text=True, timeout=60, check=True
    ).stdout

    assert (of_a_command.strip(), of_a_page.strip()) == ("3600.0", "4.0")


def get(url: str) -> HTTPResponse | HTTPError:
    for _ in range(600):
        try:
            return urlopen(Request(url, headers={"Accept-Encoding": "identity"}), timeout=5)  # type: ignore[no-any-return]
        except HTTPError as answer:
            return answer
        except OSError:
            time.sleep(0.1)
    pytest.fail("the portal did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files, collected once for all tests here."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def collected(environment: dict[str, str], static_folder: Path) -> dict[str, str]:
    """The environment of a portal whose static files are collected."""
    environment |= {"DJANGO_SETTINGS_MODULE": COLLECTED_SETTINGS, "COLLECTED": str(static_folder)}
    if not (static_folder / "staticfiles.json").exists():
        done = manage(environment, "collectstatic", "--noinput", "-v0")
        assert done.returncode == 0, done.stderr
    return environment


def test_production_serves_pages_style_and_clean_logs(collected: dict[str, str]) -> None:
    assert manage(collected, "migrate", "-v0").returncode == 0
    port = free_port()
    command = [sys.executable, str(ROOT / "manage.py"), "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, env=collected, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as server:
        try:
            with get(f"http://127.0.0.1:{port}/login/") as page:
                status, cookies, body = page.status, page.headers.get_all("Set-Cookie") or [], page.read().decode()
            with get(f"http://127.0.0.1:{port}/static/css/base.css") as style:
                style_status = style.status
            with get(f"http://127.0.0.1:{port}/orders/?customer_id=C-planted&order_id=O-planted") as sign_in:
                landed = sign_in.status
        finally:
            # Not SIGTERM, which ends this server before the log's thread has written its lines.
            server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=30)

    assert (status, style_status, landed) == (200, 200, 200)
    assert re.search(r'rel="stylesheet" href="/static/css/base\.[0-9a-f]{12}\.css"', body)
    assert cookies
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)
    lines = [line for line in said.decode().splitlines() if line.startswith("{")]
    assert {"request"} <= {json.loads(line)["message"] for line in lines}
    assert "planted" not in said.decode()


def test_access_log_of_gunicorn_has_no_query_string_and_no_referrer(collected: dict[str, str]) -> None:
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    options = ["--bind", f"127.0.0.1:{port}", "--chdir", str(ROOT), "--access-logfile", "-"]
    command = [sys.executable, "-m", "gunicorn", "ercportal.wsgi", *options]
    with subprocess.Popen(
        command, cwd=ROOT, env=collected, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as server:
        try:
            get(f"{site}/healthz").close()
            asked = Request(f"{site}/embed/?token=planted", headers={"Referer": f"{site}/embed/?token=planted"})
            with pytest.raises(HTTPError) as refusal:
                urlopen(asked, timeout=5)
            refusal.value.close()
            # The one worker logs a request before it takes the next.
            get(f"{site}/healthz").close()
        finally:
            server.terminate()
        said, _ = server.communicate(timeout=20)

    assert "GET /embed/ 400" in said.decode()
    assert "planted" not in said.decode()


def test_static_files_are_collected_by_their_hash_and_compressed(
    collected: dict[str, str], static_folder: Path
) -> None:
    [hashed] = (static_folder / "css").glob("base.*.css")

    assert hashed.read_bytes() == (ROOT / "static/css/base.css").read_bytes()
    assert gzip.decompress(Path(f"{hashed}.gz").read_bytes()) == hashed.read_bytes()
    assert brotli.decompress(Path(f"{hashed}.br").read_bytes()) == hashed.read_bytes()


def test_static_file_is_sent_with_one_compression_and_cached_for_a_year(
    collected: dict[str, str], static_folder: Path
) -> None:
    [hashed] = (static_folder / "css").glob("base.*.css")
    script = (
        "import django; django.setup();"
        "from django.test import Client;"
        f"answer = Client().get('/static/css/{hashed.name}', headers={{'Accept-Encoding': 'gzip'}},"
        " SERVER_NAME='127.0.0.1');"
        "import gzip, sys; sys.stdout.write(answer['Content-Encoding'] + ' ' + answer['Cache-Control'] + '\\n');"
        "sys.stdout.write(gzip.decompress(answer.getvalue()).decode())"
    )
    collected["PYTHONPATH"] = str(ROOT)

    done = subprocess.run(
        [sys.executable, "-c", script], env=collected, capture_output=True, text=True, timeout=150, check=False
    )

    assert done.returncode == 0, done.stderr
    headers, style = done.stdout.split("\n", 1)
    assert headers == "gzip max-age=315360000, public, immutable"
    assert style == hashed.read_text()


def test_check_for_deployment_finds_nothing(collected: dict[str, str]) -> None:
    collected["WEB_WORKERS"] = "1"

    done = manage(collected, "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


def test_check_for_deployment_tells_of_processes_without_a_shared_cache_and_of_a_broken_hosts_file(
    environment: dict[str, str], tmp_path: Path
) -> None:
    hosts = tmp_path / "hosts.json"
    hosts.write_text("{ broken by a typo")

    done = manage(
        {**environment, "EMBED_HOSTS_FILE": str(hosts), "EMBED_AUDIENCE": "here"},
        *("check", "--deploy", "--fail-level", "ERROR"),
    )

    assert done.returncode == 1
    assert "(orders.W001) Several processes without a shared cache" in done.stderr
    assert "(orders.E001) EMBED_HOSTS_FILE: the file does not hold JSON" in done.stderr


def test_check_for_deployment_tells_of_static_files_that_were_not_collected(
    environment: dict[str, str], tmp_path: Path
) -> None:
    environment |= {
        "DJANGO_SETTINGS_MODULE": COLLECTED_SETTINGS,
        "COLLECTED": str(tmp_path / "none"),
    }

    done = manage(environment, "check", "--deploy", "--fail-level", "ERROR")

    assert done.returncode == 1
    assert "(orders.E002) The static files are not collected" in done.stderr
