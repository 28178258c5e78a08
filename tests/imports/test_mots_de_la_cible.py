"""What an import shows is called as its target calls it, and leads to the records that it touched."""

import pytest
from django.urls import reverse

from agents.models import Affectation, Poste, Structure, TypeAbsence
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import deposit_import
from nouvea_sst.imports.cibles import may_read, may_use, targets
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.tasks import resume_waiting
from nouvea_sst.referentiel.models import JourFerie
from tests.agents.factories import AgentFactory, StructureFactory
from tests.fabriques import compte
from tests.imports.chargement import JOUR, load
from tests.imports.test_annulation import later
from visites.models import MedecinRepris

pytestmark = pytest.mark.django_db
IMPORTEURS = (Role.COORDINATEUR, Role.CHEF, Role.RH)
# By target: header, one row, what the preview calls it, its model, the words of the way to its list.
FICHIERS = {
    "entites": (
        "ID_ENTITE;SIGLE;LABEL;ID_TYPE_ENTITE;ID_REF_STATUT_ENTITE",
        "6;ATM;Atelier municipal;28;1",
        ("Structure", "Sigle"),
        Structure,
        "Voir les structures",
    ),
    "medecins": (
        "ID_MEDECIN;PRENOM;NOM",
        "4;Paul;WEMA",
        ("Médecin", "Numéro"),
        MedecinRepris,
        "Voir la liste",
    ),
    "jours_feries": (
        "DATE_JOUR;ID_TYPE_JOUR_FERIE;DESCRIPTION",
        "2031-05-08;1;Fête de la Victoire",
        ("Jour", "Date"),
        JourFerie,
        "Voir les jours fériés",
    ),
    "agents": (
        "Matricule;Nom;Prénom",
        "3120;BOULA;Nathalie",
        ("Agent", "Matricule"),
        None,
        "Voir les agents",
    ),
}


def page(client, vue, depot, suite=""):
    reponse = client.get(reverse(f"imports:{vue}", args=[depot.pk]) + suite)
    assert reponse.status_code == 200
    return reponse.content.decode()


def importer_of(code, client_de):
    """Somebody who may bring this target in."""
    return client_de(next(role for role in IMPORTEURS if may_use(compte(role), targets()[code])))


@pytest.mark.parametrize("code", FICHIERS)
def test_preview_result_and_list_name_the_thing_itself(code, client_de):
    entete, ligne, titres, modele, voir = FICHIERS[code]
    client = importer_of(code, client_de)
    contenu = f"{entete}\n{ligne}\n".encode()
    depot = deposit_import(acteur=None, jour=JOUR, cible=code, nom_fichier="f.csv", contenu=contenu)
    apercu = page(client, "apercu", depot)
    for titre in titres:
        assert f">{titre}</a>" in apercu or f">{titre}<" in apercu, titre
    depot = load(code, entete, ligne)
    bilan = page(client, "bilan", depot)
    cible = targets()[code]
    lit = may_read(client.compte, cible)
    assert (voir in bilan) == lit
    assert ("Voir les agents" in bilan) == (code == "agents")
    assert f"{reverse('imports:fiches', args=[depot.pk])}?fait=crees" in bilan
    fiches = page(client, "fiches", depot, "?fait=crees")
    if modele is not None:
        cree = modele.objects.latest("pk")
        assert str(cree) in fiches and "Matricule" not in fiches
        if cible.fiche:
            adresse = reverse(cible.fiche, args=[*cible.rubrique, cree.pk])
            assert (adresse in fiches) == lit == (client.get(adresse).status_code == 200)


def test_the_records_of_a_small_list_lead_to_its_entries(client_de):
    cible = next(c for c in targets().values() if c.modele is TypeAbsence)
    client = importer_of(cible.code, client_de)
    depot = load(cible.code, cible.entetes, "77;Absence d’essai")
    fiches = page(client, "fiches", depot, "?fait=crees")
    entree = TypeAbsence.objects.get(libelle="Absence d’essai")
    adresse = reverse("referentiel:entree", args=[*cible.rubrique, entree.pk])
    assert adresse in fiches and client.get(adresse).status_code == 200


def test_every_target_says_what_its_records_are_and_where(client_de):
    # Whoever may bring a target in may open the page to which its result leads.
    for role in IMPORTEURS:
        client = client_de(role)
        for cible in targets().values():
            assert cible.modele is not None and cible.qui and cible.voir, cible.code
            if may_use(client.compte, cible) and may_read(client.compte, cible):
                adresse = reverse(cible.accueil, args=cible.rubrique)
                assert client.get(adresse).status_code == 200, (role, cible.code)


def test_waiting_rows_are_named_too(client_de):
    depot = load("entites", "ID_ENTITE;SIGLE;LABEL;ID_ENTITE_PARENT", "6;ATM;Atelier;99")
    assert ">Structure<" in page(importer_of("entites", client_de), "attentes", depot)


def test_rows_taken_up_later_say_of_which_import_they_are(client_de):
    coo = client_de(Role.COORDINATEUR)
    StructureFactory(sigle="SEV", cle_import="id_entite=27")
    entete = "ID_AFFECTATION;ID_AGENT;DATE_DEBUT_AFF;ID_SERVICE_ADS"
    source = load("affectations", entete, "11;9003120;2024-12-03;27")
    load("agents", "ID_AGENT;NOM_USAGE;PRENOM_USAGE", "9003120;BOULA;Nathalie")
    resume_waiting()
    suite = Import.objects.get(suite_de=source)
    assert (source.origine, suite.origine) == ("Ligne de commande", f"Suite de l’import n° {source.pk}")
    assert suite.origine in page(coo, "bilan", suite)
    historique = reverse("imports:historique")
    assert suite.origine in coo.get(historique).content.decode()
    origines = ("suite", "commande", "personne")
    noms = {o: coo.get(f"{historique}?origine={o}").context["total"] for o in origines}
    assert noms == {"suite": 1, "commande": 2, "personne": 0}


def test_pages_of_affectation_structure_and_post_name_the_import_that_brought_them(client_de):
    client = client_de(Role.COORDINATEUR)
    depot = load(
        "agents",
        "Matricule;Nom;Prénom;Service;Poste",
        "3120;BOULA;Nathalie;SXX – Service neuf;Dompteur",
    )
    affectation, structure, poste = Affectation.objects.get(), Structure.objects.get(), Poste.objects.get()
    pages = [
        reverse("agents:affectation_corriger", args=[affectation.agent_id, affectation.pk]),
        reverse("agents:structure_corriger", args=[structure.pk]),
        reverse("agents:poste_corriger", args=[poste.pk]),
        reverse("agents:structure_historique", args=[structure.pk]),
        reverse("agents:poste_historique", args=[poste.pk]),
    ]
    bilan = reverse("imports:bilan", args=[depot.pk])
    for adresse in pages:
        texte = client.get(adresse).content.decode()
        assert f"l’import n° {depot.pk}" in texte and bilan in texte, adresse
    autre = reverse("agents:structure_corriger", args=[later(AgentFactory).structure_id])
    assert "l’import n°" not in client.get(autre).content.decode()
