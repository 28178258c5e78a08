"""The form of a rule as a person fills it, and what its pages say."""

from django.urls import reverse

from tests.surete.formulaires import open_form, pick_form
from visites.models import EssaiRegle, RegleVisite
from visites.tasks import run_essai

SOURCE = {"source": "Avis du médecin", "fiabilite": "hypothese"}


def address(vue, *args):
    return reverse(f"visites:{vue}", args=args)


def send(client, code="maladie", bouton="", adresse="", **saisie):
    """Fill the form as the page shows it, then press a button of the preview; « adopter » goes by a trial."""
    page = adresse or address("nouvelle_regle", code)
    vue = "corriger_regle" if "versions" in page else "nouvelle_regle"
    formulaire = open_form(client, page, f"visites:{vue}")
    # The reader of forms keeps one box of those that are ticked: the rule has several kinds of absence.
    donnees = formulaire.filled(**{"date_effet": "01/12/2026", **SOURCE, **saisie})
    if "types_absence" in donnees and "types_absence" not in saisie:
        donnees["types_absence"] = RegleVisite.objects.get(declencheur=code).types_absence
    if bouton == "adopter":
        return adopt_tried(client, client.post(page, donnees | {"essayer": "1"}).url)
    return client.post(page, donnees | ({bouton: "1"} if bouton else {}))


def adopt_tried(client, adresse):
    """Calculate the trial of this page, then press its button."""
    essai = EssaiRegle.objects.latest("pk")
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    adopter = pick_form(client.get(adresse).content.decode(), adresse, "visites:adopter_essai")
    return client.post(adopter.adresse, adopter.filled())


def text(reponse):
    return " ".join(reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())
