"""Checks on the syntax tree: where imports stand, what each kind of file may call."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.maison import CODE, code_files, files, parts_of, place, syntax

PURS = {"rules", "enums"}  # what rules may import of the house, besides clean modules of nouvea_sst.lib
BASE_DES_ENUMS = "nouvea_sst.lib.etats."
ECRITURES = {
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "update",
    "update_or_create",
}
HORLOGE = {"localdate", "localtime", "now", "today", "utcnow"}
# What speaks HTTP beside the views reads the instant of the request.
LIT_L_INSTANT = {"adaptateur", "middleware"}
LIT_LE_JOUR = {"views", "commands", "tasks", "actions"}  # actions: instants of an act, never a day
SIGNAUX = ("django.dispatch", "django.db.models.signals", "django.core.signals")
ELISION = re.compile(r"(?<![^\W_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)'(?=[^\W\d_])", re.IGNORECASE)


def imported(noeud: ast.AST) -> list[str]:
    """Dotted names that an import statement brings in: « a.b » for both forms of the statement."""
    if isinstance(noeud, ast.Import):
        return [alias.name for alias in noeud.names]
    if isinstance(noeud, ast.ImportFrom):
        return [f"{noeud.module}.{alias.name}" for alias in noeud.names]
    return []


def imports_in_functions(racine: Path) -> list[str]:
    """Imports hidden in a function: they hide a cycle."""
    fautes = []
    for chemin in [*code_files(racine), *files(racine, ".py", "tests")]:
        for fonction in ast.walk(syntax(chemin)):
            if isinstance(fonction, ast.FunctionDef | ast.AsyncFunctionDef):
                for noeud in ast.walk(fonction):
                    if isinstance(noeud, ast.Import | ast.ImportFrom):
                        fautes.append(f"{place(racine, chemin, noeud.lineno)}: import inside {fonction.name}")
    return fautes


def relative_imports(racine: Path) -> list[str]:
    """Imports that begin with a dot."""
    return [
        f"{place(racine, chemin, noeud.lineno)}: relative import"
        for chemin in files(racine, ".py")
        for noeud in ast.walk(syntax(chemin))
        if isinstance(noeud, ast.ImportFrom) and noeud.level
    ]


def impure_rules(racine: Path) -> list[str]:
    """Rules that import Django, a model or anything else that is not pure."""
    fautes = []
    for chemin in code_files(racine):
        if "rules" in parts_of(chemin.relative_to(racine)):
            for noeud in ast.walk(syntax(chemin)):
                for nom in imported(noeud):
                    if not _is_pure(racine, nom, set()):
                        fautes.append(f"{place(racine, chemin, noeud.lineno)}: a rule imports {nom}")
    return fautes


def _is_pure(racine: Path, nom: str, vus: set[str]) -> bool:
    """Whether a rule may import this name: standard library, rules, enums, clean library modules."""
    parties = nom.split(".")
    if parties[0] in sys.stdlib_module_names or nom in vus:
        return True
    if parties[0] in CODE and PURS & set(parties) or nom.startswith(BASE_DES_ENUMS):
        return True
    if nom.startswith("nouvea_sst.lib."):
        suite = [n for noeud in ast.walk(syntax(_module_file(racine, parties))) for n in imported(noeud)]
        return all(_is_pure(racine, n, vus | {nom}) for n in suite)
    return False


def _module_file(racine: Path, parties: list[str]) -> Path:
    """File of a module, or of the module that a name comes from."""
    chemin = racine.joinpath(*parties)
    possibles = [chemin.with_suffix(".py"), chemin / "__init__.py", chemin.parent.with_suffix(".py")]
    return next((c for c in possibles if c.exists()), chemin.parent / "__init__.py")


def loose_actions(racine: Path) -> list[str]:
    """Public actions that accept a positional argument."""
    fautes = []
    for chemin, fonction in _actions(racine):
        if fonction.args.args or fonction.args.posonlyargs or fonction.args.vararg:
            fautes.append(f"{place(racine, chemin, fonction.lineno)}: {fonction.name} lacks the bare *")
    return fautes


def undocumented_acts(racine: Path) -> list[str]:
    """Public actions and rules without their sentence."""
    fautes = []
    for chemin in code_files(racine):
        if {"actions", "rules", "perms"} & parts_of(chemin.relative_to(racine)):
            for noeud in syntax(chemin).body:
                public = isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_")
                if public and not ast.get_docstring(noeud):
                    fautes.append(f"{place(racine, chemin, noeud.lineno)}: {noeud.name} has no docstring")
    return fautes


def _actions(racine: Path) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Public functions of the actions files."""
    for chemin in code_files(racine):
        if "actions" in parts_of(chemin.relative_to(racine)):
            for noeud in syntax(chemin).body:
                if isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_"):
                    yield chemin, noeud


def signals(racine: Path) -> list[str]:
    """Django signals: the flow must be greppable."""
    return [
        f"{place(racine, chemin, noeud.lineno)}: imports {nom}"
        for chemin in code_files(racine)
        for noeud in ast.walk(syntax(chemin))
        for nom in imported(noeud)
        if nom.startswith(SIGNAUX)
    ]


def admin_site(racine: Path) -> list[str]:
    """django.contrib.admin, imported or installed."""
    return [
        f"{place(racine, chemin, noeud.lineno)}: django.contrib.admin"
        for chemin in code_files(racine)
        for noeud in ast.walk(syntax(chemin))
        if any(n.startswith("django.contrib.admin") for n in [*imported(noeud), _text(noeud)])
    ]


def _text(noeud: ast.AST) -> str:
    """Text of a string constant, nothing for another node."""
    return noeud.value if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) else ""


def writing_views(racine: Path) -> list[str]:
    """Views that write by themselves instead of calling an action."""
    return [
        f"{place(racine, chemin, noeud.lineno)}: a view calls .{noeud.func.attr}()"
        for chemin in code_files(racine)
        if "views" in parts_of(chemin.relative_to(racine))
        for noeud in ast.walk(syntax(chemin))
        if isinstance(noeud, ast.Call)
        and isinstance(noeud.func, ast.Attribute)
        and {noeud.func.attr, noeud.func.attr.removeprefix("a")} & ECRITURES
    ]


def clock_reads(racine: Path) -> list[str]:
    """Reads of the clock elsewhere than in views, commands and tasks (a day), actions (an instant)."""
    fautes = []
    for chemin in code_files(racine):
        endroit = parts_of(chemin.relative_to(racine))
        if endroit & (LIT_LE_JOUR - {"actions"}):
            continue
        for noeud in ast.walk(syntax(chemin)):
            lu = _clock_name(noeud)
            if lu and not (lu == "now" and endroit & (LIT_L_INSTANT | {"actions"})):
                fautes.append(f"{place(racine, chemin, noeud.lineno)}: reads the clock ({lu})")
    return fautes


def _clock_name(noeud: ast.AST) -> str:
    """Name of the clock function that a node calls; default=timezone.now and localtime(instant) are none."""
    if not isinstance(noeud, ast.Call):
        return ""
    appel = noeud.func
    nom = appel.attr if isinstance(appel, ast.Attribute) else getattr(appel, "id", "")
    converts = nom.startswith("local") and noeud.args
    return nom if nom in HORLOGE and not converts else ""


def straight_apostrophes(racine: Path) -> list[str]:
    """French strings with a straight apostrophe, docstrings left out."""
    fautes = []
    for chemin in code_files(racine):
        arbre = syntax(chemin)
        docs = {id(n.value) for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
        for noeud in ast.walk(arbre):
            if id(noeud) not in docs and (trouve := ELISION.search(_text(noeud))):
                fautes.append(f"{place(racine, chemin, noeud.lineno)}: {trouve.group()} instead of ’")
    return fautes
