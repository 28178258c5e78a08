"""The URLconf: the real one, and small faulty ones."""

import pytest
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_GET, require_POST, require_safe

from nouvea_sst.comptes.acces import acces_connecte, acces_public, require_form, require_perm
from nouvea_sst.comptes.roles import MATRICE
from tests.architecture import verifs_urls as v


def vue(request):
    """A view that says nothing."""


def marked(marque):
    """A view with this mark."""
    return marque(lambda request: None)


def routes_of(*motifs):
    """Routes of a small URLconf."""
    return list(v.routes(motifs))


@pytest.mark.parametrize(
    "verif", [v.undeclared_views, v.views_without_methods, v.nameless_routes, v.doubled_names]
)
def test_house(verif):
    fautes = verif(list(v.routes()))
    assert not fautes, "\n".join(fautes)


def test_house_asks_only_rights_that_some_role_holds():
    fautes = v.rights_that_nobody_holds(v.routes(), MATRICE)
    assert not fautes, "\n".join(fautes)


def test_house_has_routes_to_check():
    assert len(list(v.routes())) > 5


def test_view_that_says_nothing_is_reported():
    assert v.undeclared_views(routes_of(path("a", vue))) == ["a: vue declares nothing"]


def test_view_that_says_nothing_is_reported_inside_an_include():
    motif = path("agents/", include(([path("<int:pk>/", vue, name="agent")], "agents")))
    assert v.undeclared_views(routes_of(motif)) == ["agents/<int:pk>/: vue declares nothing"]


def test_view_that_says_two_things_is_reported():
    double = acces_public(marked(require_perm("agents.view_agent")))
    assert len(v.undeclared_views(routes_of(path("a", double)))) == 1


def test_right_without_a_name_is_reported():
    assert len(v.undeclared_views(routes_of(path("a", marked(require_perm()))))) == 1


@pytest.mark.parametrize("marque", [acces_public, acces_connecte, require_perm("agents.view_agent")])
def test_view_that_says_one_thing_is_left_alone(marque):
    assert v.undeclared_views(routes_of(path("a", marked(marque)))) == []


@pytest.mark.parametrize("reponse", [None, HttpResponse()])
def test_view_that_takes_every_method_is_reported(reponse):
    fautes = v.views_without_methods(routes_of(path("a", marked(lambda _: lambda request: reponse))))
    assert len(fautes) == 1


def test_view_that_fails_on_an_unknown_method_is_reported():
    assert len(v.views_without_methods(routes_of(path("a", marked(lambda _: lambda: None))))) == 1


def test_view_read_without_head_is_reported():
    assert len(v.views_without_methods(routes_of(path("a", marked(require_GET))))) == 1


@pytest.mark.parametrize("marque", [require_safe, require_form, require_POST])
def test_view_that_says_its_methods_is_left_alone(marque):
    assert v.views_without_methods(routes_of(path("a", marked(marque)))) == []


@pytest.mark.parametrize("matrice", [{}, {"agents.view_agents": ()}, {"agents.view_agent": ("chef",)}])
def test_right_that_nobody_holds_is_reported(matrice):
    chemins = routes_of(path("a", marked(require_perm("agents.view_agents"))))
    assert v.rights_that_nobody_holds(chemins, matrice) == ["a: no role holds agents.view_agents"]


def test_right_that_a_role_holds_is_left_alone():
    chemins = routes_of(path("a", marked(require_perm("agents.view_agent"))))
    assert v.rights_that_nobody_holds(chemins, {"agents.view_agent": ("chef",)}) == []


@pytest.mark.parametrize("nom", [None, "liste"])
def test_route_without_its_app_in_its_name_is_reported(nom):
    assert len(v.nameless_routes(routes_of(path("a", vue, name=nom)))) == 1


def test_route_named_in_its_app_is_left_alone():
    assert v.nameless_routes(routes_of(path("", include(([path("a", vue, name="liste")], "agents"))))) == []


def test_doubled_name_is_reported():
    motifs = [path("a", vue, name="accueil"), path("b", vue, name="accueil")]
    assert v.doubled_names(routes_of(*motifs)) == ["accueil names two paths"]
