"""The net itself: one leak planted in each channel, caught with its name, and nothing else caught."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.mail import send_mail
from procrastinate.contrib.django import app
from pypdf import PdfReader, PdfWriter

import agents.actions.absences
import agents.tables
import agents.views.cadre
import agents.views.fiche
import agents.views.liste
import documents.views.documents
import nouvea_sst.comptes.journal
import nouvea_sst.lib.listes
import nouvea_sst.panne
import reporting.views.aujourdhui
import reporting.views.editions
from agents.models import Agent
from nouvea_sst.lib.classes import Classe
from nouvea_sst.travaux.models import Travail
from tests.fuites.attendus import may_read
from tests.fuites.canaris import SAISIE, Canari
from tests.fuites.marche import COMPTES, Marche

NUMERO = "agents.Agent.num_cafat"
NAISSANCE = "agents.Agent.date_naissance"
CLE = "agents.Agent.cle_import"


@dataclass(frozen=True)
class Plant:
    """A leak: who comes across it, in which channel, of which field; how it is planted, where it is met."""

    role: str
    canal: str
    champ: str
    plant: Callable[[pytest.MonkeyPatch, Any], None]
    adresse: Callable[[Any], str]
    htmx: bool = False
    envoi: dict[str, str] | None = None


def after(module: Any, nom: str, change: Callable[[Any], Any]) -> Callable[[pytest.MonkeyPatch, Any], None]:
    """Plant by changing what a function returns."""

    def plant(patch: pytest.MonkeyPatch, ville: Any) -> None:
        vraie = getattr(module, nom)
        patch.setattr(module, nom, lambda *args, **options: change(ville)(vraie(*args, **options)))

    return plant


def on_screen(ville: Any) -> Any:
    """Add the private number to the line under the name."""
    return lambda texte: f"{texte} {ville.dossiers['equipe'].agent.num_cafat}"


def header(nom: str) -> Any:
    """Put the number in a header."""

    def change(ville: Any) -> Any:
        def write(reponse: Any) -> Any:
            reponse[nom] = ville.dossiers["equipe"].agent.num_cafat
            return reponse

        return write

    return change


def cookie(ville: Any) -> Any:
    """Put the number in a cookie."""

    def write(reponse: Any) -> Any:
        reponse.set_cookie("vu", ville.dossiers["equipe"].agent.num_cafat.upper())
        return reponse

    return write


def redirection(ville: Any) -> Any:
    """Lengthen the address that one is sent to."""

    def write(reponse: Any) -> Any:
        reponse["Location"] += f"?ne={ville.dossiers['soi'].agent.date_naissance:%Y-%m-%d}"
        return reponse

    return write


def properties(ville: Any) -> Any:
    """Name the author of a workbook after a key."""

    def write(octets: bytes) -> bytes:
        tampon = io.BytesIO(octets)
        with zipfile.ZipFile(tampon, "a") as archive:
            archive.writestr("docProps/custom.xml", f"<v>{ville.dossiers['equipe'].agent.cle_import}</v>")
        return tampon.getvalue()

    return write


def metadata(ville: Any) -> Any:
    """Give the PDF of a pack a subject."""

    def write(reponse: Any) -> Any:
        copie, tampon = PdfWriter(), io.BytesIO()
        copie.append(PdfReader(io.BytesIO(reponse.content)))
        copie.add_metadata({"/Subject": ville.dossiers["equipe"].agent.cle_import[::-1]})
        copie.write(tampon)
        reponse.content = tampon.getvalue()
        return reponse

    return write


def pdf_text(ville: Any) -> Any:
    """Print a key in a document."""

    def write(reponse: Any) -> Any:
        reponse.content = b"%PDF-1.4 " + ville.dossiers["equipe"].agent.cle_import.encode()
        return reponse

    return write


def with_birth(patch: pytest.MonkeyPatch, ville: Any) -> None:
    """Name agents by their birth."""
    patch.setattr(Agent, "__str__", lambda agent: f"{agent.nom} {agent.date_naissance:%d/%m/%Y}")


def link(patch: pytest.MonkeyPatch, ville: Any) -> None:
    """Link to agents by their birth."""
    ne = ville.dossiers["equipe"].agent.date_naissance
    patch.setattr(agents.tables, "reverse", lambda *a, **o: f"/agents/?ne={ne.isoformat()}")


def cell(patch: pytest.MonkeyPatch, ville: Any) -> None:
    """Export the key with the name."""
    patch.setattr(agents.tables.AgentTable, "value_agent", lambda table, record: record.cle_import)


def file_name(patch: pytest.MonkeyPatch, ville: Any) -> None:
    """Name a file after the restriction."""
    mot = next(c.valeur for c in ville.voliere.tous if c.champ == "visites.Restriction.precision")
    ville.dossiers["soi"].objets["documents.Document"][0].__class__.objects.update(nom_fichier=f"{mot}.pdf")


def fail(message: str) -> Callable[[pytest.MonkeyPatch, Any], None]:
    """Break a view; its message goes to the technical log, or with « page » to the error page."""

    def plant(patch: pytest.MonkeyPatch, ville: Any) -> None:
        secret = ville.dossiers["equipe"].agent.num_cafat

        def broken(fiche: Any) -> None:
            raise RuntimeError(secret if message == "trace" else "panne")

        patch.setattr(agents.views.fiche, "forms_of", broken)
        if message == "erreur":
            patch.setattr(nouvea_sst.panne, "render_to_string", lambda *args: f"<p>{secret}</p>")

    return plant


def on_consultation(act: Callable[[Any], Any]) -> Callable[[pytest.MonkeyPatch, Any], None]:
    """Do something more each time a file is opened."""

    def plant(patch: pytest.MonkeyPatch, ville: Any) -> None:
        vraie = agents.views.cadre.agent_frame

        def frame(request: Any, pk: int, onglet: str = "") -> Any:
            contexte = vraie(request, pk, onglet)
            act(request, contexte["agent"].num_cafat)
            return contexte

        patch.setattr(agents.views.fiche, "agent_frame", frame)

    return plant


def in_session(request: Any, secret: str) -> None:
    """Keep the number in the session."""
    request.session["dernier"] = secret


def by_mail(request: Any, secret: str) -> None:
    """Write to somebody."""
    send_mail("Un dossier", secret, None, ["quelquun@exemple.nc"])


def in_queue(request: Any, secret: str) -> None:
    """Ask for a job by the number."""
    app.configure_task("visites.make_certificat").defer(travail_id=0, visite_id=0, numero=secret)


def in_job(request: Any, secret: str) -> None:
    """Name a job by the number."""
    Travail.objects.create(intitule=f"Dossier {secret}", demandeur=request.user)


def in_journal(request: Any, secret: str) -> None:
    """Tell the journal the number."""
    nouvea_sst.comptes.journal.record_act(acteur=request.user, acte="agents.essai", libelle=secret)


def page_of(place: str) -> Callable[[Any], str]:
    """Return the page of an agent."""
    return lambda ville: f"/agents/{ville.dossiers[place].agent.pk}/"


def at(adresse: str) -> Callable[[Any], str]:
    """Return an address."""
    return lambda ville: adresse


def document(ville: Any) -> str:
    """Return the address of a document of the team."""
    return f"/documents/{ville.dossiers['soi'].objets['documents.Document'][0].pk}/"


def pack(ville: Any) -> str:
    """Return the address of the PDF of the pack."""
    return f"/pilotage/dossiers/{ville.edition.pk}/pdf/"


EQUIPE = page_of("equipe")
LIGNE = after(agents.views.cadre, "describe_agent", on_screen)
FUITES = {
    "page": Plant("encadrant", "corps", NUMERO, LIGNE, EQUIPE),
    "fragment": Plant(
        "encadrant",
        "corps",
        NUMERO,
        after(agents.views.cadre, "describe_agent", on_screen),
        EQUIPE,
        htmx=True,
    ),
    "titre": Plant("coordinateur", "titre", NAISSANCE, with_birth, EQUIPE),
    "lien": Plant("coordinateur", "liens", NAISSANCE, link, at("/agents/")),
    "redirection": Plant(
        "agent", "adresse", NAISSANCE, after(agents.views.liste, "redirect", redirection), at("/agents/")
    ),
    "en-tête": Plant(
        "chct", "entetes", NUMERO, after(reporting.views.aujourdhui, "render", header("X-Vu")), at("/")
    ),
    "étiquette": Plant(
        "chct", "etiquette", NUMERO, after(reporting.views.aujourdhui, "render", header("ETag")), at("/")
    ),
    "témoin": Plant("chct", "temoins", NUMERO, after(reporting.views.aujourdhui, "render", cookie), at("/")),
    "nom de fichier": Plant("agent", "fichier", "visites.Restriction.precision", file_name, document),
    "classeur": Plant("rh", "classeur", CLE, cell, at("/agents/?format=xlsx")),
    "propriétés du classeur": Plant(
        "rh",
        "proprietes",
        CLE,
        after(nouvea_sst.lib.listes, "write_xlsx", properties),
        at("/agents/?format=xlsx"),
    ),
    "PDF": Plant("medecin", "pdf", CLE, after(documents.views.documents, "HttpResponse", pdf_text), document),
    "propriétés du PDF": Plant(
        "chct", "proprietes", CLE, after(reporting.views.editions, "HttpResponse", metadata), pack
    ),
    "page de panne": Plant("encadrant", "erreur", NUMERO, fail("erreur"), EQUIPE),
    "trace technique": Plant("encadrant", "trace", NUMERO, fail("trace"), EQUIPE),
    "session": Plant("encadrant", "session", NUMERO, on_consultation(in_session), EQUIPE),
    "courriel": Plant("encadrant", "courriel", NUMERO, on_consultation(by_mail), EQUIPE),
    "file d’attente": Plant("encadrant", "file", NUMERO, on_consultation(in_queue), EQUIPE),
    "travail": Plant("encadrant", "travail", NUMERO, on_consultation(in_job), EQUIPE),
    "journal": Plant("encadrant", "journal", NUMERO, on_consultation(in_journal), EQUIPE),
}


def caught(ville: Any, traces: Any, fuite: Plant) -> set[tuple[str, str]]:
    """Return what the net catches where this leak is met: channel and field."""
    marche = Marche(ville, fuite.role, traces)
    adresse = fuite.adresse(ville)
    marche.read(adresse, **({"headers": {"HX-Request": "true"}} if fuite.htmx else {}))
    marche.look_behind(adresse)
    return {(f.canal, f.canari.champ) for f in marche.fuites}


@pytest.mark.parametrize("nom", FUITES)
def test_planted_leak_is_caught_and_named(ville, traces, monkeypatch, nom):
    fuite = FUITES[nom]
    assert caught(ville, traces, fuite) == set(), "something leaks before anything is planted"
    fuite.plant(monkeypatch, ville)
    attrapees = caught(ville, traces, fuite)
    attendues = {(fuite.canal, fuite.champ)}
    # The journal names what was opened: planted in a name, the leak stands there too.
    if nom in {"titre", "nom de fichier"}:
        assert ("journal", fuite.champ) in attrapees
        attrapees -= {("journal", fuite.champ)}
    assert attrapees == attendues
    COMPTES["fuites plantées, attrapées"] += 1


def beside(mot: str) -> Any:
    """Add this word to the line under the name."""
    return lambda ville: lambda texte: f"{texte} {mot}"


def secrets_by_class(ville: Any) -> dict[Classe, Canari]:
    """Return of each class one word that an encadrant may not read, written in his own team's records."""
    trouves: dict[Classe, Canari] = {}
    for canari in ville.voliere.tous:
        mot = isinstance(canari.valeur, str) and canari.champ != SAISIE
        if mot and canari.place.startswith("equipe") and not may_read("encadrant", canari):
            trouves.setdefault(canari.classe, canari)
    return trouves


def test_a_planted_leak_of_each_class_is_caught_and_named(ville, traces, monkeypatch):
    """What a class holds, sealed or not, stands beside a name: the net knows it, and names the field."""
    secrets = secrets_by_class(ville)
    assert set(secrets) >= {Classe.M1, Classe.Y1, Classe.H1, Classe.A1, Classe.I1, Classe.L1, Classe.H2}
    for canari in secrets.values():
        with monkeypatch.context() as patch:
            after(agents.views.cadre, "describe_agent", beside(canari.valeur))(patch, ville)
            fuite = Plant("encadrant", "corps", canari.champ, LIGNE, EQUIPE)
            assert caught(ville, traces, fuite) == {("corps", canari.champ)}
        COMPTES["fuites plantées par classe, attrapées"] += 1


def test_at_least_fifteen_leaks_are_planted_one_a_channel():
    assert len({fuite.canal for fuite in FUITES.values()}) >= 15
