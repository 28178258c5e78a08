"""Settings of the tests: the real ones, with plain static files, a fast hasher and the N+1 detector."""

import os

os.environ["NOUVEA_MODE"] = "test"
os.environ.setdefault("SECRET_KEY", "cle-de-test-sans-valeur")
# Playwright keeps an event loop in the main thread; Django would refuse every query there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from nouvea_sst.settings import *  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
# Runs beside each other have a database each.
if "NOUVEA_ESSAIS" in os.environ:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{os.environ['NOUVEA_ESSAIS']}"}
