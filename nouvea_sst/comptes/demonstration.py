"""The demonstration's accounts, in a file that exists only there."""

import json
from pathlib import Path

from nouvea_sst.comptes.enums import Role

FICHIER = "comptes_demo.json"


def read_demo_accounts(dossier: Path) -> list[dict[str, str]]:
    """Return one row per role: role, libelle, identifiant, mot_de_passe. Empty without the file."""
    chemin = dossier / FICHIER
    if not chemin.exists():
        return []
    lus = json.loads(chemin.read_text(encoding="utf8"))
    return [{"role": role, "libelle": Role(role).label, **lus[role]} for role in Role.values if role in lus]


def write_demo_accounts(dossier: Path, comptes: dict[str, dict[str, str]]) -> None:
    """Write {role: {identifiant, mot_de_passe}} where only the owner reads."""
    dossier.mkdir(parents=True, exist_ok=True)
    chemin = dossier / FICHIER
    chemin.write_text(json.dumps(comptes, ensure_ascii=False, indent=2), encoding="utf8")
    chemin.chmod(0o600)
