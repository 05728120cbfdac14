from __future__ import annotations

from contextlib import ExitStack

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from orders.accounts import hashing
from tests.support.pages import one, soup, text
from tests.support.passwords import LOGINS, PASSWORD, sign_in


@LOGINS
def test_sign_in_that_finds_all_places_taken_is_told_so_and_not_counted(
    client: Client, admin: User, path: str
) -> None:
    with ExitStack() as taken:
        for _ in range(hashing._MAX_HASHES):
            taken.enter_context(hashing.take_place())
        response = sign_in(client, path, password=PASSWORD)

    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert "Wait a few seconds" in text(soup(response), "[data-error=sign_in_busy]")
    assert one(soup(response), "input[name=username]")["value"] == "agent"
    assert one(soup(response), "input[name=next]")["value"] == "/admin/"
    assert not AccessAttempt.objects.exists()
    assert sign_in(client, path, password=PASSWORD).status_code == 302


def test_place_is_free_again_after_any_end(client: Client, admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_self: User, _password: str) -> bool:
        raise OperationalError

    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(User, "check_password", fails)
        for _ in range(hashing._MAX_HASHES + 1):
            assert sign_in(client).status_code == 503

    assert sign_in(client, password=PASSWORD).status_code == 302
