from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0007_accounts_and_digests'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='pin',
            constraint=models.UniqueConstraint(fields=('user', 'digest'), name='pin_once_by_digest'),
        ),
        migrations.RemoveConstraint(
            model_name='pin',
            name='pin_once',
        ),
    ]
