"""What docs/nginx_watch.py writes into nginx's configuration."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.cluster.proxy_watch import nginx_watch
from tests.support.paths import ROOT

DELIVERED = (ROOT / "docs" / "nginx.conf").read_text()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file as it is delivered."""
    copy = tmp_path / "portal.conf"
    copy.write_text(DELIVERED)
    copy.chmod(0o640)
    return copy


def test_instance_that_is_marked_differs_by_a_word_and_no_more(file: Path) -> None:
    servers = nginx_watch.Servers(file)
    one, other = servers.instances()
    one.is_down = True

    servers.mark([one, other])

    line = "server 10.0.0.11:8000 max_fails=3 fail_timeout=2s"
    assert file.read_text() == DELIVERED.replace(f"{line};", f"{line} down;")
    assert file.stat().st_mode & 0o777 == 0o640
    assert [again.is_down for again in servers.instances()] == [True, False]


def test_instance_that_is_given_back_leaves_no_trace(file: Path) -> None:
    servers = nginx_watch.Servers(file)
    instances = servers.instances()
    for is_down in (True, False):
        instances[1].is_down = is_down
        servers.mark(instances)

    assert file.read_text() == DELIVERED


def test_instances_of_the_sixth_version_are_read_and_those_that_are_commented_out_are_not(file: Path) -> None:
    file.write_text("# server 10.0.0.13:8000;\nserver [2001:db8::1]:8000;\n  server 10.0.0.14:8001 down;\n")
    servers = nginx_watch.Servers(file)
    instances = servers.instances()

    instances[0].is_down = True
    servers.mark(instances)

    assert [(str(one), one.port) for one in instances] == [("[2001:db8::1]:8000", 8000), ("10.0.0.14:8001", 8001)]
    assert file.read_text() == (
        "# server 10.0.0.13:8000;\nserver [2001:db8::1]:8000 down;\n  server 10.0.0.14:8001 down;\n"
    )


@pytest.mark.parametrize(
    ("is_ready", "seconds", "is_steady"),
    [(True, 0.5, False), (True, 1.5, True), (False, 9, False), (False, 11, True)],
)
def test_instance_that_is_heard_is_given_back_once_it_is_ready_or_has_long_been_heard(
    is_ready: bool, seconds: float, is_steady: bool
) -> None:
    instance = nginx_watch.Instance("10.0.0.11", 8000, is_down=True)
    now = time.monotonic() + seconds

    instance.excuse(now)
    instance.is_ready = is_ready

    assert instance.is_steady(now) is is_steady
