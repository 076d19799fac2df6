import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.PositiveBigIntegerField()),
                ('time', models.DateTimeField()),
                ('kind', models.CharField(max_length=122)),
                ('actor', models.CharField(max_length=100)),
                ('commitment', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Payload',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='payload', serialize=False, to='log.entry')),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('kid', models.CharField(max_length=43, primary_key=True, serialize=False)),
                ('jwk', models.JSONField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Log',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(choices=[('organisation', '組織'), ('incident', '事案')], max_length=12)),
                ('subject_id', models.UUIDField()),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('peaks', models.BinaryField(default=b'')),
                ('last_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField()),
                ('root', models.BinaryField(max_length=32)),
                ('time', models.DateTimeField()),
                ('signature', models.BinaryField(max_length=64)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='log.key')),
                ('log', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='log.log')),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='log',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='log.log'),
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('sealed', models.BinaryField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='log.entry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'name'), name='file_once_an_entry')],
            },
        ),
        migrations.AddConstraint(
            model_name='log',
            constraint=models.UniqueConstraint(fields=('subject', 'subject_id'), name='log_once_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='head',
            constraint=models.UniqueConstraint(fields=('log', 'size'), name='head_once_a_size'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('log', 'index'), name='entry_once_a_place'),
        ),
    ]
