"""Says what the text in the find box can be: an e-mail address, a phone number, a name, a number, ids."""

from orders.lookup.find.ids import bare_id
from orders.lookup.find.kinds import Kind, Reading
from orders.lookup.find.read import read_query

__all__ = ["Kind", "Reading", "bare_id", "read_query"]
