"""The image: each instruction of the Dockerfile that needs no engine, carried out on a copy of the tree.

The copy has neither the demo nor the tests, so that this also shows that production needs nothing of them.
"""

from __future__ import annotations

import ast
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.support.paths import ROOT

DEMO = "ercportal.demo"
_START_SECONDS = 60
_IGNORED = (ROOT / ".dockerignore").read_text().split()
# The last stage; an instruction may go on in the next line.
_INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2].replace("\\\n", "").splitlines()
    if " " in line and not line.startswith("#")
]


def instructions(name: str) -> list[str]:
    """What stands behind that name, one text for each time."""
    return [rest for instruction, rest in _INSTRUCTIONS if instruction == name]


def is_ignored(path: Path) -> bool:
    """Whether .dockerignore leaves a path out."""
    name = str(path.relative_to(ROOT))
    return any(
        fnmatch(path.name, rule.removeprefix("**/")) if rule.startswith("**/") else fnmatch(name, rule)
        for rule in _IGNORED
    )


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """That of the machine without a word on Python or the portal, as in a container."""
    names = ("HOME", "LANG", "TMPDIR")
    inherited = {name: os.environ[name] for name in names if name in os.environ}
    return {**inherited, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """The image's folder, as COPY and RUN leave it."""
    image = tmp_path_factory.mktemp("image") / "portal"
    image.mkdir()
    for copy in instructions("COPY"):
        if copy.startswith("--from"):
            continue
        *sources, target = copy.split()
        for source in (ROOT / name for name in sources):
            if source.is_dir():
                shutil.copytree(
                    source,
                    image / target,
                    ignore=lambda folder, names: {name for name in names if is_ignored(Path(folder, name))},
                )
            else:
                shutil.copy(source, image / target)
    collect = instructions("RUN")[-1]
    subprocess.run(["/bin/sh", "-c", collect], cwd=image, env=environment, check=True)
    return image


@pytest.fixture(scope="module")
def production(tree: Path, environment: dict[str, str]) -> dict[str, str]:
    """What a container is started with."""
    settings = {
        "SECRET_KEY": "a-key-of-many-different-signs-0123456789-abcdefghijklmnop",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{tree / 'portal.sqlite3'}",
        "ERC_API_BASE_URL": "http://127.0.0.1:9",
        "ERC_TOKEN_URL": "http://127.0.0.1:9/oauth/token",
        "ERC_CLIENT_ID": "client",
        "ERC_CLIENT_SECRET": "secret",
        "WEB_WORKERS": "1",
    }
    [given] = instructions("ENV")
    image = dict(one.split("=", 1) for one in shlex.split(given) if not one.startswith(("PATH=", "WEB_ADDRESS=")))
    return {**environment, **image, **settings}


def manage(tree: Path, production: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["python", "manage.py", *arguments]
    return subprocess.run(
        command, cwd=tree, env=production, capture_output=True, text=True, timeout=150, check=False
    )


@pytest.fixture(scope="module")
def port(tree: Path, production: dict[str, str]) -> Iterator[int]:
    """Where the image's command listens."""
    done = manage(tree, production, "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    [command] = instructions("CMD")
    env = {**production, "PORT": str(port)}
    with subprocess.Popen(json.loads(command), cwd=tree, env=env, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield port
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    ends = time.monotonic() + _START_SECONDS
    while True:
        try:
            urlopen(url, timeout=10).close()
        except URLError as error:
            if time.monotonic() > ends:
                pytest.fail(f"the portal did not start: {error}")
            time.sleep(0.1)
        else:
            return


def test_image_holds_neither_the_demo_nor_a_secret_nor_a_database(tree: Path) -> None:
    names = {str(path.relative_to(tree)) for path in tree.rglob("*")}

    assert "ercportal/settings.py" in names
    assert "staticfiles/staticfiles.json" in names
    assert not [name for name in names if name.startswith(("ercportal/demo", "tests")) or ".env" in name]
    assert not is_ignored(ROOT / "ercportal" / "env.py")
    left_out = (".env", ".venv", ".venv-3.13", "portal.sqlite3", "ercportal/demo", "tests", "docs", "deploy")
    assert all(is_ignored(ROOT / name) for name in left_out)


def test_image_answers_without_the_demo(port: int) -> None:
    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as health:
        healthy = health.status, health.read()
    with urlopen(f"http://127.0.0.1:{port}/login/", timeout=10) as login:
        page = login.status, login.read().decode()

    assert healthy == (200, b"ok\n")
    assert page[0] == 200
    assert 'name="password"' in page[1]


def test_image_is_healthy_by_its_own_check(tree: Path, production: dict[str, str], port: int) -> None:
    [check] = instructions("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])

    done = subprocess.run(command, cwd=tree, env={**production, "PORT": str(port)}, timeout=30, check=False)

    assert done.returncode == 0


# Root may write anywhere, and the image's user nowhere but in /tmp.
_WRITES_NOWHERE = """
import os
access = os.access
os.access = lambda path, mode, **more: mode != os.W_OK and access(path, mode, **more)
"""


def test_image_without_database_url_ends_at_once_and_says_so_without_a_trace(
    tree: Path, production: dict[str, str], tmp_path: Path
) -> None:
    [command] = instructions("CMD")
    (tmp_path / "sitecustomize.py").write_text(_WRITES_NOWHERE)
    env = {**production, "DATABASE_URL": "", "PORT": "0", "PYTHONPATH": str(tmp_path)}

    done = subprocess.run(
        json.loads(command), cwd=tree, env=env, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 4
    assert "The settings cannot be used: Set the environment variable DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_image_runs_as_a_user_of_its_own_by_number() -> None:
    [user] = instructions("USER")
    uid, gid = user.split(":")

    assert int(uid) > 0
    assert any(f"--uid {uid} --gid {gid} " in run for run in instructions("RUN"))


def test_image_compiles_nothing_and_takes_packages_from_the_first_stage() -> None:
    first = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[0]

    assert "--only-binary :all:" in first
    assert "apt-get" not in (ROOT / "Dockerfile").read_text()
    assert [copy for copy in instructions("COPY") if "--from" in copy] == ["--from=build /venv /venv"]


def test_image_passes_the_check_for_deployment(tree: Path, production: dict[str, str]) -> None:
    done = manage(tree, production, "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


def test_debug_in_the_image_is_refused_in_a_line(tree: Path, production: dict[str, str]) -> None:
    done = manage(tree, {**production, "DEBUG": "1"}, "check")

    assert done.returncode == 1
    assert "DEBUG needs the folder ercportal/demo" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def demo_imports(tree: ast.AST) -> set[str]:
    """The modules of the demo that some code imports."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{one.name}" for one in node.names}
    return {name for name in names if name == DEMO or name.startswith(f"{DEMO}.")}


def test_demo_is_imported_by_nothing_but_the_settings_under_debug() -> None:
    settings = ast.parse((ROOT / "ercportal/settings.py").read_text())
    under_debug = [one for one in settings.body if isinstance(one, ast.If) and ast.unparse(one.test) == "DEBUG"]
    settings.body = [one for one in settings.body if one not in under_debug]
    others = [
        path
        for room in ("ercportal", "orders")
        for path in (ROOT / room).rglob("*.py")
        if (ROOT / "ercportal/demo") not in path.parents and path != ROOT / "ercportal/settings.py"
    ]

    assert len(others) > 100
    assert set().union(*map(demo_imports, under_debug)) == {f"{DEMO}.defaults.DEFAULTS"}
    assert demo_imports(settings) == set()
    assert {path for path in others if demo_imports(ast.parse(path.read_text()))} == set()
