"""`manage.py prune_access_log`: deletes old rows in pieces, so that it blocks no request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from orders.models import AccessLogEntry, ApiExchange

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from django.db.models import Model

_MAX_DAYS = 36_500
# SQLite takes no more than 32766 values in a statement.
_MAX_BATCH = 30_000


class Command(BaseCommand):
    """Prunes both logs. Nothing else deletes rows of the access log."""

    help = "Deletes rows of the access log and of the API exchanges that are older than the settings say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, help="age of access-log rows to keep (default: ACCESS_LOG_DAYS)")
        parser.add_argument(
            "--exchange-days", type=int, help="age of API exchanges to keep (default: API_EXCHANGE_DAYS)"
        )
        parser.add_argument("--batch", type=int, default=5000, help="rows deleted at a time (default: 5000)")
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(
        self,
        *_args: Any,
        days: int | None,
        exchange_days: int | None,
        batch: int,
        dry_run: bool,
        **_options: Any,
    ) -> None:
        """Delete rows and report progress. Raises CommandError for numbers that make no sense."""
        days = settings.ACCESS_LOG_DAYS if days is None else days
        exchange_days = settings.API_EXCHANGE_DAYS if exchange_days is None else exchange_days
        if not all(1 <= age <= _MAX_DAYS for age in (days, exchange_days)):
            raise CommandError(f"--days and --exchange-days must be from 1 to {_MAX_DAYS}.")
        if not 1 <= batch <= _MAX_BATCH:
            raise CommandError(f"--batch must be from 1 to {_MAX_BATCH}.")
        self._prune(AccessLogEntry, "access log", days, batch, is_dry=dry_run)
        self._prune(ApiExchange, "API exchanges", exchange_days, batch, is_dry=dry_run)

    def _prune(self, model: type[Model], name: str, days: int, batch: int, *, is_dry: bool) -> None:
        cutoff = datetime.now(UTC) - timedelta(days=days)
        old = model._default_manager.filter(at__lt=cutoff).order_by("at", "id")
        if is_dry:
            self.stdout.write(f"{name}: {old.count()} rows are older than {days} days.")
            return
        deleted = 0
        # Each piece is its own transaction: locks are short, and finished pieces stay deleted.
        while ids := list(old.values_list("pk", flat=True)[:batch]):
            model._default_manager.filter(pk__in=ids).delete()
            deleted += len(ids)
            self.stdout.write(f"{name}: {deleted} rows deleted …")
        self.stdout.write(f"{name}: {deleted} rows older than {days} days deleted.")
