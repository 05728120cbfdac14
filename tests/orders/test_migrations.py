"""Migrations go forward with rows in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from pytest_django.fixtures import Settings

from orders.accounts.errors import SignInCode, SignInRefused
from orders.accounts.identities import account_for, identity_digest
from orders.models import AccessLogEntry, Identity, PanelCode, PanelCodeTry, Pin, pin_digest
from orders.portal.recent import recent
from tests.support.log_rows import entry, fields

pytestmark = pytest.mark.slow

WITHOUT_DIGESTS = ("orders", "0005_exchange_views")
WITHOUT_IDENTITIES = ("orders", "0008_pin_once_by_digest")
WITHOUT_SEARCHES = ("orders", "0010_embed_hosts_page")
WITHOUT_PROOFS = ("orders", "0012_exchange_endpoints")
ISSUER = "https://id.example"


def migrated(*targets: tuple[str, str]) -> Any:
    """The database after a migration, and the models of then."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


def migrated_to_the_end() -> None:
    migrated(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def a_view() -> dict[str, Any]:
    """The values of a row of the access log, as the versions before searches wrote it."""
    row = fields(AccessLogEntry(at="2026-05-10T12:00Z", outcome="ok", surface="portal", duration_ms=1))
    return {name: value for name, value in row.items() if name not in ("kind", "digest", "proof")}


@pytest.fixture
def before(transactional_db: None, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The models of the version that the test names; all migrations have run again in the end."""
    yield migrated(request.param)
    migrated_to_the_end()


without_digests = pytest.mark.parametrize("before", [WITHOUT_DIGESTS], indirect=True, ids=["0005"])
without_searches = pytest.mark.parametrize("before", [WITHOUT_SEARCHES], indirect=True, ids=["0010"])
without_proofs = pytest.mark.parametrize("before", [WITHOUT_PROOFS], indirect=True, ids=["0012"])
without_identities = pytest.mark.parametrize("before", [WITHOUT_IDENTITIES], indirect=True, ids=["0008"])


@without_digests
def test_pins_and_views_of_the_version_before_are_kept(before: Any) -> None:
    user = before.get_model("auth", "User").objects.create(username="old")
    many = [("C", f"O-{number}") for number in range(1100)]
    pins = before.get_model("orders", "Pin").objects
    pins.bulk_create(
        [pins.model(user=user, customer_id=one, order_id=other) for one, other in [*many, ("é/", "日本")]]
    )
    row = a_view()
    del row["account"]
    before.get_model("orders", "AccessLogEntry").objects.create(**{**row, "agent": "old", "order_id": "O-1"})

    migrated_to_the_end()

    assert Pin.objects.count() == 1101
    assert all(one.digest == pin_digest(one.customer_id, one.order_id) for one in Pin.objects.all())
    (kept,) = AccessLogEntry.objects.all()
    assert (kept.agent, kept.order_id, kept.account) == ("old", "O-1", None)
    assert entry(account=7).account == 7


def made(before: Any, name: str, subject: str, **fields: Any) -> int:
    """An account as the version before made it at a first single sign-on; its key."""
    username = f"{name}-{identity_digest(ISSUER, subject)}"
    users = before.get_model("auth", "User").objects
    return int(users.create(username=username, **{"password": make_password(None), **fields}).pk)


@without_identities
def test_accounts_of_single_sign_on_are_found_again_with_all_that_is_theirs(
    before: Any, settings: Settings
) -> None:
    settings.OIDC_ISSUER = ISSUER
    key = made(before, "ada", "s-1")
    before.get_model("orders", "Pin").objects.create(user_id=key, customer_id="C-1", order_id="O-1")
    user_name = User.objects.get(pk=key).username
    row = {"agent": user_name, "account": key, "customer_id": "C-2", "order_id": "O-2"}
    before.get_model("orders", "AccessLogEntry").objects.create(**{**a_view(), **row, "at": datetime.now(UTC)})

    migrated_to_the_end()

    shown_before_the_next_sign_in = User.objects.get(pk=key).get_full_name()
    account = account_for({"sub": "s-1", "name": "Ada Lovelace", "preferred_username": "somebody"})
    assert (account.pk, account.username, account.get_full_name()) == (key, user_name, "Ada Lovelace")
    assert shown_before_the_next_sign_in == "ada"
    known = recent(account)
    assert [one[:2] for one in (*known.pinned, *known.latest)] == [("C-1", "O-1"), ("C-2", "O-2")]
    assert account_for({"sub": "s-2", "preferred_username": "ada"}).pk != key


@without_identities
def test_accounts_that_are_switched_off_or_have_a_password_stay_closed(before: Any, settings: Settings) -> None:
    settings.OIDC_ISSUER = ISSUER
    made(before, "off", "s-off", is_active=False)
    made(before, "local", "s-local", password=make_password("correct horse battery"))

    migrated_to_the_end()

    for subject, code in (("s-off", SignInCode.ACCOUNT_OFF), ("s-local", SignInCode.ACCOUNT_LOCAL)):
        with pytest.raises(SignInRefused) as refused:
            account_for({"sub": subject})
        assert refused.value.reason is code
    assert User.objects.count() == 2
    assert User.objects.get(username__startswith="local").get_full_name() == ""


@without_identities
def test_oldest_of_two_accounts_of_one_person_counts(before: Any, settings: Settings) -> None:
    settings.OIDC_ISSUER = ISSUER
    oldest = made(before, "ada", "s-1")
    made(before, "ada.lovelace", "s-1")

    migrated_to_the_end()

    assert account_for({"sub": "s-1"}).pk == oldest
    assert Identity.objects.count() == 1


@without_identities
def test_local_accounts_have_no_identity_and_names_that_were_typed_stay(before: Any) -> None:
    users = before.get_model("auth", "User").objects
    for name in ("agent", "ada-456F93E1A033CDEF71DF", "ada-456f93e1", "x456f93e1a033cdef71df"):
        users.create(username=name, password=make_password("correct horse battery"))
    made(before, "ada", "s-1", last_name="Lovelace")

    migrated_to_the_end()

    assert Identity.objects.count() == 1
    assert [name for name in User.objects.values_list("first_name", flat=True) if name] == []
    assert Identity.objects.get().user.get_full_name() == "Lovelace"


@without_identities
def test_many_accounts_of_single_sign_on_are_carried_over(before: Any) -> None:
    users = before.get_model("auth", "User").objects
    users.bulk_create(
        [users.model(username=f"n-{identity_digest(ISSUER, f's-{one}')}", password="!") for one in range(1100)]
    )

    migrated_to_the_end()

    assert Identity.objects.count() == User.objects.filter(first_name="n").count() == 1100


@without_identities
def test_whoever_could_see_the_embed_hosts_still_can(before: Any) -> None:
    permissions = before.get_model("auth", "Permission").objects
    permission = permissions.get(codename="view_embedhost", content_type__model="embedhost")
    group = before.get_model("auth", "Group").objects.create(name="people of our own")
    group.permissions.add(permission)
    member = before.get_model("auth", "User").objects.create(username="member")
    member.groups.add(group)
    somebody = before.get_model("auth", "User").objects.create(username="somebody")
    somebody.user_permissions.add(permission)
    before.get_model("auth", "User").objects.create(username="other")

    migrated_to_the_end()

    may_see = {user.username for user in User.objects.all() if user.has_perm("orders.view_embedhost")}
    assert may_see == {"member", "somebody"}
    assert Permission.objects.get(codename="view_embedhost").pk == permission.pk
    assert Group.objects.filter(permissions=permission.pk, name="people of our own").exists()
    assert not ContentType.objects.filter(app_label="orders", model="embedhost").exists()


@without_searches
def test_views_of_the_version_before_are_of_items(before: Any) -> None:
    old = before.get_model("orders", "AccessLogEntry")
    old.objects.create(**a_view())

    migrated_to_the_end()
    # The version before goes on meanwhile, and knows nothing of the new columns.
    old.objects.create(**a_view())

    assert list(AccessLogEntry.objects.values_list("kind", "digest")) == [("items", "")] * 2


@without_proofs
def test_version_before_proofs_and_codes_goes_on_beside_this_one(before: Any) -> None:
    views, users = before.get_model("orders", "AccessLogEntry").objects, before.get_model("auth", "User").objects
    user = users.create(username="agent")
    migrated_to_the_end()
    waiting = {"digest": "d", "slug": "cx", "address": "", "created": timezone.now()}
    PanelCode.objects.create(challenge="c", user_id=user.pk, **waiting)
    PanelCodeTry.objects.create(user_id=user.pk, at=timezone.now())

    views.create(**a_view())
    user.delete()
    connection.check_constraints()

    assert AccessLogEntry.objects.get().proof == ""
    assert not User.objects.exists()


@without_proofs
def test_migration_of_proofs_and_codes_goes_back_with_rows(before: Any) -> None:
    migrated_to_the_end()
    AccessLogEntry.objects.create(at=timezone.now(), outcome="ok", surface="embed", duration_ms=1, proof="told")

    apps = migrated(WITHOUT_PROOFS)

    assert apps.get_model("orders", "AccessLogEntry").objects.get().surface == "embed"
