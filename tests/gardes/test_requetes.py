"""A view that asks once per row fails, even when its template swallows the error."""

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path

from nouvea_sst.comptes.acces import acces_public
from tests.gardes.constats import expected_fault

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
GABARIT = "{% for d in droits %}{% if d.content_type.model == 'x' %}x{% endif %}{% endfor %}"


@acces_public
def one_query_per_row(request):
    droits = Permission.objects.order_by("pk")[:3]
    return HttpResponse([droit.content_type.model for droit in droits])


@acces_public
def one_query_per_row_in_template(request):
    droits = Permission.objects.order_by("pk")[:3]
    return HttpResponse(Template(GABARIT).render(Context({"droits": droits})))


@acces_public
def one_query(request):
    droits = Permission.objects.select_related("content_type").order_by("pk")[:3]
    return HttpResponse([droit.content_type.model for droit in droits])


def handler500(request):
    return HttpResponse(status=500)


urlpatterns = [
    path("vue", one_query_per_row),
    path("gabarit", one_query_per_row_in_template),
    path("juste", one_query),
]


@pytest.mark.parametrize("adresse", ["/vue", "/gabarit"])
def test_one_query_per_row_fails(client, adresse):
    with expected_fault("N+1 detected on auth.Permission.content_type"):
        client.get(adresse)


def test_one_query_passes(client):
    assert client.get("/juste").status_code == 200


@pytest.mark.sans_n_plus_1
def test_marker_turns_the_detector_off(client):
    assert client.get("/vue").status_code == 200
