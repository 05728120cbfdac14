"""The portal's groups and permissions, without models, so that the settings can import them."""

from __future__ import annotations

AGENT, SUPERVISOR, ENGINEER = "agent", "supervisor", "engineer"

PERMISSIONS = {
    AGENT: ("look_up",),
    SUPERVISOR: ("view_accesslogentry", "export_accesslogentry"),
    ENGINEER: ("view_apiexchange", "use_inspector", "check_connection", "view_embedhost"),
}
"""Permissions of the app `orders` by group. Every new account starts as an agent."""

STAFF = {SUPERVISOR, ENGINEER}
"""The groups that work in the admin."""
