"""Plausible posts of each part of the tree: how many agents, which post titles, which follow-up."""

from dataclasses import dataclass

SIMPLE, ADAPTE, RENFORCE = "simple", "adapte", "renforce"


@dataclass(frozen=True)
class Metier:
    """A post title, its weight inside its part of the tree, its kind of follow-up, its risk of accident."""

    intitule: str
    poids: int
    suivi: str = SIMPLE
    risque: float = 1.0


BUREAU = (
    Metier("Gestionnaire administratif", 5, SIMPLE, 0.3),
    Metier("Secrétaire", 3, SIMPLE, 0.3),
    Metier("Comptable", 2, SIMPLE, 0.3),
    Metier("Chargé d’études", 2, SIMPLE, 0.2),
    Metier("Chef de section", 1, SIMPLE, 0.3),
)
METIERS: dict[str, tuple[Metier, ...]] = {
    "DPM": (
        Metier("Gardien de police municipale", 8, ADAPTE, 2.0),
        Metier("Brigadier de police municipale", 3, ADAPTE, 1.8),
        Metier("Opérateur de vidéoprotection", 2, ADAPTE, 0.5),
        Metier("Agent administratif", 1, SIMPLE, 0.3),
    ),
    "DSIS": (
        Metier("Sapeur-pompier", 8, RENFORCE, 2.2),
        Metier("Chef d’agrès", 3, RENFORCE, 1.8),
        Metier("Formateur aux secours", 1, RENFORCE, 1.0),
        Metier("Agent administratif", 1, SIMPLE, 0.3),
    ),
    "SVS": (
        Metier("Agent de service des écoles", 9, SIMPLE, 1.4),
        Metier("Agent spécialisé des écoles maternelles", 5, SIMPLE, 1.0),
        Metier("Responsable d’équipe des écoles", 1, SIMPLE, 0.6),
    ),
    "SAPEC": (
        Metier("Agent d’état civil", 6, SIMPLE, 0.3),
        Metier("Agent d’accueil", 3, SIMPLE, 0.4),
        Metier("Fossoyeur", 2, RENFORCE, 2.0),
    ),
    "SMS": (
        Metier("Maître-nageur sauveteur", 3, ADAPTE, 1.4),
        Metier("Gardien d’équipement sportif", 5, SIMPLE, 1.0),
        Metier("Éducateur sportif", 3, SIMPLE, 1.2),
    ),
    "SVQ": (
        Metier("Animateur de quartier", 5, SIMPLE, 0.8),
        Metier("Médiateur", 3, ADAPTE, 1.2),
        Metier("Gardien de maison de quartier", 3, SIMPLE, 0.8),
    ),
    "SCF": (
        Metier("Bibliothécaire", 4, SIMPLE, 0.4),
        Metier("Technicien du spectacle", 3, ADAPTE, 1.6),
        Metier("Agent d’accueil du musée", 3, SIMPLE, 0.4),
    ),
    "DB": (
        Metier("Électricien", 3, RENFORCE, 1.6),
        Metier("Plombier", 3, RENFORCE, 1.5),
        Metier("Agent de maintenance", 4, SIMPLE, 1.5),
        Metier("Conducteur de travaux", 2, SIMPLE, 0.7),
        Metier("Placier du marché", 1, SIMPLE, 0.8),
    ),
    "DEVEA": (
        Metier("Égoutier", 3, RENFORCE, 2.0),
        Metier("Agent de réseau", 4, RENFORCE, 1.8),
        Metier("Conducteur d’engins", 3, RENFORCE, 1.6),
        Metier("Agent de voirie", 5, SIMPLE, 1.9),
    ),
    "DETVEA": (
        Metier("Technicien d’études", 4, SIMPLE, 0.4),
        Metier("Surveillant de travaux", 3, SIMPLE, 1.0),
        Metier("Dessinateur projeteur", 2, SIMPLE, 0.2),
    ),
    "DEPEV": (
        Metier("Ripeur", 5, RENFORCE, 2.4),
        Metier("Agent de propreté urbaine", 6, SIMPLE, 1.8),
        Metier("Jardinier", 8, RENFORCE, 1.9),
        Metier("Élagueur", 2, RENFORCE, 2.6),
        Metier("Chef d’équipe", 2, SIMPLE, 1.0),
        Metier("Conducteur de benne", 3, ADAPTE, 1.7),
    ),
    "ATM": (
        Metier("Mécanicien poids lourds", 4, RENFORCE, 1.7),
        Metier("Magasinier", 3, SIMPLE, 1.2),
        Metier("Peintre en bâtiment", 2, RENFORCE, 1.4),
        Metier("Menuisier", 2, RENFORCE, 1.7),
        Metier("Soudeur", 1, RENFORCE, 1.8),
    ),
    "SIPRES": (
        Metier("Agent de démoustication", 5, RENFORCE, 1.5),
        Metier("Inspecteur de salubrité", 3, SIMPLE, 0.8),
        Metier("Technicien de laboratoire", 2, RENFORCE, 0.8),
    ),
}

# Posts of which a risk asks for the closer follow-up, not the post by itself: by code of the reference data.
EXPOSITIONS: dict[str, tuple[str, ...]] = {
    "Égoutier": ("biologique",),
    "Soudeur": ("cmr",),
    "Peintre en bâtiment": ("plomb", "amiante"),
    "Élagueur": ("echafaudages",),
    "Technicien de laboratoire": ("biologique",),
    "Agent de démoustication": ("cmr",),
}

# What posts ask for, by code of the reference data: how often, and how much where it is measured. The others
# are not entered yet.
BUREAU_DEMANDE = {"assis": ("souvent", 6), "public": ("parfois", None), "charges": ("jamais", None)}
DEHORS = {"debout": ("souvent", 6), "soleil": ("souvent", 6), "assis": ("jamais", None)}
EXIGENCES: dict[str, dict[str, tuple[str, int | None]]] = {
    "Gestionnaire administratif": BUREAU_DEMANDE,
    "Secrétaire": BUREAU_DEMANDE,
    "Comptable": BUREAU_DEMANDE | {"public": ("jamais", None)},
    "Agent administratif": BUREAU_DEMANDE,
    "Agent d’accueil": BUREAU_DEMANDE | {"public": ("souvent", None), "debout": ("parfois", 2)},
    "Agent d’état civil": BUREAU_DEMANDE | {"public": ("souvent", None)},
    "Bibliothécaire": {"charges": ("parfois", 8), "debout": ("parfois", 3), "public": ("souvent", None)},
    "Magasinier": {"charges": ("souvent", 20), "debout": ("souvent", 5), "hauteur": ("parfois", None)},
    "Opérateur de vidéoprotection": {"assis": ("souvent", 7), "nuit": ("souvent", None)},
    "Gardien de police municipale": {"arme": ("souvent", None), "nuit": ("parfois", None)},
    "Sapeur-pompier": {"charges": ("souvent", 40), "nuit": ("souvent", None), "hauteur": ("souvent", None)},
    "Ripeur": DEHORS | {"charges": ("souvent", 25), "gestes": ("souvent", None)},
    "Jardinier": DEHORS | {"charges": ("souvent", 15), "vibrations": ("souvent", None)},
    "Élagueur": DEHORS | {"charges": ("souvent", 20), "hauteur": ("souvent", None)},
    "Agent de propreté urbaine": DEHORS | {"charges": ("parfois", 10), "gestes": ("souvent", None)},
    "Conducteur de benne": {"conduite": ("souvent", None), "assis": ("souvent", 5)},
    "Conducteur d’engins": {"conduite": ("souvent", None), "vibrations": ("souvent", None)},
    "Agent de service des écoles": {"charges": ("parfois", 12), "debout": ("souvent", 6)},
}
# A post that is entered is entered whole: what is not named above is never asked for.
PARTIELLES = frozenset({"Sapeur-pompier", "Gardien de police municipale"})

# Share of the workforce, in agents of a city of 1,600, by part of the tree.
EFFECTIFS: dict[str, int] = {
    "DPM": 182,
    "DSIS": 132,
    "SVS": 262,
    "SAPEC": 52,
    "SMS": 78,
    "SVQ": 92,
    "SCF": 74,
    "DB": 88,
    "DEVEA": 118,
    "DETVEA": 46,
    "DEPEV": 196,
    "ATM": 62,
    "SIPRES": 40,
    "DF": 34,
    "DSI": 38,
    "DRH": 42,
    "DAEDU": 34,
    "SAD": 16,
    "SC": 14,
    "SE": 6,
    "SJC": 10,
    "SMP": 12,
    "COM": 8,
    "CAB": 8,
    "SCAF": 18,
    "CPRU": 4,
    "CVE": 5,
    "SOC": 6,
}

LIEUX: dict[str, tuple[str, ...]] = {
    "DPM": ("Hôtel de police municipale", "Poste de la baie des Citrons"),
    "DSIS": ("Centre de secours principal", "Centre de secours de Normandie"),
    "SVS": (
        "École Les Niaoulis",
        "École Frédéric-Surleau",
        "École Suzanne-Russier",
        "École Marie-Havet",
        "École Daniel-Talon",
        "École Gustave-Mouchet",
        "École Serge-Laigle",
        "École Les Œillets",
    ),
    "SMS": ("Piscine du Ouen Toro", "Stade Numa-Daly", "Complexe de Rivière-Salée"),
    "SVQ": ("Maison de quartier de Magenta", "Maison de quartier de Tuband", "Maison de quartier de Kaméré"),
    "SCF": ("Musée de la Ville", "Médiathèque de Rivière-Salée", "Kiosque à musique"),
    "DB": ("Marché municipal", "Ateliers de Ducos"),
    "DEVEA": ("Dépôt de Ducos", "Station de l’anse Vata"),
    "DEPEV": ("Dépôt de Ducos", "Parc forestier", "Serres de Magenta", "Place des Cocotiers"),
    "ATM": ("Ateliers de Ducos",),
    "SIPRES": ("Laboratoire municipal", "Dépôt de Ducos"),
    "SAPEC": ("Hôtel de Ville", "Cimetière du 5e kilomètre"),
}
LIEU_COURANT = "Hôtel de Ville"


def jobs_of(ancetres: list[str]) -> tuple[str, tuple[Metier, ...], tuple[str, ...]]:
    """Return (part of the tree, its posts, its places) for a structure given from itself up to the root."""
    for sigle in ancetres:
        if sigle in METIERS or sigle in EFFECTIFS:
            return sigle, METIERS.get(sigle, BUREAU), LIEUX.get(sigle, (LIEU_COURANT,))
    return "", BUREAU, (LIEU_COURANT,)
