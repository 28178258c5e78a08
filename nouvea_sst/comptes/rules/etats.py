"""Which state of a request may follow which."""

from nouvea_sst.comptes.enums import EtatDemande
from nouvea_sst.lib.transitions import Table

DEMANDE: Table = {
    EtatDemande.EN_ATTENTE: frozenset(
        {EtatDemande.EN_DELAI, EtatDemande.APPROUVEE, EtatDemande.REFUSEE, EtatDemande.ANNULEE}
    ),
    EtatDemande.EN_DELAI: frozenset({EtatDemande.APPROUVEE, EtatDemande.REFUSEE, EtatDemande.ANNULEE}),
    EtatDemande.APPROUVEE: frozenset(),
    EtatDemande.REFUSEE: frozenset(),
    EtatDemande.ANNULEE: frozenset(),
}
