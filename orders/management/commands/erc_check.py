"""`manage.py erc_check`: checks the connection to the ERC API step by step."""

from __future__ import annotations

import getpass
import json
import sys
import uuid
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from orders.audit.access_log import NotRecorded, Viewer, record
from orders.connection_check.check import check_connection
from orders.connection_check.steps import FAILED
from orders.erc.query import has_dot_segment, is_usable_id
from orders.models import Surface

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Prints a line for each step; ends with 1 where one failed."""

    help = (
        "Checks settings, DNS, TLS, token, one look-up, and what else the account has. "
        "Exit code 0: look-ups work; 1: a step failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("customer_id", nargs="?", default="")
        parser.add_argument("order_id", nargs="?", default="")
        parser.add_argument("--json", action="store_true", help="print the steps as JSON")

    def handle(self, *_args: Any, customer_id: str, order_id: str, **options: Any) -> None:
        """Run the check. Raises CommandError for impossible ids, and where the access cannot be recorded."""
        if bool(customer_id) != bool(order_id):
            raise CommandError("Give both a customer id and an order id, or neither.")
        if any(map(has_dot_segment, (customer_id, order_id))):
            raise CommandError("One of the ids has a part that is . or .., which no id can have.")
        if not all(is_usable_id(one) for one in (customer_id, order_id) if one):
            raise CommandError("One of the ids holds a character that no id can have.")
        correlation_id, viewer = uuid.uuid4().hex, Viewer(Surface.CHECK, f"command line: {_user()}", "")
        try:
            steps = check_connection(
                customer_id, order_id, correlation_id, lambda access: record(viewer, access, correlation_id)
            )
        except NotRecorded:
            raise CommandError(
                "The order's view cannot be recorded in the access log, so nothing of it is told. "
                "Check DATABASE_URL and `manage.py migrate`, or check without an order."
            ) from None
        if options["json"]:
            self.stdout.write(json.dumps([step._asdict() for step in steps], ensure_ascii=False, indent=2))
        else:
            for step in steps:
                self.stdout.write(f"{step.state:<8} {step.name:<15} {step.finding}")
                if step.advice:
                    self.stdout.write(f"{'':<24} {step.advice}")
        if any(step.state == FAILED for step in steps):
            sys.exit(1)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number that has no name.
        return "unknown"
