"""Keeps which clinical words a signer confirmed in a text that others read."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from visites.enums import ChampPartage
from visites.models import MotClinique, MotConfirme
from visites.rules.lexique import Marque, distinct, find_marks, unconfirmed, word_refusal


def read_words(*, texte: str, confirmes: Collection[str], champ: str) -> list[Marque]:
    """Return the clinical words of a text, all confirmed, once each.

    Raises ValidationError on `champ` with the words that are not.
    """
    marques = find_marks(texte, MotClinique.objects.lexique()) if texte else []
    manquent = unconfirmed(marques, confirmes)
    if manquent:
        raise ValidationError({champ: word_refusal(manquent)})
    return distinct(marques)


def keep_words(*, acteur: Any, champ: ChampPartage, marques: Collection[Marque], **objet: Any) -> None:
    """Keep that these words were confirmed in this text of a visit, a request or a visit due.

    The act that signs the text writes the journal line, which holds none of them.
    """
    MotConfirme.objects.bulk_create(
        MotConfirme(
            champ=champ,
            mot=marque.mot[:200],
            genre=marque.genre,
            confirme_par=acteur,
            confirme_le=timezone.now(),
            **objet,
        )
        for marque in marques
    )
