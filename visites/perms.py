"""Who may do what with one visit, where the codename does not say it all."""

from typing import Any

from django.db.models import QuerySet

from agents.models import Agent
from agents.perms import is_own_file
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from visites.enums import EtatDemande, NatureVisite, OrigineDemande
from visites.models import (
    Accompagnement,
    DemandeVisite,
    DemiJournee,
    Echange,
    Engagement,
    NotePsychologue,
    Visite,
    VisiteDue,
)


def is_care_staff(user: Any) -> bool:
    """Doctor or nurse: they handle their own visits only."""
    return user.has_perm("visites.record_attestation")


def can_sign(user: Any, visite: Visite) -> bool:
    """The professional of the visit signs it; a nurse signs a VIP only."""
    if is_own_file(user, visite.agent) or visite.professionnel_id not in (None, user.pk):
        return False
    if user.has_perm("visites.record_avis"):
        return True
    return visite.nature == NatureVisite.VIP and user.has_perm("visites.record_attestation")


def can_correct(user: Any, visite: Visite) -> bool:
    """Whether this account may correct a conclusion that was signed here: who signed it.

    A doctor may too once that account is closed.
    """
    if visite.signee_le is None or is_own_file(user, visite.agent):
        return False
    signataire = visite.professionnel
    if signataire is not None and signataire.pk != user.pk:
        return not signataire.is_active and user.has_perm("visites.record_avis")
    vip = visite.nature == NatureVisite.VIP and user.has_perm("visites.record_attestation")
    return vip or user.has_perm("visites.record_avis")


def can_place(user: Any, agent: Agent) -> bool:
    """Whether this account may place a visit of this agent."""
    return user.has_perm("visites.plan_visite") and not is_own_file(user, agent)


def can_manage(user: Any, visite: Visite) -> bool:
    """Whether this account may move it, cancel it or note an absence; care staff: their own visits."""
    sienne = not is_care_staff(user) or visite.professionnel_id in (None, user.pk)
    return can_place(user, visite.agent) and sienne


def can_change_due(user: Any, due: VisiteDue) -> bool:
    """Whether this account may change its day, put it aside or take it up again."""
    return user.has_perm("visites.change_due") and not is_own_file(user, due.agent)


def sees_conclusion(user: Any, agent: Agent) -> bool:
    """Whether opinion, public motive and next visit of this agent's visits are for this account."""
    return user.has_perm("visites.view_conclusion") or is_own_file(user, agent)


def reads_origin(user: Any) -> bool:
    """Whether this account reads in lists who asked for a visit."""
    return user.has_perm("visites.view_motif_demande")


def sees_motif(user: Any, agent: Agent) -> bool:
    """Whether this account reads who asked for the visit."""
    return reads_origin(user) or is_own_file(user, agent)


def origins_for(user: Any, agent: Agent) -> tuple[OrigineDemande, ...]:
    """In whose name this account may ask for a visit of this agent; empty when it may not.

    Of himself everybody asks as the agent. The section and the nurse note what an agent asked by telephone.
    """
    if not user.has_perm("visites.ask_visite"):
        return ()
    if is_own_file(user, agent):
        return (OrigineDemande.AGENT,)
    if user.has_perm("visites.record_avis"):
        return (OrigineDemande.MEDECIN,)
    if is_care_staff(user):
        return (OrigineDemande.AGENT,)
    if user.has_perm("visites.answer_demande"):
        return (OrigineDemande.AGENT, OrigineDemande.SERVICE)
    return (OrigineDemande.SERVICE,) if user.has_perm("agents.view_equipe") else ()


def opens_demandes(user: Any) -> bool:
    """Whether requests have a page for this account: who reads them, and who makes them."""
    return user.has_perm("visites.view_demande") or user.has_perm("visites.ask_visite")


def can_ask(user: Any, agent: Agent) -> bool:
    """Whether this account may ask for a visit of this agent, whom it sees."""
    return bool(origins_for(user, agent))


def can_keep(user: Any, demande: DemandeVisite) -> bool:
    """Whether this account may answer this request: nobody answers about his own file."""
    return user.has_perm("visites.answer_demande") and not is_own_file(user, demande.agent)


def can_refuse(user: Any, demande: DemandeVisite) -> bool:
    """Whether this account may refuse it: what a doctor asks for, a doctor alone refuses."""
    medical = demande.origine == OrigineDemande.MEDECIN
    return can_keep(user, demande) and (not medical or user.has_perm("visites.record_avis"))


def has_asked(user: Any, demande: DemandeVisite) -> bool:
    """Whether this account made it, or is the agent in whose name it was noted: they take it back."""
    sienne = demande.origine == OrigineDemande.AGENT and is_own_file(user, demande.agent)
    return sienne or (demande.demandeur_id is not None and demande.demandeur_id == user.pk)


def can_withdraw(user: Any, demande: DemandeVisite) -> bool:
    """Whether this account may take it back now: nobody has answered it."""
    return demande.etat == EtatDemande.DEPOSEE and has_asked(user, demande)


def can_follow(user: Any, engagement: Engagement) -> bool:
    """Whether this account entrusts, reviews and closes it: nobody does about his own file."""
    return user.has_perm("visites.follow_engagement") and not is_own_file(user, engagement.restriction.agent)


def can_answer(user: Any, engagement: Engagement) -> bool:
    """Whether this account acknowledges it and says what was done: its addressee, and who follows them all.

    Any manager of the agent while it is nobody's.
    """
    if not user.has_perm("visites.answer_engagement") or is_own_file(user, engagement.restriction.agent):
        return False
    return can_follow(user, engagement) or engagement.destinataire_id in (None, user.pk)


def can_open_for(user: Any, professionnel: Any) -> bool:
    """Whether this account may open half-days of that professional; care staff, psychologists: their own."""
    if user.has_perm("visites.hold_entretien"):
        return professionnel.pk == user.pk
    return user.has_perm("visites.plan_visite") and (not is_care_staff(user) or professionnel.pk == user.pk)


def can_manage_half_day(user: Any, demi_journee: DemiJournee) -> bool:
    """Whether this account may fill, close and cancel this half-day."""
    return can_open_for(user, demi_journee.professionnel)


def can_write_notes(user: Any, agent: Agent) -> bool:
    """Whether this account may write a confidential note about this agent, whom it sees: not about itself."""
    droits = ("visites.write_note_soignant", "visites.write_note_psychologue")
    return any(user.has_perm(droit) for droit in droits) and not is_own_file(user, agent)


def readers_for(user: Any, note: Any) -> QuerySet[Utilisateur]:
    """With whom this note may be shared: doctors and nurses, or psychologists; never with the agent.

    A coordinator's exchange: doctors and psychologists.
    """
    if isinstance(note, Echange):
        roles = [Role.MEDECIN, Role.PSYCHOLOGUE]
    else:
        psychologue = isinstance(note, NotePsychologue)
        roles = [Role.PSYCHOLOGUE] if psychologue else [Role.MEDECIN, Role.INFIRMIER]
    autres = Utilisateur.objects.filter(role__in=roles, is_active=True).exclude(pk=user.pk)
    return autres.exclude(agent=note.agent.pk).order_by("last_name", "first_name", "pk")


def can_follow_agent(user: Any, agent: Agent) -> bool:
    """Whether this account may open a follow-up of this agent: a coordinator, never his own."""
    return user.has_perm("visites.write_echange") and not is_own_file(user, agent)


def can_settle(user: Any, accompagnement: Accompagnement) -> bool:
    """Whether this account names people on it, restricts and closes it: its coordinators, who it is read by.

    A chief who does not read a restricted one settles nothing of it.
    """
    coordonne = user.has_perm("visites.write_echange")
    siens = Accompagnement.objects.held_by(user) if coordonne else Accompagnement.objects.visible_to(user)
    return siens.filter(pk=accompagnement.pk).exists()


def nameable_on(accompagnement: Accompagnement) -> QuerySet[Utilisateur]:
    """Who may be named on it: coordinators and chiefs who are not yet, never the agent."""
    nommes = accompagnement.membres.in_force().values("compte")
    roles = [Role.COORDINATEUR, Role.CHEF]
    offerts = Utilisateur.objects.filter(role__in=roles, is_active=True).exclude(pk__in=nommes)
    return offerts.exclude(agent=accompagnement.agent_id).order_by("last_name", "first_name", "pk")


def can_hold(user: Any, demi_journee: DemiJournee) -> bool:
    """Whether this account says which of its slots are taken: the psychologist, of his own."""
    return user.has_perm("visites.hold_entretien") and demi_journee.professionnel_id == user.pk


def sees_slots(user: Any, demi_journee: DemiJournee) -> bool:
    """Whether its slots are shown: a psychologist's to himself and to who plans for the section."""
    if not demi_journee.entretiens or can_hold(user, demi_journee):
        return True
    return user.has_perm("visites.plan_visite") and not is_care_staff(user)


def can_find_post(user: Any, agent: Agent) -> bool:
    """Whether this account looks for posts that go with an agent's restrictions: not with its own."""
    return user.has_perm("visites.find_poste") and not is_own_file(user, agent)
