"""Opens half-days one by one or in series, fills them, closes and cancels them."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agents.enums import CategorieSuivi
from agents.models import Site
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.dates import add_months
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import JourFerie
from visites.actions.rendez_vous import plan_visite, raise_refusals
from visites.enums import EtatDemiJournee, EtatVisite, NatureVisite
from visites.faits import read_horizon
from visites.models import AbsenceProfessionnel, DemiJournee, Motif, Suivi, VisiteDue
from visites.perms import can_manage_half_day, can_open_for
from visites.rules.creneaux import Serie, days_of, hours_of, refuse_half_day, refuse_series
from visites.rules.etats import refuse_demi_journee

OCCUPE = "Ce professionnel a déjà une demi-journée à ces heures, le {:%d/%m/%Y}."


@transaction.atomic
def open_half_days(
    *,
    acteur: Any,
    jour: datetime.date,
    professionnel: Utilisateur,
    lieu: Site,
    date: datetime.date,
    debut: datetime.time,
    fin: datetime.time,
    duree: int,
    capacite: int | None = None,
    semaines: int | None = None,
    jusqu_au: datetime.date | None = None,
) -> tuple[list[DemiJournee], Serie]:
    """Open a half-day, or one every so many weeks until a day; return them, and the days left out with why.

    Raises ValidationError, a French sentence per field; PermissionDenied for another's agenda.
    """
    if not can_open_for(acteur, professionnel):
        raise PermissionDenied
    dernier = jusqu_au if semaines and jusqu_au else date
    jours_off = JourFerie.objects.kept().filter(date__range=(date, dernier))
    feries = dict(jours_off.values_list("date", "libelle"))
    ailleurs = read_away(
        professionnel=professionnel, date=date, dernier=max(date, dernier), debut=debut, fin=fin
    )
    mois = read_horizon(jour)
    limite = None if mois is None else add_months(jour, mois)
    refus = refuse_half_day(
        jour=jour, date=date, heures=(debut, fin), duree=duree, feries=feries, ailleurs=ailleurs
    )
    raise_refusals(refus=refus + refuse_series(date, dernier, limite))
    serie = days_of(date, dernier, semaines or 1, feries | ailleurs)
    places = len(hours_of(debut, fin, duree))
    ouvertes = []
    for jour_ouvert in serie.jours:
        demi = DemiJournee(
            professionnel=professionnel,
            lieu=lieu,
            date=jour_ouvert,
            debut=debut,
            fin=fin,
            duree=duree,
            capacite=min(capacite or places, places),
        )
        try:
            with transaction.atomic():
                demi.save()
        except IntegrityError as double:
            raise ValidationError({"debut": OCCUPE.format(jour_ouvert)}) from double
        record_act(acteur=acteur, acte="visites.open_demi_journee", objet=demi)
        ouvertes.append(demi)
    return ouvertes, serie


def read_away(
    *,
    professionnel: Utilisateur,
    date: datetime.date,
    dernier: datetime.date,
    debut: datetime.time,
    fin: datetime.time,
) -> dict[datetime.date, str]:
    """Return the days on which these hours meet an absence of the professional, each with its words."""
    jours = {}
    for absence in AbsenceProfessionnel.objects.of([professionnel], date, dernier):
        jour = max(date, absence.date_debut)
        while jour <= min(dernier, absence.date_fin):
            if absence.lue.meets(jour, debut, fin):
                jours[jour] = f"{professionnel} {absence.lue.mots}"
            jour += datetime.timedelta(days=1)
    return jours


@transaction.atomic
def change_state(*, acteur: Any, demi_journee: DemiJournee, version: int, vers: str) -> DemiJournee:
    """Close, open again or cancel a half-day. Raises ValidationError while visits are still placed in it."""
    demi = lock_half_day(acteur=acteur, demi_journee=demi_journee, version=version)
    refus = refuse_demi_journee(demi.etat, vers)
    if refus:
        raise ValidationError(refus)
    placees = demi.visites.filter(etat=EtatVisite.PLACEE)
    nombre = (placees if vers == EtatDemiJournee.ANNULEE else placees.filter(venue=False)).count()
    if nombre and vers != EtatDemiJournee.OUVERTE:
        mots = "visite y est encore placée" if nombre == 1 else "visites y sont encore placées"
        suite = "déplacez-les ou annulez-les" if vers == EtatDemiJournee.ANNULEE else "dites qui est venu"
        raise ValidationError(f"{nombre} {mots} : {suite} d’abord.")
    if vers == EtatDemiJournee.ANNULEE and demi.occupes.exists():
        raise ValidationError("Le psychologue libère d’abord ses créneaux occupés.")
    demi.etat = vers
    demi.save()
    record_act(acteur=acteur, acte=f"visites.demi_journee_{vers}", objet=demi)
    return demi


@transaction.atomic
def fill_half_day(
    *,
    acteur: Any,
    jour: datetime.date,
    demi_journee: DemiJournee,
    version: int,
    choix: Sequence[tuple[int, datetime.time]],
) -> int:
    """Place each visit due at its hour, all of them or none; return how many.

    Raises ValidationError with a French sentence for each key of a visit due that cannot be placed.
    """
    demi = lock_half_day(acteur=acteur, demi_journee=demi_journee, version=version)
    if demi.etat != EtatDemiJournee.OUVERTE:
        raise ValidationError("Cette demi-journée n’est plus ouverte.")
    cles = [cle for cle, _ in choix]
    dues = VisiteDue.objects.visible_to(acteur).open().filter(pk__in=cles).select_related("agent", "motif")
    connues: dict[int, VisiteDue] = {due.pk: due for due in dues}
    categories = dict(
        Suivi.objects.filter(agent__in=[d.agent_id for d in connues.values()])
        .order_by()
        .values_list("agent_id", "categorie")
    )
    refus: dict[str, list[str]] = {}
    for cle, heure in choix:
        due = connues.get(cle)
        if due is None:
            refus[str(cle)] = ["Cette visite n’est plus due."]
            continue
        renforce = categories.get(due.agent_id) == CategorieSuivi.RENFORCE
        try:
            _fill_slot(acteur, jour, demi, due, due.motif, heure, renforce)
        except ValidationError as empeche:
            refus[str(cle)] = empeche.messages
    if refus:
        raise ValidationError(refus)
    demi.save(update_fields=["version"])
    record_act(acteur=acteur, acte="visites.fill_demi_journee", objet=demi)
    return len(choix)


def lock_half_day(*, acteur: Any, demi_journee: DemiJournee, version: int) -> DemiJournee:
    """Lock a half-day. Raises VersionPerimee for an old page, PermissionDenied for another's agenda."""
    verrouillees = DemiJournee.objects.select_for_update(of=["self"]).select_related("professionnel", "lieu")
    demi = verrouillees.get(pk=demi_journee.pk)
    if not can_manage_half_day(acteur, demi):
        raise PermissionDenied
    check_version(demi, version)
    demi.version += 1
    return demi


def _fill_slot(
    acteur: Any,
    jour: datetime.date,
    demi: DemiJournee,
    due: VisiteDue,
    motif: Motif,
    heure: datetime.time,
    renforce: bool,
) -> None:
    with transaction.atomic():
        plan_visite(
            acteur=acteur,
            jour=jour,
            agent=due.agent,
            motif=motif,
            nature=NatureVisite.EXAMEN if renforce else NatureVisite.VIP,
            date=demi.date,
            heure=heure,
            professionnel=demi.professionnel,
            due=due,
        )
