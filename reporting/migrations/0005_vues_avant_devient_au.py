"""« Échéance avant le » of the visits to plan became « Échéance jusqu’au »: the kept views follow."""

import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import migrations

LISTE = "visites:liste"


def rewrite(requete: str) -> str:
    """The same filters in the words of today; a day that cannot be read is left out."""
    paires = parse_qsl(requete, keep_blank_values=True)
    noms = {nom for nom, _ in paires}
    if "avant" not in noms:
        return requete
    autres = [(nom, valeur) for nom, valeur in paires if nom != "avant"]
    try:
        rang, mois, annee = dict(paires)["avant"].split("/")
        avant = datetime.date(int(annee), int(mois), int(rang))
    except ValueError:
        return urlencode(autres)
    jour = f"{avant - datetime.timedelta(days=1):%d/%m/%Y}"
    return urlencode(sorted(autres if "au" in noms else [*autres, ("au", jour)]))


def convert(apps: Any, schema_editor: Any) -> None:
    """Rewrite the kept views of this list, and those that accounts open it with."""
    for vue in apps.get_model("reporting", "VueEnregistree").objects.filter(liste=LISTE):
        requete = rewrite(vue.requete)
        if requete != vue.requete:
            vue.requete = requete
            vue.save(update_fields=["requete"])
    for compte in apps.get_model("comptes", "Utilisateur").objects.filter(vues_par_defaut__has_key=LISTE):
        requete = rewrite(compte.vues_par_defaut[LISTE])
        if requete != compte.vues_par_defaut[LISTE]:
            compte.vues_par_defaut[LISTE] = requete
            compte.save(update_fields=["vues_par_defaut"])


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0004_contradictions_ecartees"),
        ("visites", "0009_raison_de_la_correction"),
    ]

    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
