"""The pages of a list that is paged by cursor, with the links that lead from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ercportal.demo.sandbox.catalogue.model import ABSENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ercportal.demo.sandbox.cursors import Cursors
    from ercportal.demo.sandbox.parameters import ListQuery
    from ercportal.demo.sandbox.wire import Json


@dataclass(frozen=True)
class ListPages:
    """Cuts a list into the pages that one request may see.

    `path` is percent-encoded; `last_next` is what the last page says in place of a next link.
    """

    entries: Sequence[Json]
    path: str
    query: ListQuery
    cursors: Cursors
    base_url: str
    last_next: Json = ABSENT
    has_next: bool = True

    def entries_from(self, start: int) -> list[Json]:
        """The entries of the page that begins at `start`."""
        return list(self.entries[start : start + self.query.limit])

    def links(self, start: int, following: int | None = None) -> dict[str, Json]:
        """The links of that page. The next one leads to `following`, else to where the page ends."""
        links: dict[str, Json] = {"self": {"href": self._address_of(self.query.cursor)}}
        if not self.has_next:
            return links
        end = start + self.query.limit
        if following is None and end < len(self.entries):
            following = end
        if following is not None:
            links["next"] = {"href": self._address_of(self.cursors.seal(following, self.path, self.query))}
        elif self.last_next is not ABSENT:
            links["next"] = self.last_next
        return links

    def _address_of(self, cursor: str | None) -> str:
        parameters = [("limit", str(self.query.limit)), *self.query.selection()]
        if cursor is not None:
            parameters.append(("cursor", cursor))
        return f"{self.base_url}{self.path}?{urlencode(parameters, quote_via=quote, safe='')}"
