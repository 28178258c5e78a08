"""What the surroundings say: secrets, database, folders. Read once by settings; imports no Django model."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def read_secret(nom: str, *, defaut: str = "") -> str:
    """Return the secret NOM from the variable or from the file that NOM_FILE names."""
    if fichier := os.environ.get(f"{nom}_FILE"):
        return Path(fichier).read_text(encoding="utf8").strip()
    return os.environ.get(nom, defaut)


def read_or_make_key(chemin: Path) -> str:
    """Return the demonstration's secret key, made once in a file that only its owner reads."""
    if chemin.exists():
        return chemin.read_text(encoding="utf8").strip()
    chemin.parent.mkdir(parents=True, exist_ok=True)
    cle = secrets.token_urlsafe(50)
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "w", encoding="utf8") as sortie:
        sortie.write(cle)
    return cle


def database_from_url(url: str) -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name?host=/socket into Django's dictionary.

    Raises ImproperlyConfigured when the scheme is not PostgreSQL's.
    """
    parties = urlsplit(url)
    if parties.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL doit commencer par postgresql://")
    options = parse_qs(parties.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parties.path.lstrip("/")) or "postgres",
        "USER": unquote(parties.username or ""),
        "PASSWORD": unquote(parties.password or "") or read_secret("DATABASE_PASSWORD"),
        "HOST": options.get("host", [parties.hostname or ""])[0],
        "PORT": str(parties.port or options.get("port", [""])[0]),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
