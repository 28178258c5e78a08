# shellcheck shell=bash
# The checks of ./tester, one after the other, whatever fails; called by it with DATABASE_URL set.
set -uo pipefail

python=.venv/bin/python
temporaire=$(mktemp -d)
trap 'rm -rf "$temporaire"' EXIT
trap 'printf "\nInterrompu.\n"; exit 130' INT TERM HUP
export NOUVEA_MODE=test NOUVEA_VAR=$temporaire/var SECRET_KEY=essais-sans-valeur

resume=()
echecs=0

# etape TITRE COMMANDE… : runs one check and notes its outcome.
etape() {
    local titre=$1 debut=$SECONDS code=0
    shift
    printf '\n── %s\n' "$titre"
    "$@" || code=$?
    if [ "$code" -eq 0 ]; then
        resume+=("  réussi   $titre ($((SECONDS - debut)) s)")
    else
        resume+=("  échoué   $titre (code $code)")
        echecs=$((echecs + 1))
    fi
}

gabarits() {
    find . \( -path ./.venv -o -path ./var -o -path ./statiques \) -prune \
        -o -path '*/templates/*' -name '*.html' -print0 \
        | xargs -0 -r .venv/bin/djade --check --target-version 5.2
}

couches() { "$python" -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'; }

# essais NOM ARGUMENTS… : pytest, whose counts are kept; its code 5 (no test chosen) is not a failure.
essais() {
    local nom=$1 code=0
    shift
    "$python" -m pytest -q --junitxml="$temporaire/$nom.xml" "$@" || code=$?
    if [ "$code" -eq 5 ]; then code=0; fi
    return "$code"
}

comptes() {
    "$python" - "$temporaire" "$echecs" <<'PYTHON'
import pathlib
import sys
from xml.etree import ElementTree

total = failed = skipped = 0
for chemin in pathlib.Path(sys.argv[1]).glob("*.xml"):
    for suite in ElementTree.parse(chemin).getroot().iter("testsuite"):
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
passed = total - failed - skipped
# A check that fails without a failed test is one failure more than none.
sys.stdout.write(f"{passed} passed, {max(failed, int(sys.argv[2]))} failed, {skipped} skipped\n")
PYTHON
}

if [ $# -gt 0 ]; then
    etape "Tests choisis" essais choisis "$@"
else
    etape "Style et pièges du code (ruff check)" "$python" -m ruff check .
    etape "Mise en forme du code (ruff format)" "$python" -m ruff format --check .
    etape "Mise en forme des gabarits (djade)" gabarits
    etape "Types (mypy)" "$python" -m mypy
    etape "Couches d’imports (import-linter)" couches
    etape "Migrations à jour (makemigrations --check)" "$python" manage.py makemigrations --check --dry-run
    etape "Tests unitaires, d’architecture et d’intégration" essais unites -m "not navigateur"
    if [ "${NOUVEA_SANS_NAVIGATEUR:-}" = --vite ]; then
        resume+=("  sauté    Tests au navigateur : --vite")
    elif [ -n "${NOUVEA_SANS_NAVIGATEUR:-}" ]; then
        resume+=("  sauté    Tests au navigateur : il manque ${NOUVEA_SANS_NAVIGATEUR}(en root : apt-get install)")
    else
        etape "Tests au navigateur" essais navigateur -m navigateur
    fi
fi

printf '\n── Résumé\n'
printf '%s\n' "${resume[@]}"
printf '\n'
comptes
[ "$echecs" -eq 0 ]
