"""Checks on files: their names and their lengths."""

import ast
from pathlib import Path

from tests.architecture.maison import apps_present, code_files, files, folder_of, place, syntax, templates

LIGNES_FICHIER = 400
LIGNES_GABARIT = 150
LIGNES_FONCTION = 60
INTERDITS = {"utils", "helpers", "services", "mixins", "constants", "signals", "admin"}
NOMS = {
    "__init__",
    "actions",
    "apps",
    "contradictions",  # what the records of the app say against each other
    "donnees",  # seed files: value, date of effect, source
    "effets",  # how many rows a change of reference data would move
    "enums",
    "filters",
    "forms",
    "fusion",  # how the rows of two agents that become one are settled
    "imports",
    "listes",  # the small lists that the reference data lets one edit
    "management",
    "migrations",
    "models",
    "parametres",  # what the app reads of the reference data, and who uses it
    "perms",
    "querysets",
    "rules",
    "tables",
    "tasks",
    "templates",
    "templatetags",
    "urls",
    "views",
}
# What an app owns beyond the common names, each for the reason that architecture.md gives.
NOMS_PROPRES = {
    "nouvea_sst.comptes": {
        "actes",  # words of the acts of the journal
        "actes_notes",  # those of notes and exchanges: actes.py would pass its size with them
        "historique",  # the past of a record in words
        "acces",  # how a view says who may come in
        "adaptateur",  # allauth, closed
        "contexte",  # the request under way
        "corbeille",  # what is taken away can be put back
        "demonstration",  # invented accounts
        "documentation",  # docs/permissions.md
        "envoi_unique",  # the same form sent twice makes one record
        "journal",  # the only writer of journal lines
        "middleware",  # default deny
        "roles",  # the matrix
        "querysets_examens",  # the examinations of consultations: querysets.py would pass its size with them
        "saisies",  # a form that comes too late
        "sceaux",  # whether the journal still fits its seals
        "sessions",  # the session engine
        "validateurs",  # what is asked of a password
    },
    "agents": {
        "middleware",  # the old key of a merged file leads to the one that stays
        "backends",  # what a scope takes away from a role
        "faits",  # what the clock of sick-leave rights needs, of many agents in few queries
        "pourquoi",  # the proof of that clock in words
        "validateurs",  # what the personnel file adds to the questions asked of a password
    },
    "documents": {
        "outbox",  # what django.core.mail writes to
        "mise_en_page",  # a letter as a finished page
        "retours",  # the box in which reports of failed messages arrive
        "sms",  # the gateway of short messages
        "valeurs",  # what the fields of a letter are worth
    },
    "nouvea_sst.imports": {
        "cibles",  # what an app declares to the engine
        "lecture",  # a file becomes rows: encoding, separator, header
        "moteur",  # rows become created, changed, unchanged, refused
    },
    "nouvea_sst.referentiel": {
        "catalogue",  # what an app declares of its small lists
        "cles",  # what an app declares of the parameters that it reads
        "historique",  # who changed what, from the journal and the past that the database keeps
    },
    "nouvea_sst.travaux": {
        "veille",  # whether database, worker and disk do their work
        "file",  # what procrastinate's queue says of a job and of its workers
    },
    "visites": {
        "calcul",  # what the rules say of many agents, and what it changes
        "charge",  # visits due by month and motive: the chart, the table, where each number leads
        "copie",  # the copy of notes that their author hands over to the agent
        "demi_lettres",  # the letters of a half-day: which went, which are to be made
        "dossiers",  # what the rules of visits need, of many agents in few queries
        "essais",  # the calculation with a rule on trial, beside that with the one in force
        "faits",  # what the rules of due dates need, of many agents in few queries
        "lecture",  # what a conclusion holds, for the rule that cuts it for each reader
        "forms_lettres",  # the form that asks for convocations, for the same reason as forms_regles
        "lettres",  # what the letters of appointments say
        "forms_conclusion",  # the form of a conclusion: forms.py would pass its size with it
        "querysets_versions",  # former versions of conclusions: as querysets_lexique
        "forms_demandes",  # the forms of requests: forms.py would pass its size with them
        "forms_notes",  # the forms of confidential notes: forms.py would pass its size with them
        "forms_planning",  # the forms of half-days: forms.py would pass its size with them
        "forms_presence",  # what is said of a half-day: forms.py would pass its size with it
        "querysets_presence",  # how visits went: querysets.py would pass its size with it
        "presence",  # a half-day as its attendance is said, and who takes a freed slot
        "querysets_liens",  # links of agents: querysets.py would pass its size with it
        "urls_liens",  # the address of those links, which says nothing of visits
        "planning",  # half-days with their slots, who may fill them, what their letters say
        "filters_engagements",  # commitments to apply a measure: filters.py would pass its size with them
        "forms_engagements",  # the forms of commitments: forms.py would pass its size with them
        "querysets_engagements",  # commitments: querysets.py would pass its size with them
        "tables_engagements",  # the columns of commitments: tables.py would pass its size with them
        "filters_echanges",  # follow-ups by coordinators: filters.py would pass its size with them
        "forms_echanges",  # the forms of exchanges: forms.py would pass its size with them
        "querysets_echanges",  # follow-ups and exchanges: querysets.py would pass its size with them
        "tables_echanges",  # the columns of follow-ups: tables.py would pass its size with them
        "filters_essais",  # the filters of the rows of a trial, which stand in no table
        "forms_regles",  # the form of a version of a rule: forms.py would pass its size with it
        "pourquoi",  # the proof of a due date in words
        "querysets_brouillons",  # drafts of conclusions: as querysets_lexique
        "querysets_notes",  # confidential notes: querysets.py would pass its size with them
        "querysets_planning",  # half-days and absences of professionals: as querysets_lexique
        "querysets_lexique",  # the lexicon: querysets.py would pass its size with it
        "regles",  # a version of a rule in words
        "relecture",  # the clinical words of a text that others read, in the form that signs it
        "signees",  # the words of a signed conclusion, the measures that it found
        "restitution",  # what a calculation found, agent by agent
        "tables_postes",  # the columns of the posts that go with an agent's restrictions
        "tables_regles",  # the columns of the list of rules
    },
    "reporting": {
        "indicateurs",  # facts of a period, gathered in a fixed number of queries
        "listes",  # the lists that one may keep views of
        "recherche",  # the search box: one source per kind of record
        "soi",  # « Mon dossier »
        "equipe",  # « Mon équipe »
        "jour",  # « Aujourd’hui » of each role: figures, tasks, side panels
        "pack",  # the CHCT pack: figures, page, PDF
        "qualite",  # the contradictions of all apps, counted and listed
    },
}
LIBRES = {"nouvea_sst.lib"}  # a library names its modules after what they do


def forbidden_names(racine: Path) -> list[str]:
    """Modules named after nothing: utils, helpers, services, mixins, constants."""
    return [
        f"{chemin.relative_to(racine)}: a place for what was not named"
        for chemin in files(racine, ".py")
        if INTERDITS & {chemin.stem, *chemin.relative_to(racine).parts[:-1]}
    ]


def unknown_names(racine: Path) -> list[str]:
    """Files of an app that the template of an app does not know."""
    fautes = []
    for app in apps_present(racine):
        if app in LIBRES:
            continue
        dossier = folder_of(racine, app)
        connus = NOMS | NOMS_PROPRES.get(app, set())
        for entree in sorted(dossier.iterdir()):
            inconnu = entree.suffix in {".py", ""} and entree.stem not in connus
            if inconnu and entree.name != "__pycache__":
                fautes.append(f"{entree.relative_to(racine)}: not a file that an app has")
    return fautes


def long_files(racine: Path) -> list[str]:
    """Python, style and script files over 400 lines."""
    chemins = [c for s in (".py", ".css", ".js") for c in files(racine, s) if "migrations" not in c.parts]
    return _over(racine, chemins, LIGNES_FICHIER)


def long_templates(racine: Path) -> list[str]:
    """Templates over 150 lines."""
    return _over(racine, list(templates(racine)), LIGNES_GABARIT)


def _over(racine: Path, chemins: list[Path], limite: int) -> list[str]:
    """Files that have more lines than the limit."""
    tailles = {c: len(c.read_text(encoding="utf8").splitlines()) for c in chemins}
    return [f"{c.relative_to(racine)}: {n} lines, {limite} allowed" for c, n in tailles.items() if n > limite]


def long_functions(racine: Path) -> list[str]:
    """Functions of 60 lines or more, decorators not counted."""
    fautes = []
    for chemin in [*code_files(racine), *files(racine, ".py", "tests")]:
        for noeud in ast.walk(syntax(chemin)):
            if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef):
                lignes = (noeud.end_lineno or noeud.lineno) - noeud.lineno + 1
                if lignes >= LIGNES_FONCTION:
                    fautes.append(f"{place(racine, chemin, noeud.lineno)}: {noeud.name} has {lignes} lines")
    return fautes
