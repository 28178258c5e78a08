"""The gallery of components: every state, message, field and chart on one page, in demonstration only."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_connecte
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, ColonneEcheance, ColonneXpf
from nouvea_sst.lib.etats import all_enums
from nouvea_sst.lib.graphiques import MOIS_COURTS, Barres, BarresEmpilees, Colonnes, Courbe, Serie
from nouvea_sst.lib.versions import Ecart
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail

JOUR = date(2026, 11, 24)
LIGNES = [
    {"ligne": "Visites SMIT", "echeance": date(2026, 10, 12), "credit": 7_800_000, "engage": 6_552_000},
    {"ligne": "Contrôles médicaux", "echeance": date(2026, 11, 30), "credit": 1_200_000, "engage": 430_000},
    {
        "ligne": "Aménagements de poste",
        "echeance": date(2027, 1, 5),
        "credit": 3_500_000,
        "engage": 3_610_000,
    },
]


class ChampsForm(forms.Form):
    """Fields in their states: empty, filled, with help, refused."""

    debut = forms.DateField(label="Début de la restriction", help_text="jj/mm/aaaa")
    fin = forms.DateField(label="Fin de la restriction")
    motif = forms.ChoiceField(
        label="Motif", choices=[("", "Choisir un motif"), ("reprise", "Reprise après maladie")]
    )
    cout = forms.IntegerField(label="Coût estimé, en XPF", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its beginning."""
        lus = super().clean() or {}
        debut, fin = lus.get("debut"), lus.get("fin")
        if debut and fin and fin < debut:
            self.add_error("fin", f"La fin précède le début, le {debut:%d/%m/%Y}")
        return lus


class CreditsFilter(django_filters.FilterSet):
    """Filters whose chips the gallery shows."""

    site = django_filters.CharFilter(label="Site", method="keep")
    etat = django_filters.ChoiceFilter(label="État", choices=[("a_placer", "à placer")], method="keep")

    def keep(self, lignes: Any, nom: str, valeur: Any) -> Any:
        """Keep every row: the gallery has no rows to choose from."""
        return lignes


class CreditsTable(tables.Table):
    """A small table with totals, an open row and every kind of column."""

    ligne = Colonne(verbose_name="Ligne", footer="Total")
    echeance = ColonneDate(verbose_name="Échéance", prefixe="Échéance", wide=True)
    delai = ColonneEcheance(accessor="echeance", verbose_name="État")
    credit = ColonneXpf(verbose_name="Crédit, XPF", desk=True, footer="12\u202f500\u202f000")
    engage = ColonneXpf(verbose_name="Engagé, XPF", desk=True, footer="10\u202f592\u202f000")

    nom = "ligne"
    legende = "Lignes de crédit"
    jour = JOUR


def build_charts() -> list[Any]:
    """Return one chart of each kind, with the figures of the reference pictures."""
    mois = MOIS_COURTS[:10]
    liens = ["?"] * 10
    directions = ("DRH et DSI", "DJCS", "DPM", "DASP", "DGUI", "DECV", "DSIS")
    effectifs = (71, 268, 182, 344, 291, 296, 132)
    return [
        Colonnes(
            titre="Accidents avec arrêt : 27 en dix mois, 7 de moins qu’en 2025",
            note="Par mois, trajet à part.",
            libelles=mois,
            series=[
                Serie("2025", (3, 4, 5, 3, 4, 3, 4, 3, 2, 3)),
                Serie("2026", (4, 5, 4, 3, 2, 2, 3, 1, 2, 1), liens),
            ],
        ),
        Courbe(
            titre="Le taux de fréquence passe sous l’objectif",
            note="TF1, accidents avec arrêt par million d’heures, douze mois glissants",
            libelles=[str(annee) for annee in range(2021, 2027)],
            series=[Serie("TF1", (19.4, 18.1, 18.8, 16.2, 15.0, 12.3), liens)],
            objectif=13,
            decimales=1,
        ),
        Barres(
            titre="Visites à jour : quatre directions sous 90\u202f%",
            note="Part des agents vus dans le délai, au 23/11/2026. Ambre\u202f: sous l’objectif",
            libelles=directions,
            series=[Serie("À jour", (98, 96, 93, 89, 87, 84, 79), liens)],
            objectif=90,
            unite="\u202f%",
            complements=[f"{n} agents" for n in effectifs],
        ),
        BarresEmpilees(
            titre="Plan d’actions : 11 actions en retard sur 96",
            note="Actions de 2026 par origine",
            libelles=("EvRP", "Accidents", "CHCT", "Signalements", "Visites"),
            series=[
                Serie("faites", (22, 11, 9, 8, 0), liens),
                Serie("en cours", (14, 9, 6, 5, 1), liens),
                Serie("en retard", (4, 3, 1, 2, 1), liens),
            ],
        ),
    ]


NOMS = {
    "ClasseRisque": "Risque",
    "EtatAction": "Action",
    "EtatEcheance": "Échéance",
    "EtatImport": "Import",
    "EtatSeance": "Séance",
    "EtatSignalement": "Signalement",
    "EtatTravail": "Travail",
    "EtatVisite": "Visite",
    "Fiabilite": "Fiabilité",
}
SECTIONS = (
    ("c-etats", "États"),
    ("c-champs", "Champs"),
    ("c-choix", "Choix et boutons"),
    ("c-messages", "Messages"),
    ("c-fil", "Fil"),
    ("c-attente", "Attente"),
    ("c-rangs", "À faire"),
    ("c-tableau", "Tableau"),
    ("c-travaux", "Travaux"),
    ("c-conflit", "Deux textes"),
    ("c-selection", "Sélection"),
    ("c-graphiques", "Graphiques"),
    ("c-conf", "Confirmation"),
    ("c-vide", "Vide"),
)
MOMENT = datetime(2026, 11, 24, 10, 52, tzinfo=ZoneInfo("Pacific/Noumea"))
SUITE = {
    "arretes": [
        Travail(
            pk=1,
            intitule="Dossier CHCT, séance n° 3",
            etat=EtatTravail.TERMINE,
            message="Édition 2, 12 pages.",
            adresse_resultat="/composants/",
            annonce_le=MOMENT,
        ),
        Travail(
            pk=2,
            intitule="Application de l’import",
            etat=EtatTravail.ECHEC,
            message="Rien n’a été écrit. Reprenez l’import depuis l’historique.",
            annonce_le=MOMENT,
        ),
        Travail(
            pk=3,
            intitule="Calcul des échéances de visite",
            etat=EtatTravail.ABANDONNE,
            message="Retiré de la file avant d’avoir commencé.",
            annonce_le=MOMENT,
        ),
    ],
    "conflit": [Ecart("Lieu", "Salle du conseil", "Hôtel de ville"), Ecart("Heure", "08:30", "09:00")],
    "lignes": [("BOUQUET Patrick", 2), ("IXEKO Nadège", 0)],
    "vue": {"pk": 1, "libelle": "DSIS, vue de l’équipe", "par_defaut": False},
}


@acces_connecte
@require_safe
def composants(request: HttpRequest) -> HttpResponse:
    """Show the gallery; its address exists only in demonstration."""
    table = CreditsTable(LIGNES, request=request, order_by="-ligne")
    tables.RequestConfig(request, paginate={"per_page": 2, "silent": True}).configure(table)
    filtre = CreditsFilter(
        request.GET or {"site": "Piscine du Ouen Toro", "etat": "a_placer"}, get_user_model().objects.none()
    )
    contexte = {
        "jour": JOUR,
        "familles": [(NOMS.get(e.__name__, e.__name__), e.__module__, list(e)) for e in all_enums()],
        "sections": SECTIONS,
        "suite": SUITE,
        "formulaire": ChampsForm({"debut": "24/11/2026", "fin": "12/11/2026", "motif": ""}),
        "table": table,
        "filtre": filtre,
        "graphiques": build_charts(),
        "exemples": EXEMPLES,
    }
    return render(request, "composants.html", contexte)


EXEMPLES = {
    "retour": {"adresse": "/composants/", "bouton": "Garder la vue", "champs": {}},
    "chiffres": [
        {"valeur": "37", "libelle": "visites en retard", "url": "?", "classe": "is-late"},
        {"valeur": "14", "libelle": "convocations à envoyer", "url": "?", "classe": ""},
        {"valeur": "4", "libelle": "signalements à qualifier", "url": "?", "classe": "is-soon"},
        {"valeur": "1\u202f612", "libelle": "agents suivis", "url": "", "classe": ""},
    ],
    "vues": [
        {"libelle": "À placer", "url": "?", "actif": True, "compte": 96, "retard": False},
        {"libelle": "En retard", "url": "?", "actif": False, "compte": 37, "retard": True},
    ],
    "etapes": [
        {"libelle": "Nouveau", "texte": "20/11/2026", "classe": "is-done"},
        {"libelle": "Qualifié", "texte": "attendu le 23/11/2026", "classe": "is-late"},
        {"libelle": "En traitement", "texte": "avant le 27/11/2026", "classe": "is-neutral"},
    ],
    "faits": [
        "Arrêt du 16/10 au 30/10/2026, 15 jours",
        "Prolongation du 31/10 au 27/11/2026, 28 jours",
    ],
    "calcul": ["27/11 + 1 jour = samedi 28/11", "Premier jour ouvré :"],
    "evenements": [
        {
            "jour": date(2026, 11, 30),
            "titre": "Visite de reprise à placer",
            "texte": "Premier jour ouvré après la fin de l’arrêt",
            "icone": "calendar-event",
            "classe": "is-soon",
            "url": "?",
            "ecart": "",
        },
        {
            "jour": date(2026, 10, 22),
            "titre": "Pli réservé au médecin du travail",
            "texte": "Reçu et transmis sous scellé ; son contenu ne s’affiche pas ici",
            "icone": "lock-fill",
            "classe": "is-sealed",
            "url": "",
            "ecart": "",
        },
        {
            "jour": date(2022, 10, 11),
            "titre": "Visite périodique",
            "texte": "À revoir dans 48 mois",
            "icone": "check-lg",
            "classe": "is-done",
            "url": "",
            "ecart": "Quatre ans sans événement",
        },
    ],
}
