"""The portal's database: the access log, exchanges with the API, and what belongs to accounts and the panel."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Surface(models.TextChoices):
    """The places that show customer data."""

    PORTAL = "portal", _("Portal")
    EMBED = "embed", _("Embedded panel")
    INSPECTOR = "inspector", _("Inspector")
    EXPORT = "export", _("Export")
    EXCHANGE = "exchange", _("API exchange")
    CHECK = "check", _("Connection check")

    @classmethod
    def look_ups(cls) -> tuple[Surface, ...]:
        """Give the surfaces that look orders up; the others show what was recorded, or only count."""
        return cls.PORTAL, cls.EMBED, cls.INSPECTOR


class Proof(models.TextChoices):
    """How a desktop's customer came to the panel: in a signature, from the desktop's own API, or by its script."""

    SIGNED = "signed", _("Signed")
    VERIFIED = "verified", _("Verified")
    TOLD = "told", _("Told")


class Source(models.TextChoices):
    """The origin of a shown page."""

    LIVE = "live", _("Live")
    CACHED = "cached", _("Cached")
    STALE = "stale", _("Stale")


class AccessKind(models.TextChoices):
    """What an access asked for: the items of an order, a list of orders, or those who fit a text."""

    ITEMS = "items", _("Items")
    ORDERS = "orders", _("Orders of a customer")
    SEARCH_EMAIL = "search_email", _("Search by e-mail")
    SEARCH_PHONE = "search_phone", _("Search by phone")
    SEARCH_NAME = "search_name", _("Search by name")
    SEARCH_NUMBER = "search_number", _("Search by order number")
    SEARCH_ID = "search_id", _("Search by customer id")

    @classmethod
    def searches(cls) -> tuple[AccessKind, ...]:
        """Give the kinds that search by what a caller says."""
        return tuple(kind for kind in cls if kind not in (cls.ITEMS, cls.ORDERS))


class AccessLogEntry(models.Model):
    """One access to customer data, or an attempt at one; written before the response leaves.

    `agent` is the portal's user name, or the agent's id at the embed host `host`. `account` is the key of the
    portal's account, because a name may pass to another one. `digest` is that of a search's text
    (`orders.audit.search_digest`). `page` counts the pages of a list from 1. `outcome` is "ok" or the kind of
    error; of a search also "started" until it has ended, and "limited" where the agent had searched too often.
    `items` counts what was found, whatever the kind. `proof` is empty outside the panel. `note` describes an
    export, or the shown part of an order.
    """

    at = models.DateTimeField(_("when"))
    surface = models.CharField(_("surface"), max_length=10, choices=Surface)
    agent = models.CharField(_("agent"), max_length=200)
    # No foreign key: a row outlives the account. Empty without an account, and in rows of older versions.
    account = models.BigIntegerField(_("account number"), null=True)
    host = models.CharField(_("embed host"), max_length=200, blank=True)
    # The database has the defaults, too, because the previous version goes on writing rows meanwhile.
    proof = models.CharField(
        _("customer was"), max_length=10, choices=Proof, blank=True, default="", db_default=""
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=AccessKind, default=AccessKind.ITEMS, db_default=AccessKind.ITEMS
    )
    digest = models.CharField(_("digest of the search"), max_length=64, blank=True, default="", db_default="")
    customer_id = models.CharField(_("customer id"), max_length=512, blank=True)
    order_id = models.CharField(_("order id"), max_length=512, blank=True)
    page = models.PositiveIntegerField(_("page"), default=1)
    outcome = models.CharField(_("outcome"), max_length=20)
    items = models.PositiveIntegerField(_("found"), null=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, blank=True)
    duration_ms = models.PositiveIntegerField(_("duration (ms)"))
    address = models.GenericIPAddressField(_("client address"), null=True)
    correlation_id = models.CharField(_("correlation id"), max_length=128)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("view of customer data")
        verbose_name_plural = _("access log")
        default_permissions = ("view",)
        permissions = [("look_up", "Can look orders up"), ("export_accesslogentry", "Can export the access log")]
        ordering = ["-at", "-id"]
        indexes = [
            models.Index("at", "id", name="access_at"),
            *(
                models.Index(field, "at", "id", name=f"access_{field}")
                for field in ("surface", "agent", "outcome", "customer_id", "order_id", "correlation_id")
            ),
            # Most rows are of items in the portal and have no digest, so these stay small.
            models.Index("kind", "at", "id", name="access_kind", condition=~models.Q(kind="items")),
            models.Index("digest", "at", "id", name="access_digest", condition=models.Q(digest__gt="")),
            models.Index("host", "at", "id", name="access_host", condition=models.Q(host__gt="")),
            models.Index("proof", "at", "id", name="access_proof", condition=models.Q(proof__gt="")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.agent}"


class ApiExchange(models.Model):
    """One call of an upstream endpoint with its attempts.

    `route` is a path template. `outcome` is "ok" or the class of the error; `code` and `message` are the
    upstream's words. `attempts` lists number, began_ms, duration_ms, status, outcome and size. `token` says
    whether the access token was cached (“kept”) or fetched. `body` is stored for failures only, without secrets,
    and capped.
    """

    at = models.DateTimeField(_("when"))
    method = models.CharField(_("method"), max_length=8)
    route = models.CharField(_("route"), max_length=300)
    status = models.PositiveIntegerField(_("status"), null=True)
    outcome = models.CharField(_("outcome"), max_length=40)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    code = models.CharField(_("upstream code"), max_length=500, blank=True)
    message = models.CharField(_("upstream message"), max_length=500, blank=True)
    duration_ms = models.PositiveIntegerField(_("duration (ms)"))
    size = models.PositiveIntegerField(_("bytes"))
    token = models.CharField(_("token"), max_length=8, blank=True)
    attempts = models.JSONField(_("attempts"), default=list)
    body = models.TextField(_("body"), blank=True)
    correlation_id = models.CharField(_("correlation id"), max_length=128)

    class Meta:
        verbose_name = _("API exchange")
        verbose_name_plural = _("API exchanges")
        default_permissions = ("view",)
        permissions = [
            ("use_inspector", "Can use the inspector"),
            ("check_connection", "Can check the connection"),
            ("view_embedhost", "Can view embed host"),
        ]
        ordering = ["-at", "-id"]
        indexes = [
            models.Index("at", "id", name="exchange_at"),
            *(
                models.Index(field, "at", "id", name=f"exchange_{field}")
                for field in ("outcome", "status", "correlation_id", "route")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.method} {self.route}"


class Identity(models.Model):
    """An account's identity at the single sign-on provider: a digest of issuer and subject."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    digest = models.CharField(max_length=20, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"identity of {self.user}"


class Pin(models.Model):
    """An order that a user has pinned. `digest` is that of both ids, because long ones fit into no index."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    customer_id = models.CharField(max_length=512)
    order_id = models.CharField(max_length=512)
    # Empty only for pins of the previous version while this one starts.
    digest = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 - empty ones may be many
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="pin_once_by_digest")]

    def __str__(self) -> str:
        return f"pin of {self.user}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = pin_digest(self.customer_id, self.order_id)
        super().save(*args, **kwargs)


def pin_digest(customer_id: str, order_id: str) -> str:
    """Digest two ids for the index, without ambiguity."""
    return hashlib.sha256(json.dumps([customer_id, order_id]).encode("ascii")).hexdigest()


class UsedLaunch(models.Model):
    """A used launch token: a digest of its issuer and id, and its expiry."""

    digest = models.CharField(max_length=64, primary_key=True)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"used launch, expires {self.expires:%Y-%m-%d %H:%M:%S}"


class PanelCode(models.Model):
    """A panel that waits until an agent confirms its short code in a tab of the portal.

    `digest` is keyed, so that the code cannot be found by trying; `challenge` is that of the panel's secret, and
    `slug` names its desktop. Until the agent `user` has confirmed it, `sign_in`, their sign-in sealed, is empty.
    `address` is whose panel it is, `asked` when it last asked whether the agent has confirmed.
    """

    challenge = models.CharField(max_length=43, primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    slug = models.CharField(max_length=40)
    address = models.CharField(max_length=39, db_index=True)
    created = models.DateTimeField(db_index=True)
    asked = models.DateTimeField(null=True)
    # Without a constraint: the version before, which runs beside this one for a while, deletes users as well.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, db_constraint=False)
    sign_in = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"code for a panel of {self.slug}, {self.created:%Y-%m-%d %H:%M:%S}"


class PanelCodeTry(models.Model):
    """A short code that a user typed; the right ones are deleted again."""

    # Without a constraint, as above.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_constraint=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"code tried, {self.at:%Y-%m-%d %H:%M:%S}"


class EmbedHostsCopy(models.Model):
    """The last usable content of EMBED_HOSTS_FILE, sealed with SECRET_KEY, in one row at most.

    `changed` is the time when that file was put in place.
    """

    content = models.TextField()
    changed = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"embed hosts of {self.changed:%Y-%m-%d %H:%M:%S}"
