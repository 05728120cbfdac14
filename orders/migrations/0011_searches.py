from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0010_embed_hosts_page'),
    ]

    operations = [
        migrations.AddField(
            model_name='accesslogentry',
            name='digest',
            field=models.CharField(blank=True, db_default='', default='', max_length=64, verbose_name='digest of the search'),
        ),
        migrations.AddField(
            model_name='accesslogentry',
            name='kind',
            field=models.CharField(choices=[('items', 'Items'), ('orders', 'Orders of a customer'), ('search_email', 'Search by e-mail'), ('search_phone', 'Search by phone'), ('search_name', 'Search by name'), ('search_number', 'Search by order number'), ('search_id', 'Search by customer id')], db_default='items', default='items', max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='accesslogentry',
            name='items',
            field=models.PositiveIntegerField(null=True, verbose_name='found'),
        ),
        migrations.AddIndex(
            model_name='accesslogentry',
            index=models.Index(models.F('kind'), models.F('at'), models.F('id'), condition=models.Q(('kind', 'items'), _negated=True), name='access_kind'),
        ),
        migrations.AddIndex(
            model_name='accesslogentry',
            index=models.Index(models.F('digest'), models.F('at'), models.F('id'), condition=models.Q(('digest__gt', '')), name='access_digest'),
        ),
    ]
