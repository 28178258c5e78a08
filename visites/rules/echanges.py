"""What a coordinator's exchange with an agent, its next step and the people of a follow-up must be."""

import datetime

ETAPE_MAX = 300
RAISON_MAX = 300


def refuse_step(texte: str, prevue_le: datetime.date | None, jour: datetime.date) -> dict[str, str]:
    """Say by field why this is no next step; nothing for one that is whole, or for none at all."""
    texte = texte.strip()
    if not texte and prevue_le is None:
        return {}
    if not texte:
        return {"etape": "Dites ce qui est à faire ce jour-là, ou effacez la date."}
    if prevue_le is None:
        return {"prevue_le": "Donnez le jour de la prochaine étape, ou effacez-la."}
    if len(texte) > ETAPE_MAX:
        return {"etape": f"{ETAPE_MAX} signes au plus : le reste va dans le texte de l’échange."}
    if "\0" in texte:
        return {"etape": "Cette étape contient un signe illisible : retapez-la."}
    if prevue_le < jour:
        return {"prevue_le": "Ce jour est passé : une étape se prévoit au plus tôt ce jour."}
    return {}


def refuse_reason(raison: str) -> str:
    """Say why a signed text is not amended for this reason; nothing when it is."""
    if not raison.strip():
        return "Dites pourquoi vous changez un texte signé."
    if len(raison) > RAISON_MAX or "\0" in raison:
        return f"La raison tient en {RAISON_MAX} signes, sans signe illisible."
    return ""


def refuse_closing(ouvertes: int) -> str:
    """Say why a follow-up is not closed; `ouvertes`: its steps that nobody has done."""
    if not ouvertes:
        return ""
    reste = "une étape reste" if ouvertes == 1 else f"{ouvertes} étapes restent"
    return f"Encore {reste} à faire : dites-les faites ou abandonnées, puis fermez l’accompagnement."


def refuse_leaving(*, coordinateur: bool, restants: int) -> str:
    """Say why somebody is not taken off; `restants`: coordinators who would be left."""
    if coordinateur and restants == 0:
        return "Un accompagnement garde un coordinateur : affectez-en un autre avant de retirer celui-ci."
    return ""
