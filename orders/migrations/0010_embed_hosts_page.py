"""The page of embed hosts needs no model any more; its permission moves, and stays with all who have it."""

from typing import Any

from django.db import migrations

_CODENAME = "view_embedhost"


def _move(apps: Any, old_model: str, new_model: str) -> None:
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="orders")
    old = content_types.filter(app_label="orders", model=old_model).first()
    if old is None:
        return
    new, _is_new = content_types.get_or_create(app_label="orders", model=new_model)
    permissions.filter(content_type=old, codename=_CODENAME).update(content_type=new)


def to_exchange(apps, _schema_editor):
    _move(apps, "embedhost", "apiexchange")
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label="orders", model="embedhost").delete()


def to_host(apps, _schema_editor):
    _move(apps, "apiexchange", "embedhost")


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('orders', '0009_identities'),
    ]

    operations = [
        migrations.RunPython(to_exchange, to_host),
        migrations.AlterModelOptions(
            name='apiexchange',
            options={
                'verbose_name': 'API exchange',
                'verbose_name_plural': 'API exchanges',
                'ordering': ['-at', '-id'],
                'permissions': [('use_inspector', 'Can use the inspector'), ('check_connection', 'Can check the connection'), ('view_embedhost', 'Can view embed host')],
                'default_permissions': ('view',),
            },
        ),
        migrations.DeleteModel(name='EmbedHost'),
    ]
