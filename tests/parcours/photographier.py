"""Take the pictures of the user guides, from the demonstration city: invented people only.

Run against a city that was just filled, so that the pictures show the same rows each time::

    python -m tests.parcours.photographier --adresse http://127.0.0.1:8000 --comptes var/comptes_demo.json

Nothing is sent but the log-ins and files of the import, given up at once or taken back: the city stays as it
was. A worker is at work.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

RACINE = Path(__file__).resolve().parents[2]
IMAGES = RACINE / "docs" / "guide" / "images"
AFFICHE = RACINE / "docs" / "images" / "aujourdhui.png"
COULEURS = 128
CHROMIUM = "/usr/bin/chromium"
# As tests/gardes/navigateur.py, which needs Django: this script needs a server only.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
OPTIONS += ["--disable-background-networking", "--disable-component-update"]
ECRANS = {"bureau": {"width": 1366, "height": 768}, "telephone": {"width": 390, "height": 844}}
REGISTRE = """Matricule;Nom;Prénom;Sexe;Date de naissance;Date d'embauche;Statut;Service;Poste
99127;KALOI;Josué;M;12/03/1980;01/02/2020;F;Espaces verts;Jardinier
99128;WAHEO;Rosalinde;F;31/02/1985;01/02/2021;C;Espaces verts;Jardinier
99129;TIAOU;Bernardin;M;05/07/1979;15/06/2015;CC;Propreté urbaine;Ripeur
"""


def show_list(page: Page) -> None:
    """Show a filtered list with its filters open and its menu of columns."""
    page.goto("/agents/?statut=F")
    page.locator(".filter-bar summary").click()


def show_search(page: Page) -> None:
    """Show the first answers of the search box."""
    page.keyboard.press("/")
    page.keyboard.type("kaloi")
    page.get_by_role("option").first.wait_for()


def show_help(page: Page) -> None:
    """Show the help beside a page."""
    page.goto("/agents/")
    page.keyboard.press("?")
    page.locator("dialog[open] .help").wait_for()


def show_due_date(page: Page) -> None:
    """Show why somebody is late."""
    page.goto("/visites/")
    page.get_by_role("link", name="Pourquoi").first.click()


def show_fill(page: Page) -> None:
    """Show who is proposed for the next half-day with nobody in it."""
    page.goto("/visites/planning/")
    page.locator(".half:has(.free):not(:has(.slots a)) h3 a").first.click()
    page.get_by_role("link", name="Remplir").click()


def show_attendance(page: Page) -> None:
    """Show on one screen who came to the doctor's half-day of today."""
    page.goto("/visites/planning/")
    page.locator(".day.today h3 a").first.click()
    page.get_by_role("link", name="Présences").click()


def show_planning(page: Page) -> None:
    """Show the half-days of the week."""
    page.goto("/visites/planning/")


def show_load(page: Page) -> None:
    """Show how many visits are due month by month."""
    page.goto("/visites/charge/")


def show_trial(page: Page) -> None:
    """Show what a lower threshold would move; the worker calculates it."""
    page.goto("/visites/regles/maladie/nouvelle/")
    page.locator("[name=seuil]").fill("20")
    page.locator("[name=libelle]").fill(
        "Retour d’absences pour maladie de plus de 20 et de moins de 90 jours"
    )
    page.locator("[name=source]").fill("Demande du médecin du travail")
    page.locator("[name=fiabilite]").select_option("usage")
    page.get_by_role("button", name="Voir l’aperçu").click()
    page.get_by_role("button", name="Mettre à l’essai").click()
    page.get_by_text("visites dues apparaissent").wait_for(timeout=120_000)
    page.goto(page.url)


def give_up_trial(page: Page) -> None:
    """Abandon the trial: no rule has changed."""
    page.get_by_role("button", name="Abandonner").click()


def show_report(page: Page) -> None:
    """Show a report that waits to be qualified."""
    page.goto("/signalements/?vue=a_qualifier")
    page.locator("tbody a").first.click()


def show_session(page: Page) -> None:
    """Show the next session and its agenda."""
    page.goto("/commissions/")
    page.locator("tbody a").first.click()


def show_dashboard(page: Page) -> None:
    """Show the dashboard."""
    page.goto("/pilotage/")


def show_accounts(page: Page) -> None:
    """Show the accounts."""
    page.goto("/compte/")


def show_conclusion(page: Page) -> None:
    """Show the conclusion of a visit, with three measures and what the manager will read."""
    page.get_by_role("link", name="Conclure").first.click()
    page.locator("label.choice", has_text="Apte avec aménagement").first.click()
    for rang, choix in enumerate((4, 6, 9)):
        page.get_by_role("button", name="Ajouter une ligne").click()
        page.locator("tbody select:visible").nth(rang).select_option(index=choix)
    page.wait_for_timeout(1500)


def show_restrictions(page: Page) -> None:
    """Show the measures that go on, the most pressing first."""
    page.goto("/visites/restrictions/")


def show_follow_up(page: Page) -> None:
    """Show a follow-up: its next step, its exchanges, who is named on it."""
    page.goto("/visites/accompagnements/")
    page.locator("tbody a").nth(1).click()


def show_attestation(page: Page) -> None:
    """Show the attestation that a nurse signs."""
    page.get_by_role("link", name="Conclure").first.click()
    page.locator("label.choice", has_text="Attestation de suivi").first.click()


def show_half_day(page: Page) -> None:
    """Show the half-day that comes."""
    page.goto("/visites/journee/")


def show_plan(page: Page) -> None:
    """Show what is late in the plan of action."""
    page.goto("/signalements/actions/?vue=en_retard")


def show_accident(page: Page) -> None:
    """Show the form of an accident."""
    page.goto("/signalements/accidents/ajouter/?q=kaloi")
    page.locator("main li a").first.click()


def show_import(page: Page) -> None:
    """Show what an import would write."""
    page.goto("/imports/deposer/")
    contenu = {"name": "registre.csv", "mimeType": "text/csv", "buffer": REGISTRE.encode("cp1252")}
    page.set_input_files("input[type=file]", contenu)  # type: ignore[arg-type]
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("button", name="Appliquer").wait_for()


def show_refused(page: Page) -> None:
    """Show the rows that an import refuses."""
    show_import(page)
    page.get_by_role("link", name="Refusés").click()


def show_undo(page: Page) -> None:
    """Show what taking an import back would undo."""
    show_import(page)
    numero = page.url.split("/imports/")[1].split("/")[0]
    page.get_by_role("button", name="Appliquer").click()
    page.get_by_role("link", name="Ouvrir le résultat").first.wait_for()
    page.goto(f"/imports/{numero}/annuler/")


def take_import_back(page: Page) -> None:
    """Undo the import."""
    page.fill("#id_raison", "Image du guide")
    page.get_by_role("button", name="Annuler l’import").click()
    page.get_by_role("link", name="Ouvrir le résultat").first.wait_for()


def show_columns(page: Page) -> None:
    """Show how the columns of a file were recognised, on the page that corrects them."""
    show_import(page)
    page.get_by_role("link", name="Revoir les colonnes").click()


def give_up_import(page: Page) -> None:
    """Leave no import behind."""
    numero = page.url.split("/imports/")[1].split("/")[0]
    page.goto(f"/imports/{numero}/abandonner/")
    page.fill("#id_raison", "Image du guide")
    page.get_by_role("button", name="Abandonner l’import").click()
    page.wait_for_url("**/imports/")


def show_absence(page: Page) -> None:
    """Show the form of an absence."""
    page.goto("/agents/?q=kaloi")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Absences", exact=True).click()
    page.get_by_role("link", name="Saisir une absence").click()


def show_team(page: Page) -> None:
    """Show the team of a manager."""
    page.goto("/mon-equipe/")


def show_own_file(page: Page) -> None:
    """Show one's own file."""
    page.goto("/mon-dossier/")


def show_declaration(page: Page) -> None:
    """Show the report that anybody can make."""
    page.goto("/signalements/signaler/")


def show_journal(page: Page) -> None:
    """Show the journal with its filters open."""
    page.goto("/journal/")
    page.locator(".filter-bar summary").click()


def show_invitation(page: Page) -> None:
    """Show the form that opens an account."""
    page.goto("/compte/ajouter/")


def stay(page: Page) -> None:
    """Stay on the first page."""


@dataclass(frozen=True)
class Photo:
    """One picture: its file, who looks, what is done before, on which screen, and what is undone after."""

    nom: str
    role: str
    avant: Callable[[Page], None] = stay
    ecran: str = "bureau"
    apres: Callable[[Page], None] = stay


PHOTOS = (
    Photo("liste", "rh", show_list),
    Photo("recherche", "coordinateur", show_search),
    Photo("aide", "coordinateur", show_help),
    Photo("coordinateur-visites", "coordinateur", show_due_date),
    Photo("coordinateur-planning", "coordinateur", show_planning),
    Photo("coordinateur-remplir", "coordinateur", show_fill),
    Photo("coordinateur-presence", "coordinateur", show_attendance),
    Photo("coordinateur-accompagnement", "coordinateur", show_follow_up),
    Photo("coordinateur-signalement", "coordinateur", show_report),
    Photo("chef-aujourdhui", "chef"),
    Photo("chef-tableau", "chef", show_dashboard),
    Photo("chef-essai", "chef", show_trial, apres=give_up_trial),
    Photo("medecin-aujourdhui", "medecin"),
    Photo("medecin-conclure", "medecin", show_conclusion),
    Photo("medecin-charge", "medecin", show_load),
    Photo("infirmier-journee", "infirmier", show_half_day),
    Photo("infirmier-attestation", "infirmier", show_attestation),
    Photo("psychologue-aujourdhui", "psychologue"),
    Photo("preventeur-plan", "preventeur", show_plan),
    Photo("preventeur-accident", "preventeur", show_accident),
    Photo("rh-import", "rh", show_import, apres=give_up_import),
    Photo("rh-colonnes", "rh", show_columns, apres=give_up_import),
    Photo("import-refus", "rh", show_refused, apres=give_up_import),
    Photo("import-annuler", "rh", show_undo, apres=take_import_back),
    Photo("rh-absence", "rh", show_absence),
    Photo("encadrant-equipe", "encadrant", show_team),
    Photo("encadrant-restrictions", "encadrant", show_restrictions),
    Photo("encadrant-telephone", "encadrant", ecran="telephone"),
    Photo("agent-dossier", "agent", show_own_file),
    Photo("agent-signaler", "agent", show_declaration, ecran="telephone"),
    Photo("chct-seance", "chct", show_session),
    Photo("auditeur-journal", "auditeur", show_journal),
    Photo("administrateur-aujourdhui", "administrateur"),
    Photo("administrateur-inviter", "administrateur", show_invitation),
)


def open_session(browser: Browser, adresse: str, compte: dict[str, str], ecran: str) -> Page:
    """Return a page logged in with this account, by the form."""
    context = browser.new_context(
        base_url=adresse,
        viewport=ECRANS[ecran],  # type: ignore[arg-type]
        locale="fr-FR",
        timezone_id="Pacific/Noumea",
    )
    page = context.new_page()
    page.goto("/compte/connexion/")
    page.fill("#id_login", compte["identifiant"])
    page.fill("#id_password", compte["mot_de_passe"])
    page.get_by_role("button", name="Ouvrir ma session").click()
    page.wait_for_url("**/")
    return page


def save_picture(page: Page, fichier: Path) -> None:
    """Write what is seen as a PNG of few colours."""
    page.wait_for_load_state("networkidle")
    image = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    fichier.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(COULEURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        fichier, optimize=True
    )


def take_pictures(
    browser: Browser, adresse: str, comptes: dict[str, dict[str, str]], dossier: Path, debut: str = ""
) -> int:
    """Take every picture whose name begins so; return their weight in bytes."""
    poids = 0
    for photo in (photo for photo in PHOTOS if photo.nom.startswith(debut)):
        page = open_session(browser, adresse, comptes[photo.role], photo.ecran)
        page.goto("/")
        photo.avant(page)
        fichier = dossier / f"{photo.nom}.png"
        save_picture(page, fichier)
        photo.apres(page)
        page.context.close()
        poids += fichier.stat().st_size
    return poids


def main() -> None:
    """Take the pictures that the arguments ask for."""
    lecteur = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    lecteur.add_argument("--adresse", default="http://127.0.0.1:8000")
    lecteur.add_argument("--comptes", type=Path, required=True)
    lecteur.add_argument("--seulement", default="", help="début du nom des images à prendre")
    lecteur.add_argument("--sortie", type=Path, default=IMAGES)
    choix = lecteur.parse_args()
    comptes = json.loads(choix.comptes.read_text(encoding="utf8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        poids = take_pictures(browser, choix.adresse, comptes, choix.sortie, choix.seulement)
        if choix.sortie == IMAGES and not choix.seulement:
            page = open_session(browser, choix.adresse, comptes["coordinateur"], "bureau")
            save_picture(page, AFFICHE)
        browser.close()
    sys.stdout.write(f"{len(PHOTOS)} images, {poids / 1000:.0f} ko\n")


if __name__ == "__main__":
    main()
