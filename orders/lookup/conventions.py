"""Rules of thumb: the placeholders and spellings of shops and carriers.

No reference documents them. So each rule stands here once, with its reason, and new ones belong here; the modules
that apply a rule contain none of its words.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

STATUSES = (
    "FAILURE",
    "ATTEMPTED_DELIVERY",
    "READY_FOR_PICKUP",
    "OUT_FOR_DELIVERY",
    "IN_TRANSIT",
    "CONFIRMED",
    "DELIVERED",
    "PICKED_UP",
    "UNKNOWN",
)
"""The statuses of docs/api-reference.md#delivery-statuses, most urgent first. They are compared by `bare`, because
connectors pass on their shop's spelling (`in_transit`, `InTransit`, `out-for-delivery`)."""

OTHER_STATUSES = {
    "heldatcustoms": "HELD_AT_CUSTOMS",
    "customshold": "HELD_AT_CUSTOMS",
    "delayed": "DELAYED",
    "returnedtosender": "RETURNED_TO_SENDER",
    "lost": "LOST",
    "damaged": "DAMAGED",
    "cancelled": "CANCELLED",
    "canceled": "CANCELLED",
    "labelcreated": "LABEL_CREATED",
    "labelprinted": "LABEL_CREATED",
    "labelpurchased": "LABEL_CREATED",
}
"""Statuses outside the reference, as `bare` gives them, that mean the same for every carrier. They are translated,
and treated like all others that nobody knows the place of on the road."""

NEVER_ARRIVING = frozenset({"CANCELLED", "LOST", "RETURNED_TO_SENDER"})
"""Those of them with which nothing is on its way to the customer any more, whatever day was promised before."""

COLLECTION_WORDS = ("pickup", "collect")
"""Words in delivery types that lead to a shop (LOCAL_PICKUP, “click & collect”): shops name their own."""

NO_NUMBERS = frozenset(
    {
        # Punctuation alone: “-”, “--”, “?”, “…”, “#”.
        "",
        # Empty fields of forms, exports and programs.
        *("na", "nan", "nil", "nono", "none", "null", "undefined", "empty", "blank", "false", "void"),
        *(
            "notapplicable",
            "notavailable",
            "notassigned",
            "notprovided",
            "notset",
            "notyet",
            "notknown",
            "unknown",
        ),
        # A number that is to come, or a parcel that has none.
        *("tba", "tbc", "tbd", "pending", "todo", "awaiting", "notracking", "notrackingnumber", "nonumber"),
        *("tracking", "trackingnumber", "trackingno", "trackingcode", "number"),
        *("nottracked", "notrackable", "untracked", "withouttracking", "notrackingavailable"),
        # The same in the portal's other languages: k. A., s. f., n/d, s/n.
        *("ka", "keine", "keiner", "entfällt", "unbekannt", "nd", "sn", "ninguno", "sinnúmero", "desconocido"),
        *("aucun", "inconnu", "nenhum", "semnúmero", "desconhecido", "لايوجد", "غيرمتوفر", "غيرمعروف"),
    }
)
"""Words in place of a tracking number, as `bare` gives them. They identify no parcel: two “N/A” are not one."""

_FILLER = re.compile(r"0+|x{3,}")
"""Zeros or crosses alone fill a field that must not be empty. One or two crosses may be a short number."""

NUMBER_SEPARATORS = re.compile(r"[,;|\n\r\t،，；、]|\s[/&+]\s")
"""Separators of several tracking numbers in one field. Not a blank alone: numbers are written in groups."""

LONG_NUMBER = 10
"""If each part between blanks has so many characters, some of them digits, each is a number: groups are
shorter."""

FIRST_YEAR, LAST_YEAR = 1990, 2098
"""The possible years of an order. Databases, spreadsheets and clocks write earlier years for “never” (0001, 1753,
1899, 1900, 1970, 1980) and later ones for “for ever” (2099, 9999)."""

NO_DATES = frozenset({date(2038, 1, 18), date(2038, 1, 19), date(2038, 1, 20)})
"""Placeholder days within those years: the end of 32-bit clocks, in every zone."""

USUAL_YEARS = frozenset(range(FIRST_YEAR, LAST_YEAR + 1)) - {day.year for day in NO_DATES}
"""The years without such days."""

END_OF_DAY = (23, 59)
"""Programs write “until 23:59:59” for the end of the day, so a window that ends in this minute ends with the
day."""

NO_CURRENCIES = frozenset({"XXX", "XTS"})
"""Codes that ISO 4217 reserves for “no currency” and for tests. They have no symbol and no usual decimals."""

NUMBER_NAMES = re.compile(
    r"track|trac|sendung|suivi|seguim|rastre|num|n[or]|code|consign|parcel|awb|ship|\d|^n?$", re.I
)
OTHER_NAMES = re.compile(
    r"zip|post|country|lang|locale|carrier|order|customer|mail|city|name|brand|shop|store", re.I
)
"""Names of a link's placeholders that mean the tracking number ({trackingNumber}, {{code}}, {0}, {}), and names
that do not ({zip_code}, {order_number}): these cannot be filled in."""

_NAME = r"[\w .:()-]{0,40}?"
_END = r"(?=$|[/&?#;,])"
_PLACES = (
    # Templates of all kinds: {x}, {{x}}, ${x}, #{x} as a value, and the same percent-encoded.
    rf"(?:\$|(?<==)\#)?(?:\{{|%7B){{1,3}}(?P<name>{_NAME})(?:\}}|%7D){{1,3}}",
    # [TRACKING] as a whole value, because a[b]=c is how queries write lists; <TRACKING> anywhere.
    rf"(?<=[/=:])(?:\[|%5B)(?P<name>[a-z_][\w .-]{{0,40}})(?:\]|%5D){_END}",
    r"(?:<|%3C)(?P<name>[a-z_][\w .-]{0,40})(?:>|%3E)",
    # printf and Python: %s, %1$s, %(x)s. %d may begin a percent-encoded byte, so only where it cannot.
    r"%(?:\d\$)?(?P<name>)s",
    r"%(?P<name>)d(?![0-9a-f])",
    r"%\((?P<name>\w{1,40})\)s",
    # %TRACKING%, __TRACKING__, :tracking_number, $tracking as a whole value.
    r"%(?P<name>[a-z_]*(?:track|number)[a-z_]*)%",
    rf"(?<=[/=])__(?P<name>\w{{1,40}}?)__{_END}",
    rf"(?<=[/=])[:$](?P<name>[a-z_]*(?:track|number)[a-z_]*){_END}",
    # The @ alone, as in carriers' own templates.
    rf"(?<=[/=])(?P<name>)(?:@|%40){_END}",
    # What programs print for a value that they did not have.
    rf"(?<=[/=])(?P<name>)(?:null|undefined|none|nil|nan){_END}",
    # A parameter for the number that was left empty.
    r"(?<=[?&])(?P<keep>(?P<name>[a-z_-]*(?:track|number|consign|parcel)[a-z_-]*)=)(?=$|[&#])",
)
UNFILLED = tuple(re.compile(place, re.IGNORECASE) for place in _PLACES)
"""Placeholders that a connector should have filled in. A link that still has one leads nowhere."""

MAYBE_UNFILLED = re.compile(r"[{%\[<]|[/=](?:__|[:$@]|n(?:ull|one|il|an)|undefined)|=(?:[&#]|$)", re.IGNORECASE)
"""A quick test, which each placeholder passes and most links do not."""

LOCAL_NAMES = (
    *("localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan"),
    *("home.arpa", "ip6-localhost", "ip6-loopback"),
)
"""Names and endings of names of this machine or its network, by RFC 6761, RFC 6762 and habit."""


def bare(text: str) -> str:
    """Reduce a word to letters and digits without case, so that spellings of it compare equal."""
    word = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return word if word.isalnum() else "".join(filter(str.isalnum, word))


def is_no_number(word: str) -> bool:
    """Whether a tracking number, as `bare` gives it, is a placeholder."""
    return word in NO_NUMBERS or _FILLER.fullmatch(word) is not None


def is_no_date(day: date) -> bool:
    """Whether a day, or the day of a time, is a placeholder."""
    if day.year in USUAL_YEARS:
        return False
    return not FIRST_YEAR <= day.year <= LAST_YEAR or date(day.year, day.month, day.day) in NO_DATES
