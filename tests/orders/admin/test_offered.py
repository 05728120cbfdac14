"""An address asks the admin for what its pages offer, and is refused plainly for all else."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry
from tests.orders.admin.test_logs import ACCESS, EXCHANGES, orders_on
from tests.support.log_rows import entry, exchange
from tests.support.pages import soup

pytestmark = pytest.mark.slow

USERS, GROUPS, HOSTS = "/admin/auth/user/", "/admin/auth/group/", "/admin/orders/embedhost/"
HARMLESS = {200, 302, 400, 404}


@pytest.fixture
def master(admin_client: Client, settings: Settings) -> Client:
    """Someone who may do everything; a server error is an answer, as in production."""
    settings.EMBED_HOSTS = []
    admin_client.raise_request_exception = False
    return admin_client


@pytest.mark.parametrize(
    ("page", "query"),
    [
        (EXCHANGES, "body__contains=Erika"),
        (EXCHANGES, "body__regex=^E"),
        (EXCHANGES, "body__startswith=E"),
        (EXCHANGES, "body=x"),
        (EXCHANGES, "body__isnull=0"),
        (EXCHANGES, "body__length__gt=1"),
        (EXCHANGES, "attempts__0__size=3"),
        (EXCHANGES, "message__contains=x"),
        (EXCHANGES, "outcome__regex=(a%2B)%2B$"),
        (ACCESS, "customer_id__regex=(a%2B)%2B$"),
        (ACCESS, "customer_id__regex=("),
        (ACCESS, "customer_id__iregex=("),
        (ACCESS, "customer_id=C-1"),
        (ACCESS, "address=x"),
        (ACCESS, "address__startswith=127"),
        (ACCESS, "at__year=99999"),
        (ACCESS, "at__gte=2026-01-01"),
        (ACCESS, "surface__regex=("),
        (ACCESS, "surface__in=portal,embed"),
        (ACCESS, "surface=portal"),
        (ACCESS, "agent__contains=j"),
        (ACCESS, "id__gt=0"),
        (ACCESS, "pk=1"),
        (ACCESS, "nonsense=1"),
        (ACCESS, "__=1"),
        (USERS, "password__startswith=pbkdf2"),
        (USERS, "password=x"),
        (USERS, "email__regex=("),
        (USERS, "username__startswith=a"),
        (USERS, "last_login__year=99999"),
        (USERS, "date_joined__year=99999"),
        (USERS, "groups__permissions__codename__startswith=l"),
        (USERS, "logentry__object_repr__regex=("),
        (USERS, "groups__name=agent"),
        (GROUPS, "user__password__startswith=p"),
        (GROUPS, "name__regex=("),
        (GROUPS, "permissions__codename=look_up"),
    ],
)
def test_filter_that_a_list_does_not_offer_is_refused(master: Client, page: str, query: str) -> None:
    exchange(body="Erika Mustermann")

    response = master.get(f"{page}?{query}")

    assert response.status_code == 400
    assert "cannot be read" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "is_staff__exact=1",
        "is_superuser__exact=0",
        "is_active__exact=1&is_staff__exact=1",
        "groups__id__exact=1",
        "groups__isnull=1",
        "q=admin",
        "o=-1",
        "p=1",
        "all=",
    ],
)
def test_filter_that_a_list_offers_is_taken(master: Client, query: str) -> None:
    assert master.get(f"{USERS}?{query}").status_code == 200


PARAMETERS = [
    "q",
    "p",
    "o",
    "all",
    "e",
    "_facets",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "customer_id",
    "limit",
]
PARAMETERS += ["agent", "outcome", "from", "until", "surface__exact", "surface__isnull", "is_staff__exact"]
PARAMETERS += ["is_staff__isnull", "groups__id__exact", "groups__isnull"]
VALUES = [
    "\x00",
    "x\x00y",
    "(",
    "x",
    "-1",
    "9" * 30,
    "9" * 5000,
    "1e999",
    "\ud7ff\uffff",
    "'\"--",
    "%",
    "x" * 30_000,
]


@pytest.mark.parametrize("value", VALUES, ids=[f"value {number}" for number in range(len(VALUES))])
@pytest.mark.parametrize("page", [ACCESS, EXCHANGES, USERS, GROUPS, HOSTS, "/admin/", "/admin/inspector/"])
def test_value_that_cannot_be_breaks_no_page(master: Client, page: str, value: str) -> None:
    answers = {name: master.get(page, {name: value}).status_code for name in PARAMETERS}
    answers["name"] = master.get(page, {value: "1"}).status_code

    assert set(answers.values()) <= HARMLESS, answers


@pytest.mark.parametrize(
    "address",
    [
        "/admin/r/1/1/",
        "/admin/r/5/1/",
        "/admin/r/x/y/",
        "/admin/r/99999999999999999999/1/",
        f"{HOSTS}1/change/",
        f"{HOSTS}1/",
        f"{HOSTS}add/",
        f"{HOSTS}1/history/",
        f"{ACCESS}x/change/",
        f"{ACCESS}%00/change/",
        f"{ACCESS}99999999999999999999999/change/",
        f"{ACCESS}-1/history/",
        f"{EXCHANGES}x/history/",
        f"{EXCHANGES}_00/change/",
        f"{USERS}%00/password/",
        f"{USERS}x/change/",
        f"{USERS}_/delete/",
        "/admin/autocomplete/?app_label=auth&model_name=user&field_name=groups&term=%00",
        "/admin/autocomplete/?app_label=orders&model_name=pin&field_name=user&term=x",
        "/admin/autocomplete/",
        "/admin/nothing/",
        "/admin/%00/",
    ],
)
def test_address_that_is_no_page_is_none(master: Client, address: str) -> None:
    assert master.get(address, follow=True).status_code in {200, 400, 403, 404}


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "5", "6", "7", "8", "9"])
def test_admin_leads_to_no_page_of_a_row(master: Client, number: str) -> None:
    assert master.get(f"/admin/r/{number}/1/").status_code == 404


@pytest.mark.parametrize("selected", ["\x00", "x", "-1", "9" * 30, ""])
@pytest.mark.parametrize("action", ["delete_selected", "nonsense", "\x00"])
@pytest.mark.parametrize("page", [ACCESS, EXCHANGES, USERS, GROUPS])
def test_action_on_what_cannot_be_changes_nothing(master: Client, page: str, action: str, selected: str) -> None:
    entry()
    exchange()
    users = User.objects.count()

    response = master.post(page, {"action": action, "_selected_action": selected, "index": "x", "post": "yes"})

    assert response.status_code in HARMLESS | {403}
    assert (AccessLogEntry.objects.count(), User.objects.count()) == (1, users)


@pytest.mark.parametrize("order", ["4", "-4", "10.9.8", "x", "99"])
def test_log_has_one_order(master: Client, order: str) -> None:
    for number in (2, 3, 1):
        entry(order_id=f"O-{number}", customer_id=f"C-{number}")

    assert orders_on(master.get(ACCESS, {"o": order})) == ["O-1", "O-3", "O-2"]


@pytest.mark.parametrize("words", [3000, 300])
def test_search_for_more_than_a_row_holds_finds_nothing(master: Client, words: int) -> None:
    response = master.get(f"{USERS}?{urlencode({'q': 'a ' * words})}")

    assert response.status_code == 200
    assert soup(response).select("#result_list tbody tr") == []


@pytest.mark.parametrize("query", ["body=x", "customer_id__regex=(", "at__year=99999", "surface__exact=%00"])
def test_export_by_what_is_not_offered_is_not_made(master: Client, query: str) -> None:
    response = master.get(f"{ACCESS}export/?{query}")

    assert response.status_code in {302, 400}
    assert not AccessLogEntry.objects.exists()
