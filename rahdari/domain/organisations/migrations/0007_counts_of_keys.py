from django.db import migrations

COLUMN = "alter table organisations_organisationname alter column search_keys set statistics"


class Migration(migrations.Migration):
    """Keeps the counts of some ten thousand keys, not a thousand, when the database analyses the table: a search asks for them."""

    dependencies = [("organisations", "0006_matches")]
    operations = [migrations.RunSQL(f"{COLUMN} 1000", f"{COLUMN} -1")]
