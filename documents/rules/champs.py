"""The closed list of what a letter may name, by kind and by class: nothing else is ever read for it."""

from dataclasses import dataclass

from documents.enums import DomaineLettre, GenreLettre

A1, A2, H1 = "A1", "A2", "H1"
# The most secret class that the letters of a domain may name.
CLASSES = {
    DomaineLettre.SECTION: {A1, A2},
    DomaineLettre.PSYCHOLOGUE: {A1, A2},
    DomaineLettre.MEDICAL: {A1, A2, H1},
}


@dataclass(frozen=True)
class Champ:
    """A field: its name between braces, what it says, an invented value, its class.

    A field « de bloc » stands alone on its line: it is worth several lines.
    """

    nom: str
    sens: str
    exemple: str
    classe: str = A1
    bloc: bool = False


LETTRE = (
    Champ("lettre.date", "Le jour où la lettre est établie", "24 novembre 2026"),
    Champ("signataire.nom", "Qui signe", "Hélène Martin"),
    Champ("signataire.fonction", "Sa fonction", "Cheffe de la section"),
    Champ("section.téléphone", "Téléphone de l’en-tête", "27 31 15"),
    Champ("section.courriel", "Adresse de réponse de l’en-tête", "sst@exemple.nc"),
)
AGENT = (
    Champ("agent.appel", "Madame, Monsieur ou les deux", "Madame"),
    Champ("agent.civilité", "Civilité, vide si elle n’est pas connue", "Mme"),
    Champ("agent.prénom", "Prénom", "Rosalie"),
    Champ("agent.nom", "Nom d’usage en capitales", "KALOI"),
    Champ("agent.de_nom", "« de Mme… », « d’Anne… »", "de Mme Rosalie KALOI"),
    Champ("agent.matricule", "Matricule", "904512"),
    Champ("agent.poste", "Poste occupé ce jour", "Jardinière"),
    Champ("agent.service", "Structure", "Service des espaces verts"),
    Champ("agent.direction", "Direction", "Direction du cadre de vie"),
)
RENDEZ_VOUS = (
    Champ("rendez_vous.jour", "Jour, en toutes lettres", "lundi 30 novembre 2026", A2),
    Champ("rendez_vous.heure", "Heure", "8\u00a0h\u00a015", A2),
    Champ("rendez_vous.lieu", "Lieu des rendez-vous", "12, rue des Niaoulis, Nouméa", A2),
)
PROFESSIONNEL = (Champ("rendez_vous.professionnel", "Qui reçoit l’agent", "Dr Anne Le Goff", A2),)
RELANCE = (Champ("relance.rang", "Combien de fois il a déjà manqué", "1re", A2),)
ANCIEN = (
    Champ("ancien.jour", "Jour du rendez-vous qui est remplacé", "mercredi 25 novembre 2026", A2),
    Champ("ancien.heure", "Son heure", "9\u00a0h", A2),
)
RESPONSABLE = (
    Champ("responsable.nom", "Responsable de la structure", "Marc Martin"),
    Champ("responsable.service", "Structure dont il répond", "Service des espaces verts"),
)
DEMI_JOURNEE = (
    Champ("journee.jour", "Jour, en toutes lettres", "lundi 30 novembre 2026", A2),
    Champ("journee.professionnel", "Qui reçoit", "Dr Anne Le Goff", A2),
    Champ("journee.nombre", "Nombre de rendez-vous", "12", A2),
    Champ("journee.agents", "Tableau : heure, agent, service, émargement", "", A2, bloc=True),
)
VISITE = (
    Champ("visite.jour", "Jour de la visite", "16 novembre 2026", A2),
    Champ("visite.professionnel", "Qui a reçu l’agent", "Dr Anne Le Goff", A2),
    Champ("visite.poste", "Poste tenu le jour de la visite", "DCV / SEV / Jardinière", A2),
    Champ("visite.motif", "Motif, dans ses mots publics", "à la demande", H1),
    Champ("visite.suite", "Quand le revoir", "dans 24 mois", H1),
    Champ("visite.propositions", "Mesures proposées", "Port de charges limité à 10\u00a0kg", H1),
)
# An attestation states that the agent was seen, and holds no opinion on his fitness.
CONSTAT = (Champ("visite.constat", "Ce qui est attesté", "L’agent a été reçu.", H1),)
AVIS = (Champ("visite.avis", "Avis d’aptitude", "Apte", H1),)
COURRIER = (
    Champ("courrier.objet", "Objet, tapé à l’envoi", "Votre équipement", A2),
    Champ("courrier.texte", "Texte, tapé à l’envoi", "Votre équipement est arrivé.", A2, bloc=True),
)

DU_GENRE = {
    GenreLettre.CONVOCATION: (*AGENT, *RENDEZ_VOUS, *PROFESSIONNEL),
    GenreLettre.RELANCE: (*AGENT, *RENDEZ_VOUS, *PROFESSIONNEL, *RELANCE),
    GenreLettre.REPORT: (*AGENT, *RENDEZ_VOUS, *PROFESSIONNEL, *ANCIEN),
    # Neither the motive nor who receives: a manager reads the day and the hour.
    GenreLettre.AVIS_RESPONSABLE: (*AGENT, *RENDEZ_VOUS, *RESPONSABLE),
    GenreLettre.AVIS_REPORT: (*AGENT, *RENDEZ_VOUS, *RESPONSABLE, *ANCIEN),
    GenreLettre.FEUILLE_PRESENCE: DEMI_JOURNEE,
    GenreLettre.ATTESTATION: (*AGENT, *VISITE, *CONSTAT),
    GenreLettre.CERTIFICAT: (*AGENT, *VISITE, *AVIS),
    GenreLettre.COURRIER: (*AGENT, *COURRIER),
}


def fields_for(genre: str, domaine: str) -> tuple[Champ, ...]:
    """Return the fields that the letters of this kind may name in this domain."""
    permises = CLASSES[DomaineLettre(domaine)]
    return tuple(champ for champ in (*LETTRE, *DU_GENRE[GenreLettre(genre)]) if champ.classe in permises)


def examples_for(genre: str, domaine: str) -> dict[str, str]:
    """Return an invented value for each field."""
    return {champ.nom: champ.exemple for champ in fields_for(genre, domaine)}
