"""Makes the certificate or attestation of a signed visit, once, by the engine of letters."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from agents.models import Affectation
from agents.querysets import open_on
from documents.actions import Pli, find_modele, issue_lettre
from documents.enums import CategorieDocument, DomaineLettre, GenreLettre, ModeEnvoi
from documents.mise_en_page import FEUILLES, Cadre, Page, write_page
from documents.models import Document, EnTete, Signataire
from documents.valeurs import agent_values, letter_values
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.pdf import Presse
from nouvea_sst.travaux.actions import open_travail
from nouvea_sst.travaux.models import Travail
from visites.actions.suivis import hold_agents
from visites.enums import Conclusion, NatureVisite
from visites.models import Visite
from visites.signees import word_terms

TACHE = "visites.make_certificat"
A_LA_DEMANDE = {"demande_agent", "demande_service"}
AUCUNE = "Aucune"


@transaction.atomic
def request_certificat(*, acteur: Any, visite: Visite) -> Travail:
    """Queue the making of the document; the page follows the job. Raises ValidationError before signature."""
    if visite.signee_le is None:
        raise ValidationError("Le document s’établit une fois la conclusion signée.")
    travail = open_travail(acteur=acteur, intitule="Établissement d’un document")
    app.configure_task(TACHE).defer(travail_id=travail.pk, visite_id=visite.pk)
    return travail


@transaction.atomic
def issue_certificat(*, acteur: Any, visite_id: int, jour: datetime.date) -> Document:
    """Return the document of a visit, made and kept at the first request.

    Its journal line is the one of documents.issue_document. Raises PdfImpossible without pango,
    ValidationError when no such letter is published.
    """
    hold_agents(cles=[Visite.objects.values_list("agent_id", flat=True).get(pk=visite_id)])
    Visite.objects.select_for_update().get(pk=visite_id)
    visite = Visite.objects.with_names().select_related("certificat").get(pk=visite_id)
    if visite.certificat is not None:
        return visite.certificat
    page, cadre = write_certificat(visite=visite, jour=jour)
    presse = Presse(FEUILLES)
    contenu = presse.write(presse.lay_out(write_page(page, cadre)))
    vip = visite.nature == NatureVisite.VIP
    document = issue_lettre(
        acteur=acteur,
        maintenant=timezone.now(),
        pli=Pli(visite.agent, _key(page.modele.type.genre, visite), page, ModeEnvoi.MAIN),
        contenu=contenu,
        categorie=CategorieDocument.ATTESTATION if vip else CategorieDocument.CERTIFICAT,
    )
    visite.certificat = document
    visite.save(update_fields=["certificat"])
    return document


def write_certificat(*, visite: Visite, jour: datetime.date) -> tuple[Page, Cadre]:
    """Return the document of a visit, and what stands around it: who received the agent signs it."""
    vip = visite.nature == NatureVisite.VIP
    genre = GenreLettre.ATTESTATION if vip else GenreLettre.CERTIFICAT
    modele = find_modele(genre=genre, statut=visite.agent.statut, domaine=DomaineLettre.MEDICAL)
    fonction = visite.professionnel.fonction_affichee if visite.professionnel is not None else ""
    signataire = Signataire(nom=visite.nom_professionnel, fonction=fonction, date_debut=jour)
    cadre = Cadre(EnTete.objects.get(pk=1), signataire, jour, cachet=True)
    valeurs = {
        **agent_values(visite.agent),
        **letter_values(cadre.entete, signataire, jour),
        **visit_values(visite=visite),
    }
    permises = {champ.nom for champ in modele.type.champs}
    return Page(modele, {nom: mots for nom, mots in valeurs.items() if nom in permises}), cadre


def visit_values(*, visite: Visite) -> dict[str, str]:
    """Return what the document says of the visit; the motive is the public one, the diagnosis is nowhere."""
    motif = visite.motif
    restrictions = visite.restrictions.select_related("type").order_by("date_debut", "pk")
    termes = visite.signee_lue or word_terms(visite, [restriction.lue for restriction in restrictions])
    propositions = [*termes["mesures"], *(f"{mesure} (déjà en cours)" for mesure in termes["gardees"])]
    propositions += [f"Ne s’applique plus : {mesure}" for mesure in termes["finies"]]
    if visite.message_employeur:
        propositions.append(visite.message_employeur)
    return {
        "visite.jour": format_date(visite.date, "lettre") if visite.date is not None else "",
        "visite.professionnel": visite.nom_professionnel,
        "visite.motif": "à la demande" if motif.code in A_LA_DEMANDE else motif.libelle_public,
        "visite.poste": _post_on_day(visite),
        "visite.constat": " ".join(p for p in (_statement(visite), _correction(visite)) if p),
        "visite.avis": " ".join(p for p in (visite.get_conclusion_display(), _correction(visite)) if p),
        "visite.propositions": "\n".join(propositions) or AUCUNE,
        "visite.suite": _next_visit(visite),
    }


def _key(genre: str, visite: Visite) -> str:
    """Key of the letter: a corrected conclusion has a document of its own."""
    numero = visite.corrigees.count()
    return f"{genre}:{visite.pk}:{numero + 1}" if numero else f"{genre}:{visite.pk}"


def _correction(visite: Visite) -> str:
    """What a document that replaces another one says of it."""
    if visite.corrigee_le is None or visite.signee_le is None:
        return ""
    le = format_date(timezone.localtime(visite.corrigee_le).date(), "lettre")
    return f"(Corrigé le {le}\u202f; ce document annule et remplace le précédent.)"


def _statement(visite: Visite) -> str:
    """What an attestation says instead of an opinion."""
    suite = " ; il est à revoir" if visite.conclusion == Conclusion.DIFFERE else ""
    return f"L’agent a été reçu en visite d’information et de prévention{suite}."


def _next_visit(visite: Visite) -> str:
    """« dans 12 mois, le 24/11/2027 »."""
    le = f"le {format_date(visite.prochaine_visite)}" if visite.prochaine_visite else ""
    dans = f"dans {visite.validite_mois} mois" if visite.validite_mois else ""
    return ", ".join(p for p in (dans, le) if p) or "à la prochaine visite périodique"


def _post_on_day(visite: Visite) -> str:
    """« DECV / ESPV / Jardinier »: direction, service and post on the day of the visit."""
    ouvertes = Affectation.objects.filter(agent=visite.agent)
    affectation = (
        ouvertes.filter(open_on(visite.date)).select_related("structure__direction", "poste").first()
        if visite.date is not None
        else None
    )
    tenue = affectation or visite.agent
    structure, poste = tenue.structure, tenue.poste
    sigles = []
    if structure is not None:
        sigles = [structure.direction.sigle] if structure.direction is not None else []
        sigles += [structure.sigle] if structure.sigle not in sigles else []
    return " / ".join([*sigles, *([poste.intitule] if poste is not None else [])])
