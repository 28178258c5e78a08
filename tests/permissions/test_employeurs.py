"""Who answers for an employer reads nothing of another's: no name, no count, in any list, workbook or box."""

import pytest

from tests.permissions.employeurs import TENUS, Employeurs, addresses, canaries_of, links_of, read
from tests.permissions.monde import make_monde, taken_back

pytestmark = [pytest.mark.django_db, pytest.mark.sans_n_plus_1, pytest.mark.ordre_libre]


@pytest.fixture(scope="module")
def ville(django_db_setup, django_db_blocker):
    """One city of two employers for the module."""
    with make_monde(django_db_blocker, Employeurs) as monde:
        yield monde


@pytest.fixture(scope="module")
def lus(ville):
    """What each role reads at each address, asked for once."""
    gardes: dict[str, dict[str, tuple[int, str]]] = {}

    def read_all(role):
        if role not in gardes:
            gardes[role] = {adresse: read(ville, role, adresse) for adresse in addresses(ville, role)}
        return gardes[role]

    return read_all


@pytest.mark.parametrize("role", TENUS)
def test_no_name_of_another_employer_is_read(lus, decompte, role):
    fautes = []
    for adresse, (statut, corps) in lus(role).items():
        decompte[f"answers {statut}"] += 1
        if trouves := canaries_of(corps):
            fautes.append(f"{role} {statut} {adresse}: {', '.join(sorted(trouves))}")
    assert fautes == [], "\n".join(fautes)
    assert sum(statut == 200 for statut, _ in lus(role).values()) > 40


@pytest.mark.parametrize("role", TENUS)
def test_nothing_moves_when_another_employer_grows(ville, lus, decompte, role):
    """Counts, totals, bars and pages are the same, byte for byte."""
    avant = lus(role)
    with taken_back():
        ville.grow_others()
        changees = [adresse for adresse in avant if read(ville, role, adresse) != avant[adresse]]
    decompte["answers compared"] += len(avant)
    assert changees == [], "\n".join([role, *changees])


@pytest.mark.parametrize("role", TENUS)
def test_no_page_offers_what_is_refused(ville, lus, decompte, role):
    """What the scope closes is not offered: no link of a page leads to a refusal."""
    liens: dict[str, str] = {}
    for adresse, (statut, corps) in lus(role).items():
        if statut == 200:
            liens |= {lien: adresse for lien in links_of(corps)}
    refuses = {
        lien: statut
        for lien in liens
        if (statut := (lus(role).get(lien) or read(ville, role, lien))[0]) >= 400
    }
    decompte["links followed"] += len(liens)
    assert not refuses, "\n".join(f"{role} {liens[lien]} offers {lien}: {s}" for lien, s in refuses.items())
