"""Every page as every role in a real browser: axe, console, CSP, outside requests, no sideways scroll.

Two pages made of the same elements, with the same classes and the same ARIA, are the same page for axe: it
reads each such skeleton, and each such frame around it, once a width, whoever opens it.
"""

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page

from nouvea_sst.comptes.enums import Role
from tests.gardes.navigateur import BUREAU, TELEPHONE, accessibility_faults
from tests.parcours.adresses import pages_of
from tests.permissions.monde import ANONYME, Monde

# At 200 % a screen of 1366 points is one of 683.
LOUPE = {"width": 683, "height": 384}
# Elements, classes and ARIA, of what is around the page and of the page itself.
SQUELETTES = """() => {
  const garde = ['role', 'type', 'lang', 'hidden', 'tabindex'];
  const tue = a => a.name === 'aria-label' || /-\\d+$/.test(a.value);
  const garder = a => a.name !== 'aria-current' && (a.name.startsWith('aria-') || garde.includes(a.name));
  const dire = a => a.name + (tue(a) ? '' : a.value);
  const os = e => [e.tagName, e.className, ...[...e.attributes].filter(garder).map(dire)].join();
  const tous = [...document.querySelectorAll('body, body *')];
  const autour = tous.filter(e => !e.closest('main')), dedans = tous.filter(e => e.closest('main'));
  return [autour, dedans].map(liste => liste.map(os).join(' '));
}"""
DEBORDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sans_n_plus_1]


def read_page(page: Page, nom: str, role: str, vus: set[str], decompte: Counter[str]) -> list[str]:
    """What is wrong with the page shown, at three widths."""
    fautes = []
    for largeur in (BUREAU, TELEPHONE, LOUPE):
        page.set_viewport_size(largeur)
        depasse = page.evaluate(DEBORDE)
        if depasse > 0:
            fautes.append(f"{nom} {role} {largeur['width']}: {depasse} px sideways")
        if largeur is LOUPE:
            continue
        squelettes = {f"{largeur} {squelette}" for squelette in page.evaluate(SQUELETTES)}
        if not squelettes <= vus:
            vus |= squelettes
            decompte["axe runs"] += 1
            fautes += [f"{nom} {role} {largeur['width']}: {faute}" for faute in accessibility_faults(page)]
    return fautes


def test_faults_of_a_page_are_seen(page_de: Any) -> None:
    page = page_de()
    page.goto("/")
    page.evaluate("""() => {
      const large = document.createElement('img');
      large.width = 2000; large.height = 10;
      document.querySelector('main').append(large);
      console.error('cassé');
    }""")
    fautes = read_page(page, "accueil", "essai", set(), Counter())
    assert [f for f in fautes if "image-alt" in f and "1366" in f]
    assert [f for f in fautes if "px sideways" in f and "683" in f]
    assert page.surveillance.take() == ["console: cassé"]


def test_every_page_as_every_role(page_de: Any, decompte: Counter[str]) -> None:
    monde, vus, fautes = Monde(), set(), []
    for role in (*Role, ANONYME):
        page = page_de(None if role == ANONYME else monde.comptes[role])
        for nom, adresse in pages_of(monde, role):
            page.set_viewport_size(BUREAU)
            reponse = page.goto(adresse)
            if reponse is None or reponse.status >= 500:
                fautes.append(f"{nom} {role}: {reponse and reponse.status}")
                continue
            decompte["pages opened"] += 1
            fautes += read_page(page, nom, role, vus, decompte)
            fautes += [f"{nom} {role}: {faute}" for faute in page.surveillance.take()]
        page.context.close()
    assert fautes == [], "\n".join(fautes)
    assert decompte["pages opened"] > 300
