from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.launching import ec_key, private_pem, register_hosts
from tests.support.pages import one, soup, text
from tests.support.panels import launched


@pytest.fixture(autouse=True)
def _hosts(settings: Settings, db: None) -> None:
    register_hosts(settings)


def printed(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("embed_token", *arguments, stdout=out, **options)
    return out.getvalue().strip()


def test_token_for_a_try_by_hand_opens_the_panel(client: Client, settings: Settings) -> None:
    settings.DEBUG = True

    response = launched(client, printed("C-9", "O-9"))

    assert text(soup(response), ".panel-who") == "Customer C-9"


def test_address_for_a_try_by_hand_opens_the_panel(client: Client, settings: Settings) -> None:
    settings.DEBUG = True

    parts = urlsplit(printed("C-9", "--address", "http://127.0.0.1:8000/"))
    response = client.get(parts.path, {"token": parse_qs(parts.query)["token"][0]})

    assert (parts.netloc, parts.path) == ("127.0.0.1:8000", "/embed/")
    assert text(soup(response), ".panel-who") == "Customer C-9"


def test_customer_who_is_to_be_found_can_be_tried_by_hand(client: Client, settings: Settings) -> None:
    settings.DEBUG = True

    response = launched(client, printed("--email=ines@mail.example", "--phone=+351910000001"))

    assert one(soup(response), "#results")["hx-get"] == "/embed/found/"
    with pytest.raises(CommandError, match="--email, --phone and --order-number"):
        printed()
    with pytest.raises(CommandError, match="stands in no address"):
        printed("--email=ines@mail.example", "--address=http://127.0.0.1:8000")


def test_look_of_the_panel_can_be_tried_by_hand(settings: Settings) -> None:
    settings.DEBUG = True
    looks = {"name": "Jo", "locale": "de", "zone": "Asia/Tokyo", "customer_zone": "Europe/Berlin", "theme": "dark"}

    options = [f"--{name.replace('_', '-')}={value}" for name, value in looks.items()]
    claims = jwt.decode(printed("C-9", *options), options={"verify_signature": False})

    assert {name: claims[name] for name in looks} == looks


def test_key_of_the_host_is_needed_outside_development(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.DEBUG = False
    key = tmp_path / "key.pem"
    key.write_text(private_pem(ec_key()))

    with pytest.raises(CommandError, match="--key-file"):
        printed("C-9", "O-9")
    response = launched(client, printed("C-9", "O-9", "--kid", "es", "--key-file", str(key)))

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"issuer": "nobody"}, "Registered: desk, other-desk"),
        ({"kid": "none"}, "Its keys: hs, es"),
        ({"seconds": 301}, "from 1 to 300"),
        ({"kid": "es", "key_file": Path("/nothing/here")}, "cannot be read"),
        ({"kid": "es", "key_file": Path(__file__)}, "does not fit ES256"),
    ],
)
def test_bad_option_is_told(settings: Settings, options: dict[str, Any], words: str) -> None:
    settings.DEBUG = True

    with pytest.raises(CommandError, match=words):
        printed("C-9", "O-9", **options)
