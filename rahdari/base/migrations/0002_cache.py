"""The table of the cache (rate counters): of the library's own form."""

from django.db import migrations

MAKE = """
create table base_cache (cache_key varchar(255) not null primary key, value text not null, expires timestamptz not null);
create index base_cache_expires on base_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "drop table base_cache")]
