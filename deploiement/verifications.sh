# shellcheck shell=bash
# The checks of ./tester, one after the other, whatever fails; called by it with DATABASE_URL set.
set -uo pipefail

python=.venv/bin/python
temporaire=$(mktemp -d)
trap 'rm -rf "$temporaire"' EXIT
# What runs beside this ignores INT: all of this group is told to end.
trap 'trap "" TERM; kill 0; printf "\nInterrompu.\n"; exit 130' INT TERM HUP
export NOUVEA_MODE=test NOUVEA_VAR=$temporaire/var SECRET_KEY=essais-sans-valeur

# Where the outcomes of a lane go, a line each.
resume=$temporaire/resume.0

# etape TITRE COMMANDE… : runs one check and notes its outcome.
etape() {
    local titre=$1 debut=$SECONDS code=0
    shift
    printf '\n── %s\n' "$titre"
    "$@" || code=$?
    if [ "$code" -eq 0 ]; then
        printf '  réussi   %s (%s s)\n' "$titre" $((SECONDS - debut)) >>"$resume"
    else
        printf '  échoué   %s (code %s)\n' "$titre" "$code" >>"$resume"
    fi
}

gabarits() {
    find . \( -path ./.venv -o -path ./var -o -path ./statiques \) -prune \
        -o -path '*/templates/*' -name '*.html' -print0 \
        | xargs -0 -r .venv/bin/djade --check --target-version 5.2
}

couches() { "$python" -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'; }

# essais NOM ARGUMENTS… : pytest on a database and in folders of its own, whose counts are kept; its code 5
# (no test chosen) is not a failure.
essais() {
    local nom=$1 code=0
    shift
    NOUVEA_ESSAIS=$nom NOUVEA_VAR=$temporaire/$nom "$python" -m pytest -q --junitxml="$temporaire/$nom.xml" "$@" || code=$?
    if [ "$code" -eq 5 ]; then code=0; fi
    return "$code"
}

navigateur() {
    if [ "${NOUVEA_SANS_NAVIGATEUR:-}" = --vite ]; then
        printf '  sauté    Tests au navigateur : --vite\n' >>"$resume"
    elif [ -n "${NOUVEA_SANS_NAVIGATEUR:-}" ]; then
        printf '  sauté    Tests au navigateur : il manque %s(en root : apt-get install)\n' \
            "$NOUVEA_SANS_NAVIGATEUR" >>"$resume"
    else
        etape "Tests au navigateur" essais navigateur -m navigateur
    fi
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
    # Two lanes of about the same length; what the second says is shown once the first is over.
    second=(tests/permissions tests/fuites)
    resume=$temporaire/resume.2 etape "Tests des permissions et du secret" essais secret "${second[@]}" \
        >"$temporaire/second.txt" 2>&1 &
    etape "Tests unitaires, d’architecture et d’intégration" essais unites -m "not navigateur" \
        "${second[@]/#/--ignore=}"
    navigateur
    wait
    cat "$temporaire/second.txt"
fi

printf '\n── Résumé\n'
cat "$temporaire"/resume.*
printf '\n'
echecs=$(cat "$temporaire"/resume.* | grep -c '^  échoué')
comptes
[ "$echecs" -eq 0 ]
