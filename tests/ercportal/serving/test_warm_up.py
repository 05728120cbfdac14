"""What a worker does before it takes requests."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from jinja2 import Environment
from pytest_django.fixtures import Settings

from ercportal.serving.warm_up import warm_up


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the templates that are loaded from now on."""
    names: set[str] = set()
    loaded = Environment.get_template

    def noted(self: Environment, name: str, *args: Any, **options: Any) -> Any:
        names.add(name)
        return loaded(self, name, *args, **options)

    monkeypatch.setattr(Environment, "get_template", noted)
    return names


def test_warm_up_compiles_every_page(compiled: set[str]) -> None:
    warm_up()

    assert compiled >= {"portal/page.html", "embed/page.html", "accounts/login.html", "cards/_item_card.html"}


@pytest.mark.parametrize(("issuer", "expected"), [("", []), ("https://id.example", ["orders.accounts.sso"])])
def test_single_sign_on_is_loaded_where_it_is_set_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, issuer: str, expected: list[str]
) -> None:
    settings.OIDC_ISSUER = issuer
    loaded: list[str] = []
    monkeypatch.setattr("ercportal.serving.warm_up.import_module", loaded.append)

    warm_up()

    assert loaded == expected


def test_worker_does_not_start_without_its_static_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(path: str) -> str:
        raise ValueError(path)

    monkeypatch.setattr("orders.core.checks.static", missing)

    with pytest.raises(ImproperlyConfigured, match=r"not collected.* Run manage.py collectstatic"):
        warm_up()
