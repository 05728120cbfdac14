"""Makes the groups, and lets every account that exists go on looking orders up."""

from django.conf import settings
from django.db import migrations

from orders.accounts.roles import AGENT, make_groups


def make(apps, _schema_editor):
    make_groups(apps)
    group = apps.get_model("auth", "Group").objects.get(name=AGENT)
    for user in apps.get_model("auth", "User").objects.filter(is_active=True):
        user.groups.add(group)


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_logs"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
