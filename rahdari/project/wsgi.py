"""The web application for a WSGI server; does not start where production must not."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rahdari.project.settings")
application = get_wsgi_application()

from rahdari.project.production import why_not_start  # noqa: E402  (needs the settings)

if reasons := why_not_start():
    raise SystemExit("This node does not start:\n" + "\n".join(f"- {one}" for one in reasons))
