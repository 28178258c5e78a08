"""Every URL × every role × own, in scope, out of scope × methods, against the table written by hand."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.template.backends.django import Template
from django.utils import timezone

from nouvea_sst.comptes.adaptateur import DroitsDuRole
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.sessions import SessionStore, start
from tests.architecture.verifs_urls import routes
from tests.permissions.essais import METHODES, ask, expected, unknown
from tests.permissions.monde import Monde
from tests.permissions.tableau import SIGLES, Attendu, read_all

ATTENDUS = read_all()
ROUTES = {route.nom: route for route in routes()}
# Open to everybody who has an account: they prove nothing of a role.
PARTOUT = {nom for nom, route in ROUTES.items() if not getattr(route.vue, "droit_requis", ())}
REFUS = {"403.html", "405.html"}
pytestmark = [pytest.mark.django_db, pytest.mark.sans_n_plus_1, pytest.mark.ordre_libre]


@pytest.fixture(autouse=True, scope="module")
def refusals_unpainted() -> Iterator[None]:
    """Most cells are refusals, told by their status: what their pages say is read by the tests of the secret.

    Nor does anything here read the contexts that the client copies.
    """
    peindre = Template.render

    def render(gabarit: Any, context: Any = None, request: Any = None) -> Any:
        return "Refusé" if gabarit.template.name in REFUS else peindre(gabarit, context, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", render)
        patch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
        yield


@pytest.fixture(autouse=True, scope="module")
def accounts_read_once() -> Iterator[None]:
    """Each cell is taken back: the account, its rights and its session are those of the cell before.

    That they are read anew for each request is for tests/comptes to prove.
    """
    lire, ouvrir = DroitsDuRole.get_user, SessionStore.load
    comptes: dict[Any, Any] = {}
    seances: dict[Any, Any] = {}

    def get_user(porte: DroitsDuRole, cle: Any) -> Any:
        if cle not in comptes:
            comptes[cle] = lire(porte, cle)
            if comptes[cle] is not None:
                comptes[cle].get_all_permissions()
        return copy.copy(comptes[cle])

    def load(seance: SessionStore) -> Any:
        cle = seance.session_key
        if cle not in seances:
            seances[cle] = ouvrir(seance)
        donnees = dict(seances[cle])
        start(donnees, timezone.now())
        return donnees

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DroitsDuRole, "get_user", get_user)
        patch.setattr(SessionStore, "load", load)
        yield


@pytest.mark.parametrize("role", Role)
def test_every_role_is_let_in_somewhere(role):
    lus = [
        (bloc.nom, position)
        for bloc in ATTENDUS.values()
        for (methode, position), ligne in bloc.lignes.items()
        if methode == "GET" and ligne[role] in {"200", "302"} and bloc.nom not in PARTOUT
    ]
    assert lus, f"{role} opens nothing of its own"


@pytest.mark.parametrize("nom", ATTENDUS)
def test_answers(monde, cases, nom):
    """Each cell of the block; a 404 has the body of a key that does not exist."""
    bloc, fautes = ATTENDUS[nom], []
    for role in SIGLES.values():
        cache.clear()  # a link in a message counts how often one address asks
        corps_inconnus = {}
        if bloc.cles:
            fautes += try_unknown(monde, bloc, role, corps_inconnus)
        for rang, position in enumerate(bloc.positions):
            adresse = monde.adresse(nom, bloc.cles, position, role)
            # The door looks neither at the record nor at the method: seven methods on one record suffice.
            for methode in METHODES[:3:2] if rang and bloc.at_the_door(role) else METHODES:
                attendu = expected(bloc, methode, position, role)
                recu = ask(monde, role, methode, adresse)
                cases[recu.mot] += 1
                if recu.mot != attendu:
                    fautes.append(f"{methode} {position} {role}: {recu.mot}, expected {attendu}")
                elif recu.mot == "404" and bloc.cles and recu.corps != corps_inconnus[methode]:
                    fautes.append(f"{methode} {position} {role}: the 404 differs from that of an unknown key")
    assert fautes == [], "\n".join([nom, *fautes])


def try_unknown(monde: Monde, bloc: Attendu, role: str, corps: dict[str, bytes]) -> list[str]:
    """Ask for a key that does not exist with each method; keep the bodies, return the faults."""
    fautes = []
    adresse = monde.adresse(bloc.nom, bloc.cles, "inconnu", role)
    for methode in METHODES[:3:2] if bloc.at_the_door(role) else METHODES:
        recu, attendu = ask(monde, role, methode, adresse), unknown(bloc, methode, role)
        corps[methode] = recu.corps
        if recu.mot != attendu:
            fautes.append(f"{methode} inconnu {role}: {recu.mot}, expected {attendu}")
    return fautes
