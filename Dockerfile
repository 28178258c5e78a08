# Image of the application: one for the web server, the worker and the preparation of the database.
# No image was built where this file was written, as there is no Docker engine there; only
# `docker-compose config -q` was run on docker-compose.yml.

FROM python:3.11-slim-bookworm AS bibliotheques
COPY requirements.txt /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --no-input --disable-pip-version-check --require-hashes -r /requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 nouvea \
    && useradd --uid 10001 --gid nouvea --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin nouvea \
    && install -d -o nouvea -g nouvea -m 0750 /donnees /depots \
    && install -d -o nouvea -g nouvea -m 0700 /cles
ENV PATH=/venv/bin:$PATH \
    PYTHONUTF8=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=nouvea_sst.settings \
    NOUVEA_MODE=production \
    NOUVEA_VAR=/donnees \
    NOUVEA_ECOUTE=0.0.0.0:8000
COPY --from=bibliotheques /venv /venv
COPY . /app
WORKDIR /app
# The values serve only to load the settings: collecting files opens no database and signs nothing.
RUN SECRET_KEY=construction DATABASE_URL=postgresql://construction/construction \
    python manage.py collectstatic --noinput --verbosity 0
USER nouvea
VOLUME /donnees /depots /cles
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "-c", "deploiement/gunicorn.conf.py", "nouvea_sst.wsgi"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "deploiement/verifier_sante.py", "localhost:8000", "base"]
