"""Accounts of people who sign in by the provider, and their rights.

An account belongs to the provider's issuer and subject, by its row of `Identity`. So it stays closed to another
person who later gets the same name or e-mail address.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction

from orders.accounts.errors import SignInCode, SignInRefused
from orders.accounts.groups import AGENT, STAFF
from orders.models import AccessLogEntry, Identity

_DIGEST_LENGTH = 20
_MAX_USER_NAME = 60
_MAX_FULL_NAME = 150
_MAX_SUBJECT = 255
_MAX_TRIES = 5
_UNUSUAL = re.compile(r"[^\w.@+-]+")


def account_for(claims: Mapping[str, Any]) -> User:
    """Find or create the account and update its name, groups and rights. Raises SignInRefused."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _MAX_SUBJECT:
        raise SignInRefused(SignInCode.CLAIMS)
    groups = _groups(claims)
    digest = identity_digest(settings.OIDC_ISSUER, subject)
    account = _find(digest)
    if account is None:
        if not groups:
            raise SignInRefused(SignInCode.NO_GROUP)
        account = _create(digest, _readable_name(claims, subject))
    if account.has_usable_password():
        raise SignInRefused(SignInCode.ACCOUNT_LOCAL)
    # Update rights even when the sign-in is refused, so that lost groups take effect.
    _update(account, _full_name(claims), groups)
    if not groups:
        raise SignInRefused(SignInCode.NO_GROUP)
    if not account.is_active:
        raise SignInRefused(SignInCode.ACCOUNT_OFF)
    return account


def identity_digest(issuer: str, subject: str) -> str:
    """Digest both for `Identity`, to the length of the user names that once held it."""
    return hashlib.sha256(json.dumps([issuer, subject]).encode("ascii")).hexdigest()[:_DIGEST_LENGTH]


def _groups(claims: Mapping[str, Any]) -> set[str]:
    if not settings.OIDC_GROUPS:
        return {AGENT}
    given = claims.get(settings.OIDC_GROUPS_CLAIM)
    names = given if isinstance(given, list) else [given]
    return {settings.OIDC_GROUPS[name] for name in names if isinstance(name, str) and name in settings.OIDC_GROUPS}


def _find(digest: str) -> User | None:
    return User.objects.filter(identity__digest=digest).first()


def _create(digest: str, name: str) -> User:
    """Create the account. Of parallel first sign-ins, one creates it and the others find it."""
    for _ in range(_MAX_TRIES):
        user_name = _free_name(name)
        try:
            with transaction.atomic():
                account = User.objects.create(username=user_name, password=make_password(None))
                Identity.objects.create(user=account, digest=digest)
                return account
        except IntegrityError:
            # A parallel sign-in of the same person created it, or another person took the name.
            if found := _find(digest):
                return found
    raise SignInRefused(SignInCode.BUSY)


def _readable_name(claims: Mapping[str, Any], subject: str) -> str:
    claim = claims.get(settings.OIDC_USERNAME_CLAIM)
    name = unicodedata.normalize("NFKC", claim if isinstance(claim, str) and claim.strip() else subject)
    return _UNUSUAL.sub("-", name)[:_MAX_USER_NAME].strip("-") or AGENT


def _free_name(name: str) -> str:
    """Add a number to a name that is or was taken: a name in the access log means one person."""
    candidates = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
    return next(one for one in candidates if not _is_taken(one))


def _is_taken(name: str) -> bool:
    # Names that differ only in case are hard to tell apart.
    return (
        User.objects.filter(username__iexact=name).exists()
        or AccessLogEntry.objects.filter(agent=name, host="").exists()
    )


def _full_name(claims: Mapping[str, Any]) -> str:
    """Give the name for pages without invisible characters; empty where the provider gives none."""
    for claim in ("name", settings.OIDC_USERNAME_CLAIM):
        given = claims.get(claim)
        if isinstance(given, str):
            visible = "".join(sign for sign in given if sign.isprintable() or sign.isspace())
            if name := " ".join(visible.split())[:_MAX_FULL_NAME]:
                return name
    return ""


@transaction.atomic
def _update(account: User, full_name: str, groups: set[str]) -> None:
    if full_name:
        # No rule says where to split a full name.
        account.first_name, account.last_name = full_name, ""
    account.is_staff = bool(groups & STAFF)
    account.is_superuser = False
    account.save(update_fields=["first_name", "last_name", "is_staff", "is_superuser"])
    account.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(groups)])
