"""Which state of an alert may follow which."""

from agents.enums import EtatAlerte
from nouvea_sst.lib.transitions import Table

E = EtatAlerte

ALERTE: Table = {
    E.OUVERTE: frozenset({E.TRAITEE, E.ECARTEE, E.CADUQUE}),
    # Taken back by the person who decided, never by the calculation.
    E.TRAITEE: frozenset({E.OUVERTE}),
    E.ECARTEE: frozenset({E.OUVERTE}),
    # What no longer held holds again.
    E.CADUQUE: frozenset({E.OUVERTE}),
}
