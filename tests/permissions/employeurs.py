"""The city of the permission tests under two employers: each account answers for one, « hors » is of another.

What belongs to the other employer bears a name in « zq… », a beginning that no word of the house has: to ask
for « zq » finds every canary and echoes none.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.urls import reverse
from django.utils import timezone

from agents.models import Agent, Poste
from agents.rules.identite import name_key
from nouvea_sst.comptes.enums import Portee, Role
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.comptes.roles import PORTEES
from nouvea_sst.imports.models import Import
from signalements.models import Signalement
from tests.agents import factories as a
from tests.architecture.verifs_urls import routes
from tests.permissions.essais import JETONS, open_as
from tests.permissions.monde import Monde, taken_back
from tests.permissions.tableau import read_all

TENUS = [role for role in Role if PORTEES[role] in {Portee.TOUS, Portee.EQUIPE}]
CANARI = re.compile(r"zq[a-z]+", re.IGNORECASE)
LISTES = {route.nom for route in routes() if getattr(route.vue, "est_liste", False)}
FORMES = ("", "?format=xlsx", "?imprimer=1", "?q=zq", "?q=zq&format=xlsx")
LIENS = re.compile(r'<a [^>]*href="(/[^"#]*)')
# The key of a sealed text is its address, the same in both cities.
UUID = re.compile(
    rb"(?<!/notes/)(?<!/echanges/)(?<!/accompagnements/)[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}"
)
ATTENDUS = read_all()
# One reports what happens anywhere: every structure and site is offered there, to each agent of the city too.
PARTOUT = {"signalements:signaler"}


class Employeurs(Monde):
    """Every account answers for « Caisse », whose « dans » is; « hors » and « mienne » are the other's."""

    def __init__(self) -> None:
        super().__init__()
        self.maintenant = timezone.now()
        self.caisse = a.CollectiviteFactory.create(code="CAISSE", libelle="Caisse des écoles d’essai")
        self.autre = a.CollectiviteFactory.create(code="ZQVIL", libelle="Zqville")
        self._hold_accounts()
        self._move_own()
        self._name_others()

    def _hold_accounts(self) -> None:
        """Each role that reaches others answers for the first employer and for nothing else."""
        for role in TENUS:
            self.comptes[role].responsabilites.all().delete()
            a.ResponsabiliteFactory.create(compte=self.comptes[role], collectivite=self.caisse)

    def own_structure(self, role: str) -> Any:
        """The accounts' own agents are of the first employer, in its service."""
        return self.verts

    def _move_own(self) -> None:
        """« dans » and the accounts' own files are of the first employer."""
        siens = [self.dans.agent.pk, *(fichier.agent.pk for fichier in self.soi.values())]
        Agent.objects.filter(pk__in=siens).update(collectivite=self.caisse)

    def _name_others(self) -> None:
        """The other employer's names are canaries: its structures, agents, posts, sites, reports, files."""
        for noeud, mot in ((self.livres.parent, "Zqdirection"), (self.livres, "Zqservice")):
            type(noeud).objects.filter(pk=noeud.pk).update(sigle=mot.upper(), libelle=mot)
        for agent in Agent.objects.exclude(collectivite=self.caisse):
            self._name_agent(agent)
        ancien = a.SiteFactory.create(libelle="Zqancien")
        a.AffectationFactory.create(agent=self.hors.agent, date_debut="2020-01-01", site=ancien)
        Signalement.objects.filter(pk=self.hors.signalement.pk).update(
            intitule="Zqsignalement", lieu="Zqlieu"
        )
        Retrait.objects.filter(pk=self.un.retrait.pk).update(libelle="Zqabsence")
        Import.objects.update(nom_fichier="zqregistre.csv")
        lecteur, lu = self.comptes[Role.COORDINATEUR], self.hors.agent
        record_consultation(acteur=lecteur, acte="agents.agent", objet=lu, agent=lu)

    def _name_agent(self, agent: Any) -> None:
        """Give an agent, his post and his site names of the other employer, in letters only."""
        lettres = "".join(chr(97 + int(chiffre)) for chiffre in str(agent.pk))
        Poste.objects.filter(pk=agent.poste_id).update(intitule=f"Zqposte{lettres}")
        agent.nom, agent.collectivite = f"Zqagent{lettres}", self.autre
        agent.nom_cle = name_key(agent.nom, agent.prenom)
        agent.site = a.SiteFactory.create(libelle=f"Zqsite{lettres}")
        agent.save()

    def grow_others(self) -> None:
        """Files of the other employer in its service, in a new one, and beside « dans » on the same post."""
        neuve = a.StructureFactory.create(sigle="ZQPLUS", libelle="Zqplus")
        for structure in (self.livres, neuve, self.verts):
            agent = self._make_file("Plus", structure).agent
            self._name_agent(agent)
            record_consultation(acteur=self.comptes[Role.CHEF], acte="agents.agent", objet=agent, agent=agent)
        agent.poste = self.dans.agent.poste
        agent.save()


def addresses(monde: Monde, role: str) -> Iterator[str]:
    """Every address that the role reads without a scope, in every form that its own links ask for."""
    for nom, bloc in ATTENDUS.items():
        for (methode, position), reponses in bloc.lignes.items():
            if methode != "GET" or reponses[role] in {"non", "con"} or nom in PARTOUT:
                continue
            adresse = monde.adresse(nom, bloc.cles, position, role)
            formes = FORMES if nom in LISTES else ("", "?q=zq") if position == "page" else ("",)
            yield from (adresse + forme for forme in formes)


def read(monde: Monde, role: str, adresse: str) -> tuple[int, str]:
    """Status and whole content of an address; a workbook unpacked."""
    with taken_back(), mock.patch("django.utils.timezone.now", return_value=monde.maintenant):
        reponse: Any = open_as(monde, role, adresse)
        corps = b"".join(reponse) if reponse.streaming else reponse.content
    if corps.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(corps)) as classeur:
            corps = b"".join(classeur.read(nom) for nom in classeur.namelist() if nom.startswith("xl/"))
    return reponse.status_code, UUID.sub(b"", JETONS.sub(rb"\1", corps)).decode(errors="replace")


def canaries_of(corps: str) -> set[str]:
    """Names of the other employer in an answer."""
    return set(CANARI.findall(corps))


def links_of(corps: str) -> set[str]:
    """Addresses of the house that a page offers to open."""
    return {html.unescape(lien) for lien in LIENS.findall(corps)} - {reverse("comptes:deconnexion")}
