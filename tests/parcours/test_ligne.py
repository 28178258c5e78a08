"""The main job once, in a real browser: a register, a due date, an outcome, an incident, a printed pack."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.models import Agent, HeuresTravaillees
from commissions.models import Seance
from nouvea_sst.lib.pdf import is_pdf_possible
from reporting.models import Edition
from signalements.models import Signalement
from tests.fabriques import compte
from visites.models import Motif, Visite

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not is_pdf_possible(), reason="pango absent : aucun PDF sur cette machine"),
]

REGISTRE = """Registre du personnel;;;;;;;
Matricule;Nom;Prénom;Sexe;Date de naissance;Date d'embauche;Statut;Service;Poste
9004127;KALOI;Joseph;M;12/03/1980;01/02/2020;F;Espaces verts;Jardinier
904128;WAHEO;Rosalie;F;31/02/1985;01/02/2021;C;Espaces verts;Jardinier
4129;TIAOU;Bernard;M;05/07/1979;15/06/2015;CC;Propreté urbaine;Ripeur
"""


class Ouvrier:
    """Runs the queued jobs as the worker would, each once."""

    def __init__(self) -> None:
        self.faits: set[int] = set()

    def run(self) -> list[str]:
        """Run what waits; return the names of the tasks run."""
        attendent = [j for j in ProcrastinateJob.objects.order_by("id") if j.id not in self.faits]
        for job in attendent:
            self.faits.add(job.id)
            app.tasks[job.task_name](**job.args)
        return [job.task_name for job in attendent]


def whole_months(jour: datetime.date) -> tuple[datetime.date, datetime.date]:
    """From the first of January, or of the month before, to the end of the last whole month."""
    fin = jour.replace(day=1) - datetime.timedelta(days=1)
    return fin.replace(day=1), fin


def read_pdf(page: Page, adresse: str) -> bytes:
    """Return what the address serves to this account."""
    reponse = page.request.get(adresse)
    assert reponse.headers["content-type"] == "application/pdf"
    return reponse.body()


@pytest.fixture
def maison(transactional_db):
    call_command("charger_referentiel", verbosity=0)
    return Ouvrier()


def test_main_job_from_a_register_to_a_printed_pack(page_de, maison, tmp_path):
    jour = timezone.localdate()
    import_register(page_de("rh"), maison, tmp_path)
    agent = Agent.objects.get(matricule="4127")
    see_why(page_de("coordinateur"), agent)
    conclude(page_de, maison, agent, jour)
    report_incident(page_de)
    print_pack(page_de("chef"), maison, jour)


def import_register(page: Page, ouvrier: Ouvrier, dossier) -> None:
    """Two people are created, the third is refused with the reason beside it."""
    fichier = dossier / "registre.csv"
    fichier.write_text(REGISTRE, encoding="cp1252")
    page.goto(reverse("imports:deposer"))
    page.set_input_files("input[type=file]", fichier)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_text("Cette date n’existe pas")).to_be_visible()
    assert not Agent.objects.exists()
    page.get_by_role("button", name="Appliquer les 2 changements").click()
    page.wait_for_url("**/travaux/**")
    assert "imports.apply_import" in ouvrier.run()
    ouvrier.run()
    assert Agent.objects.count() == 2


def see_why(page: Page, agent: Agent) -> None:
    """The due date of somebody never seen says its rule, its source and its facts."""
    page.goto(reverse("visites:liste"))
    page.keyboard.press("/")
    page.keyboard.type("kaloi jos")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(reverse("visites:liste") + "?q=kaloi")
    page.get_by_role("link", name="Pourquoi").click()
    expect(page.get_by_text("Pourquoi le 01/05/2020")).to_be_visible()
    expect(page.get_by_text("3 mois après l’embauche")).to_be_visible()


def conclude(page_de, ouvrier: Ouvrier, agent: Agent, jour: datetime.date) -> None:
    """The doctor concludes by keyboard, then hands over the certificate."""
    medecin = compte("medecin", first_name="Anne", last_name="Le Goff")
    visite = Visite.objects.create(
        agent=agent,
        motif=Motif.objects.get(code="demande_agent"),
        nature="examen",
        etat="placee",
        date=jour,
        heure=datetime.time(8),
        professionnel=medecin,
        nom_professionnel=str(medecin),
    )
    page = page_de(medecin)
    page.goto(reverse("visites:conclure", args=[visite.pk]))
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Conclusion signée pour")).to_be_visible()
    page.goto(reverse("visites:visite", args=[visite.pk]))
    page.get_by_role("button", name="Établir le certificat").click()
    page.wait_for_url("**/travaux/**")
    ouvrier.run()
    document = Visite.objects.get(pk=visite.pk).certificat
    adresse = reverse("documents:ouvrir", args=[document.pk])
    premier, second = read_pdf(page, adresse), read_pdf(page, adresse)
    assert premier.startswith(b"%PDF") and premier == second


def report_incident(page_de) -> None:
    """An agent reports; the préventeur qualifies."""
    page = page_de("agent")
    page.goto(reverse("signalements:signaler"))
    page.get_by_label("Un danger").check()
    page.get_by_label("Que se passe-t-il").fill("Le sol est glissant devant les étals.")
    page.get_by_label("Sérieuse").check()
    page.get_by_role("group", name="danger tout de suite").get_by_label("Non").check()
    page.locator("[name=lieu]").fill("Marché, halle 2")
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.get_by_text("S-")).not_to_have_count(0)
    signalement = Signalement.objects.get()
    assert (signalement.etat, signalement.gravite) == ("nouveau", 3)
    page = page_de("preventeur")
    page.goto(reverse("signalements:signalement", args=[signalement.pk]))
    expect(page.get_by_text("Le sol est glissant").first).to_be_visible()


def print_pack(page: Page, ouvrier: Ouvrier, jour: datetime.date) -> None:
    """The chief asks for the pack of the next session; its bytes never change."""
    debut, fin = whole_months(jour)
    HeuresTravaillees.objects.create(annee=fin.year, mois=fin.month, heures=210_000, source="Paie")
    seance = Seance.objects.create(
        numero=24, date=jour + datetime.timedelta(days=16), heure=datetime.time(8, 30), lieu="Hôtel de Ville"
    )
    page.goto(f"{reverse('reporting:preparer')}?seance={seance.pk}&du={debut:%d/%m/%Y}&au={fin:%d/%m/%Y}")
    page.get_by_role("button", name="Préparer le dossier").click()
    page.wait_for_url("**/travaux/**")
    assert "reporting.make_pack" in ouvrier.run()
    edition = Edition.objects.get()
    page.goto(reverse("reporting:edition", args=[edition.pk]))
    expect(page.get_by_text("Chiffres clés").first).to_be_visible()
    pdf = read_pdf(page, reverse("reporting:pdf", args=[edition.pk]))
    assert pdf.startswith(b"%PDF") and pdf == bytes(edition.pdf) == read_pdf(
        page, reverse("reporting:pdf", args=[edition.pk])
    )
