"""The form by which a message for the customer is made: of which list, in which language."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from orders.core.localization import display
from orders.lookup.listing import Listing


class LanguageChoice(NamedTuple):
    """A language that a customer may read, by its own name."""

    code: str
    name: str
    is_chosen: bool


class MessageFormView(NamedTuple):
    """The form's address, the fields that name the list as far as it is shown, and the languages."""

    address: str
    fields: tuple[tuple[str, str], ...]
    languages: tuple[LanguageChoice, ...]


def message_form(listing: Listing, address: str, language: str) -> MessageFormView:
    """Make the form for a list's messages, at first in `language`, else in the page's own."""
    query = listing.query
    fields = {**query.path_ids(), **query.parameters()}
    fields.pop("cursor", None)
    if listing.after.pages_followed:
        fields["pages"] = str(listing.after.pages_followed + 1)
    return MessageFormView(address, tuple(fields.items()), language_choices(language))


def language_choices(language: str) -> tuple[LanguageChoice, ...]:
    chosen = find_language(language) or display().language
    return tuple(LanguageChoice(code, name, code == chosen) for code, name in settings.LANGUAGES)


def find_language(name: str) -> str:
    """Find the language of a name such as pt_BR or de-AT; empty for one that the portal does not know."""
    try:
        return translation.get_supported_language_variant(name.replace("_", "-")).lower()
    except (LookupError, ValueError):
        return ""
