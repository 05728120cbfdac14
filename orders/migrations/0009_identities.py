"""Identities of single sign-on get a table; until now a digest at the end of the user name held each of them."""

import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_NAMED = re.compile(r"(?P<name>.*)-(?P<digest>[0-9a-f]{20})", re.DOTALL)
_UNUSABLE = "!"
_AT_ONCE = 500


def fill(apps, _schema_editor):
    users = apps.get_model("auth", "User").objects
    identities = apps.get_model("orders", "Identity").objects
    found: dict[str, int] = {}
    shown = []
    # The oldest first, which is the one that counts where two first sign-ins at once have made two accounts.
    # Accounts that were given a password count, too: single sign-on goes on refusing them.
    for user in users.order_by("pk").only("username", "password", "first_name", "last_name").iterator(_AT_ONCE):
        named = _NAMED.fullmatch(user.username)
        if named is None:
            continue
        found.setdefault(named["digest"], user.pk)
        if user.password.startswith(_UNUSABLE) and not (user.first_name or user.last_name):
            user.first_name = named["name"]
            shown.append(user)
    identities.bulk_create(
        [identities.model(digest=digest, user_id=pk) for digest, pk in found.items()], batch_size=_AT_ONCE
    )
    users.bulk_update(shown, ["first_name"], batch_size=_AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('orders', '0008_pin_once_by_digest'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=20, unique=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
