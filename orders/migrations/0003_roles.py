"""Makes the groups, and lets every account that exists go on looking orders up."""

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations

# As they were when this migration was written; orders.accounts.roles says what they are today.
PERMISSIONS = {
    "agent": ("look_up",),
    "supervisor": ("view_accesslogentry", "export_accesslogentry"),
    "engineer": ("view_apiexchange", "use_inspector", "check_connection", "view_embedhost"),
}


def make(apps, _schema_editor):
    groups = apps.get_model("auth", "Group").objects
    # The permissions do not exist yet: Django makes them once all migrations have run.
    app_config = apps.get_app_config("orders")
    models_module = getattr(app_config, "models_module", None)
    app_config.models_module = models_module or True
    create_permissions(app_config, apps=apps, verbosity=0)
    app_config.models_module = models_module
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="orders")
    for name, codenames in PERMISSIONS.items():
        group, is_new = groups.get_or_create(name=name)
        if is_new:
            group.permissions.set(permissions.filter(codename__in=codenames))
    for user in apps.get_model("auth", "User").objects.filter(is_active=True):
        user.groups.add(groups.get(name="agent"))


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_logs"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
