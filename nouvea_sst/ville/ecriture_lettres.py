"""Who signs the letters of the demonstration, and the letters of its next half-day, made and filed."""

import datetime

from documents.models import EnTete, LotLettres, Signataire
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.pdf import is_pdf_possible
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from visites.actions.lettres import make_lettres
from visites.demi_lettres import lot_key
from visites.models import DemiJournee

ANNEE = datetime.timedelta(days=365)


def write_lettres(*, jour: datetime.date, maintenant: datetime.datetime) -> int:
    """Write two signatories and, where PDFs can be made, a lot of letters; return how many letters."""
    Signataire.objects.create(
        nom="Marc Poadja",
        fonction="Chef de la section",
        delegation="arrêté n° 2024/087",
        date_debut=jour - 2 * ANNEE,
        date_fin=jour - ANNEE,
    )
    Signataire.objects.create(
        nom="Hélène Martin",
        fonction="Cheffe de la section",
        delegation="arrêté n° 2025/118",
        date_debut=jour - ANNEE + datetime.timedelta(days=1),
    )
    auteur = Utilisateur.objects.filter(role=Role.COORDINATEUR).order_by("pk").first()
    prochaines = DemiJournee.objects.filter(date__gt=jour, visites__etat="placee").order_by("date", "pk")
    demi = prochaines.first()
    if demi is None or auteur is None or not EnTete.objects.exists() or not is_pdf_possible():
        return 0
    travail = Travail.objects.create(
        intitule="Établissement de lettres",
        demandeur=auteur,
        etat=EtatTravail.TERMINE,
        commence_le=maintenant,
        fini_le=maintenant,
        annonce_le=maintenant,
    )
    lot = LotLettres.objects.create(
        intitule=f"Lettres du {format_date(demi.date)}, {demi.debut:%H:%M}",
        demandeur=auteur,
        travail=travail,
        objet_cle=lot_key(demi),
        saisie={"demi_journee": demi.pk, "signataire": None, "reprendre": False},
    )
    fait = make_lettres(
        acteur=auteur, lot=lot, maintenant=maintenant, jour=jour, progres=lambda fait, total: None
    )
    return fait.nombre
