"""Acts on follow-ups: open, name people, restrict, close; sign an exchange, amend it, end a step, hand over.

The journal says that it was done and on whose file, never what was said.
"""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.chiffrement import seal
from nouvea_sst.lib.versions import check_version
from visites.actions.notes import FERME, amend_note, raise_by_field, sign_version
from visites.copie import make_copy
from visites.enums import FinEtape
from visites.models import Accompagnement, Echange, EtapeEchange, MembreAccompagnement
from visites.perms import can_follow_agent, can_settle, nameable_on
from visites.rules.echanges import refuse_closing, refuse_leaving, refuse_reason, refuse_step
from visites.rules.notes import refuse_date, refuse_text


@transaction.atomic
def open_accompagnement(*, acteur: Any, jour: datetime.date, agent: Agent) -> Accompagnement:
    """Open a follow-up of an agent and assign oneself to it. Raises PermissionDenied, ValidationError."""
    if not Agent.objects.visible_to(acteur).select_for_update(of=("self",)).filter(pk=agent.pk).exists():
        raise PermissionDenied
    if not can_follow_agent(acteur, agent):
        raise PermissionDenied
    if Accompagnement.objects.held_by(acteur).open().filter(agent=agent).exists():
        raise ValidationError("Vous accompagnez déjà cet agent : écrivez dans l’accompagnement ouvert.")
    ouvert = Accompagnement.objects.create(agent=agent, ouvert_le=jour)
    ouvert.membres.create(compte=acteur, depuis=jour)
    record_act(acteur=acteur, acte="visites.open_accompagnement", objet=ouvert, agent=agent)
    return ouvert


@transaction.atomic
def name_membre(
    *, acteur: Any, jour: datetime.date, accompagnement: Accompagnement, compte: Any
) -> MembreAccompagnement:
    """Assign a coordinator, or name a chief who reads it. Raises PermissionDenied, ValidationError."""
    tenu = _take(acteur, accompagnement)
    if not nameable_on(tenu).filter(pk=compte.pk).exists():
        raise ValidationError({"compte": "Cette personne est déjà nommée, ou ne peut pas l’être."})
    membre: MembreAccompagnement = tenu.membres.create(compte=compte, depuis=jour)
    record_act(acteur=acteur, acte="visites.name_membre", objet=tenu, agent=tenu.agent)
    return membre


@transaction.atomic
def release_membre(*, acteur: Any, jour: datetime.date, membre: MembreAccompagnement) -> None:
    """Take somebody off; asked twice it changes nothing. Raises PermissionDenied, ValidationError."""
    tenu = _take(acteur, membre.accompagnement)
    membre = tenu.membres.select_related("compte").get(pk=membre.pk)
    if membre.jusqu_au is not None:
        return
    autres = tenu.membres.in_force().exclude(pk=membre.pk)
    restants = autres.filter(compte__role=Role.COORDINATEUR, compte__is_active=True).count()
    refus = refuse_leaving(coordinateur=membre.compte.role == Role.COORDINATEUR, restants=restants)
    if refus:
        raise ValidationError(refus)
    membre.jusqu_au = jour
    membre.save(update_fields=["jusqu_au"])
    record_act(acteur=acteur, acte="visites.release_membre", objet=tenu, agent=tenu.agent)


@transaction.atomic
def restrict_accompagnement(
    *, acteur: Any, jour: datetime.date, accompagnement: Accompagnement, version: int, restreint: bool
) -> Accompagnement:
    """Leave it to the people named on it, or give it back to the chiefs; who restricts stays named.

    Raises PermissionDenied, VersionPerimee.
    """
    tenu = _take(acteur, accompagnement, version)
    if restreint:
        tenu.membres.get_or_create(compte=acteur, jusqu_au=None, defaults={"depuis": jour})
    tenu.restreint = restreint
    _save(tenu, "restreint")
    acte = "visites.restrict_accompagnement" if restreint else "visites.unrestrict_accompagnement"
    record_act(acteur=acteur, acte=acte, objet=tenu, agent=tenu.agent)
    return tenu


@transaction.atomic
def close_accompagnement(
    *, acteur: Any, jour: datetime.date, accompagnement: Accompagnement, version: int, ferme: bool
) -> Accompagnement:
    """Close a follow-up whose steps are all ended, or open it again: all of it stays to be read.

    Raises PermissionDenied, VersionPerimee, ValidationError.
    """
    tenu = _take(acteur, accompagnement, version)
    if ferme:
        refus = refuse_closing(EtapeEchange.objects.open().filter(note__accompagnement=tenu).count())
        if refus:
            raise ValidationError(refus)
    tenu.ferme_le = jour if ferme else None
    _save(tenu, "ferme_le")
    acte = "visites.close_accompagnement" if ferme else "visites.reopen_accompagnement"
    record_act(acteur=acteur, acte=acte, objet=tenu, agent=tenu.agent)
    return tenu


@transaction.atomic
def write_echange(
    *,
    acteur: Any,
    jour: datetime.date,
    accompagnement: Accompagnement,
    date: datetime.date,
    nature: str,
    avec: str,
    texte: str,
    etape: str = "",
    prevue_le: datetime.date | None = None,
) -> Echange:
    """Sign an exchange, and what comes next.

    Raises ValidationError by field, PermissionDenied, CleManquante.
    """
    siens = Accompagnement.objects.held_by(acteur)
    tenu = siens.select_for_update(of=("self",)).filter(pk=accompagnement.pk).first()
    if tenu is None:
        raise PermissionDenied
    if tenu.ferme_le is not None:
        raise ValidationError(FERME)
    suite = refuse_step(etape, prevue_le, jour)
    raise_by_field(date=refuse_date(date, jour), texte=refuse_text(texte), **suite)
    faits = {"auteur": acteur, "nom_auteur": str(acteur)[:120], "profession": acteur.role}
    echange: Echange = tenu.echanges.create(date=date, nature=nature, avec=avec, **faits)
    sign_version(note=echange, acteur=acteur, texte=texte, raison="")
    if prevue_le is not None:
        prochaine = EtapeEchange(note=echange, prevue_le=prevue_le)
        seal(prochaine, "texte", etape.strip())
        prochaine.save()
    record_act(acteur=acteur, acte="visites.write_echange", objet=echange, agent=tenu.agent)
    return echange


@transaction.atomic
def amend_echange(
    *, acteur: Any, jour: datetime.date, note: Echange, version: int, texte: str, raison: str
) -> Any:
    """Sign a further version and why; those before stay.

    Raises ValidationError by field, VersionPerimee, PermissionDenied.
    """
    raise_by_field(raison=refuse_reason(raison))
    faits = {"acteur": acteur, "jour": jour, "note": note, "version": version}
    return amend_note(**faits, texte=texte, raison=raison.strip())


@transaction.atomic
def end_etape(*, acteur: Any, jour: datetime.date, etape: EtapeEchange, fin: FinEtape) -> EtapeEchange:
    """Say that a step is done, or given up; asked twice it changes nothing. Raises PermissionDenied."""
    tenue = EtapeEchange.objects.select_for_update(of=("self",)).filter(pk=etape.pk)
    lue = tenue.filter(note__in=Echange.objects.held_by(acteur)).first()
    if lue is None:
        raise PermissionDenied
    if not lue.fin:
        lue.fin, lue.finie_le, lue.finie_par = fin.value, jour, str(acteur)[:120]
        lue.save(update_fields=["fin", "finie_le", "finie_par"])
        record_act(acteur=acteur, acte="visites.end_etape", objet=lue.note, agent=lue.agent)
    return lue


@transaction.atomic
def hand_over_echanges(*, acteur: Any, jour: datetime.date, agent: Agent) -> bytes:
    """Return the copy, for the agent who asked, of the follow-ups that one keeps, as a zip kept nowhere.

    Raises PermissionDenied, ValidationError without any, CleManquante, ScelleRompu, PdfImpossible.
    """
    if not can_follow_agent(acteur, agent):
        raise PermissionDenied
    suivis = Accompagnement.objects.held_by(acteur).filter(agent=agent)
    tenus = list(Echange.objects.filter(accompagnement__in=suivis).order_by("date", "pk"))
    if not tenus:
        raise ValidationError("Vous n’avez aucun échange à remettre à cet agent.")
    record_act(acteur=acteur, acte="visites.hand_over_echanges", objet=agent, agent=agent)
    return make_copy(agent, tenus, jour, titre="Copie d’échanges remise à l’agent", nom="echanges.pdf")


def _take(acteur: Any, accompagnement: Accompagnement, version: int | None = None) -> Accompagnement:
    """Return the follow-up, held, for who settles it; with `version` the one that he read."""
    if not can_settle(acteur, accompagnement):
        raise PermissionDenied
    tenu = Accompagnement.objects.select_for_update(of=("self",)).get(pk=accompagnement.pk)
    if version is not None:
        check_version(tenu, version)
    return tenu


def _save(tenu: Accompagnement, champ: str) -> None:
    tenu.version += 1
    tenu.save(update_fields=[champ, "version"])
