from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from django.db import OperationalError

from orders.embed.registry import HostRegistry
from tests.support.launching import SECRET, host


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


def spoiled(file: Path, how: str) -> None:
    """What an operator, an editor or a half-done copy may leave behind."""
    match how:
        case "gone":
            file.unlink()
        case "a folder":
            file.unlink()
            file.mkdir()
        case "half":
            file.write_bytes(file.read_bytes()[:-40])
        case "bytes":
            file.write_bytes(b"\xff\xfe\x00[")
        case _:
            file.write_text(how)


SPOILED = pytest.mark.parametrize(
    "how",
    [
        "gone",
        "a folder",
        "half",
        "bytes",
        "",
        "{not json",
        "null",
        "7",
        "{}",
        "[[]]",
        '[{"issuer": 1}]',
        "[" * 100_000,
    ],
    ids=lambda how: how[:20],
)


@SPOILED
def test_file_that_goes_wrong_leaves_the_hosts_as_they_were(
    file: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    hosts = HostRegistry([], file, allow_plain=False)
    hosts.hosts()

    spoiled(file, how)
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


def test_hosts_of_a_setting_that_are_wrong_are_refused() -> None:
    with pytest.raises(ValueError, match="must be a list"):
        HostRegistry({}, None, allow_plain=False)


def test_hosts_of_a_setting_are_saved_nowhere() -> None:
    memory = Memory()
    hosts = HostRegistry([host()], None, allow_plain=False, copy=memory)

    assert set(hosts.hosts()) == {"desk"}
    assert (hosts.problem, memory.calls) == ("", [])


class Memory:
    """Keeps the copy in the test, or fails as a database that is down."""

    def __init__(self, content: bytes | None = None) -> None:
        self.content = content
        self.is_down = False
        self.calls: list[str] = []

    def save_copy(self, content: bytes, changed: float) -> None:
        self.calls.append("keep")
        if self.is_down:
            raise OperationalError("planted")
        self.content = content

    def read_copy(self) -> bytes | None:
        self.calls.append("kept")
        if self.is_down:
            raise OperationalError("planted")
        return self.content


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at the next use."""
    monkeypatch.setattr("orders.embed.registry._RETRY_SECONDS", 0.0)


@SPOILED
def test_process_that_starts_while_the_file_is_broken_has_the_last_good_hosts(
    file: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    memory = Memory()
    HostRegistry([], file, allow_plain=False, copy=memory).hosts()
    spoiled(file, how)

    fresh = HostRegistry([], file, allow_plain=False, copy=memory)

    assert set(fresh.hosts()) == {"desk"}
    assert fresh.problem
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("content", [None, b"broken", json.dumps([host(issuer="")]).encode()])
def test_process_that_starts_with_no_good_file_and_no_good_copy_has_no_hosts(
    file: Path, content: bytes | None
) -> None:
    memory = Memory(content)
    file.write_text("broken")

    fresh = HostRegistry([], file, allow_plain=False, copy=memory)

    assert dict(fresh.hosts()) == dict(fresh.hosts()) == {}
    assert fresh.problem
    assert memory.calls == ["kept"]


def test_file_that_is_mended_counts_in_a_process_that_began_with_the_copy(file: Path) -> None:
    file.write_text("broken")
    fresh = HostRegistry([], file, allow_plain=False, copy=Memory())
    fresh.hosts()

    file.write_text(json.dumps([host(issuer="new-desk")]))

    assert set(fresh.hosts()) == {"new-desk"}
    assert fresh.problem == ""


def test_broken_file_replaces_no_copy(file: Path) -> None:
    memory = Memory()
    hosts = HostRegistry([], file, allow_plain=False, copy=memory)
    hosts.hosts()
    good = memory.content

    file.write_text("broken")
    hosts.hosts()

    assert memory.content == good


def test_each_good_content_is_saved_once(file: Path) -> None:
    memory = Memory()
    hosts = HostRegistry([], file, allow_plain=False, copy=memory)
    hosts.hosts()
    hosts.hosts()
    file.write_text(json.dumps([host(enabled=False)]))
    hosts.hosts()
    hosts.hosts()

    assert memory.calls == ["keep", "keep"]
    assert memory.content == file.read_bytes()


@pytest.mark.usefixtures("at_once")
def test_copy_that_the_database_did_not_take_is_saved_later(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    memory = Memory()
    memory.is_down = True
    hosts = HostRegistry([], file, allow_plain=False, copy=memory)
    without = set(hosts.hosts())

    memory.is_down = False
    hosts.hosts()

    assert without == {"desk"}
    assert memory.content == file.read_bytes()
    assert "could not be kept for a restart (OperationalError)" in caplog.text
    assert "planted" not in caplog.text


@pytest.mark.usefixtures("at_once")
def test_copy_that_cannot_be_read_now_is_read_later(file: Path) -> None:
    memory = Memory(file.read_bytes())
    memory.is_down = True
    file.write_text("broken")
    fresh = HostRegistry([], file, allow_plain=False, copy=memory)
    without = dict(fresh.hosts())

    memory.is_down = False

    assert without == {}
    assert set(fresh.hosts()) == {"desk"}


def test_database_that_is_down_is_not_asked_at_each_use(file: Path) -> None:
    memory = Memory()
    memory.is_down = True
    file.write_text("broken")
    fresh = HostRegistry([], file, allow_plain=False, copy=memory)

    for _ in range(5):
        fresh.hosts()

    assert memory.calls == ["kept"]


@pytest.mark.usefixtures("at_once")
def test_file_that_becomes_readable_again_without_a_change_counts(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    hosts = HostRegistry([], file, allow_plain=False)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", denied)
        without, problem = dict(hosts.hosts()), hosts.problem

    assert (without, problem) == ({}, "the file cannot be read (Permission denied)")
    assert set(hosts.hosts()) == {"desk"}
    assert hosts.problem == ""


def test_file_with_a_byte_order_mark_is_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert set(HostRegistry([], file, allow_plain=False).hosts()) == {"desk"}
