"""Settings of Nouvéa SST. Everything that differs between two places comes from the environment."""

import os
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from nouvea_sst.environnement import database_from_url, read_or_make_key, read_secret
from nouvea_sst.lib.postgres import running_url

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"
MODE = os.environ.get("NOUVEA_MODE", "demonstration")
if MODE not in {"demonstration", "production", "test"}:
    raise ImproperlyConfigured("NOUVEA_MODE vaut demonstration, production ou test.")
DEMONSTRATION = MODE == "demonstration"
VAR = Path(os.environ.get("NOUVEA_VAR", BASE_DIR / "var"))

# Where the keys of sealed columns stand, by class: never in the database, nor with its backups.
CLES = Path(os.environ["NOUVEA_CLES"]) if os.environ.get("NOUVEA_CLES") else None
if CLES is None and MODE != "production":
    CLES = VAR / "cles"

DEBUG = False
SECRET_KEY = read_secret("SECRET_KEY")
if not SECRET_KEY:
    if MODE == "production":
        raise ImproperlyConfigured("En production, SECRET_KEY ou SECRET_KEY_FILE est obligatoire.")
    SECRET_KEY = read_or_make_key(VAR / "secret_key")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "bs_icon_templates",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "nouvea_sst",
    "nouvea_sst.lib",
    "nouvea_sst.comptes",
    "nouvea_sst.travaux",
    "nouvea_sst.referentiel",
    "nouvea_sst.imports",
    "agents",
    "documents",
    "signalements",
    "visites",
    "commissions",
    "reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nouvea_sst.comptes.middleware.RequestContextMiddleware",
    "nouvea_sst.comptes.middleware.SessionLimitsMiddleware",
    "nouvea_sst.comptes.middleware.AccessMiddleware",
    "nouvea_sst.refus.MethodeMiddleware",
    "nouvea_sst.refus.ScelleMiddleware",
    "agents.middleware.AliasMiddleware",
]

ROOT_URLCONF = "nouvea_sst.urls"
WSGI_APPLICATION = "nouvea_sst.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nouvea_sst.navigation.menu",
            ],
            "builtins": ["nouvea_sst.lib.templatetags.sst", "nouvea_sst.comptes.templatetags.saisies"],
        },
    }
]

DATABASE_URL = read_secret("DATABASE_URL")
if not DATABASE_URL and MODE == "production":
    raise ImproperlyConfigured("En production, DATABASE_URL ou DATABASE_URL_FILE est obligatoire.")
if not DATABASE_URL and DEMONSTRATION:
    # manage.py typed beside ./demarrer finds the server that runs.
    DATABASE_URL = running_url(BASE_DIR, VAR) or ""
DATABASES = {
    "default": database_from_url(DATABASE_URL or "postgresql:///nouvea")
    | {
        # A page and the line that says who read it are one transaction: neither goes without the other.
        "ATOMIC_REQUESTS": True,
        # Each trigger asks whether it is to be ignored: none is. Left unset, each row raises an error within.
        "OPTIONS": {"options": "-c pgtrigger.ignore={}"},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_partage",
    }
}

AUTH_USER_MODEL = "comptes.Utilisateur"
# The first takes away what a scope excludes; the second lets in and grants.
AUTHENTICATION_BACKENDS = ["agents.backends.PorteeBackend", "nouvea_sst.comptes.adaptateur.DroitsDuRole"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "nouvea_sst.comptes.validateurs.LongueurValidator", "OPTIONS": {"min_length": 16}},
    {"NAME": "nouvea_sst.comptes.validateurs.CourantValidator"},
    {"NAME": "nouvea_sst.comptes.validateurs.RessemblanceValidator"},
    {"NAME": "nouvea_sst.comptes.validateurs.MotsUsuelsValidator"},
    {"NAME": "nouvea_sst.comptes.validateurs.SuitesValidator"},
    {"NAME": "nouvea_sst.comptes.validateurs.NeufValidator"},
    {"NAME": "agents.validateurs.MatriculeValidator"},
]
ACCOUNT_ADAPTER = "nouvea_sst.comptes.adaptateur.AdaptateurCompte"
ACCOUNT_FORMS = {"change_password": "nouvea_sst.comptes.forms.ChangerMotDePasseForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
# By address only: several people may share one. The delay of an account is comptes.rules.essais.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,60/h/ip"}
# How many proxies of ours write the visitor's address at the end of X-Forwarded-For (docs/exploitation.md).
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("MANDATAIRES", "1" if MODE == "production" else "0"))
LOGIN_URL = "comptes:connexion"
LOGIN_REDIRECT_URL = "accueil"
LOGOUT_REDIRECT_URL = "comptes:connexion"

# The tables of the past are read by record only: an index on each of their keys would slow every write.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# A message may name a person: it stays on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A session ends left alone for so many minutes, by role, and after so many hours in any case. Of the server,
# not of a screen: nobody lengthens his own (decision 0005).
SESSION_MINUTES_SANS_ACTIVITE = {"medecin": 15, "infirmier": 15, "psychologue": 15, "administrateur": 15}
SESSION_MINUTES_AUTRES = 30
SESSION_HEURES = 10
# One more log-in closes the oldest of an account.
SESSIONS_PAR_COMPTE = 3
SESSION_ENGINE = "nouvea_sst.comptes.sessions"
SESSION_COOKIE_AGE = SESSION_HEURES * 3600
# What is approved about the account of a doctor, a nurse or a psychologist takes effect so many hours later.
DELAI_SOIGNANTS_HEURES = 24
CSRF_FAILURE_VIEW = "nouvea_sst.comptes.views.saisies.formulaire_perime"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if MODE == "production":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sante$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
LOCALE_PATHS: list[str] = []
TIME_ZONE = "Pacific/Noumea"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["nouvea_sst.formats"]

STATIC_URL = "/statique/"
# Elsewhere than in production the finders serve the files where they stand.
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "statiques")) if MODE == "production" else None
# The pictures of the guides stand beside their text, and are read in the application too.
IMAGES_DES_GUIDES = (BASE_DIR / "docs" / "guide" / "images", BASE_DIR / "docs" / "images")
STATICFILES_DIRS = [BASE_DIR / "static", *(("guide", dossier) for dossier in IMAGES_DES_GUIDES)]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "nouvea_sst.statiques.BootstrapFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE == "production"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE != "production"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
DJANGO_TABLES2_TEMPLATE = "components/table.html"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
# Without a mail server nothing is sent: links of accounts are shown, notices stand on the account's own page.
COURRIEL = bool(os.environ.get("COURRIEL_SERVEUR"))
# Code writes messages with its acts; the worker hands them to the server.
EMAIL_BACKEND = "documents.outbox.Backend" if COURRIEL else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_ENVOI = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("COURRIEL_SERVEUR", "")
EMAIL_PORT = int(os.environ.get("COURRIEL_PORT", "25"))
EMAIL_USE_TLS = os.environ.get("COURRIEL_TLS", "") == "1"
EMAIL_HOST_USER = os.environ.get("COURRIEL_COMPTE", "")
EMAIL_HOST_PASSWORD = read_secret("COURRIEL_MOT_DE_PASSE")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("COURRIEL_EXPEDITEUR", "")
# Where the servers write that a message came back, and the box that is read: a maildir, or
# imaps://account@server/folder.
COURRIEL_RETOURS = os.environ.get("COURRIEL_RETOURS", "")
RETOURS_DOSSIER = os.environ.get("RETOURS_DOSSIER", "")
RETOURS_IMAP = os.environ.get("RETOURS_IMAP", "")
RETOURS_MOT_DE_PASSE = read_secret("RETOURS_MOT_DE_PASSE")
# The gateway of short messages; without an address nothing of them shows.
SMS_ADRESSE = os.environ.get("SMS_ADRESSE", "")
SMS_CLE = read_secret("SMS_CLE")
if SMS_ADRESSE and not SMS_ADRESSE.startswith(
    "https://" if MODE == "production" else ("https://", "http://")
):
    raise ImproperlyConfigured("SMS_ADRESSE commence par https://.")
# Where the links of the messages lead: a job has no request to take it from.
ADRESSE_SITE = os.environ.get("ADRESSE_SITE", "").rstrip("/")
if COURRIEL and not (ADRESSE_SITE and DEFAULT_FROM_EMAIL):
    raise ImproperlyConfigured("COURRIEL_SERVEUR demande ADRESSE_SITE et COURRIEL_EXPEDITEUR.")

# What holds an account to a part of the agents, and what is read of it with the account of each request, by
# name: they stand to the right of comptes.
PORTEE_RESTREINTE = "agents.backends.is_held_to_collectivites"
LECTURE_DU_COMPTE = "agents.backends.read_scope"
# What does what was approved, by kind of request, where it stands to the right of comptes.
EFFETS_DEMANDES = {
    "fiche": "agents.actions.carry_out_fiche",
    "portee": "agents.actions.carry_out_portee",
}
# Tasks that follow a change in the personnel file, by name: they stand to the right of agents.
SUITES_AGENTS = ["visites.refresh_suivis", "agents.refresh_alertes"]
# What puts back a record that was taken away, by model; a model without it is never taken away.
RETABLISSEMENTS = {
    "agents.absence": "agents.actions.restore_absence",
    "agents.expositionposte": "agents.actions.restore_exposition",
    "agents.positionadministrative": "agents.actions.restore_position",
    "imports.correspondancevaleur": "nouvea_sst.imports.actions.restore_value",
    "commissions.pointordredujour": "commissions.actions.restore_point",
    "signalements.signalement_agents": "signalements.actions.relink_agent",
}
# In the order of their links: what a row points at comes first.
IMPORT_CIBLES = [
    "agents.imports.CIBLE_AGENTS",
    "agents.imports.CIBLE_ENTITES",
    "agents.imports.CIBLE_AFFECTATIONS",
    "agents.imports.CIBLE_POSTES",
    "nouvea_sst.imports.imports.cibles_des_listes",
    "agents.imports.CIBLE_CARRIERES",
    "agents.imports.CIBLE_POSITIONS",
    "agents.imports.CIBLE_CONTRATS",
    "agents.imports.CIBLE_ABSENCES",
    "agents.imports.CIBLE_DROITS",
    "visites.imports.CIBLE_MEDECINS",
    "visites.imports.CIBLE_VISITES",
    "visites.imports.CIBLE_RESTRICTIONS",
    "nouvea_sst.imports.imports.CIBLE_JOURS",
]
# What each app reads of the reference data, and the small lists that it lets the screens edit.
CLES_REFERENTIEL = [
    "visites.parametres.CLES",
    "agents.parametres.CLES",
    "signalements.parametres.CLES",
    "commissions.parametres.CLES",
    "reporting.parametres.CLES",
    "nouvea_sst.imports.parametres.CLES",
    "nouvea_sst.journal.parametres.CLES",
]
LISTES_REFERENTIEL = ["visites.listes.LISTES", "agents.listes.LISTES", "signalements.listes.LISTES"]
# What each app finds that its records contradict.
CONTRADICTIONS = [
    "agents.contradictions.contradictions",
    "visites.contradictions.contradictions",
    "signalements.contradictions.contradictions",
]
# The tab of an agent's page that shows the rows of a model.
PAGES_D_UN_AGENT = {
    "agents.affectation": "agents:agent",
    "agents.raisonsuivi": "agents:agent",
    "agents.alias": "agents:agent",
    "agents.absence": "agents:absences",
    "visites.visite": "visites:agent",
    "visites.restriction": "visites:restrictions_agent",
    "visites.accompagnement": "visites:accompagnements_agent",
    "signalements.accident": "signalements:accidents_agent",
}
# How what hangs on two agents that become one is settled: functions (garde, fondu) → Reglement.
FUSIONS = [
    "agents.fusion.settle_affectations",
    "agents.fusion.settle_careers",
    "agents.fusion.settle_absences",
    "agents.fusion.settle_alertes",
    "signalements.fusion.settle_accidents",
    "visites.fusion.settle_visits",
]
# What stands on a day that is about to be off: functions (day) → Effet.
JOURS_OCCUPES = ["visites.effets.count_on", "commissions.effets.count_on"]
# The ceiling of the installation; the reference data may ask for less.
IMPORT_TAILLE_MAX = 30 * 1024 * 1024
# Where the HR system drops its files; the nightly feed is off as long as the folder is not there.
DEPOTS = Path(os.environ.get("NOUVEA_DEPOTS") or VAR / "depots")
# A file that nobody wrote for so many seconds is whole.
DEPOTS_REPOS = int(os.environ.get("NOUVEA_DEPOTS_REPOS", "60"))
PAGE_LIGNES = 25

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "ligne": {
            "()": "nouvea_sst.lib.traces.SansContenu",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"sans_adresse": {"()": "nouvea_sst.comptes.contexte.SansAdresse"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "ligne", "filters": ["sans_adresse"]}
    },
    # The renderer warns of each rule of the sheets that is for screens only.
    # A refusal is the journal's matter: here it would write the address, which may be secret.
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
