"""What a short message holds: the alphabet of telephones, and how many messages a text makes."""

import unicodedata

SIMPLES = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLES = frozenset("^{}\\[~]|€")
UN, SUITE = 160, 153
REMPLACES = str.maketrans({"’": "'", "«": '"', "»": '"', "–": "-", "…": "...", "\u00a0": " ", "\u202f": " "})


def write_short(texte: str) -> str:
    """Return a text in the alphabet of telephones: « ê » is written « e »."""
    return "".join(c if c in SIMPLES or c in DOUBLES else _plain(c) for c in texte.translate(REMPLACES))


def count_messages(texte: str) -> int:
    """Return how many messages a text of that alphabet makes. Raises ValueError for another sign."""
    if etrangers := set(texte) - SIMPLES - DOUBLES:
        raise ValueError(f"not in the alphabet of telephones: {sorted(etrangers)}")
    longueur = sum(2 if c in DOUBLES else 1 for c in texte)
    return 1 if longueur <= UN else -(-longueur // SUITE)


def _plain(signe: str) -> str:
    nu = unicodedata.normalize("NFD", signe)[0]
    return nu if nu in SIMPLES else "?"
