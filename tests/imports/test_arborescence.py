"""Structures that a register names: found in the tree, or added to it."""

import pytest

from agents.rules.arborescence import (
    Arbre,
    Designation,
    Noeud,
    StructureAmbigue,
    are_sigles,
    guess_level,
    initials,
    is_sigle,
)


@pytest.fixture
def arbre():
    ville = Noeud(1, "VDN", "Ville de Nouméa", "ville")
    drh = Noeud(2, "DRH", "Direction des Ressources Humaines", "direction", ville)
    decv = Noeud(3, "DECV", "Direction de l’Environnement", "direction", ville)
    sefp = Noeud(4, "SEFP", "Service Emploi, Formation et Prévention", "service", drh)
    pst = Noeud(5, "SEFP-PST", "Section Prévention Santé au Travail", "section", sefp)
    pab1 = Noeud(6, "DRH-PAB", "Pôle Administratif", "service", drh)
    pab2 = Noeud(7, "DECV-PAB", "Pôle Administratif", "service", decv)
    return Arbre([ville, drh, decv, sefp, pst, pab1, pab2])


@pytest.mark.parametrize(
    "nomme, pk",
    [
        (Designation(direction_sigle="DRH"), 2),
        (Designation(direction="direction des ressources humaines"), 2),
        (Designation(direction="DRH"), 2),
        (Designation(direction="DRH – Direction des Ressources Humaines"), 2),
        (Designation(direction="DRH - Direction des ressources humaines"), 2),
        (Designation(service="SEFP – Emploi"), 4),
        (Designation(service_sigle="sefp"), 4),
        (Designation(direction_sigle="DRH", service="Service emploi, formation et prevention"), 4),
        (Designation(direction_sigle="DRH", service="Pôle administratif"), 6),
        (Designation(direction_sigle="DECV", service="Pôle administratif"), 7),
        (Designation(direction="DRH", section="Section Prévention Santé au Travail"), 5),
        (Designation(entite="SEFP-PST"), 5),
        (Designation(direction="DRH", service="DRH"), 2),
        (Designation(direction_sigle="DECV", service="SEFP"), 4),
    ],
)
def test_structures_that_exist_are_found(arbre, nomme, pk):
    assert arbre.resolve(nomme).pk == pk
    assert arbre.nouveaux == []


def test_nothing_named():
    assert Arbre([]).resolve(Designation()) is None


def test_missing_direction_and_service_are_added_parents_first(arbre):
    nomme = Designation(direction_sigle="POL", direction="Department of Police", service="Fugitive Section")
    noeud = arbre.resolve(nomme)
    assert [(n.sigle, n.libelle, n.niveau) for n in arbre.nouveaux] == [
        ("POL", "Department of Police", "direction"),
        ("POL-FS", "Fugitive Section", "service"),
    ]
    assert noeud.parent is arbre.nouveaux[0]
    assert arbre.nouveaux[0].parent.sigle == "VDN"
    assert arbre.resolve(nomme) is noeud and len(arbre.nouveaux) == 2


def test_same_initials_get_a_rank_and_keep_to_twenty_letters():
    arbre = Arbre([])
    noms = ("Bureau Alpha", "Brigade Aube", "Bloc Azur")
    assert [arbre.resolve(Designation(service=nom)).sigle for nom in noms] == ["BA", "BA-2", "BA-3"]
    autres = [
        arbre.resolve(Designation(direction="D" * 19, service=f"Bureau {m}")).sigle
        for m in ("Xa", "Xb", "Xc")
    ]
    assert len(set(autres)) == 3
    assert all(len(s) <= 20 for s in autres)


def test_same_service_name_under_two_directions_is_two_services():
    arbre = Arbre([])
    un = arbre.resolve(Designation(direction_sigle="POL", service="Records"))
    deux = arbre.resolve(Designation(direction_sigle="HHS", service="Records"))
    assert un is not deux
    assert {un.sigle, deux.sigle} == {"POL-RECORDS", "HHS-RECORDS"}


def test_a_prefix_shared_by_two_names_is_not_their_sigle():
    arbre = Arbre([])
    noeuds = [
        arbre.resolve(Designation(service=nom)) for nom in ("DS - Security", "DS - Kitchen", "DS - Security")
    ]
    assert [(n.sigle, n.libelle) for n in noeuds] == [
        ("DS", "Security"),
        ("DK", "DS - Kitchen"),
        ("DS", "Security"),
    ]


def test_ambiguous_name_is_refused(arbre):
    with pytest.raises(StructureAmbigue, match="ajoutez au fichier leur direction"):
        arbre.resolve(Designation(service="Pôle administratif"))


@pytest.mark.parametrize(
    "texte, oui",
    [("DRH", True), ("SEFP-PST", True), ("Voirie", False), ("DIRECTION GÉNÉRALE", False), ("", False)],
)
def test_sigles(texte, oui):
    assert is_sigle(texte) is oui


def test_column_of_sigles():
    assert are_sigles(["DRH"] * 9 + ["Voirie"])
    assert not are_sigles(["DRH", "Voirie"])
    assert not are_sigles([])


@pytest.mark.parametrize(
    "libelle, sigle",
    [("Service de la Vie scolaire", "SVS"), ("Voirie", "VOIRIE"), ("Eau & Assainissement", "EA")],
)
def test_initials(libelle, sigle):
    assert initials(libelle) == sigle


def test_level_of_a_name_alone():
    direction = Noeud(1, "D", "D", "direction")
    assert guess_level("Direction des sports", None) == "direction"
    assert guess_level("Section eau", None) == "section"
    assert guess_level("Atelier", None) == "service"
    assert guess_level("Atelier", direction) == "service"
    assert guess_level("Atelier", Noeud(2, "S", "S", "service", direction)) == "section"
