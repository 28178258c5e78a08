"""What posts ask for, and how that goes with what must be avoided: in the rule and in the query alike."""

from decimal import Decimal as N

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agents.actions import load_types_exigence, set_exigences
from agents.enums import Accord
from agents.models import ExigencePoste, Poste, TypeExigence
from agents.querysets import grade_posts
from agents.rules.exigences import Contrainte, Exigence, clashes_of, grade, read_limit
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import PosteFactory
from tests.fabriques import compte

CHARGES = Contrainte(1, "Port de charges", "kg", N(10))
NUIT = Contrainte(2, "Travail de nuit")


@pytest.mark.parametrize(
    ("mots", "unite", "attendu"),
    [
        ("10 kg au plus", "kg", N(10)),
        ("12,5 kg", "kg", N("12.5")),
        ("15kg, puis 5 kilos", "kg", N(5)),
        ("2 heures", "h", N(2)),
        ("2 h par jour", "h", N(2)),
        ("10 kg", "h", None),
        ("léger", "kg", None),
        ("10 kg", "", None),
        ("", "kg", None),
        ("10 personnes", "kg", None),
    ],
)
def test_a_limit_is_read_in_its_unit(mots, unite, attendu):
    assert read_limit(mots, unite) == attendu


@pytest.mark.parametrize(
    ("charges", "nuit", "attendu"),
    [
        (Exigence("jamais"), Exigence("jamais"), Accord.COMPATIBLE),
        (Exigence("souvent", N(10)), Exigence("jamais"), Accord.COMPATIBLE),
        (Exigence("souvent", N("10.1")), Exigence("jamais"), Accord.CONTRAIRE),
        (Exigence("souvent"), Exigence("jamais"), Accord.CONTRAIRE),
        (Exigence("parfois", N(20)), Exigence("jamais"), Accord.A_AMENAGER),
        (Exigence("parfois", N(20)), Exigence("parfois"), Accord.A_AMENAGER),
        (Exigence("parfois", N(20)), Exigence("souvent"), Accord.CONTRAIRE),
        (None, Exigence("jamais"), Accord.A_VERIFIER),
        (None, Exigence("parfois"), Accord.A_VERIFIER),
        (None, Exigence("souvent"), Accord.CONTRAIRE),
        (None, None, Accord.A_VERIFIER),
    ],
)
def test_what_is_often_asked_decides_then_what_is_not_known(charges, nuit, attendu):
    exigences = {cle: dite for cle, dite in ((1, charges), (2, nuit)) if dite}
    assert grade(clashes_of([CHARGES, NUIT], exigences)) == attendu


def test_every_post_goes_with_nothing_to_avoid():
    assert grade(clashes_of([], {1: Exigence("souvent", N(50))})) == Accord.COMPATIBLE


NIVEAUX = st.sampled_from(["jamais", "parfois", "souvent"])
VALEURS = st.none() | st.integers(0, 30).map(N)
POSTES = st.lists(st.dictionaries(st.integers(0, 2), st.tuples(NIVEAUX, VALEURS)), min_size=1, max_size=6)
LIMITES = st.dictionaries(st.integers(0, 2), VALEURS)


@pytest.mark.django_db
@given(postes=POSTES, limites=LIMITES)
def test_the_query_grades_as_the_rule_does(postes, limites):
    ExigencePoste.objects.all().delete()
    types = [
        TypeExigence.objects.get_or_create(code=f"t{n}", defaults={"libelle": f"T{n}"})[0] for n in range(3)
    ]
    contraintes = [Contrainte(types[rang].pk, "", "kg", limite) for rang, limite in limites.items()]
    attendus = {}
    for numero, dites in enumerate(postes):
        poste = Poste.objects.get_or_create(intitule=f"Essai {numero}")[0]
        lues = {types[rang].pk: Exigence(*dite) for rang, dite in dites.items()}
        ExigencePoste.objects.bulk_create(
            ExigencePoste(poste=poste, type_id=cle, niveau=dite.niveau, valeur=dite.valeur)
            for cle, dite in lues.items()
        )
        attendus[poste.pk] = grade(clashes_of(contraintes, lues))
    trouves = grade_posts(Poste.objects.filter(pk__in=attendus), contraintes).values_list("pk", "accord")
    assert dict(trouves) == attendus


@pytest.fixture
def types(db):
    load_types_exigence(acteur=None)
    return {t.code: t.pk for t in TypeExigence.objects.all()}


def test_demands_are_replaced_kept_and_taken_away(types):
    poste, acteur = PosteFactory(), compte("rh")
    faits = {"acteur": acteur, "poste_id": poste.pk}
    set_exigences(
        version=1, exigences={types["charges"]: ("souvent", N(20)), types["nuit"]: ("jamais", None)}, **faits
    )
    set_exigences(
        version=2, exigences={types["charges"]: ("parfois", N(20)), types["nuit"]: ("", None)}, **faits
    )
    assert [(e.type_id, e.niveau) for e in poste.exigences.all()] == [(types["charges"], "parfois")]
    assert set_exigences(version=3, exigences={types["charges"]: ("parfois", N(20))}, **faits).version == 3
    assert LigneJournal.objects.filter(acte="agents.set_exigences").count() == 2
    with pytest.raises(VersionPerimee):
        set_exigences(version=1, exigences={}, **faits)


def test_the_page_keeps_what_was_typed_and_proposes_those_of_another_post(client_de, types):
    client, poste, modele = client_de("rh"), PosteFactory(), PosteFactory(intitule="Magasinier")
    ExigencePoste.objects.create(poste=modele, type_id=types["charges"], niveau="souvent", valeur=N(20))
    adresse = reverse("agents:poste_exigences", args=[poste.pk])
    proposee = client.get(adresse, {"comme": modele.pk}).content.decode()
    assert "Proposées d’après le poste Magasinier" in proposee
    assert not poste.exigences.exists()
    niveau, valeur = f"niveau_{types['charges']}", f"valeur_{types['charges']}"
    refus = client.post(adresse, {"version": 1, valeur: "25"})
    assert "parfois ou souvent" in refus.content.decode() and 'value="25"' in refus.content.decode()
    assert client.post(adresse, {"version": 1, niveau: "souvent", valeur: "12,5"}).status_code == 302
    assert poste.exigences.get().valeur == N("12.5")
    vieille = client.post(adresse, {"version": 1, niveau: "jamais"})
    assert "vient de changer" in vieille.content.decode()
    assert vieille.context["form"][niveau].value() == "jamais"
    assert vieille.context["form"]["version"].value() == "2"
    assert poste.exigences.get().niveau == "souvent"
    poste_page = client.get(reverse("agents:poste_corriger", args=[poste.pk])).content.decode()
    assert "Port de charges" in poste_page and "12,5" in poste_page
