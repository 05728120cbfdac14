"""The portal's account of somebody whom the provider vouches for, and what they may do.

An account belongs to the provider's issuer and subject: a digest of both ends its user name. A name or an e-mail
address that is given to somebody else later opens nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import transaction

from orders.accounts.errors import SignInCode, SignInRefused
from orders.accounts.groups import AGENT, STAFF

_DIGEST_LENGTH = 20
_NAME_LENGTH = 60
_SUBJECT_LENGTH = 255
_UNUSUAL = re.compile(r"[^\w.@+-]+")


def account_for(claims: Mapping[str, Any]) -> User:
    """The account, made at the first sign-in; its groups and rights are set anew. Raises SignInRefused."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _SUBJECT_LENGTH:
        raise SignInRefused(SignInCode.CLAIMS)
    groups = _groups(claims)
    ending = _ending(settings.OIDC_ISSUER, subject)
    account = _known(ending)
    if account is None:
        if not groups:
            raise SignInRefused(SignInCode.NO_GROUP)
        account, _ = User.objects.get_or_create(
            username=_readable(claims, subject) + ending, defaults={"password": make_password(None)}
        )
    if account.has_usable_password():
        raise SignInRefused(SignInCode.ACCOUNT_LOCAL)
    # Also for somebody who is refused: what they could do before has ended.
    _set_rights(account, groups)
    if not groups:
        raise SignInRefused(SignInCode.NO_GROUP)
    if not account.is_active:
        raise SignInRefused(SignInCode.ACCOUNT_OFF)
    return account


def _groups(claims: Mapping[str, Any]) -> set[str]:
    if not settings.OIDC_GROUPS:
        return {AGENT}
    given = claims.get(settings.OIDC_GROUPS_CLAIM)
    names = given if isinstance(given, list) else [given]
    return {settings.OIDC_GROUPS[name] for name in names if isinstance(name, str) and name in settings.OIDC_GROUPS}


def _ending(issuer: str, subject: str) -> str:
    digest = hashlib.sha256(json.dumps([issuer, subject]).encode()).hexdigest()
    return f"-{digest[:_DIGEST_LENGTH]}"


def _known(ending: str) -> User | None:
    # The oldest, should two first sign-ins at once have made two. SQLite's comparison disregards case.
    found = User.objects.filter(username__endswith=ending).order_by("pk")
    return next((account for account in found if account.username.endswith(ending)), None)


def _readable(claims: Mapping[str, Any], subject: str) -> str:
    claim = claims.get(settings.OIDC_USERNAME_CLAIM)
    name = unicodedata.normalize("NFKC", claim if isinstance(claim, str) and claim.strip() else subject)
    return _UNUSUAL.sub("-", name)[:_NAME_LENGTH].strip("-") or AGENT


@transaction.atomic
def _set_rights(account: User, groups: set[str]) -> None:
    account.is_staff = bool(groups & STAFF)
    account.is_superuser = False
    account.save(update_fields=["is_staff", "is_superuser"])
    account.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(groups)])
