"""One role walks the whole city: reads every page, sends every form, and shows what it carries away."""

import inspect
from collections import Counter
from functools import cache
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.architecture.verifs_urls import routes
from tests.fabriques import log_in
from tests.fuites.canaris import Canari
from tests.fuites.coulisses import Coulisses
from tests.fuites.formulaires import forms_of
from tests.fuites.juge import Fuite, judge, leaks_of
from tests.fuites.parcours import addresses
from tests.fuites.ville import Ville

HTMX = {"headers": {"HX-Request": "true"}}
# Counted over all tests of the folder, and printed at the end of the run.
COMPTES: Counter[str] = Counter()
# What each address that names a record answered when it was read, whoever read it.
REPONSES: dict[str, set[int]] = {}


@cache
def fragment_views() -> set[Any]:
    """Return the views whose module looks at htmx: they alone answer a fragment otherwise than a page."""
    return {
        route.vue
        for route in routes()
        if "htmx" in inspect.getsource(inspect.getmodule(inspect.unwrap(route.vue)) or inspect)
    }


class Marche:
    """The walk of a role, or of a visitor when role is None."""

    def __init__(self, ville: Ville, role: str | None, traces: Any) -> None:
        self.ville, self.role = ville, role
        self.client = log_in(ville.settle(role)) if role else Client()
        self.client.raise_request_exception = False
        self.coulisses = Coulisses(traces)
        self.fuites: list[Fuite] = []
        self.vus: set[Canari] = set()
        self.pages: dict[str, str] = {}
        self.statuts: Counter[int] = Counter()

    def read(self, adresse: str, **options: Any) -> Any:
        """Ask for an address and judge the answer."""
        reponse = self.client.get(adresse, **options)
        route = resolve(adresse.partition("?")[0])
        if route.kwargs:
            REPONSES.setdefault(route.view_name, set()).add(reponse.status_code)
        return self._judge(adresse, reponse)

    def _judge(self, adresse: str, reponse: Any) -> Any:
        fuites, vus = judge(self.role, adresse, reponse, self.ville.voliere)
        self.fuites += fuites
        self.vus |= vus
        self.statuts[reponse.status_code] += 1
        COMPTES["pages"] += 1
        COMPTES["vérifications"] += len(self.ville.voliere.tous)
        return reponse

    def read_all(self) -> None:
        """Read every page of every record, then the lists as workbook and on paper, then the fragments."""
        fragments = fragment_views()
        listes = {r.adresse for r in routes() if getattr(r.vue, "est_liste", False) and not r.parametres}
        for adresse in addresses(self.ville):
            reponse = self.read(adresse)
            if reponse.status_code != 200 or "html" not in reponse["Content-Type"]:
                continue
            self.pages[adresse] = reponse.content.decode()
            if adresse in listes or adresse.endswith("/apercu/"):
                self.read(f"{adresse}?format=xlsx")
                self.read(f"{adresse}?imprimer=1")
            if resolve(adresse).func in fragments:
                self.read(adresse, **HTMX)

    def send_all(self) -> int:
        """Send every form of the pages read, each in a city put back afterwards; return how many were."""
        envoyes = set()
        for adresse, html in self.pages.items():
            for formulaire in forms_of(html):
                cible = formulaire.adresse or adresse
                if (cible, tuple(formulaire.champs)) in envoyes:
                    continue
                envoyes.add((cible, tuple(formulaire.champs)))
                with transaction.atomic():
                    donnees = formulaire.typed(self.ville.voliere.saisie.valeur)
                    reponse = self.client.post(cible, donnees)
                    self._judge(cible, reponse)
                    self.look_behind(cible)
                    transaction.set_rollback(True)
                if self.role:
                    self.client.force_login(self.ville.comptes[self.role])
        COMPTES["formulaires"] += len(envoyes)
        return len(envoyes)

    def look_behind(self, lieu: str) -> None:
        """Judge what the last requests left in the journal, the sessions, the queue, the logs, the mail."""
        canaux = self.coulisses.look()
        self.fuites += leaks_of(self.role, lieu, canaux, self.ville.voliere)
