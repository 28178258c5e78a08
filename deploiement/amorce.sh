# shellcheck shell=bash
# What ./demarrer and ./tester share: system libraries, Python, virtual environment. Sourced by bash, in the clone.
# Needs only what a bare Debian has: bash, coreutils, util-linux, findutils.

PAQUETS_PDF=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
VAR=${NOUVEA_VAR:-$PWD/var}
JOURNAL_INSTALLATION=$VAR/journaux/installation.log
PYTHON=
enfant=

dire() { printf '%s\n' "$*"; }

# sortir CODE PHRASE : says why on the error output and ends.
sortir() {
    local code=$1
    shift
    printf '%s\n' "$*" >&2
    exit "$code"
}

# attendre COMMANDE… : runs a long command so that Ctrl-C and TERM end it too, and not only this script.
attendre() {
    "$@" </dev/null >>"$JOURNAL_INSTALLATION" 2>&1 &
    enfant=$!
    local code=0
    wait "$enfant" || code=$?
    enfant=
    return "$code"
}

interrompre() {
    if [ -n "$enfant" ]; then
        kill "$enfant" 2>/dev/null || true
        wait "$enfant" 2>/dev/null || true
    fi
    sortir 130 "Interrompu. Relancez la même commande : elle reprend où il faut."
}

preparer_dossier() {
    if ! mkdir -p "$VAR/journaux" 2>/dev/null || ! [ -w "$VAR" ] || ! [ -w "$VAR/journaux" ]; then
        sortir 1 "Impossible d’écrire dans $VAR : lancez cette commande avec le compte à qui ce dossier appartient."
    fi
    : >"$JOURNAL_INSTALLATION"
    trap interrompre INT TERM HUP
}

# One installation at a time in a folder; the lock ends with the last process that holds it.
verrouiller_installation() {
    exec 9>"$VAR/installation.verrou"
    command -v flock >/dev/null || return 0
    if ! flock -n 9; then
        dire "Une autre installation est en cours dans ce dossier : attente de sa fin…"
        flock 9
    fi
}

deverrouiller_installation() { exec 9>&-; }

bibliotheque_presente() {
    local liste
    liste=$({ /sbin/ldconfig -p || ldconfig -p; } 2>/dev/null) || true
    [[ $liste == *"$1"* ]]
}

pdf_possible() {
    bibliotheque_presente libpango-1.0.so.0 && bibliotheque_presente libpangoft2-1.0.so.0 \
        && bibliotheque_presente libharfbuzz-subset.so.0
}

# Sets PYTHON to an interpreter that is recent enough and can make virtual environments; Debian's first.
choisir_python() {
    local candidat
    for candidat in /usr/bin/python3 $(type -aP python3 python3.13 python3.12 python3.11 2>/dev/null); do
        if "$candidat" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            PYTHON=$candidat
            return 0
        fi
    done
    return 1
}

ligne_apt() {
    local sudo=
    if command -v sudo >/dev/null; then sudo="sudo "; fi
    printf '%s' "${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends $*"
}

# installer_systeme [PAQUET…] : installs what lacks (root), or says the one line to run and goes on if it can.
installer_systeme() {
    local absents=("$@") python_absent=
    if ! pdf_possible; then absents+=("${PAQUETS_PDF[@]}"); fi
    if ! choisir_python; then
        python_absent=oui
        absents+=(python3-venv)
    fi
    if [ ${#absents[@]} -eq 0 ]; then return 0; fi
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        dire "Installation des paquets Debian qui manquent : ${absents[*]}…"
        export DEBIAN_FRONTEND=noninteractive
        attendre apt-get -qq update || true
        if attendre apt-get -qq install -y --no-install-recommends "${absents[@]}"; then
            choisir_python && return 0
        fi
        dire "L’installation a échoué. La fin de $JOURNAL_INSTALLATION :"
        tail -n 3 "$JOURNAL_INSTALLATION"
    else
        dire "Il manque des paquets du système. En root, une ligne les installe :"
        dire "    $(ligne_apt "${absents[@]}")"
    fi
    if [ -n "$python_absent" ] && ! choisir_python; then
        sortir 1 "Sans Python 3.11 et son module venv, rien ne peut démarrer. Relancez après l’installation."
    fi
    if ! pdf_possible; then
        dire "Nouvéa SST fonctionne sans eux, sauf les PDF, qui ont besoin de ${PAQUETS_PDF[*]}."
    fi
}

empreinte() {
    sha256sum "$1" | cut -d ' ' -f 1
    .venv/bin/python -c 'import sys; print(sys.version)' 2>/dev/null || true
}

# installer_python FICHIER : makes .venv hold exactly what the hash-locked file names; does nothing when it does.
# A mark stands in .venv while it is being filled: after a kill -9 it is made again from nothing.
installer_python() {
    local fichier=$1 marque=.venv/nouvea-en-cours temoin=.venv/nouvea-$1
    verrouiller_installation
    if [ -e "$marque" ] || ! [ -e "$temoin" ] || [ "$(cat "$temoin")" != "$(empreinte "$fichier")" ]; then
        dire "Installation des bibliothèques Python dans .venv (une à deux minutes la première fois)…"
        if [ -e "$marque" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
            rm -rf .venv
            mkdir .venv
            : >"$marque"
            attendre "$PYTHON" -m venv .venv \
                || sortir 1 "Le dossier .venv n’a pas pu être créé :"$'\n'"$(tail -n 3 "$JOURNAL_INSTALLATION")"
        fi
        : >"$marque"
        rm -f .venv/nouvea-requirements*.txt
        attendre .venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off \
            --require-hashes -r "$fichier" \
            || sortir 1 "Les bibliothèques n’ont pas pu être installées ; le réseau manque peut-être. La fin de" \
                "$JOURNAL_INSTALLATION :"$'\n'"$(tail -n 2 "$JOURNAL_INSTALLATION")"
        empreinte "$fichier" >"$temoin"
        # The development file holds every line of the other one.
        if [ "$fichier" = requirements-dev.txt ]; then empreinte requirements.txt >.venv/nouvea-requirements.txt; fi
        rm -f "$marque"
    fi
    deverrouiller_installation
}
