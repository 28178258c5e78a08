"""A real browser, Debian's Chromium: a page logged in as a role, watched for what must not happen."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, Route, expect

from nouvea_sst.comptes.enums import Role
from tests.fabriques import compte, log_in

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A loaded machine is slow; a page that never answers still fails.
expect.set_options(timeout=15_000)
BUREAU = {"width": 1366, "height": 768}
TELEPHONE = {"width": 390, "height": 844}


class Surveillance:
    """Watches the pages of a context: console errors, CSP refusals, broken answers, requests to elsewhere."""

    def __init__(self, context: BrowserContext, adresse: str) -> None:
        self.fautes: list[str] = []
        self.hote = urlsplit(adresse).netloc
        self.context = context
        context.route("**/*", self._let_home_through)
        context.on("console", self._on_console)
        context.on("weberror", lambda erreur: self.fautes.append(f"script: {erreur.error}"))
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failure)

    def _let_home_through(self, route: Route) -> None:
        """Stop what leaves the machine."""
        adresse = urlsplit(route.request.url)
        if adresse.netloc == self.hote or adresse.scheme in {"data", "blob"}:
            route.continue_()
        else:
            self.fautes.append(f"outside: {route.request.url}")
            route.abort()

    def _on_console(self, message: ConsoleMessage) -> None:
        """Keep errors and CSP messages; the status of a page is judged by _on_response."""
        csp = "Content Security Policy" in message.text
        if csp or (message.type == "error" and not message.text.startswith("Failed to load resource")):
            self.fautes.append(f"console: {message.text}")

    def _on_response(self, reponse: Response) -> None:
        """Keep failures of the server, and files of a page that are not there."""
        page = reponse.request.resource_type in {"document", "fetch", "xhr"}
        if reponse.status >= (500 if page else 400):
            self.fautes.append(f"{reponse.status}: {reponse.url}")

    def _on_failure(self, requete: Request) -> None:
        """Keep what the browser could not load from home; a page left early aborts its own requests."""
        if urlsplit(requete.url).netloc == self.hote and "ERR_ABORTED" not in str(requete.failure):
            self.fautes.append(f"{requete.failure}: {requete.url}")

    def take(self) -> list[str]:
        """Return the faults seen so far and forget them; asks the pages once, so that events have arrived."""
        for page in self.context.pages:
            page.evaluate("1")
        fautes, self.fautes = self.fautes, []
        return fautes


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark and, without a browser, skip every test that drives one."""
    if {"page_de", "page", "browser"} & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.navigateur)
        if not CHROMIUM.exists():
            item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is missing (apt-get install chromium)"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive Debian's Chromium, quiet and alone."""
    return browser_type_launch_args | {"executable_path": str(CHROMIUM), "args": OPTIONS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk in Nouméa."""
    reste = {cle: valeur for cle, valeur in browser_context_args.items() if cle != "viewport"}
    return reste | {"locale": "fr-FR", "timezone_id": "Pacific/Noumea"}


@pytest.fixture
def page_de(live_server: Any, new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """page_de("medecin") is a page logged in as that role; page_de(None) is a visitor's.

    Relative addresses work; page.surveillance.take() returns and forgives faults, those left fail the test.
    """
    surveillances: list[Surveillance] = []

    def build(role: Any = Role.COORDINATEUR, *, viewport: dict[str, int] = BUREAU) -> Page:
        context = new_context(base_url=live_server.url, viewport=viewport)
        context.set_default_timeout(20_000)
        utilisateur = role if role is None or hasattr(role, "pk") else compte(role)
        if utilisateur is not None:
            cookie = log_in(utilisateur).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        surveillances.append(Surveillance(context, live_server.url))
        page = context.new_page()
        page.surveillance = surveillances[-1]  # type: ignore[attr-defined]
        page.compte = utilisateur  # type: ignore[attr-defined]
        return page

    yield build
    refuse_faults(surveillances)


def refuse_faults(surveillances: list[Surveillance]) -> None:
    """Fail the test that leaves a fault behind."""
    fautes = [faute for surveillance in surveillances for faute in surveillance.take()]
    if fautes:
        pytest.fail("\n".join(fautes))


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds on the page shown: rule, weight and the elements concerned."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{v['id']} ({v['impact']}): {json.dumps([n['target'] for n in v['nodes']], ensure_ascii=False)}"
        for v in violations
    ]
