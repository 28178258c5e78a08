"""WSGI entry point, served by gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from nouvea_sst.lib.trousseau import refuse_without_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nouvea_sst.settings")
application = get_wsgi_application()
# gunicorn runs none of Django's checks.
refuse_without_keys()
