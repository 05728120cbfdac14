"""What the portal keeps in its database."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmbedHost(models.Model):
    """Has no table: the hosts are settings. It gives their admin page its place and its permission."""

    class Meta:
        managed = False
        default_permissions = ("view",)
        verbose_name = _("embed host")
        verbose_name_plural = _("embed hosts")

    def __str__(self) -> str:
        """There are no rows."""
        return ""
