"""From domain objects to what templates print: finished text, once per value; no requests, no database."""
