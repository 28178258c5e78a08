"""What the city keeps beside its agents: imports, jobs, journal, accounts, sessions, packs."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from agents.models import (
    Absence,
    TypeAbsence,
)
from commissions.models import PointOrdreDuJour, Seance
from documents.models import Courriel, Document, LettreEmise, LotLettres, Signataire
from nouvea_sst.comptes.corbeille import put_aside
from nouvea_sst.comptes.enums import NatureAvis, NatureDemande, NatureJournal, NatureLien, Role
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import (
    AvisCompte,
    DemandeCompte,
    EssaiConnexion,
    ExamenConsultations,
    LienCompte,
    LigneExamen,
    LigneJournal,
    SaisieGardee,
    SessionCompte,
    Utilisateur,
)
from nouvea_sst.imports.enums import EffetLigne, EtatImport
from nouvea_sst.imports.models import CorrespondanceValeur, Import, LigneImport, Partant
from nouvea_sst.lib.chiffrement import seal
from nouvea_sst.lib.dates import Periode
from nouvea_sst.referentiel.models import Parametre, Texte
from nouvea_sst.travaux.models import Travail
from reporting.actions import freeze_edition
from reporting.models import ContradictionEcartee, Edition, VueEnregistree
from reporting.pack.chiffres import build
from reporting.pack.rendu import render_pdf
from tests.documents.factories import published
from tests.fabriques import compte
from tests.fuites.canaris import Voliere
from tests.imports.remplissage import APERCU
from tests.visites.factories import EssaiRegleFactory, RegleVisiteFactory
from visites.models import Motif

CONTRADICTION = "visite-sans-suite"  # of the visits placed in 1971


class Communs:
    """What belongs to no agent. The city builds it once its agents stand."""

    voliere: Voliere
    jour: datetime.date
    dossiers: dict[str, Any]
    communs: Any
    siennes: list[Any]
    lettre: Any = None

    def _person(self, champ: str, place: str, role: str = Role.AGENT) -> Utilisateur:
        """An account that only this field points at: its name is the canary."""
        return compte(role, first_name="X", last_name=self.voliere.text(champ, place))

    def _after(self, etat: EtatImport, champ: str, place: str) -> datetime.datetime | None:
        """A moment that a file has once it is applied."""
        return None if etat == EtatImport.DEPOSE else self.voliere.moment(champ, place)

    def _carriers(self) -> None:
        """An account that nothing points at, and imports."""
        v = self.voliere
        self._matches()
        self._samples()
        self.tiers = self.communs.keep(self._account())
        for etat in (EtatImport.DEPOSE, EtatImport.APPLIQUE):
            place = f"ailleurs {etat}"
            mot = v.text("imports.Import.apercu", place)
            depot = self.communs.keep(
                Import.objects.create(
                    cible="agents",
                    nom_fichier="registre.csv",
                    etat=etat,
                    contenu=v.text("imports.Import.contenu", place).encode()
                    if etat == EtatImport.DEPOSE
                    else b"",
                    apercu=APERCU
                    | {
                        "exemples": [[mot]],
                        "nombres": {
                            "lignes": 2,
                            "crees": 1,
                            "modifies": 0,
                            "inchanges": 0,
                            "refuses": 1,
                            "avertis": 1,
                        },
                    },
                    bilan={
                        "crees": 1,
                        "modifies": 0,
                        "inchanges": 0,
                        "refuses": 1,
                        "remarque": v.text("imports.Import.bilan", place),
                    },
                    depose_par=self._person("imports.Import.depose_par", place),
                    applique_le=self._after(etat, "imports.Import.applique_le", place),
                    annule_le=self._after(etat, "imports.Import.annule_le", place),
                    efface_le=self._after(etat, "imports.Import.efface_le", place),
                    requete="" if etat == EtatImport.DEPOSE else str(uuid.uuid4()),
                )
            )
            if etat == EtatImport.DEPOSE:
                self._leavers(depot, place)
            for numero, effet in enumerate((EffetLigne.CREE, EffetLigne.REFUSE, EffetLigne.ATTENTE), start=2):
                lieu = f"{place} {effet}"
                LigneImport.objects.create(
                    **v.fill(
                        LigneImport,
                        lieu,
                        fichier=depot,
                        numero=numero,
                        effet=effet,
                        changements=[["Sexe", "", v.text("imports.LigneImport.changements", lieu)]],
                        cellules=[v.text("imports.LigneImport.cellules", lieu)],
                    )
                )

    def _leavers(self, depot: Import, place: str) -> None:
        """Somebody whom a full file leaves out."""
        Import.objects.filter(pk=depot.pk).update(
            complet=True, apercu=depot.apercu | {"partants": 1, "effectif": 20, "portee": ""}
        )
        Partant.objects.create(**self.voliere.fill(Partant, place, fichier=depot, cle=0))

    def _matches(self) -> None:
        """A value of a file, matched with one of the house."""
        v, place = self.voliere, "ailleurs"
        self.communs.keep(
            CorrespondanceValeur.objects.create(
                **v.fill(
                    CorrespondanceValeur,
                    place,
                    cible="agents",
                    champ="statut",
                    choix="F",
                    retenue_par=self._person("imports.CorrespondanceValeur.retenue_par", place),
                )
            )
        )

    def _jobs(self) -> None:
        """Jobs, a line of the journal, views that people keep."""
        v = self.voliere
        self.travail = Travail.objects.create(**v.fill(Travail, "soi", demandeur=self.tiers))
        self.communs.keep(self.travail)
        arrete = self._person("travaux.Travail.arret_par", "ailleurs")
        self.communs.keep(
            Travail.objects.create(**v.fill(Travail, "ailleurs", demandeur=self.tiers, arret_par=arrete))
        )
        self.communs.keep(
            LigneJournal.objects.create(
                **v.fill(
                    LigneJournal,
                    "ailleurs",
                    nature=NatureJournal.ACTE,
                    champs=[v.text("comptes.LigneJournal.champs", "ailleurs")],
                )
            )
        )

        self.vue = VueEnregistree.objects.create(
            **v.fill(VueEnregistree, "soi", utilisateur=self.tiers, liste="agents:liste")
        )
        VueEnregistree.objects.create(
            **v.fill(VueEnregistree, "ailleurs", utilisateur=self.tiers, liste="agents:liste")
        )

    def _samples(self) -> None:
        """A sample of consultations that a chief drew, with what he says of one."""
        v, place = self.voliere, "ailleurs"
        ligne = record_consultation(
            acteur=compte(Role.COORDINATEUR), acte="agents.agent", agent=self.dossiers[place].agent
        )
        chef = self._person("comptes.ExamenConsultations.tire_par", place)
        faits = v.fill(ExamenConsultations, place, annee=1990, population=1, tire_par=chef, clos_le=None)
        examen = ExamenConsultations.objects.create(**faits)
        self.communs.keep(examen)
        avis = v.fill(LigneExamen, place, examen=examen, ligne=ligne, rang=1, avis="injustifiee")
        self.communs.keep(LigneExamen.objects.create(**avis))

    def make_letter(self, place: str, dossier: Any) -> None:
        """A letter that went to an agent, of a lot asked by somebody."""
        v, agent = self.voliere, dossier.agent
        if self.lettre is None:
            self.lettre = dossier.keep(published())
            dossier.keep(self.lettre.type)
        lot = None
        if place == "ailleurs":
            lot = dossier.keep(
                LotLettres.objects.create(
                    **v.fill(
                        LotLettres,
                        place,
                        demandeur=compte(Role.CHEF),
                        travail=Travail.objects.create(intitule="Lettres"),
                        saisie={"texte": v.text("documents.LotLettres.saisie", place)},
                        ecartees=[v.text("documents.LotLettres.ecartees", place)],
                        contenu=v.text("documents.LotLettres.contenu", place).encode(),
                    )
                )
            )
            fixes = {"contenu": None, "etat": "refuse", "envoye_le": None, "revenu_le": None}
            message = Courriel(**v.fill(Courriel, place, **fixes))
            seal(message, "contenu", v.text("documents.Courriel.contenu", place).encode())
            message.save()
            dossier.keep(message)
            dossier.keep(Signataire.objects.create(**v.fill(Signataire, place, date_debut=self.jour)))
        fichier = Document.objects.create(
            agent=agent, categorie="lettre", nom_fichier=f"lettre-{place}.pdf", contenu=b"%PDF-1.4 "
        )
        dossier.keep(
            LettreEmise.objects.create(
                **v.fill(
                    LettreEmise,
                    place,
                    agent=agent,
                    modele=self.lettre,
                    cle=f"essai:{place}",
                    document=fichier,
                    lot=lot,
                    emise_par=self._person("documents.LettreEmise.emise_par", place),
                    emise_le=timezone.now(),
                )
            )
        )

    def _trials(self) -> None:
        """A rule on trial that moves the visit of a stranger."""
        v, place = self.voliere, "ailleurs"
        demandeur = self._person("visites.EssaiRegle.demandeur", place)
        essai = EssaiRegleFactory.create(jour=self.jour, demandeur=demandeur)
        apres = v.day("visites.EssaiRegle.resultat", place).isoformat()
        essai.resultat["mouvements"] = [[self.dossiers[place].agent.pk, 0, "apparues", "", apres]]
        essai.save(update_fields=["resultat"])
        self.communs.keep(essai)
        for date_effet in (datetime.date(2000, 1, 1), self.jour + datetime.timedelta(days=60)):
            self.communs.keep(RegleVisiteFactory.create(date_effet=date_effet))

    def _access(self) -> None:
        """What the pages of accounts show: requests, links, sessions, text kept at a log-out, the trash."""
        v, place = self.voliere, "ailleurs"
        for modele, fixes in {
            DemandeCompte: {
                "compte": self.tiers,
                "nature": NatureDemande.CREATION,
                "role": Role.RH,
                "demandeur": self._person("comptes.DemandeCompte.demandeur", place),
                "decideur": None,
                "decidee_le": None,
                "effet_le": None,
            },
            AvisCompte: {
                "compte": self.tiers,
                "nature": NatureAvis.LIEN,
                "lien": None,
                "cree_le": timezone.now(),
                "envoye_le": None,
            },
            LienCompte: {
                "compte": self.tiers,
                "nature": NatureLien.INVITATION,
                "empreinte": "e" * 64,
                "cree_par": self._person("comptes.LienCompte.cree_par", place),
                "fini_le": None,
            },
            SessionCompte: {"compte": self.tiers, "session_key": "cle", "session_data": ""},
            EssaiConnexion: {"echecs": 1},
        }.items():
            self.communs.keep(modele.objects.create(**v.fill(modele, place, **fixes)))
        self._trash(place)
        for lieu in ("soi", "ailleurs"):
            texte = v.text("comptes.SaisieGardee.champs", lieu)
            saisie = SaisieGardee.objects.create(
                **v.fill(
                    SaisieGardee,
                    lieu,
                    compte=self.tiers,
                    # A page that is there: the form is sent to it, and its marks name it.
                    adresse="/agents/ajouter/?" + v.text("comptes.SaisieGardee.adresse", lieu),
                    champs={"nom": [texte]},
                    fichiers=[v.text("comptes.SaisieGardee.fichiers", lieu)],
                    gardee_le=timezone.now(),
                )
            )
            self.siennes.append(self.communs.keep(saisie)) if lieu == "soi" else self.communs.keep(saisie)
        Texte.objects.create(reference="Délibération 1", titre="Essai", date=self.jour)
        for modele in (Parametre, Texte, Motif):
            self.communs.keep(modele.objects.order_by("pk").first())

    def _trash(self, place: str) -> None:
        """An absence taken away, which may be put back."""
        v, agent = self.voliere, self.dossiers[place].agent
        jour = v.day("comptes.Retrait.donnees", place)
        absence = Absence.objects.create(
            agent=agent, type=TypeAbsence.objects.order_by("pk")[0], date_debut=jour, date_fin=jour
        )
        self.communs.keep(
            put_aside(
                acteur=self._person("comptes.Retrait.retire_par", place),
                objet=absence,
                libelle=v.text("comptes.Retrait.libelle", place),
                droit="agents.change_absence",
                adresse="/agents/",
                agent=agent,
            )
        )

    def _account(self) -> Utilisateur:
        """An account that nothing points at; its password is a canary too."""
        v = self.voliere
        champs = v.fill(
            Utilisateur,
            "ailleurs",
            role=Role.RH,
            last_login=None,
            date_joined=timezone.now(),
            is_active=False,
            motif_fermeture="depart",
        )
        champs["password"] = v.text("comptes.Utilisateur.password", "ailleurs")
        return Utilisateur.objects.create(**champs)

    def _session(self) -> None:
        """A session of the CHCT with its agenda, and the pack made for it."""
        v = self.voliere
        seance = self.communs.keep(
            Seance.objects.create(**v.fill(Seance, "ailleurs", numero=61, heure=datetime.time(9)))
        )
        self.communs.keep(
            PointOrdreDuJour.objects.create(**v.fill(PointOrdreDuJour, "ailleurs", seance=seance, ordre=1))
        )
        periode = Periode(datetime.date(self.jour.year, 1, 1), self.jour)
        chiffres = build(seance=seance, periode=periode, rang=1, jour=self.jour)
        chiffres["points"][0]["intitule"] = v.text("reporting.Edition.chiffres", "ailleurs")
        pdf, pages = render_pdf(chiffres)
        auteur = self._person("reporting.Edition.faite_par", "ailleurs")
        placee = self.dossiers["ailleurs"].objets["visites.Visite"][1]
        champs = v.fill(ContradictionEcartee, "ailleurs", code=CONTRADICTION, cle=placee.pk, reprise_le=None)
        champs["ecartee_par"] = self._person("reporting.ContradictionEcartee.ecartee_par", "ailleurs")
        self.communs.keep(ContradictionEcartee.objects.create(**champs))
        self.edition: Edition = self.communs.keep(
            freeze_edition(
                acteur=auteur,
                seance=seance,
                periode=periode,
                chiffres=chiffres,
                pdf=pdf,
                pages=pages,
                travail=None,
            )
        )
