"""One end of django-pyas2 for a web server: the same one ours runs behind."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
