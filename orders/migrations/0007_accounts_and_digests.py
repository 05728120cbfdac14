import hashlib
import json

from django.db import migrations, models

_AT_ONCE = 500


def fill(apps, _schema_editor):
    pins = apps.get_model("orders", "Pin").objects
    changed = []
    for pin in pins.filter(digest=None).only("pk", "customer_id", "order_id").iterator(_AT_ONCE):
        pin.digest = hashlib.sha256(json.dumps([pin.customer_id, pin.order_id]).encode("ascii")).hexdigest()
        changed.append(pin)
    pins.bulk_update(changed, ["digest"], batch_size=_AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0006_launches'),
    ]

    operations = [
        migrations.AddField(
            model_name='accesslogentry',
            name='account',
            field=models.BigIntegerField(null=True, verbose_name='account number'),
        ),
        migrations.AlterField(
            model_name='accesslogentry',
            name='surface',
            field=models.CharField(choices=[('portal', 'Portal'), ('embed', 'Embedded panel'), ('inspector', 'Inspector'), ('export', 'Export'), ('exchange', 'API exchange'), ('check', 'Connection check')], max_length=10, verbose_name='surface'),
        ),
        migrations.AddField(
            model_name='pin',
            name='digest',
            field=models.CharField(editable=False, max_length=64, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
