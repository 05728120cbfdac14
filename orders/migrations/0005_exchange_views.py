from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0004_pins'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accesslogentry',
            name='surface',
            field=models.CharField(choices=[('portal', 'Portal'), ('embed', 'Embedded panel'), ('inspector', 'Inspector'), ('export', 'Export'), ('exchange', 'API exchange')], max_length=10, verbose_name='surface'),
        ),
    ]
