"""Follow-ups and exchanges as tests write them."""

import datetime

from django.urls import reverse
from django.utils import timezone

from nouvea_sst.lib.chiffrement import seal
from visites.actions import (
    close_accompagnement,
    name_membre,
    open_accompagnement,
    restrict_accompagnement,
    share_note,
    write_echange,
)
from visites.models import Accompagnement, EtapeEchange

UN = datetime.timedelta(days=1)
SECRET = "Phrase que personne d’autre ne lit."


def opened(coordinateur, agent):
    """A follow-up opened by its coordinator."""
    return open_accompagnement(acteur=coordinateur, jour=timezone.localdate(), agent=agent)


def exchanged(auteur, accompagnement, texte="Texte de l’échange.", etape="", dans=None, **faits):
    """A signed exchange; with `etape`, what comes next, `dans` days later."""
    jour = timezone.localdate()
    valeurs = {"date": jour, "nature": "appel", "avec": "agent"} | faits
    prevue = None if dans is None else jour + dans * UN
    suite = {"etape": etape, "prevue_le": prevue}
    qui = {"acteur": auteur, "jour": jour, "accompagnement": accompagnement}
    return write_echange(**qui, **valeurs, texte=texte, **suite)


def shown(auteur, echange, destinataire, jours=30):
    """An exchange shown to somebody."""
    jour = timezone.localdate()
    faits = {"jour": jour, "note": echange, "destinataire": destinataire}
    return share_note(acteur=auteur, **faits, jusqu_au=jour + jours * UN)


def accompagnement_of(agent, *comptes, **champs):
    """A follow-up as it stands in the tables, without the act and its line."""
    jour = timezone.localdate()
    accompagnement = Accompagnement.objects.create(agent=agent, **({"ouvert_le": jour} | champs))
    for compte in comptes:
        accompagnement.membres.create(compte=compte, depuis=jour)
    return accompagnement


def echange_of(auteur, accompagnement, texte="Texte de l’échange.", **champs):
    """An exchange, likewise."""
    valeurs = {"nom_auteur": str(auteur), "profession": auteur.role, "date": timezone.localdate()}
    valeurs |= {"nature": "appel", "avec": "agent"}
    echange = accompagnement.echanges.create(auteur=auteur, **(valeurs | champs))
    faits = {"note": echange, "rang": 1, "nom_signataire": str(auteur), "signee_le": timezone.now()}
    version = echange.versions.model(**faits)
    seal(version, "texte", texte)
    seal(version, "raison", "")
    version.save()
    return echange


def etape_of(echange, texte="Rappeler.", dans=3):
    """A step, likewise."""
    etape = EtapeEchange(note=echange, prevue_le=timezone.localdate() + dans * UN)
    seal(etape, "texte", texte)
    etape.save()
    return etape


def faits(acteur, **autres):
    """What every act is told."""
    return {"acteur": acteur, "jour": timezone.localdate()} | autres


def page_of(objet):
    """The page of a follow-up, of an exchange."""
    nom = "accompagnement" if isinstance(objet, Accompagnement) else "echange"
    return reverse(f"visites:{nom}", args=[objet.cle])


def name(acteur, accompagnement, qui):
    """Somebody named on it."""
    return name_membre(**faits(acteur, accompagnement=accompagnement, compte=qui))


def restrict(acteur, accompagnement, restreint=True):
    """It is left to the people named, or given back."""
    accompagnement.refresh_from_db()
    act = faits(acteur, accompagnement=accompagnement, version=accompagnement.version)
    return restrict_accompagnement(**act, restreint=restreint)


def close(acteur, accompagnement, ferme=True):
    """It is closed, or opened again."""
    accompagnement.refresh_from_db()
    act = faits(acteur, accompagnement=accompagnement, version=accompagnement.version)
    return close_accompagnement(**act, ferme=ferme)


def typed(**champs):
    """What is typed of an exchange."""
    saisie = {"date": f"{timezone.localdate():%d/%m/%Y}", "nature": "appel", "avec": "agent"}
    return saisie | {"texte": SECRET, "etape": "", "prevue_le": ""} | champs
