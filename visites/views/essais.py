"""A rule on trial: what it would move, month by month, and what becomes of it."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from agents.models import Agent
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.graphiques import MOIS_COURTS, Barres, Serie
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters
from nouvea_sst.lib.versions import VersionPerimee, read_version
from nouvea_sst.referentiel.models import Parametre
from visites.actions import abandon_essai, adopt_essai
from visites.actions.regles import series_of
from visites.enums import EtatEssai
from visites.essais import changed_facts, is_hidden, is_outdated, read_mouvements, read_valeurs
from visites.filters import read_motives
from visites.filters_essais import AMPLEURS, DUES, TOUTES, MouvementFilter
from visites.filters_essais import EFFETS as EFFETS_DITS
from visites.models import EssaiRegle, RegleVisite
from visites.parametres import CAPACITE
from visites.perms import reads_origin
from visites.regles import Noms, current_of, differences, warnings_of
from visites.rules.essais import (
    AUTREMENT,
    AVANCEES,
    RECULEES,
    RETARD,
    Mouvement,
    Totaux,
    add_up,
    carry,
)
from visites.tables_regles import MouvementTable
from visites.views.regles import ECRIRE, adopted, find_versions

PERIME = "Quelqu’un d’autre a changé cette règle ou cet essai entre-temps : relisez la page avant d’agir."
EFFETS = (
    ("apparues", "visite due apparaît,visites dues apparaissent"),
    ("disparues", "disparaît,disparaissent"),
    ("avancees", "est plus tôt,sont plus tôt"),
    ("reculees", "est plus tard,sont plus tard"),
)
COTES = ("avant", "apres")
SANS_NOMBRES: dict[str, Any] = {"tues": False, "ancien": False, "changes": [], "lus_le": None}


@require_perm(ECRIRE)
@require_safe
def essai(request: HttpRequest, pk: int) -> HttpResponse:
    """What the version on trial would change; the job's progress while it is calculated."""
    ligne = get_object_or_404(
        EssaiRegle.objects.visible_to(request.user).select_related("demandeur", "travail", "adoptee"), pk=pk
    )
    jour = timezone.localdate()
    lignes = find_versions(request, ligne.declencheur)
    version = RegleVisite(declencheur=ligne.declencheur, **read_valeurs(ligne.valeurs))
    base = current_of(lignes, jour) or lignes[0]
    if version.motif_id == base.motif_id:
        version.motif = base.motif
    contexte: dict[str, Any] = {
        "essai": ligne,
        "resultat": ligne.resultat,
        "apres": version,
        "jour": jour,
        "suivi_du_travail": ligne.travail if ligne.etat in (EtatEssai.EN_COURS, EtatEssai.ECHEC) else None,
        "son_travail": ligne.demandeur_id == request.user.pk,
        "ecarts": differences(base, version, Noms.read()),
        "avertis": warnings_of(version, base) if ligne.etat != EtatEssai.ADOPTE else [],
        "serie": series_of(lignes=lignes),
        "perime": ligne.etat == EtatEssai.PRET and is_outdated(ligne, jour),
        "passe": ligne.etat == EtatEssai.PRET and version.date_effet < jour,
        "devenue": differences(version, ligne.adoptee, Noms.read()) if ligne.adoptee else [],
        "ouvert": ligne.etat not in (EtatEssai.ADOPTE, EtatEssai.ABANDONNE),
    }
    contexte |= SANS_NOMBRES
    if ligne.resultat:
        contexte |= read_result(ligne, request.user, jour)
    record_consultation(acteur=request.user, acte="visites.essai", objet=ligne)
    return render(request, "visites/essai.html", contexte)


def read_result(essai: EssaiRegle, user: Any, jour: datetime.date) -> dict[str, Any]:
    """The result in the words of the page, each number with its rows; none of what would tell who asked."""
    origine = reads_origin(user)
    if is_hidden(essai, origine=origine):
        return SANS_NOMBRES | {"tues": True}
    totaux = add_up(read_mouvements(essai, user, origine=origine), essai.jour)
    reglage = Parametre.objects.of([CAPACITE]).in_force(jour).first()
    capacite = reglage.valeur if reglage is not None else Parametre.objects.number_on(jour, CAPACITE)
    mois = totaux.months(essai.jour)
    debordent = [ligne for ligne in mois if ligne[2] > capacite]
    retard = [totaux.late(0), totaux.late(1)]

    def link(**criteres: str) -> str:
        return f"{reverse('visites:essai_visites', args=[essai.pk])}?{urlencode(criteres)}"

    return {
        "tues": False,
        "ancien": "mouvements" not in essai.resultat,
        "changes": changed_facts(essai) if essai.etat == EtatEssai.PRET else [],
        "lus_le": parse_datetime(essai.resultat.get("lus_le", "")),
        "chiffres": [figure(totaux.total(effet), mots, link(effet=effet)) for effet, mots in EFFETS],
        "rien": not any(totaux.total(effet) for effet, _ in EFFETS),
        "toutes": link(),
        "bougent": sum(totaux.total(effet) for effet, _ in EFFETS),
        "autrement": (totaux.total(AUTREMENT), link(effet=AUTREMENT)),
        "dues": [(totaux.dues(c), link(effet=TOUTES, **{n: DUES})) for c, n in enumerate(COTES)],
        "retards": [(retard[c], link(effet=TOUTES, **{n: RETARD})) for c, n in enumerate(COTES)],
        "par_motif": by_motive(totaux, origine, link),
        "amplitudes": [
            (
                mots,
                [
                    (totaux.amplitudes[effet, pas], link(effet=effet, ampleur=pas))
                    for effet in (AVANCEES, RECULEES)
                ],
            )
            for pas, mots in AMPLEURS.items()
        ],
        "attentes": [wait({"retard": retard, "mois": mois}, cote, int(capacite)) for cote in (0, 1)],
        "capacite": reglage,
        "par_mois": capacite,
        "debordent": [
            {
                "mois": month_words(m),
                "avant": (avant, link(effet=TOUTES, avant=m)),
                "apres": (apres, link(effet=TOUTES, apres=m)),
                "trop": apres - int(capacite),
            }
            for m, avant, apres in debordent
        ],
        "deja": len([ligne for ligne in debordent if ligne[1] > capacite]),
        "graphique": chart(mois, int(capacite), len(debordent), link),
    }


def figure(nombre: int, mots: str, lien: str) -> dict[str, Any]:
    """One number of the strip, a link to its rows when it has some."""
    return {"valeur": nombre, "libelle": words_of(nombre, mots), "url": lien if nombre else "", "classe": ""}


def wait(resultat: Mapping[str, Any], cote: int, capacite: int) -> dict[str, Any]:
    """When all is held if every month is full, before (0) or after (1); else what is left at the end."""
    mois = resultat["mois"]
    restes = carry(resultat["retard"][cote], [ligne[1 + cote] for ligne in mois], capacite)
    fin = next((ligne[0] for ligne, reste in zip(mois, restes, strict=True) if not reste), "")
    return {"mois": month_words(fin) if fin else "", "reste": restes[-1]}


def words_of(nombre: int, mots: str) -> str:
    """The words of a count, French rule."""
    un, _, plusieurs = mots.partition(",")
    return plusieurs if nombre >= 2 else un


def by_motive(
    totaux: Totaux, origine: bool, link: Callable[..., str]
) -> list[tuple[str, list[tuple[int, str]]]]:
    """Each motive with its numbers and their rows, in the order of EFFETS; those that do not move left out.

    Under its public wording, which several share, for who may not know who asked.
    """
    choix, cles = read_motives(origine)
    lignes = []
    for cle, libelle in choix:
        nombres = [
            sum(n for motif, n in totaux.effets.get(effet, {}).items() if cles.get(motif) == cle)
            for effet, _ in EFFETS
        ]
        if any(nombres):
            liens = [link(effet=effet, motif=cle) for effet, _ in EFFETS]
            lignes.append((libelle, list(zip(nombres, liens, strict=True))))
    return sorted(lignes, key=lambda ligne: (-sum(n for n, _ in ligne[1]), ligne[0]))


def month_words(mois: str) -> str:
    """« janv. 2027 »."""
    annee, _, rang = mois.partition("-")
    return f"{MOIS_COURTS[int(rang) - 1]} {annee}"


def chart(
    mois: list[tuple[str, int, int]], capacite: int, debordent: int, link: Callable[..., str]
) -> Barres:
    """The visits due month by month with the version on trial, those of today beside them."""
    combien = f"{debordent} des 24 mois à venir {'débordent' if debordent > 1 else 'déborde'}"
    return Barres(
        titre=combien if debordent else "Aucun des 24 mois à venir ne déborde de lui-même",
        note="Par mois, sans les retards, avec la version à l’essai ; à droite, avec la règle en vigueur.",
        libelles=[month_words(m) for m, _, _ in mois],
        series=[
            Serie(
                "Version à l’essai",
                [apres for _, _, apres in mois],
                [link(effet=TOUTES, apres=m) for m, _, _ in mois],
            ),
            Serie(
                "Règle en vigueur",
                [avant for _, avant, _ in mois],
                [link(effet=TOUTES, avant=m) for m, _, _ in mois],
            ),
        ],
        objectif=capacite,
        mot_objectif="capacité",
        au_plus=True,
        complements=[str(avant) for _, avant, _ in mois],
    )


@require_perm(ECRIRE)
@require_safe
@liste
def essai_visites(request: HttpRequest, pk: int) -> HttpResponse:
    """The visits due of a trial, before and after: those that move unless told otherwise."""
    ligne = get_object_or_404(EssaiRegle.objects.visible_to(request.user), pk=pk)
    origine = reads_origin(request.user)
    if is_hidden(ligne, origine=origine) or "mouvements" not in ligne.resultat:
        raise Http404
    motifs, cles = read_motives(origine)
    mots = dict(motifs)
    filtre = MouvementFilter(
        request.GET,
        request=request,
        jour=ligne.jour,
        lignes=read_mouvements(ligne, request.user, origine=origine),
        write=lambda retenus: write_rows(retenus, request.user, {m: mots[c] for m, c in cles.items()}),
        motifs=motifs,
        cles=cles,
    )
    choisis = tell_filters(filtre, request)
    libelle = (
        f"{count_of(len(filtre.qs), 'visite')}{f' ({choisis})' if choisis else ''}{export_words(request)}"
    )
    record_consultation(acteur=request.user, acte="visites.essai", objet=ligne, libelle=libelle)
    definition = Liste(
        queryset=[],
        table=MouvementTable,
        modele="visites/essai_visites.html",
        nom_fichier="visites-d-un-essai",
        filtre=lambda *args, **kwargs: filtre,
        contexte={
            "essai": ligne,
            "nom": "visite",
            "lus_le": parse_datetime(ligne.resultat.get("lus_le", "")),
        },
    )
    return render_list(request, definition)


def write_rows(retenus: list[Mouvement], user: Any, motifs: Mapping[int, str]) -> list[dict[str, Any]]:
    """The rows as the table shows them: those that move furthest first, then the new ones and those gone."""
    vus = Agent.objects.visible_to(user).select_related("structure")
    agents = vus.in_bulk({mouvement.agent for mouvement in retenus})
    retenus = [mouvement for mouvement in retenus if mouvement.agent in agents]
    rangs = {effet: rang for rang, effet in enumerate((AVANCEES, RECULEES, *EFFETS_DITS))}

    def rank(m: Mouvement) -> tuple[bool, int, int, str, int]:
        return (not m.ecart, -abs(m.ecart), rangs[m.effet], m.apres or m.avant, m.agent)

    lignes = []
    for cle, mouvement in enumerate(sorted(retenus, key=rank)):
        agent, (avant, apres) = agents[mouvement.agent], mouvement.jours
        lignes.append(
            {
                "cle": cle,
                "agent": str(agent),
                "nom_cle": agent.nom_cle,
                "adresse": reverse("visites:agent", args=[agent.pk]),
                "service": agent.structure.sigle if agent.structure else "",
                "motif": motifs.get(mouvement.motif, "Motif retiré"),
                "effet": EFFETS_DITS[mouvement.effet],
                "avant": avant,
                "apres": apres,
                "avant_cle": mouvement.avant or "9",
                "apres_cle": mouvement.apres or "9",
                "ecart": mouvement.ecart or None,
            }
        )
    return lignes


@require_perm(ECRIRE)
@require_POST
def adopter_essai(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the version on trial a version of the rule."""
    ligne = get_object_or_404(EssaiRegle.objects.visible_to(request.user), pk=pk)
    version, serie = read_version(request.POST), read_version(request.POST, "serie")
    try:
        adopte = adopt_essai(
            acteur=request.user, jour=timezone.localdate(), pk=ligne.pk, version=version, serie=serie
        )
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    except VersionPerimee:
        messages.warning(request, PERIME)
    else:
        date_effet = read_valeurs(adopte.valeurs)["date_effet"]
        return adopted(request, date_effet, adopte.declencheur)
    return redirect("visites:essai", pk)


@require_perm(ECRIRE)
@require_POST
def abandonner_essai(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the trial away: nothing of it is adopted."""
    ligne = get_object_or_404(EssaiRegle.objects.visible_to(request.user), pk=pk)
    try:
        abandon_essai(acteur=request.user, pk=ligne.pk, version=read_version(request.POST))
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    except VersionPerimee:
        messages.warning(request, PERIME)
        return redirect("visites:essai", pk)
    else:
        messages.success(request, "Essai abandonné : aucune règle n’a changé.")
    return redirect("visites:regle", ligne.declencheur)
