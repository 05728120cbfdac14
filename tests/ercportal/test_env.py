from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from ercportal.env import Environment

NO_FILE = Path("/nowhere/.env")


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The process's variables, for this test only."""
    given: dict[str, str] = {}
    monkeypatch.setattr(environ.Env, "ENVIRON", given)
    return given


@pytest.mark.parametrize(
    ("given", "text"),
    [("plain", "plain"), ("  around \n", "around"), ("$not_a_reference", "$not_a_reference"), ("a=b#c", "a=b#c")],
)
def test_text_is_taken_verbatim(variables: dict[str, str], given: str, text: str) -> None:
    variables["NAME"] = given

    assert Environment(NO_FILE).text("NAME") == text


@pytest.mark.parametrize("given", [None, "", "   "])
def test_text_that_is_empty_counts_as_not_set(variables: dict[str, str], given: str | None) -> None:
    if given is not None:
        variables["NAME"] = given
    env = Environment(NO_FILE)

    assert env.text("NAME", "default") == "default"
    with pytest.raises(ImproperlyConfigured, match="NAME"):
        env.text("NAME")


@pytest.mark.parametrize(
    ("given", "value"),
    [
        *((text, True) for text in ("1", "true", "True", "YES", "on", " on ")),
        *((text, False) for text in ("0", "false", "No", "OFF")),
    ],
)
def test_boolean_is_one_of_a_few_words(variables: dict[str, str], given: str, value: bool) -> None:
    variables["NAME"] = given

    assert Environment(NO_FILE).boolean("NAME", default=not value) is value


@pytest.mark.parametrize("default", [True, False])
def test_boolean_that_is_not_set_is_its_default(variables: dict[str, str], default: bool) -> None:
    assert Environment(NO_FILE).boolean("NAME", default=default) is default


@pytest.mark.parametrize(("given", "value"), [("0.5", 0.5), ("10", 10), ("1e1", 10), ("", 3)])
def test_number_within_its_bounds_is_taken(variables: dict[str, str], given: str, value: float) -> None:
    variables["NAME"] = given

    assert Environment(NO_FILE).number("NAME", 3, low=0.5, high=10) == value


def test_list_is_split_at_commas_without_the_empty_parts(variables: dict[str, str]) -> None:
    variables["NAME"] = " a.example , ,b.example,"
    env = Environment(NO_FILE)

    assert env.names("NAME", ["x"]) == ["a.example", "b.example"]
    assert env.names("OTHER", ["x"]) == ["x"]


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("https://api.example", "https://api.example"),
        ("https://api.example/base/", "https://api.example/base"),
        ("https://api.example:8443", "https://api.example:8443"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("http://erc.localhost", "http://erc.localhost"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://127.8.8.8", "http://127.8.8.8"),
        ("http://[::1]:8001", "http://[::1]:8001"),
    ],
)
def test_address_with_tls_or_of_this_machine_is_taken(variables: dict[str, str], given: str, value: str) -> None:
    variables["NAME"] = given

    assert Environment(NO_FILE).web_address("NAME", allow_plain=False) == value


def test_plain_address_of_another_machine_is_taken_where_that_is_allowed(variables: dict[str, str]) -> None:
    variables["NAME"] = "http://erc.example"

    assert Environment(NO_FILE).web_address("NAME", allow_plain=True) == "http://erc.example"


def address(env: Environment) -> object:
    return env.web_address("NAME", allow_plain=False)


def number(env: Environment) -> object:
    return env.number("NAME", 3, low=0.5, high=10)


def count(env: Environment) -> object:
    return env.count("NAME", 3, low=1, high=10)


def boolean(env: Environment) -> object:
    return env.boolean("NAME", default=False)


def database(env: Environment) -> object:
    return env.database("NAME", "sqlite://:memory:")


def cache(env: Environment) -> object:
    return env.cache("NAME", "locmemcache://")


BAD: list[tuple[Callable[[Environment], object], str]] = [
    (boolean, "planted"),
    (boolean, "2"),
    (number, "planted"),
    (number, "0.4"),
    (number, "10.1"),
    (number, "nan"),
    (number, "inf"),
    (number, "-inf"),
    (count, "2.5"),
    (count, "0"),
    (count, "11"),
    (address, "planted"),
    (address, "planted.example"),
    (address, "//planted.example"),
    (address, "ftp://planted.example"),
    (address, "javascript:planted"),
    (address, "https://"),
    (address, "https:///planted"),
    (address, "https://user@planted.example"),
    (address, "https://user:planted@api.example"),
    (address, "https://:planted@api.example"),
    (address, "https://@planted.example"),
    (address, "https://planted.example/?a=1"),
    (address, "https://planted.example/?"),
    (address, "https://planted.example/#top"),
    (address, "https://planted.example/#"),
    (address, "https://planted example"),
    (address, "https://planted\texample"),
    (address, "https://planted.example\\api"),
    (address, "https://planted.example:port"),
    (address, "https://planted.example:99999"),
    (address, "https://[planted"),
    (address, "http://planted.example"),
    (address, "http://localhost.planted.example"),
    (address, "http://127.0.0.1.planted.example"),
    (address, "http://10.0.0.1"),
    (address, "http://0.0.0.0"),
    (database, "planted"),
    (database, "//u:planted@host/name"),
    (database, "sqlite://planted.sqlite3"),
    (database, "planted://u:planted@host/name"),
    (database, "postgres://u:planted@host:port/name"),
    (cache, "planted"),
    (cache, "planted://host"),
]


@pytest.mark.parametrize(("read", "given"), BAD)
def test_bad_value_is_refused_by_name_and_never_quoted(
    variables: dict[str, str], read: Callable[[Environment], object], given: str
) -> None:
    variables["NAME"] = given

    with pytest.raises(ImproperlyConfigured) as refused:
        read(Environment(NO_FILE))

    assert "NAME" in str(refused.value)
    assert "planted" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None or refused.value.__suppress_context__


@pytest.mark.parametrize(
    ("given", "config"),
    [
        ("", {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}),
        (
            "postgres://us%40er:p%23w@db.example:5433/portal",
            {
                "ENGINE": "django.db.backends.postgresql",
                "USER": "us@er",
                "PASSWORD": "p#w",
                "HOST": "db.example",
                "PORT": 5433,
                "NAME": "portal",
            },
        ),
    ],
)
def test_database_is_read_from_its_url(variables: dict[str, str], given: str, config: dict[str, Any]) -> None:
    variables["NAME"] = given

    read = Environment(NO_FILE).database("NAME", "sqlite://:memory:")

    assert read.items() >= config.items()


@pytest.mark.parametrize(
    ("given", "backend"), [("", "LocMemCache"), ("redis://c.example:6379/0", "Redis"), ("rediss://c/0", "Redis")]
)
def test_cache_is_read_from_its_url(variables: dict[str, str], given: str, backend: str) -> None:
    variables["NAME"] = given

    assert backend in Environment(NO_FILE).cache("NAME", "locmemcache://")["BACKEND"]


def test_file_stands_below_the_environment(variables: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# words\nBOTH=file\nONLY_FILE=$file\nQUOTED='a b'\n", encoding="utf-8")
    variables["BOTH"] = "environment"

    env = Environment(file)

    assert [env.text(name) for name in ("BOTH", "ONLY_FILE", "QUOTED")] == ["environment", "$file", "a b"]


def test_database_without_a_url_and_a_default_is_asked_for_by_name(variables: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        Environment(Path("no such file")).database("DATABASE_URL")
