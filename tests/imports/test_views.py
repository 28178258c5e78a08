"""The import step by step, on screen."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import abandon_import, apply_import, deposit_import
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import, Profil
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import AgentFactory
from tests.imports.fichiers import BOULA, ENTETE, GONY, SAO, make_csv, make_xlsx

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
FAUTIF = [*SAO[:5], "31/02/2024", *SAO[6:]]


def upload(contenu, nom="registre.csv"):
    return {"cible": "agents", "fichier": SimpleUploadedFile(nom, contenu), "profil": ""}


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


@pytest.fixture
def depot():
    contenu = make_csv([BOULA, GONY, FAUTIF], titres=["Registre"], encodage="cp1252")
    return deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu)


def seen(depot):
    """What the page of this import posts besides its token."""
    return {"version": Import.objects.get(pk=depot.pk).version}


def page(client, vue, pk=None, suite=""):
    reponse = client.get(reverse(f"imports:{vue}", args=[pk] if pk else None) + suite)
    assert reponse.status_code == 200
    return reponse.content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATEUR, Role.CHEF, Role.RH])
def test_who_may_import(client_de, role, depot):
    client = client_de(role)
    for vue, pk in (("deposer", None), ("historique", None), ("colonnes", depot.pk), ("apercu", depot.pk)):
        page(client, vue, pk)


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.COORDINATEUR, Role.CHEF, Role.RH}])
def test_who_may_not(client_de, role, depot):
    client = client_de(role)
    for vue in ("deposer", "historique"):
        assert client.get(reverse(f"imports:{vue}")).status_code == 403
    for vue in ("colonnes", "apercu", "bilan", "refus"):
        assert client.get(reverse(f"imports:{vue}", args=[depot.pk])).status_code == 403
    for vue in ("appliquer", "abandonner", "reprendre"):
        assert client.post(reverse(f"imports:{vue}", args=[depot.pk])).status_code == 403
    depot.refresh_from_db()
    assert depot.etat == EtatImport.DEPOSE


def test_unknown_import_is_404(rh):
    for vue in ("colonnes", "apercu", "bilan", "refus"):
        assert rh.get(reverse(f"imports:{vue}", args=[999])).status_code == 404
    assert rh.post(reverse("imports:appliquer", args=[999])).status_code == 404


def test_get_does_not_apply(rh, depot):
    assert rh.get(reverse("imports:appliquer", args=[depot.pk])).status_code == 405
    assert rh.get(reverse("imports:abandonner", args=[depot.pk])).status_code == 200


def test_file_leads_to_its_preview(rh):
    reponse = rh.post(reverse("imports:deposer"), upload(make_csv([BOULA, GONY])))
    depot = Import.objects.get()
    assert reponse.url == reverse("imports:apercu", args=[depot.pk])
    assert depot.depose_par == rh.compte
    assert not Agent.objects.exists()


@pytest.mark.parametrize(
    "contenu, nom, phrase",
    [
        (b"", "r.csv", "Le fichier est vide."),
        (b"%PDF-1.7", "r.csv", "Un document PDF ne se lit pas ici"),
        (b"PK\x03\x04abc", "r.xlsx", "Ce classeur est abîmé"),
        (b"1;2\n3;4", "r.csv", "Aucune ligne d’en-tête"),
    ],
)
def test_refused_file_is_explained_beside_the_field(rh, contenu, nom, phrase):
    reponse = rh.post(reverse("imports:deposer"), upload(contenu, nom))
    assert reponse.status_code == 200
    assert phrase in reponse.content.decode()
    assert not Import.objects.exists()


def test_too_large_file_is_not_read(rh, settings):
    settings.IMPORT_TAILLE_MAX = 1024 * 1024
    reponse = rh.post(reverse("imports:deposer"), upload(b"x" * (1024 * 1024 + 1)))
    assert "dépasse 1 Mo" in reponse.content.decode()


def test_no_file(rh):
    assert (
        "Choisissez un fichier." in rh.post(reverse("imports:deposer"), {"cible": "agents"}).content.decode()
    )


def test_file_name_and_cells_are_shown_escaped(rh):
    mauvais = ["3120", "<script>alert(1)</script>", "=1+1", *BOULA[3:]]
    rh.post(reverse("imports:deposer"), upload(make_csv([mauvais]), "..\\<b>x</b>.csv"))
    texte = page(rh, "apercu", Import.objects.get().pk)
    assert "<script>alert" not in texte.lower() and "<b>x" not in texte
    assert "&lt;SCRIPT&gt;ALERT(1)" in texte


def test_preview_says_what_was_recognised_and_what_would_change(rh, depot):
    AgentFactory(nom="BOULA", prenom="Nathalie", matricule="3120", statut="C", date_naissance=None)
    rh.post(reverse("imports:colonnes", args=[depot.pk]), columns_of(depot))
    texte = page(rh, "apercu", depot.pk)
    for mot in ("en-tête ligne 3", "Windows-1252", "point-virgule", "dates jour/mois/année", "à 4 chiffres"):
        assert mot in texte
    assert "<del>Contractuel</del>" in texte and "<ins>Fonctionnaire</ins>" in texte
    assert "Appliquer les 2 changements" in texte
    assert "1 ligne refusée" in texte and "31/02/2024" in texte
    assert "GONY Didier" not in texte
    assert "GONY Didier" in page(rh, "apercu", depot.pk, "?vue=crees")
    assert "Cette date n’existe pas" in page(rh, "apercu", depot.pk, "?vue=refuses")
    assert "Aucune ligne" in page(rh, "apercu", depot.pk, "?vue=inchanges")


def columns_of(depot, **autres):
    colonnes = {f"colonne_{rang}": champ for rang, champ in depot.apercu["colonnes"].items()}
    return colonnes | {"cle": "", "ordre_date": "", "nom_profil": ""} | seen(depot) | autres


def test_columns_are_corrected_and_kept(rh, depot):
    assert "Registre" not in page(rh, "colonnes", depot.pk).split("<tbody>")[1].split("</tbody>")[0]
    envoi = columns_of(depot, colonne_7="", cle="nom+prenom+date_naissance", nom_profil="Sans service")
    assert rh.post(reverse("imports:colonnes", args=[depot.pk]), envoi).url == reverse(
        "imports:apercu", args=[depot.pk]
    )
    assert Profil.objects.get().cle == "nom+prenom+date_naissance"
    texte = page(rh, "apercu", depot.pk)
    assert "Colonne non lue : Service." in texte
    assert "clé : nom d’usage + prénom + date de naissance" in texte
    assert "profil « Sans service »" in texte


def test_another_sheet_is_read_with_its_own_columns(rh):
    partis, notice = [ENTETE, GONY], [["Comment lire ce classeur"], [3]]
    contenu = make_xlsx([ENTETE, BOULA, SAO], feuilles=[partis, notice])
    depot = deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.xlsx", contenu=contenu)
    adresse = reverse("imports:colonnes", args=[depot.pk])
    assert (depot.apercu["feuille"], depot.apercu["lignes"]) == ("Sheet2", 2)
    assert "Feuille du classeur" in page(rh, "colonnes", depot.pk)

    envoi = columns_of(depot, feuille="Sheet", colonne_0="", colonne_1="", nom_profil="Autre")
    assert rh.post(adresse, envoi | {"feuille": "Sheet3"}).status_code == 200
    assert rh.post(adresse, envoi).url == adresse
    depot.refresh_from_db()
    assert (depot.apercu["feuille"], depot.apercu["lignes"]) == ("Sheet", 1)
    assert not Profil.objects.exists()

    assert rh.post(adresse, columns_of(depot, feuille="Sheet")).url.endswith("/apercu/")
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert list(Agent.objects.values_list("nom", flat=True)) == ["GONY"]


def test_sheet_without_header_is_refused_beside_the_field(rh):
    contenu = make_xlsx([ENTETE, BOULA], feuilles=[[[1, 2], [3, 4]]])
    depot = deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.xlsx", contenu=contenu)
    reponse = rh.post(reverse("imports:colonnes", args=[depot.pk]), columns_of(depot, feuille="Sheet"))
    assert reponse.status_code == 200
    assert "Aucune ligne d’en-tête" in reponse.content.decode()
    depot.refresh_from_db()
    assert depot.apercu["feuille"] == "Sheet1"


def test_file_of_one_sheet_asks_for_none(rh, depot):
    assert "Feuille du classeur" not in page(rh, "colonnes", depot.pk)


@pytest.mark.parametrize(
    "changes, phrase",
    [
        ({"colonne_0": "nom"}, "Déjà donné par la colonne « Matricule »"),
        ({"colonne_1": ""}, "Choisissez la colonne qui donne « Nom d’usage »."),
        ({"colonne_0": "", "cle": "matricule"}, "Aucune colonne ne donne « Matricule »."),
        ({"colonne_0": "adresse"}, "adresse"),
    ],
)
def test_columns_that_make_no_sense(rh, depot, changes, phrase):
    reponse = rh.post(reverse("imports:colonnes", args=[depot.pk]), columns_of(depot, **changes))
    assert reponse.status_code == 200
    assert phrase in reponse.content.decode()


def test_file_whose_columns_are_unknown_goes_to_the_columns(rh):
    reponse = rh.post(
        reverse("imports:deposer"), upload(make_csv([["a", "b"]], entete=["Zone", "Truc"])), follow=True
    )
    assert reponse.redirect_chain[-1][0].endswith("/colonnes/")
    assert "Aucune colonne du fichier ne donne" in reponse.content.decode()


def test_profile_of_another_is_replaced_only_by_whoever_says_so(rh, depot):
    adresse = reverse("imports:colonnes", args=[depot.pk])
    Profil.objects.create(cible="agents", nom="Registre", colonnes={"nom": "nom"}, cle="matricule")
    envoi = columns_of(depot, nom_profil="Registre")
    for autre_cle in ("", "nom"):
        Profil.objects.update(ordre_date=autre_cle[:3])
        reponse = rh.post(adresse, envoi)
        assert "existe avec d’autres réglages" in reponse.content.decode()
        assert Profil.objects.get().colonnes == {"nom": "nom"}
        empreinte = reponse.context["form"].empreinte_profil
        assert f'name="remplacer" id="remplacer" value="{empreinte}"' in reponse.content.decode()
        assert envoi.get("remplacer") != empreinte
        envoi |= {"remplacer": empreinte}
    assert rh.post(adresse, envoi).status_code == 302
    assert Profil.objects.get().colonnes != {"nom": "nom"}


def test_giving_up_says_what_goes_and_keeps_why(rh, depot):
    adresse = reverse("imports:abandonner", args=[depot.pk])
    assert "Le fichier et ses 3 lignes lues seront effacés" in page(rh, "abandonner", depot.pk)
    assert "obligatoire" in rh.post(adresse, seen(depot) | {"raison": " "}).content.decode()
    assert rh.post(adresse, seen(depot) | {"raison": "Mauvais mois"}).status_code == 302
    assert "Raison donnée : Mauvais mois" in page(rh, "bilan", depot.pk)


def test_apply_is_followed_and_ends_on_the_result(rh, depot, run_jobs):
    reponse = rh.post(reverse("imports:appliquer", args=[depot.pk]), seen(depot))
    travail = Travail.objects.get()
    assert reponse.url == reverse("travaux:travail", args=[travail.pk])
    assert "en train d’être appliqué" in page(rh, "bilan", depot.pk)
    run_jobs()
    travail.refresh_from_db()
    assert travail.adresse_resultat == reverse("imports:bilan", args=[depot.pk])
    assert travail.message == "2 créés, 0 modifié, 0 inchangé, 1 refusé."
    texte = page(rh, "bilan", depot.pk)
    assert "1 ligne refusée, elle n’a pas été écrite" in texte and "2 structures" in texte
    assert Agent.objects.count() == 2


def test_double_click_queues_one_job(rh, depot, run_jobs):
    for _ in range(2):
        rh.post(reverse("imports:appliquer", args=[depot.pk]), seen(depot))
    assert Travail.objects.count() == 1
    run_jobs()
    assert Agent.objects.count() == 2


def test_import_taken_back_is_not_written_by_its_job(rh, depot, run_jobs):
    rh.post(reverse("imports:appliquer", args=[depot.pk]), seen(depot))
    assert rh.post(reverse("imports:interrompre", args=[depot.pk])).url == reverse(
        "imports:bilan", args=[depot.pk]
    )
    run_jobs()
    assert not Agent.objects.exists()
    assert Travail.objects.get().etat == "interrompu"
    rh.post(reverse("imports:appliquer", args=[depot.pk]), seen(depot))
    run_jobs()
    assert Agent.objects.count() == 2
    assert rh.post(reverse("imports:reprendre", args=[depot.pk])).status_code == 302
    depot.refresh_from_db()
    assert depot.etat == EtatImport.APPLIQUE


def test_failed_job_leaves_the_import_to_be_decided(rh, depot, run_jobs, monkeypatch, caplog):
    def fail(**kwargs):
        raise RuntimeError("panne")

    monkeypatch.setattr("nouvea_sst.imports.tasks.apply_import", fail)
    rh.post(reverse("imports:appliquer", args=[depot.pk]), seen(depot))
    run_jobs()
    travail = Travail.objects.get()
    assert (travail.etat, travail.message[:21]) == ("echec", "Rien n’a été écrit. L")
    assert "GONY Didier" in page(rh, "apercu", depot.pk, "?vue=crees")


def test_refusals_leave_as_a_workbook_ready_to_be_corrected(rh, depot):
    reponse = rh.get(reverse("imports:refus", args=[depot.pk]))
    lignes = list(load_workbook(io.BytesIO(reponse.content)).active.iter_rows(values_only=True))
    ajoutees = ("Motif du refus", "Colonne refusée", "Valeur refusée", f"Ligne du fichier, import {depot.pk}")
    assert lignes[0] == (*ajoutees, *ENTETE)
    assert lignes[1][1:5] == ("Date d’embauche", "31/02/2024", 6, "1877")
    assert LigneJournal.objects.filter(acte="imports.refus").count() == 1
    assert 'filename="refus-import-' in reponse["Content-Disposition"]


def test_corrected_refusals_can_be_sent_again(rh, depot):
    reponse = rh.get(reverse("imports:refus", args=[depot.pk]))
    classeur = load_workbook(io.BytesIO(reponse.content))
    classeur.active["J2"] = "31/01/2024"
    sortie = io.BytesIO()
    classeur.save(sortie)
    suite = deposit_import(
        acteur=None, jour=JOUR, cible="agents", nom_fichier="refus.xlsx", contenu=sortie.getvalue()
    )
    assert suite.apercu["nombres"] == {
        "lignes": 1,
        "crees": 1,
        "modifies": 0,
        "inchanges": 0,
        "refuses": 0,
        "avertis": 0,
    }


def test_given_up_import(rh, depot):
    reponse = rh.post(reverse("imports:abandonner", args=[depot.pk]), seen(depot) | {"raison": "Essai"})
    assert reponse.url == reverse("imports:historique")
    assert "a été abandonné" in page(rh, "bilan", depot.pk)
    assert rh.get(reverse("imports:apercu", args=[depot.pk])).url == reverse("imports:bilan", args=[depot.pk])


def test_decided_imports_lead_to_their_result(rh, depot):
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    for vue in ("apercu", "colonnes"):
        assert rh.get(reverse(f"imports:{vue}", args=[depot.pk])).url == reverse(
            "imports:bilan", args=[depot.pk]
        )
    for vue in ("appliquer", "abandonner"):
        assert rh.post(reverse(f"imports:{vue}", args=[depot.pk])).url == reverse(
            "imports:bilan", args=[depot.pk]
        )
    assert Agent.objects.count() == 2


def test_history_tells_each_file(rh, depot):
    autre = deposit_import(
        acteur=rh.compte, jour=JOUR, cible="agents", nom_fichier="vieux.csv", contenu=make_csv([BOULA])
    )
    abandon_import(acteur=rh.compte, import_id=autre.pk, raison="Doublon du registre")
    texte = page(rh, "historique")
    for mot in ("r.csv", "vieux.csv", "À relire", "Abandonné", "Ligne de commande", depot.sha256[:12]):
        assert mot in texte
    assert rh.get(reverse("imports:historique") + "?format=xlsx").status_code == 200


def test_unchanged_file_says_so(rh, depot):
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    suite = deposit_import(
        acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=make_csv([BOULA, GONY])
    )
    texte = page(rh, "apercu", suite.pk)
    assert "Ce fichier ne change rien." in texte and "Clore l’import" in texte
