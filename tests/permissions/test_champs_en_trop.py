"""A form writes its own fields: every other column of the house, posted beside it, changes nothing."""

import datetime
import re
from typing import Any

import pytest
from django.db import models

from nouvea_sst.comptes.enums import Role
from tests.permissions.envois import PREPARES, SAISIES, SANS_ECRITURE
from tests.permissions.essais import open_as
from tests.permissions.lignes import changes, models_of_house, photograph, same_sequences
from tests.permissions.monde import INCONNU, taken_back
from tests.permissions.saisies import forms_of
from tests.permissions.tableau import read_all

pytestmark = [pytest.mark.django_db, pytest.mark.sans_n_plus_1, pytest.mark.ordre_libre]
PERMIS = {"200", "302"}
ENVOIS = {
    nom: bloc
    for nom, bloc in read_all().items()
    if any(m == "POST" and PERMIS & {ligne[r] for r in Role} for (m, _), ligne in bloc.lignes.items())
}
# What two runs draw anew: moments of now, identifiers, hashes, salted passwords; what we post stays.
MOMENT = r"20[2-9]\d-\d\d-\d\d[T ]\d\d:\d\d:[\d.+:]+"
TIRAGES = re.compile(
    rf'{MOMENT}|(?!00000000)[0-9a-f]{{8}}-[0-9a-f-]{{27}}|md5\$[^"]+|[0-9a-f]{{64}}|(?<=")[0-9a-f]{{32}}(?=")|"![^"]{{40}}"'
)
# What is sealed twice never reads the same: a text in base64, bytes in hexadecimal, both from « v1. » on.
SCELLES = re.compile(r"v1\.[0-9a-f]{8}\.[\w=-]+\.[\w=-]+|x76312e[0-9a-f]+")
# A form received once is known by the fingerprint of all that was sent, a session by a key drawn anew.
EMPREINTES = {"comptes_formulairerecu", "comptes_sessioncompte"}


def hostile(champ: Any) -> str:
    """A value that would be accepted for the column, were the column taken."""
    if champ.choices:
        return str(list(champ.choices)[-1][0])
    match champ:
        case models.BooleanField():
            return "on"
        case models.DateTimeField():
            return "2001-01-01 01:01"
        case models.DateField():
            return "2001-01-01"
        case models.TimeField():
            return "01:01"
        case models.ForeignKey() | models.IntegerField() | models.AutoField() | models.DecimalField():
            return "1"
        case models.UUIDField():
            return INCONNU["uuid"]
        case _:
            return "intrus"


def all_columns() -> dict[str, str]:
    """Every column of every model of the house, under its name and its attribute's, with a hostile value."""
    colonnes = {}
    for modele in models_of_house():
        for champ in modele._meta.concrete_fields:
            colonnes[champ.name] = colonnes[champ.attname] = hostile(champ)
    return colonnes


def typed(valeur: Any) -> Any:
    """A form's value as a browser sends it."""
    match valeur:
        case None | False:
            return ""
        case True:
            return "on"
        case datetime.datetime():
            return f"{valeur:%d/%m/%Y %H:%M}"
        case datetime.date():
            return f"{valeur:%d/%m/%Y}"
        case datetime.time():
            return f"{valeur:%H:%M}"
        case models.Model():
            return str(valeur.pk)
        case list() | tuple() | models.QuerySet():
            return [str(getattr(v, "pk", v)) for v in valeur]
    return str(valeur)


def as_sent(reponse: Any) -> dict[str, Any]:
    """What the browser sends of the forms of a page, untouched."""
    return {
        form.add_prefix(nom): valeur
        for form in forms_of(reponse)
        for nom in form.fields
        if (valeur := typed(form[nom].value())) != ""
    }


def send(monde: Any, role: str, position: str, nom: str, intrus: bool) -> tuple[Any, dict[str, Any]]:
    """Fill the page's form and send it, with every other column or not; return what came and what changed."""
    bloc = ENVOIS[nom]
    adresse = monde.adresse(nom, bloc.cles, position, role)
    with same_sequences(), taken_back():
        PREPARES.get(nom, lambda monde: None)(monde)
        lues, connus = {"version": "1"}, set()  # acts of one button send the version of their page
        if ("GET", position) in bloc.lignes:
            page = open_as(monde, role, adresse)
            lues |= as_sent(page)
            connus = {form.add_prefix(champ) for form in forms_of(page) for champ in form.fields}
        saisies = lues | SAISIES.get(nom, lambda monde: {})(monde)
        trop = {cle: v for cle, v in all_columns().items() if cle not in connus | saisies.keys()}
        avant = photograph()
        reponse = open_as(monde, role, adresse, "POST", (trop if intrus else {}) | saisies)
        ecarts = changes(avant, photograph(), EMPREINTES)
    return reponse, {
        table: {cle: TIRAGES.sub("…", SCELLES.sub("…", ligne or "")) for cle, ligne in lignes.items()}
        for table, lignes in ecarts.items()
    }


@pytest.mark.parametrize("nom", ENVOIS)
def test_other_columns_change_nothing(monde, cases, nom):
    bloc = ENVOIS[nom]
    permis = [
        (p, r) for (m, p), ligne in bloc.lignes.items() if m == "POST" for r in Role if ligne[r] in PERMIS
    ]
    position, role = next(((p, r) for p, r in permis if p.startswith(("dans", "un", "mienne"))), permis[0])
    reponse, attendus = send(monde, role, position, nom, intrus=False)
    fautes = [form.errors.as_text() for form in forms_of(reponse) if form.is_bound and form.errors]
    assert bool(set(attendus) - {"comptes_lignejournal"}) == (nom not in SANS_ECRITURE), fautes
    assert send(monde, role, position, nom, intrus=True)[1] == attendus
    cases["extra columns posted"] += len(all_columns())
