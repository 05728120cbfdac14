"""The site as production starts it: without DEBUG, in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.support.paths import ROOT
from tests.support.stub_erc import StubErc


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


def test_start_without_collected_files_serves_pages_style_and_clean_logs(environment: dict[str, str]) -> None:
    assert manage(environment, "migrate", "-v0").returncode == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(ROOT / "manage.py"), "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as server:
        try:
            with get(f"http://127.0.0.1:{port}/login/") as page:
                status, cookies, body = page.status, page.headers.get_all("Set-Cookie") or [], page.read().decode()
            with get(f"http://127.0.0.1:{port}/static/css/base.css") as style:
                style_status = style.status
            with get(f"http://127.0.0.1:{port}/orders/?customer_id=C-planted&order_id=O-planted") as sign_in:
                landed = sign_in.status
        finally:
            server.terminate()
        _, said = server.communicate(timeout=10)

    assert (status, style_status, landed) == (200, 200, 200)
    assert 'rel="stylesheet" href="/static/css/' in body
    assert cookies
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)
    lines = [line for line in said.decode().splitlines() if line.startswith("{")]
    assert {"request"} <= {json.loads(line)["message"] for line in lines}
    assert "planted" not in said.decode()


def test_access_log_of_gunicorn_has_no_query_string_and_no_referrer(environment: dict[str, str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    options = ["--bind", f"127.0.0.1:{port}", "--chdir", str(ROOT), "--access-logfile", "-"]
    command = [sys.executable, "-m", "gunicorn", "ercportal.wsgi", *options]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as server:
        try:
            get(f"{site}/healthz").close()
            asked = Request(f"{site}/embed/?token=planted", headers={"Referer": f"{site}/embed/?token=planted"})
            with pytest.raises(HTTPError) as refusal:
                urlopen(asked, timeout=5)
            refusal.value.close()
        finally:
            server.terminate()
        said, _ = server.communicate(timeout=20)

    assert "GET /embed/ 400" in said.decode()
    assert "planted" not in said.decode()


def test_collected_files_have_names_with_their_hash(environment: dict[str, str], tmp_path: Path) -> None:
    script = (
        "import django; django.setup();"
        "from django.conf import settings; from django.core.management import call_command;"
        f"settings.STATIC_ROOT = {str(tmp_path / 'static')!r}; call_command('collectstatic', verbosity=0);"
        "from django.templatetags.static import static; print(static('css/base.css'))"
    )
    environment["PYTHONPATH"] = str(ROOT)

    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=150, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() != "/static/css/base.css"
    assert done.stdout.startswith("/static/css/base.")
    [collected] = (tmp_path / "static" / "css").glob("base.*.css")
    assert gzip.decompress(Path(f"{collected}.gz").read_bytes()) == collected.read_bytes()
    assert Path(f"{collected}.br").exists()
    assert 0 < collected.stat().st_size < (ROOT / "static/css/base.css").stat().st_size


def test_check_for_deployment_finds_nothing(environment: dict[str, str]) -> None:
    environment["WEB_WORKERS"] = "1"

    done = manage(environment, "check", "--deploy", "--fail-level", "WARNING")

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
