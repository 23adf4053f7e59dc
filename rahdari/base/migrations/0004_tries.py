from django.db import migrations, models


class Migration(migrations.Migration):
    """Counts of tries, written to no log: after a crash they begin anew, and nobody waits for a disk."""

    dependencies = [("base", "0003_outbox_partner")]
    operations = [
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("taken", models.PositiveIntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL("alter table base_tries set unlogged", "alter table base_tries set logged"),
    ]
