"""The embed hosts through a broken file: in the database, for the operator, and for whoever watches the portal."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed import hosts_copy
from orders.embed.registry import registry
from orders.models import EmbedHostsCopy
from tests.support.launching import SECRET, host
from tests.support.panels import embed_token, fed, launched
from tests.support.stub_erc import StubErc

NOW = 1_700_000_000.0


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    """The file that the settings name, with one host."""
    path = tmp_path / "hosts.json"
    path.write_text(json.dumps([host()]))
    settings.EMBED_HOSTS, settings.EMBED_HOSTS_FILE = [], str(path)
    return path


def restarted() -> None:
    """As a new process starts."""
    registry.cache_clear()


def test_copy_is_given_back() -> None:
    hosts_copy.save_copy(b"one", NOW)
    hosts_copy.save_copy("zwei é".encode(), NOW + 1)

    assert hosts_copy.read_copy() == "zwei é".encode()
    assert EmbedHostsCopy.objects.count() == 1


def test_copy_of_nothing_is_none() -> None:
    assert hosts_copy.read_copy() is None


def test_copy_in_the_database_tells_nothing_and_cannot_be_made_without_the_key(settings: Settings) -> None:
    hosts_copy.save_copy(json.dumps([host()]).encode(), NOW)
    row = EmbedHostsCopy.objects.get()

    settings.SECRET_KEY = "another" * 10
    with_another_key = hosts_copy.read_copy()

    assert SECRET not in row.content + str(row)
    assert "desk" not in row.content + str(row)
    assert with_another_key is None


def test_copy_is_read_after_the_key_was_changed_with_the_old_one_beside_it(settings: Settings) -> None:
    hosts_copy.save_copy(b"one", NOW)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]

    assert hosts_copy.read_copy() == b"one"


def test_copy_that_another_wrote_into_the_database_is_none() -> None:
    EmbedHostsCopy.objects.create(pk=1, content=json.dumps([host()]), changed="2026-01-01T00:00:00Z")

    assert hosts_copy.read_copy() is None


def test_older_file_of_another_machine_replaces_no_newer_copy() -> None:
    hosts_copy.save_copy(b"new", NOW)

    hosts_copy.save_copy(b"old", NOW - 60)

    assert hosts_copy.read_copy() == b"new"


def test_copy_that_cannot_be_opened_any_more_is_replaced_by_any_file(settings: Settings) -> None:
    hosts_copy.save_copy(b"lost", NOW)
    settings.SECRET_KEY = "another" * 10

    hosts_copy.save_copy(b"old", NOW - 60)

    assert hosts_copy.read_copy() == b"old"


def test_copy_of_a_machine_whose_clock_is_ahead_is_replaced() -> None:
    hosts_copy.save_copy(b"ahead", time.time() + 86_400)

    hosts_copy.save_copy(b"now", time.time())

    assert hosts_copy.read_copy() == b"now"


def test_same_content_is_written_once() -> None:
    hosts_copy.save_copy(b"one", NOW)
    before = EmbedHostsCopy.objects.get().content

    hosts_copy.save_copy(b"one", NOW + 60)

    assert EmbedHostsCopy.objects.get().content == before


def test_panel_goes_on_and_opens_in_a_process_that_starts_with_a_broken_file(
    client: Client, erc: StubErc, file: Path
) -> None:
    embed = embed_token(client)
    file.write_text("{ broken by a typo")
    restarted()

    assert fed(client, embed, customer_id="C-1", order_id="O-1").status_code == 200
    assert launched(client).status_code == 200


def test_process_that_starts_with_a_broken_file_and_no_copy_refuses_panels_only(
    client: Client, file: Path
) -> None:
    file.write_text("{ broken by a typo")
    restarted()

    assert launched(client).status_code == 403
    assert client.get("/login/").status_code == 200


@pytest.mark.parametrize("content", ["{ broken by a typo", json.dumps([host(origins=["planted"])])])
def test_readiness_says_that_the_file_is_broken_and_names_no_host(
    client: Client, file: Path, content: str
) -> None:
    restarted()
    before = client.get("/readyz")
    file.write_text(content)

    broken = client.get("/readyz")

    assert (before.status_code, before.content) == (200, b"ok\n")
    # Whoever balances by it must not take every machine out for a typo.
    assert (broken.status_code, broken.content) == (200, b"ok\nEMBED_HOSTS_FILE cannot be used as it is now\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read (No such file or directory)"),
        ("{ broken by a typo", "does not hold JSON"),
        ("{}", "must be a list"),
        (json.dumps([host(keys=[])]), "host 1 (desk): keys"),
    ],
)
def test_check_tells_the_operator_of_a_broken_file_whatever_is_saved(
    file: Path, content: str | None, words: str
) -> None:
    registry().hosts()
    if content is None:
        file.unlink()
    else:
        file.write_text(content)

    with pytest.raises(SystemCheckError) as told:
        call_command("check")

    assert "EMBED_HOSTS_FILE" in str(told.value)
    assert words in str(told.value)
    assert SECRET not in str(told.value)


@pytest.mark.usefixtures("file")
def test_check_has_nothing_to_say_of_a_good_file() -> None:
    out = io.StringIO()
    call_command("check", fail_level="ERROR", stdout=out)

    assert "EMBED_HOSTS_FILE" not in out.getvalue()
