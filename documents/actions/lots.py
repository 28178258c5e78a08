"""Makes the letters of a lot: one file each, one file of all in mailing order. Begun again, it goes on."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from agents.models import Agent
from documents.actions.lettres import Pli, close_lot, issue_lettres
from documents.mise_en_page import FEUILLES, Cadre, Page, write_page
from documents.models import EnTete, LettreEmise, LotLettres, Signataire
from nouvea_sst.lib.pdf import Presse, hold_pages

# Letters written in one transaction: what a stop in the middle makes again.
PAR_LOT = 10
Progres = Callable[[int, int], None]


def mailing_order(*, agent: Agent) -> tuple[str, ...]:
    """Direction, service, name: how the internal mail is sorted."""
    structure = agent.structure
    if structure is None:
        return ("", "", agent.nom_cle)
    direction = structure.direction
    return (direction.sigle if direction is not None else "", structure.sigle, agent.nom_cle)


def read_cadre(*, signataire: int | None, jour: datetime.date) -> Cadre:
    """Return the head, empty before one is written, and who signs on this day, if a delegation stands."""
    valides = Signataire.objects.on(jour)
    choisi = valides.filter(pk=signataire).first() if signataire else valides.first()
    return Cadre(EnTete.objects.first() or EnTete(), choisi, jour)


def make_lot(
    *,
    acteur: Any,
    lot: LotLettres,
    plis: Sequence[Pli],
    cadre: Cadre,
    maintenant: datetime.datetime,
    devant: Sequence[Page] = (),
    ecartees: Sequence[str] = (),
    progres: Progres = lambda fait, total: None,
) -> LotLettres:
    """Issue each letter that did not go yet, then bind all; `devant` are pages that go to nobody.

    One that went with an earlier lot, or with one made at the same moment, is neither made nor bound again:
    it is named among those left out. Begun again, it binds the very files that it had issued.
    Raises PdfImpossible without pango.
    """
    presse, dites = Presse(FEUILLES), list(ecartees)
    deja = dict(LettreEmise.objects.filter(cle__in=[pli.cle for pli in plis]).values_list("cle", "lot_id"))
    a_faire = [pli for pli in plis if deja.get(pli.cle, lot.pk) == lot.pk]
    doubles = [pli for pli in plis if deja.get(pli.cle, lot.pk) != lot.pk]
    liees: list[Any] = [presse.lay_out(write_page(page, cadre)) for page in devant]
    with hold_pages() as hold:
        for debut in range(0, len(a_faire), PAR_LOT):
            hold()
            paquet = a_faire[debut : debut + PAR_LOT]
            rendus = {p.cle: presse.lay_out(write_page(p.page, cadre)) for p in paquet if p.cle not in deja}
            ecrits = [(pli, presse.write(rendus[pli.cle])) for pli in paquet if pli.cle in rendus]
            faites = issue_lettres(acteur=acteur, maintenant=maintenant, plis=ecrits, lot=lot)
            rendus = {lettre.cle: rendus[lettre.cle] for lettre in faites}
            gardees = read_files(cles=[pli.cle for pli in paquet if pli.cle in deja])
            liees += [
                (rendus | gardees)[pli.cle] for pli in paquet if pli.cle in rendus or pli.cle in gardees
            ]
            doubles += [pli for pli in paquet if pli.cle not in rendus and pli.cle not in gardees]
            progres(min(debut + PAR_LOT, len(a_faire)), len(a_faire))
        contenu = presse.join(liees)
    dites += [f"{pli.agent} : {pli.page.modele.type.libelle.lower()} déjà établie." for pli in doubles]
    return close_lot(lot_id=lot.pk, contenu=contenu, nombre=len(liees) - len(devant), ecartees=dites)


def print_again(
    *, lot: LotLettres, cles: Sequence[str], cadre: Cadre, devant: Sequence[Page] = ()
) -> LotLettres:
    """Bind the very files of letters that went, in this order, behind `devant`: no letter is made."""
    presse, gardees = Presse(FEUILLES), read_files(cles=cles)
    liees: list[Any] = [presse.lay_out(write_page(page, cadre)) for page in devant]
    liees += [gardees[cle] for cle in cles if cle in gardees]
    return close_lot(lot_id=lot.pk, contenu=presse.join(liees), nombre=len(liees) - len(devant), ecartees=[])


def read_files(*, cles: Sequence[str]) -> dict[str, bytes]:
    """Return the files of the letters of these keys, as they went."""
    lettres = LettreEmise.objects.filter(cle__in=cles).values_list("cle", "document__contenu")
    return {cle: bytes(contenu) for cle, contenu in lettres}
