"""The watched browser reports what must not happen, and nothing else."""

import pytest
from csp.decorators import csp_exempt
from django.http import HttpResponse
from django.urls import path

from nouvea_sst.comptes.acces import acces_connecte, acces_public
from tests.gardes.navigateur import TELEPHONE, accessibility_faults, refuse_faults

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]

CORPS = {
    "juste": "<p>Rien à dire.</p><script src='/script?ok'></script>",
    "style": "<p style='color: red'>x</p>",
    "programme": "<script>document.title = 'x'</script>",
    "erreur": "<script src='/script?erreur'></script>",
    "console": "<script src='/script?console'></script>",
    "absent": "<img src='/absent' alt=''>",
    "image": "<img src='/script?ok'>",
    "dehors": "<img src='http://192.0.2.1/a.png' alt=''>",
}
SCRIPTS = {
    "ok": "document.title = 'Essai';",
    "erreur": "throw new Error('essai');",
    "console": "console.error('essai');",
}
ATTENDUS = {
    "/pages/juste": "",
    "/pages/style": "Content Security Policy",
    "/pages/programme": "Content Security Policy",
    "/pages/dehors": "Content Security Policy",
    "/pages/erreur": "script: essai",
    "/pages/console": "console: essai",
    "/pages/absent": "/absent",
    "/dehors": "outside: http://192.0.2.1/a.png",
    "/panne": "500: ",
}


def html(corps):
    """A small page without fault of its own."""
    return HttpResponse(
        f"<!doctype html><html lang='fr'><head><title>Essai</title>"
        f"<link rel='icon' href='data:,'></head><body><main><h1>Essai</h1>{corps}</main></body></html>"
    )


@acces_public
def page(request, nom):
    return html(CORPS[nom])


@acces_public
@csp_exempt()
def page_without_csp(request):
    return html(CORPS["dehors"])


@acces_public
def script(request):
    return HttpResponse(SCRIPTS[request.META["QUERY_STRING"]], content_type="text/javascript")


@acces_public
def broken(request, statut):
    return HttpResponse(html("").content, status=statut)


@acces_connecte
def mine(request):
    return html(f"<p>{request.user.role}</p>")


urlpatterns = [
    path("pages/<slug:nom>", page),
    path("dehors", page_without_csp),
    path("script", script),
    path("panne", broken, {"statut": 500}),
    path("absent", broken, {"statut": 404}),
    path("moi", mine),
]


def test_watch_reports_each_fault_and_no_other(page_de):
    page = page_de(None)
    for adresse, attendu in ATTENDUS.items():
        page.goto(adresse)
        fautes = page.surveillance.take()
        assert [attendu in faute for faute in fautes] == ([True] if attendu else []), (adresse, fautes)


def test_fault_left_behind_fails_the_test(page_de):
    page = page_de(None)
    page.goto("/panne")
    with pytest.raises(pytest.fail.Exception, match="500: "):
        refuse_faults([page.surveillance])


def test_each_page_is_logged_in_as_its_role(page_de):
    pages = {role: page_de(role) for role in ("chef", "medecin")}
    for role, page in pages.items():
        page.goto("/moi")
        assert page.locator("p").inner_text() == page.compte.role == role


def test_axe_reports_what_is_not_accessible_on_a_telephone(page_de):
    page = page_de(None, viewport=TELEPHONE)
    page.goto("/pages/juste")
    assert page.evaluate("innerWidth") == 390
    assert accessibility_faults(page) == []
    page.goto("/pages/image")
    assert [faute.split(" ")[0] for faute in accessibility_faults(page)] == ["image-alt"]
