"""Short codes: a panel shows one, and the agent confirms it in a tab of the portal (RFC 8628 in small).

For where the window of the sign-in cannot talk back to the panel. A code is known to the panel and to the agent;
the database has its digest. The panel asks with the verifier that only its frame knows (`one_time_codes`).
"""

from __future__ import annotations

import enum
import secrets
from datetime import datetime, timedelta

import msgspec
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from orders.core.sealing import seal, unseal
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.hosts import EmbedHost
from orders.embed.sessions import SignedIn
from orders.models import PanelCode, PanelCodeTry

PANEL_CODE_SECONDS = 300
ASK_SECONDS = 2
"""A panel may ask again after so long."""

MAX_OF_ADDRESS = 200
"""So many codes may wait at once for panels of one address: a whole contact center may have only one."""

MAX_OPEN = 5000
MAX_TRIES = 10
TRY_MINUTES = 15

# Without vowels no code is a word, and no letter looks like a digit (RFC 8628, section 6.1).
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 8
_PURPOSE = "embed-panel-code"
_KEPT = timedelta(minutes=10)


class Waiting(enum.Enum):
    """Why a panel has no agent yet."""

    PENDING = enum.auto()
    TOO_SOON = enum.auto()


class TooManyTries(Exception):
    """The user has typed too many wrong codes."""


def open_code(desktop: EmbedHost, challenge: str, address: str) -> str:
    """Give a code for a desktop's panel that has sent this challenge.

    Raises LaunchRefused where too many wait, and the errors of `django.db`.
    """
    _prune()
    PanelCode.objects.filter(challenge=challenge).delete()
    others = PanelCode.objects.filter(created__gte=_oldest())
    if others.filter(address=address).count() >= MAX_OF_ADDRESS or others.count() >= MAX_OPEN:
        raise LaunchRefused(LaunchCode.CODES_FULL, host=desktop)
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    PanelCode.objects.create(
        challenge=challenge, digest=_digest(code), slug=desktop.issuer, address=address, created=timezone.now()
    )
    return written(code)


def written(typed: str) -> str:
    """Give a code, however it is typed, as a panel shows it."""
    code = _letters(typed)
    return f"{code[:4]}-{code[4:]}"


def collect(desktop: EmbedHost, challenge: str) -> SignedIn | Waiting:
    """Give the agent who has confirmed the code of a challenge, once.

    Raises LaunchRefused, and the errors of `django.db`.
    """
    mine = PanelCode.objects.filter(challenge=challenge, slug=desktop.issuer)
    found = mine.first()
    if found is None:
        raise LaunchRefused(LaunchCode.CODE_FOREIGN, "no code waits for this frame", desktop)
    if found.created < _oldest():
        raise LaunchRefused(LaunchCode.CODE_EXPIRED, host=desktop)
    now = timezone.now()
    is_due = Q(asked=None) | Q(asked__lte=now - timedelta(seconds=ASK_SECONDS))
    if not mine.filter(is_due).update(asked=now):
        return Waiting.TOO_SOON
    if not found.sign_in:
        return Waiting.PENDING
    content = unseal(found.sign_in, _PURPOSE)
    is_mine = bool(mine.filter(sign_in=found.sign_in).delete()[0])
    if content is None or not is_mine:
        raise LaunchRefused(LaunchCode.CODE_USED, host=desktop)
    return msgspec.json.decode(content, type=SignedIn)


def find_waiting(user: User, typed: str) -> PanelCode | None:
    """Find the panel that waits for a code which a user has typed. Raises TooManyTries."""
    _prune()
    # Counted before the code is looked up, so that parallel tries are no way around the limit.
    tried = PanelCodeTry.objects.create(user=user, at=timezone.now())
    if PanelCodeTry.objects.filter(user=user, at__gte=_oldest_try()).count() > MAX_TRIES:
        # Not looked up, so not counted either: those who keep trying would never be let in again.
        tried.delete()
        raise TooManyTries
    found = PanelCode.objects.filter(digest=_digest(_letters(typed)), created__gte=_oldest(), sign_in="").first()
    if found is not None:
        tried.delete()
    return found


def confirm(waiting: PanelCode, user: User, agent: SignedIn) -> bool:
    """Let the panel go on as this agent; False where it does not wait any more."""
    sealed = seal(msgspec.json.encode(agent), _PURPOSE)
    mine = PanelCode.objects.filter(digest=waiting.digest, created__gte=_oldest(), sign_in="")
    return bool(mine.update(user=user, sign_in=sealed))


def _letters(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter in _LETTERS)


def _digest(code: str) -> str:
    return salted_hmac("orders.embed.panel_code", code, algorithm="sha256").hexdigest()


def _oldest() -> datetime:
    return timezone.now() - timedelta(seconds=PANEL_CODE_SECONDS)


def _oldest_try() -> datetime:
    return timezone.now() - timedelta(minutes=TRY_MINUTES)


def _prune() -> None:
    """Delete what has expired; a panel may ask for its code a while longer, to be told why it does not count."""
    PanelCode.objects.filter(created__lt=_oldest() - _KEPT).delete()
    PanelCodeTry.objects.filter(at__lt=_oldest_try()).delete()
