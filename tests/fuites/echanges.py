"""What coordinators keep about each agent: every word of it a canary, sealed or not; two of three are his.

The coordinateur is named for « soi » and « equipe », and not for « ailleurs »; what stands under « equipe »
is shown to the doctor and to the psychologist.
"""

import datetime
from typing import Any

from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.chiffrement import seal
from tests.fuites.canaris import Voliere
from visites.models import Accompagnement, Echange, EtapeEchange, MembreAccompagnement

MOIS = datetime.timedelta(days=30)


class Echanges:
    """The follow-ups of the city."""

    voliere: Voliere
    comptes: dict[str, Utilisateur]

    def make_accompagnements(self, place: str, dossier: Any) -> None:
        """One that is open, with all that hangs on it, and one that is closed."""
        v, agent = self.voliere, dossier.agent
        tenu = dossier.keep(
            Accompagnement.objects.create(**v.fill(Accompagnement, place, agent=agent, ferme_le=None))
        )
        ferme = dossier.keep(
            Accompagnement.objects.create(**v.fill(Accompagnement, f"{place} fermé", agent=agent))
        )
        qui = self.comptes[Role.COORDINATEUR]
        if place == "ailleurs":
            qui = Utilisateur.objects.create(username="autre-coordinateur", role=Role.COORDINATEUR)
        for suivi, lieu in ((tenu, place), (ferme, f"{place} fermé")):
            fixes = {"accompagnement": suivi, "compte": qui, "jusqu_au": None}
            membre = dossier.keep(
                MembreAccompagnement.objects.create(**v.fill(MembreAccompagnement, lieu, **fixes))
            )
            dossier.objets.setdefault("accompagnements", []).append(suivi)
            dossier.objets.setdefault("membres", []).append(membre)
        self._exchange(place, dossier, tenu, qui)

    def _exchange(self, place: str, dossier: Any, suivi: Any, auteur: Any) -> None:
        v = self.voliere
        faits = {"accompagnement": suivi, "auteur": auteur, "profession": Role.COORDINATEUR}
        choix = {"nature": "appel", "avec": "agent"}
        echange = dossier.keep(Echange.objects.create(**v.fill(Echange, place, **faits, **choix)))
        modele = echange.versions.model
        version = modele(**v.fill(modele, place, note=echange, rang=1, texte="", raison=""))
        for champ in ("texte", "raison"):
            seal(version, champ, v.text(f"{version._meta.label}.{champ}", place))
        version.save()
        modele = echange.pieces.model
        piece = modele(**v.fill(modele, place, note=echange, type="pdf", taille=1, nom=""))
        seal(piece, "nom", v.text(f"{piece._meta.label}.nom", place))
        seal(piece, "contenu", b"%PDF-1.4 " + v.text(f"{piece._meta.label}.contenu", place).encode())
        piece.save()
        partage = self._shares(place, echange)
        etapes = [self._step(lieu, echange, fin) for lieu, fin in ((place, ""), (f"{place} faite", "faite"))]
        for objet in (version, piece, partage, *etapes):
            dossier.keep(objet)
        for nom, objet in (
            ("echanges", echange),
            ("pieces_echanges", piece),
            ("partages_echanges", partage),
            ("etapes_echanges", etapes[0]),
        ):
            dossier.objets.setdefault(nom, []).append(objet)

    def _shares(self, place: str, echange: Any) -> Any:
        """With somebody whose name is the canary; under « equipe » also with who walks."""
        v, modele = self.voliere, echange.partages.model
        qui = self._person(f"{modele._meta.label}.destinataire", place)  # type: ignore[attr-defined]
        fixes = {"note": echange, "destinataire": qui, "retire_le": None, "accorde_le": timezone.now()}
        if place == "equipe":
            fin = timezone.localdate() + MOIS
            for role in (Role.MEDECIN, Role.PSYCHOLOGUE):
                faits = {"destinataire": self.comptes[role], "accorde_le": timezone.now()}
                echange.partages.create(**faits, jusqu_au=fin)
        return modele.objects.create(**v.fill(modele, place, **fixes))

    def _step(self, lieu: str, echange: Any, fin: str) -> Any:
        """Still to do, or done."""
        v, finie = self.voliere, {} if fin else {"finie_le": None, "finie_par": ""}
        etape = EtapeEchange(**v.fill(EtapeEchange, lieu, note=echange, texte="", fin=fin, **finie))
        seal(etape, "texte", v.text("visites.EtapeEchange.texte", lieu))
        etape.save()
        return etape
