"""Every list of the house asks the database as often for 500 rows as for 5."""

from itertools import count

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.urls import path, reverse

from nouvea_sst.comptes.acces import acces_public
from nouvea_sst.lib.listes import A_L_ENVERS, liste, ordering_of
from nouvea_sst.mesures import Compteur
from tests.architecture.verifs_urls import routes
from tests.listes import ListeTestee, listes_testees

pytestmark = pytest.mark.django_db
TESTEES = listes_testees()
TROUVEES = {route.nom for route in routes() if getattr(route.vue, "est_liste", False)}
_numeros = count(1)


def queries_of(client, nom, definition, nombre, suite):
    """SQL that the list runs when it has this many rows; a first answer fills the caches of Django."""
    with transaction.atomic():
        adresse = reverse(nom, kwargs=definition.fabrique(nombre) or {}) + suite
        assert client.get(adresse).status_code == 200
        with Compteur() as sql:
            reponse = client.get(adresse)
            assert reponse.status_code == 200
        transaction.set_rollback(True)
    return sql.textes


def growth(client, nom, definition, suite=""):
    """Number of queries that 500 rows cost more than 5, with their texts."""
    peu = queries_of(client, nom, definition, 5, suite)
    beaucoup = queries_of(client, nom, definition, 500, suite)
    return len(beaucoup) - len(peu), beaucoup


@pytest.mark.parametrize("nom, suite", [(n, s) for n, d in TESTEES.items() for s in d.formats])
def test_list_costs_the_same_with_few_and_many_rows(client_de, nom, suite):
    ecart, sql = growth(client_de(TESTEES[nom].role), nom, TESTEES[nom], suite)
    assert ecart == 0, "\n".join(sql)


def test_every_list_of_the_urlconf_says_how_it_is_filled():
    assert sorted(TROUVEES - set(TESTEES)) == [], "add them to tests/listes.py"
    assert sorted(set(TESTEES) - TROUVEES) == [], "no such list in the URLconf"


@acces_public
@liste
def costly(request):
    return HttpResponse([groupe.permissions.count() for groupe in Group.objects.order_by("pk")])


@acces_public
@liste
def even(request):
    return HttpResponse([groupe.name for groupe in Group.objects.order_by("pk")])


urlpatterns = [path("chere", costly, name="chere"), path("juste", even, name="juste")]


def fill_groups(nombre):
    """Make that many rows."""
    Group.objects.bulk_create(Group(name=f"essai {next(_numeros)}") for _ in range(nombre))


@pytest.mark.urls(__name__)
@pytest.mark.sans_n_plus_1
@pytest.mark.parametrize("nom, ecart", [("chere", 495), ("juste", 0)])
def test_list_that_asks_once_per_row_is_reported(client, nom, ecart):
    assert growth(client, nom, ListeTestee(fill_groups))[0] == ecart


@pytest.mark.parametrize("nom", TESTEES)
def test_every_sort_of_a_list_ends_with_the_key(client_de, decompte, nom):
    """Rows that a sort leaves equal would stand on two pages, or on none."""
    client = client_de(TESTEES[nom].role)
    adresse = reverse(nom, kwargs=TESTEES[nom].fabrique(2) or {})
    table = client.get(adresse).context["table"]
    if not hasattr(table.data.data, "query"):
        return
    tris = [alias for c in table.columns if c.orderable for alias in (c.name, f"-{c.name}")]
    for tri in ["", *tris]:
        lignes = client.get(adresse, {table.prefixed_order_by_field: tri}).context["table"].data.data
        assert {"pk", "-pk", "id", "-id"} & set(map(str, ordering_of(lignes))), f"{nom} sorted by {tri}"
        decompte["sorts"] += 1


@pytest.mark.parametrize("nom", TESTEES)
def test_a_period_that_ends_before_it_begins_is_told_beside_its_end(client_de, decompte, nom):
    client = client_de(TESTEES[nom].role)
    adresse = reverse(nom, kwargs=TESTEES[nom].fabrique(2) or {})
    filtre = client.get(adresse).context.get("filtre")
    if filtre is None or not {"du", "au"} <= set(filtre.filters):
        return
    reponse = client.get(adresse, {"du": "02/03/2026", "au": "01/03/2026"})
    assert reponse.context["filtre"].form.errors == {"au": [A_L_ENVERS]}
    assert A_L_ENVERS in reponse.content.decode()
    assert not client.get(adresse, {"du": "01/03/2026", "au": "01/03/2026"}).context["filtre"].form.errors
    decompte["periods"] += 1
