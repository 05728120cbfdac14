from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from orders.embed.registry import HostRegistry
from tests.orders.embed.launching import SECRET, host


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a registry, with one host."""
    path = tmp_path / "hosts.json"
    path.write_text(json.dumps([host()]))
    return path


def test_file_is_followed_at_once(file: Path) -> None:
    hosts = HostRegistry([], file, allow_plain=False)
    before = hosts.hosts()["desk"].is_enabled

    file.write_text(json.dumps([host(enabled=False, revoked_agents=["a"])]))

    after = hosts.hosts()["desk"]
    assert before
    assert (after.is_enabled, after.revoked_agents) == (False, frozenset({"a"}))


@pytest.mark.parametrize("content", ["{not json", '[{"issuer": 1}]', None])
def test_file_that_goes_wrong_leaves_the_hosts_as_they_were(
    file: Path, content: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    hosts = HostRegistry([], file, allow_plain=False)

    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    with caplog.at_level(logging.ERROR):
        kept = [set(hosts.hosts()) for _ in range(3)]

    assert kept == [{"desk"}] * 3
    assert len(caplog.records) == 1
    assert hosts.problem
    assert SECRET not in caplog.text


def test_file_that_is_mended_counts_again(file: Path) -> None:
    hosts = HostRegistry([], file, allow_plain=False)
    file.write_text("broken")
    hosts.hosts()

    file.write_text(json.dumps([host(issuer="new-desk")]))

    assert set(hosts.hosts()) == {"new-desk"}
    assert hosts.problem == ""


@pytest.mark.parametrize(
    "content", ["{not json", "[[]]", "[" * 100_000, None], ids=["text", "list", "deep", "none"]
)
def test_file_that_is_wrong_at_the_start_stops_it(file: Path, content: str | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_text(content)

    with pytest.raises(ValueError, match=r"file|host|object"):
        HostRegistry([], file, allow_plain=False)
