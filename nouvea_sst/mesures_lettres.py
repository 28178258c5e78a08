"""What a lot of convocations with their notices costs beside WeasyPrint on the same finished pages."""

import datetime
import time
from dataclasses import dataclass
from typing import Any

from agents.models import Agent
from documents.actions import open_lot, read_cadre
from documents.mise_en_page import FEUILLES, write_page
from documents.models import LettreEmise
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.pdf import Presse
from visites.actions.lettres import TACHE_LETTRES, make_lettres
from visites.enums import EtatVisite, NatureVisite
from visites.lettres import Redaction, placed
from visites.models import Motif, Visite

RAPPORT_LETTRES = 1.3
JOUR = datetime.timedelta(days=1)


@dataclass(frozen=True)
class MesureLettres:
    """The cost of a lot in seconds: of the processor, then by the clock, which other programs slow."""

    convocations: int
    lettres: int
    pages: int
    octets: int
    octets_relies: int
    un_par_un_s: float
    temoin_s: float
    relie_seul_s: float
    lot_s: float
    un_par_un_horloge_s: float
    lot_horloge_s: float

    @property
    def rapport_horloge(self) -> float:
        """The same by the clock, the database's work included."""
        return round(self.lot_horloge_s / self.un_par_un_horloge_s, 2)

    @property
    def rapport(self) -> float:
        """How many times what WeasyPrint takes to write each finished page to its own file, no more.

        The lot also reads the database, fills the letters, keeps them and binds them all: it counts here.
        """
        return round(self.lot_s / self.un_par_un_s, 2)


def measure_lettres(nombre: int, jour: datetime.date, maintenant: datetime.datetime) -> MesureLettres:
    """Place visits, make their letters, give the same pages to WeasyPrint; leave_nothing() around.

    Raises PdfImpossible without pango.
    """
    chef = Utilisateur.objects.filter(role=Role.CHEF).order_by("pk")[0]
    cles = [visite.pk for visite in place_visits(nombre, jour)]
    lot = open_lot(
        acteur=chef,
        intitule="Mesure",
        saisie={"visites": cles, "avis": True, "feuilles": False, "signataire": None},
        tache=TACHE_LETTRES,
    )
    cadre = read_cadre(signataire=None, jour=jour)
    visites = placed(Visite.objects.filter(pk__in=cles), jour)
    tirage = Redaction(visites, cadre).write(avis=True, feuilles=False)
    pages = [write_page(pli.page, cadre) for pli in tirage.plis]
    debut, horloge = time.process_time(), time.perf_counter()
    presse = Presse(FEUILLES)
    rendus = [presse.lay_out(page) for page in pages]
    mise_en_page = time.process_time() - debut
    octets = sum(len(presse.write(rendu)) for rendu in rendus)
    un_par_un, un_par_un_horloge = time.process_time() - debut, time.perf_counter() - horloge
    relie = presse.bind(rendus)
    temoin, octets_relies = time.process_time() - debut, len(relie)
    nombre_pages = sum(len(rendu.pages) for rendu in rendus)
    del rendus, relie
    debut, horloge = time.process_time(), time.perf_counter()
    make_lettres(acteur=chef, lot=lot, maintenant=maintenant, jour=jour, progres=lambda fait, total: None)
    return MesureLettres(
        convocations=len(cles),
        lettres=LettreEmise.objects.filter(lot=lot).count(),
        pages=nombre_pages,
        octets=octets,
        octets_relies=octets_relies,
        un_par_un_s=round(un_par_un, 2),
        temoin_s=round(temoin, 2),
        relie_seul_s=round(mise_en_page + temoin - un_par_un, 2),
        lot_s=round(time.process_time() - debut, 2),
        un_par_un_horloge_s=round(un_par_un_horloge, 2),
        lot_horloge_s=round(time.perf_counter() - horloge, 2),
    )


def place_visits(nombre: int, jour: datetime.date) -> list[Visite]:
    """Place visits of agents who have a structure, far from those of the house."""
    medecin: Any = Utilisateur.objects.filter(role=Role.MEDECIN).order_by("pk")[0]
    motif = Motif.objects.create(code="mesure", libelle="Mesure")
    agents = Agent.objects.filter(structure__isnull=False, date_depart__isnull=True).order_by("pk")[:nombre]
    return Visite.objects.bulk_create(
        Visite(
            agent=agent,
            motif=motif,
            nature=NatureVisite.VIP,
            etat=EtatVisite.PLACEE,
            date=jour + (400 + rang // 30) * JOUR,
            heure=datetime.time(7 + rang % 30 // 4, rang % 30 % 4 * 15),
            professionnel=medecin,
        )
        for rang, agent in enumerate(agents)
    )
