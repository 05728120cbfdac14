from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import jwt
import pytest

from ercportal.demo.desktop.callers import CALLERS
from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.desktop.kinds import KINDS
from ercportal.demo.desktop.server import DesktopServer
from ercportal.demo.sandbox.catalogue import SHOWCASE


@pytest.fixture
def desktop() -> Iterator[str]:
    """The address of a desktop."""
    with DesktopServer(DEMO_DESKTOP, portal="http://portal.example:1", audience="here") as server:
        yield f"http://127.0.0.1:{server.port}"


def fetched(address: str, form: bytes | None = None) -> str:
    with urlopen(address, form, timeout=5) as answer:
        return str(answer.read().decode())


def test_page_lists_the_callers_and_loads_the_portals_host_script(desktop: str) -> None:
    page = fetched(desktop + "/")

    assert all(escape(caller.name) in page for caller in CALLERS)
    assert [json.loads(unescape(found)) for found in re.findall(r"data-claims='([^']*)'", page)] == [
        dict(caller.claims) for caller in CALLERS
    ]
    assert 'src="http://portal.example:1/static/embed/host.js"' in page


def test_every_caller_asks_for_an_order_of_the_sandbox() -> None:
    known = {(order.customer_id, order.order_id) for order in SHOWCASE}
    asked = {(one.claims["customer_id"], one.claims["order_id"]) for one in CALLERS if "order_id" in one.claims}

    assert asked <= known


@pytest.mark.parametrize("path", ["/desktop.js", "/desktop.css"])
def test_page_has_its_files(desktop: str, path: str) -> None:
    assert fetched(desktop + path)


def test_each_launch_gets_a_fresh_token(desktop: str) -> None:
    address = desktop + "/launch-token?customer_id=C-1&order_id=O%2F1&theme=dark"

    tokens = [jwt.decode(fetched(address), DEMO_DESKTOP.secret, ["HS256"], audience="here") for _ in range(2)]

    assert {(one["customer_id"], one["order_id"], one["theme"]) for one in tokens} == {("C-1", "O/1", "dark")}
    assert tokens[0]["jti"] != tokens[1]["jti"]


def test_call_is_launched_by_what_the_caller_says_without_saying_it_in_the_address(desktop: str) -> None:
    form = urlencode({"email": "ines@mail.example", "phone": "", "sub": "nobody"}).encode()

    token = jwt.decode(fetched(desktop + "/launch-token", form), DEMO_DESKTOP.secret, ["HS256"], audience="here")

    assert (token["email"], token["sub"]) == ("ines@mail.example", "demo-agent")
    assert not {"phone", "customer_id"} & token.keys()


def test_other_path_is_not_found(desktop: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        fetched(desktop + "/../host.py")
    with pytest.raises(HTTPError, match="404"):
        fetched(desktop + "/other", b"")


def test_page_leads_to_the_other_kinds_of_desktops(desktop: str) -> None:
    kinds = re.findall(r"href='(/[a-z-]+/)'", fetched(desktop + "/"))

    assert kinds == [f"/{kind.name}/" for kind in KINDS]
    assert all("<html" in fetched(desktop + address) for address in kinds)
