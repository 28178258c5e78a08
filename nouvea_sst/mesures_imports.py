"""What an import costs beside reading its file: a register of invented people, previewed and applied.

Call it inside leave_nothing(): the people do not stay.
"""

import datetime
import io
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from openpyxl import load_workbook

from nouvea_sst.comptes.contexte import acting
from nouvea_sst.imports.actions import apply_import, deposit_import
from nouvea_sst.lib.xlsx import write_xlsx

RAPPORT_MAX = 4
MO_MAX = 250
# The best of several readings: the first one loads modules.
LECTURES = 3
EN_TETES = (
    "Matricule", "Matricule Tiarhé", "N° CAFAT", "Nom d’usage", "Prénom", "Nom de naissance", "Civilité",
    "Sexe", "Date de naissance", "Dernière embauche", "Statut", "Collectivité", "Sigle direction",
    "Direction", "Sigle service", "Service", "Poste", "Site", "Courriel", "Téléphone",
)  # fmt: skip
NAISSANCES, EMBAUCHES = datetime.date(1952, 1, 1), datetime.date(2008, 1, 1)


@dataclass(frozen=True)
class MesureImport:
    """The cost of one import: seconds by this machine's clock; memory of the process at its peak."""

    lignes: int
    crees: int
    lecture_s: float
    apercu_s: float
    application_s: float
    memoire_mo: float

    @property
    def rapport(self) -> float:
        """How many times what openpyxl takes to read the file."""
        return round((self.apercu_s + self.application_s) / self.lecture_s, 1)


def measure_import(lignes: int, jour: datetime.date) -> MesureImport:
    """Write a register of this many rows and 20 columns, read it by openpyxl, then preview and apply it."""
    contenu = write_xlsx(titre="Registre", colonnes=EN_TETES, lignes=_people(lignes))
    lecture = min(_read(contenu) for _ in range(LECTURES))
    debut = time.perf_counter()
    with acting(None):
        depose = deposit_import(
            acteur=None, jour=jour, cible="agents", nom_fichier="mesure.xlsx", contenu=contenu
        )
        apercu = time.perf_counter() - debut
        depose = apply_import(acteur=None, jour=jour, import_id=depose.pk)
        with connection.cursor() as curseur:
            # What a commit would check.
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    total = time.perf_counter() - debut
    return MesureImport(
        lignes=lignes,
        crees=depose.bilan["crees"],
        lecture_s=round(lecture, 4),
        apercu_s=round(apercu, 4),
        application_s=round(total - apercu, 4),
        memoire_mo=round(_peak(), 1),
    )


def _people(nombre: int) -> Iterator[tuple[Any, ...]]:
    """Invented people, each with a matricule and a name of his own, in 20 directions and 120 services."""
    for rang in range(nombre):
        nom = f"Mesure {_letters(rang)}"
        service = rang % 120
        yield (
            f"{20_000 + rang}", f"TM{rang:06}", f"{900_000 + rang}", nom,
            f"Prénom {_letters(rang % 300)}", nom,
            ("M.", "Mme")[rang % 2], ("M", "F")[rang % 2],
            NAISSANCES + datetime.timedelta(rang * 7 % 13_000),
            EMBAUCHES + datetime.timedelta(rang % 6_000),
            ("F", "C", "CC")[rang % 3], "VDN",
            f"MD{service // 6}", f"Direction de mesure {service // 6}",
            f"MS{service}", f"Service de mesure {service}",
            f"Poste de mesure {rang % 150}", f"Site de mesure {rang % 200}",
            f"mesure{rang}@exemple.nc", f"{250_000 + rang}",
        )  # fmt: skip


def _letters(rang: int) -> str:
    """A number as letters: a name holds no digit."""
    lettres = ""
    for _place in range(4):
        rang, reste = divmod(rang, 26)
        lettres = chr(97 + reste) + lettres
    return lettres.capitalize()


def _read(contenu: bytes) -> float:
    """Seconds that openpyxl takes to give every cell of the workbook."""
    debut = time.perf_counter()
    classeur = load_workbook(io.BytesIO(contenu), read_only=True)
    for _ligne in classeur.worksheets[0].iter_rows(values_only=True):
        pass
    return time.perf_counter() - debut


def _peak() -> float:
    """Megabytes, the larger of this process and of the children that read for it."""
    pointes = (resource.getrusage(qui).ru_maxrss for qui in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    # Kilobytes on Linux, bytes on a Mac.
    return max(pointes) / (1024 if sys.platform != "darwin" else 1024 * 1024)
