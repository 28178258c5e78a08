"""Tasks, each kind in one or two questions whatever the size of the city."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from commissions.models import Seance
from commissions.parametres import AVANT_SEANCE
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.lib.affichage import count_of, de, format_date
from nouvea_sst.referentiel.models import Parametre
from reporting.indicateurs.liens import address_of
from reporting.jour.elements import MONTREES, SEMAINE, Groupe, Source, Suite, Tache, group_of
from reporting.models import Edition
from signalements.enums import OrigineAction
from signalements.models import Action, Signalement
from visites.enums import EtatAccompagnement, EtatVisite
from visites.models import Accompagnement, Visite
from visites.perms import can_sign


def count_groups(lignes: QuerySet, champ: str, jour: datetime.date) -> dict[Groupe, int]:
    """Count the rows of each group in one question."""
    comptes = lignes.order_by().aggregate(
        **{groupe.name: Count("pk", filter=tranche) for groupe, tranche in slices(champ, jour).items()}
    )
    return {Groupe[nom]: nombre for nom, nombre in comptes.items()}


def slices(champ: str, jour: datetime.date) -> dict[Groupe, Q]:
    """Which rows stand in each group."""
    return {
        Groupe.RETARD: Q(**{f"{champ}__lt": jour}),
        Groupe.JOUR: Q(**{champ: jour}),
        Groupe.SEMAINE: Q(**{f"{champ}__gt": jour, f"{champ}__lte": jour + SEMAINE}),
    }


def group_questions(cle: str, lignes: QuerySet, champ: str, jour: datetime.date) -> dict[str, QuerySet]:
    """Return the rows of each group, to be counted with those of other kinds."""
    return {f"{cle}_{groupe.name}": lignes.filter(tranche) for groupe, tranche in slices(champ, jour).items()}


def totals_of(cle: str, nombres: Mapping[str, int]) -> dict[Groupe, int]:
    """Return what was counted of one kind, by group."""
    return {groupe: nombres.get(f"{cle}_{groupe.name}", 0) for groupe in Groupe}


def read_first(
    lignes: QuerySet, champ: str, jour: datetime.date, totaux: Mapping[Groupe, int], *ordre: str
) -> list[Any]:
    """Return the first rows of each group in one question at most, soonest first."""
    if not any(totaux.values()):
        return []
    choisis = Q(pk__in=[])
    for groupe, tranche in slices(champ, jour).items():
        if totaux[groupe]:
            premiers = lignes.filter(tranche).order_by(champ, *ordre).values("pk")[:MONTREES]
            choisis |= Q(pk__in=premiers)
    return list(lignes.filter(choisis).order_by(champ, *ordre))


def find_signalements(user: Any, jour: datetime.date) -> Source:
    """Reports to qualify, by deadline."""
    nouveaux = Signalement.objects.visible_to(user).to_qualify()
    totaux = count_groups(nouveaux, "qualifier_avant", jour)
    lignes = read_first(nouveaux.select_related("structure"), "qualifier_avant", jour, totaux, "pk")
    nom = "autre signalement à qualifier,autres signalements à qualifier"
    return Source(
        [_signalement(s) for s in lignes],
        totaux,
        {
            Groupe.RETARD: Suite(nom, address_of("signalements:liste", vue="en_retard")),
            Groupe.JOUR: Suite(nom, address_of("signalements:liste", vue="a_qualifier")),
            Groupe.SEMAINE: Suite(nom, address_of("signalements:liste", vue="a_qualifier")),
        },
    )


def _signalement(signalement: Signalement) -> Tache:
    """Qualify one report."""
    url = reverse("signalements:signalement", args=[signalement.pk])
    ou = [signalement.lieu, signalement.intitule]
    if signalement.structure:
        ou.insert(0, signalement.structure.sigle)
    return Tache(
        signalement.qualifier_avant,
        f"Qualifier le signalement {signalement.numero}",
        url,
        " · ".join(ou),
        "Qualifier",
        url,
    )


def action_questions(user: Any, jour: datetime.date, miennes: bool) -> dict[str, QuerySet]:
    """The actions of each group, to be counted with other kinds."""
    return group_questions("actions", _open_actions(user, miennes), "echeance", jour)


def _open_actions(user: Any, miennes: bool) -> QuerySet:
    ouvertes = Action.objects.visible_to(user).open()
    return ouvertes.filter(pilote=user) if miennes else ouvertes


def find_actions(
    user: Any, jour: datetime.date, miennes: bool, nombres: Mapping[str, int] | None = None
) -> Source:
    """Open actions late or due within a week, of this pilot or of everybody; counted here, or already."""
    ouvertes = _open_actions(user, miennes)
    totaux = count_groups(ouvertes, "echeance", jour) if nombres is None else totals_of("actions", nombres)
    lignes = read_first(ouvertes.select_related("structure", "pilote"), "echeance", jour, totaux, "pk")
    qui = {"pilote": user.pk} if miennes else {}
    nom = "autre action,autres actions"
    suites = {
        Groupe.RETARD: Suite(nom, address_of("signalements:actions", vue="en_retard", **qui)),
        Groupe.JOUR: Suite(nom, address_of("signalements:actions", vue="a_faire", du=jour, au=jour, **qui)),
        Groupe.SEMAINE: Suite(
            nom,
            address_of(
                "signalements:actions",
                vue="a_faire",
                du=jour + datetime.timedelta(days=1),
                au=jour + SEMAINE,
                **qui,
            ),
        ),
    }
    return Source([_action(a, miennes) for a in lignes], totaux, suites)


def _action(action: Action, sienne: bool) -> Tache:
    """Do one action of the plan."""
    url = reverse("signalements:action", args=[action.pk])
    parties = [action.numero, OrigineAction(action.origine).label]
    if action.structure:
        parties.append(action.structure.sigle)
    if not sienne:
        parties.append(action.pilote.fonction_affichee if action.pilote else "pilote à désigner")
    return Tache(action.echeance, action.intitule, url, " · ".join(parties), "Ouvrir l’action", url)


def sum_late_visits(nombre: int, plus_ancienne: datetime.date | None, *, place: bool) -> Source:
    """Late due dates as one thing: they are placed from their list, by those who may."""
    if not nombre or plus_ancienne is None:
        return Source([], {})
    url = address_of("visites:liste", echeance="retard")
    titre = f"{'Placer' if place else 'Faire placer'} {count_of(nombre, 'visite')} en retard"
    texte = f"La plus ancienne échéance est du {format_date(plus_ancienne)}"
    return Source(
        [Tache(plus_ancienne, titre, url, texte, "Ouvrir la liste", url, mots="en retard")],
        {Groupe.RETARD: 1},
    )


def sum_demandes(nombre: int, jour: datetime.date) -> Source:
    """Requests on accounts as one thing: each holds somebody up, and they are decided from their list."""
    if not nombre:
        return Source([], {})
    url = reverse("comptes:demandes")
    titre = f"Approuver {count_of(nombre, 'demande de compte,demandes de comptes')}"
    texte = "Compte nouveau, rôle changé ou mot de passe à renouveler : rien ne s’ouvre sans votre accord"
    return Source([Tache(jour, titre, url, texte, "Ouvrir la liste", url)], {Groupe.JOUR: 1})


def find_seance(user: Any, jour: datetime.date) -> Source:
    """The next session whose agenda or pack is missing, some days before."""
    faites = Edition.objects.filter(seance=OuterRef("pk"))
    seance = (
        Seance.objects.visible_to(user)
        .coming_on(jour)
        .annotate(nombre_points=Count("points"), a_un_dossier=Exists(faites))
        .first()
    )
    if seance is None:
        return Source([], {})
    avant = datetime.timedelta(days=Parametre.objects.number_on(jour, AVANT_SEANCE))
    echeance = max(seance.date - avant, jour)
    if echeance > jour + SEMAINE or (seance.nombre_points and seance.a_un_dossier):
        return Source([], {})
    quand = f"Séance du {format_date(seance.date)}"
    page = reverse("commissions:seance", args=[seance.pk])
    if seance.nombre_points and not user.has_perm("reporting.create_edition"):
        return Source([], {})
    if not seance.nombre_points:
        titre, texte = f"Arrêter l’ordre du jour du CHCT n° {seance.numero}", f"{quand} · aucun point inscrit"
        tache = Tache(echeance, titre, page, texte, "Ouvrir la séance", page)
    else:
        titre = f"Préparer le dossier du CHCT n° {seance.numero}"
        points = count_of(seance.nombre_points, "point")
        tache = Tache(
            echeance,
            titre,
            page,
            f"{quand} · {points} à l’ordre du jour · aucun dossier fait",
            "Préparer le dossier",
            address_of("reporting:preparer", seance=seance.pk),
        )
    return Source([tache], {group_of(echeance, jour): 1})


ETAPES = {Groupe.RETARD: EtatAccompagnement.RETARD, Groupe.JOUR: EtatAccompagnement.CE_JOUR}


def etape_questions(user: Any, jour: datetime.date) -> dict[str, QuerySet]:
    """The follow-ups of this coordinator whose next step is late or of the day, as their list counts them."""
    if not user.has_perm("visites.write_echange"):
        return {}
    tenus: QuerySet[Any] = Accompagnement.objects.held_by(user).on(jour)
    return {
        f"etapes_{groupe.name}": Accompagnement.objects.filter(pk__in=tenus.filter(etat=etat).values("pk"))
        for groupe, etat in ETAPES.items()
    }


def find_etapes(user: Any, jour: datetime.date, nombres: Mapping[str, int]) -> Source:
    """What comes next in follow-ups, late or of the day, once it was counted: no word of it stands here."""
    totaux = totals_of("etapes", nombres)
    tenus = Accompagnement.objects.held_by(user).open().on(jour).select_related("agent")
    lignes = read_first(tenus, "prochaine", jour, totaux, "pk")
    nom = "autre accompagnement,autres accompagnements"
    suites = {
        groupe: Suite(nom, address_of("visites:accompagnements", etat=etat.value))
        for groupe, etat in ETAPES.items()
    }
    return Source([_etape(suivi) for suivi in lignes], totaux, suites)


def _etape(suivi: Any) -> Tache:
    """See to the next step of one follow-up."""
    url = reverse("visites:accompagnement", args=[suivi.cle])
    texte = f"Prochaine étape prévue le {format_date(suivi.prochaine)}"
    titre = f"Accompagnement {de(suivi.agent.nom_courant)}"
    return Tache(suivi.prochaine, titre, url, texte, "Ouvrir", url)


def find_past_visits(user: Any, jour: datetime.date) -> Source:
    """Visits of this professional before today that he neither concluded nor marked as missed."""
    passees = Visite.objects.visible_to(user).filter(
        etat=EtatVisite.PLACEE, date__lt=jour, professionnel=user
    )
    lignes = list(
        passees.select_related("agent", "professionnel").order_by("date", "heure", "pk")[: MONTREES + 1]
    )
    total = passees.count()
    if not lignes:
        return Source([], {})
    journee = address_of("visites:journee", jour=lignes[0].date)
    taches = [_past_visit(user, v) for v in lignes[:MONTREES]]
    nom = "autre visite passée sans conclusion,autres visites passées sans conclusion"
    return Source(taches, {Groupe.RETARD: total}, {Groupe.RETARD: Suite(nom, journee)})


def _past_visit(user: Any, visite: Visite) -> Tache:
    """Conclude a visit that took place, or mark it as missed."""
    heure = f" à {visite.heure:%H:%M}" if visite.heure else ""
    texte = f"Placée le {format_date(visite.date)}{heure} · ni conclusion, ni absence notée"
    return _visit_task(user, visite, visite.date, texte)


def find_day_visits(user: Any, jour: datetime.date) -> Source:
    """Visits that this professional still has to conclude today, by hour."""
    visites = (
        Visite.objects.visible_to(user)
        .of_day(jour, user)
        .filter(etat=EtatVisite.PLACEE)
        .select_related("agent__structure")
    )
    taches = [
        _visit_task(user, v, jour, v.agent.structure.sigle if v.agent.structure else "") for v in visites
    ]
    return Source(taches, {Groupe.JOUR: len(taches)}, montrees=len(taches))


def _visit_task(user: Any, visite: Visite, date: Any, texte: str) -> Tache:
    """Conclude a visit, for who may; else open it."""
    page = reverse("visites:visite", args=[visite.pk])
    acte, url = "Ouvrir", page
    if can_sign(user, visite):
        acte, url = "Conclure", reverse("visites:conclure", args=[visite.pk])
    heure = f"{visite.heure:%H:%M}" if visite.heure else ""
    return Tache(date, f"Visite {de(visite.agent.nom_courant)}", page, texte, acte, url, heure)


def find_imports(user: Any, jour: datetime.date) -> Source:
    """Files brought in and not applied yet."""
    a_relire = Import.objects.visible_to(user).without_bytes().filter(etat=EtatImport.DEPOSE)
    deposes = list(a_relire[: MONTREES + 1])
    total = len(deposes) if len(deposes) <= MONTREES else a_relire.count()
    taches = [
        Tache(
            jour,
            f"Relire l’import {depose.nom_fichier}",
            reverse("imports:apercu", args=[depose.pk]),
            f"Déposé le {format_date(depose.depose_le, 'moment')}, pas encore appliqué",
            "Relire l’aperçu",
            reverse("imports:apercu", args=[depose.pk]),
        )
        for depose in deposes[:MONTREES]
    ]
    suite = Suite("autre fichier à relire,autres fichiers à relire", reverse("imports:historique"))
    return Source(taches, {Groupe.JOUR: total}, {Groupe.JOUR: suite})
