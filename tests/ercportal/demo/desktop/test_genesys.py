"""The make-believe Genesys Cloud, and its API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.desktop.kinds.genesys import Genesys
from ercportal.demo.desktop.kinds.kind import Asked, Reply
from ercportal.demo.desktop.server import DesktopServer
from orders.embed.desktops.genesys import GenesysDesktop
from orders.embed.desktops.genesys_conversation import find_customer
from orders.embed.entries import read_hosts
from orders.embed.errors import ConversationCode, ConversationError

AMAL = "00000001-5eed-4c0a-8000-9e0e5c10d000"
LENA = "00000003-5eed-4c0a-8000-9e0e5c10d000"


@pytest.fixture
def origin() -> Iterator[str]:
    """Where the desktop's pages, and its API, come from."""
    with DesktopServer(DEMO_DESKTOP, portal="http://portal.example:1", audience="here") as server:
        yield f"http://127.0.0.1:{server.port}"


def read(origin: str, **changes: Any) -> GenesysDesktop:
    """The desktop as the portal reads its registration."""
    entry = {**Genesys().registration(origin), **changes}
    host = read_hosts([entry], allow_plain=True)[entry["slug"]]
    assert isinstance(host, GenesysDesktop)
    return host


def test_portal_reads_the_callers_from_the_api(origin: str) -> None:
    desktop = read(origin)

    assert find_customer(desktop, AMAL, "") == {"customer_id": ["C-1001"], "order_id": ["A-20731"]}
    assert find_customer(desktop, LENA, "") == {"phone": ["+493023125001"]}


@pytest.mark.parametrize("wrong", ["client_id", "client_secret"])
def test_client_that_is_not_known_gets_no_token(origin: str, wrong: str) -> None:
    with pytest.raises(ConversationError) as caught:
        find_customer(read(origin, **{wrong: "wrong"}), AMAL, "")

    assert caught.value.code is ConversationCode.NOT_ALLOWED


def test_conversation_that_is_not_there_is_not_found(origin: str) -> None:
    with pytest.raises(ConversationError) as caught:
        find_customer(read(origin), AMAL.replace("0000000", "9000000"), "")

    assert caught.value.code is ConversationCode.UNKNOWN


def respond(path: str, authorization: str = "", **fields: str) -> Reply | None:
    return Genesys().respond(Asked(path, fields, authorization), origin="", portal="")


def test_conversation_is_read_by_nobody_without_a_token() -> None:
    replies = [
        respond(f"api/v2/conversations/{AMAL}", authorization) for authorization in ("", "Bearer ", "Bearer x")
    ]

    assert [reply and reply.status for reply in replies] == [401, 401, 401]


def test_other_path_is_not_there() -> None:
    assert respond("api/v2/users") is None
    assert respond("oauth") is None
