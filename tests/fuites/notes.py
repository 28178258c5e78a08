"""What a doctor and a psychologist wrote about each agent: every word of it a canary, sealed or not."""

import json
from typing import Any

from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.chiffrement import seal
from tests.fuites.canaris import Voliere
from tests.fuites.echanges import Echanges
from visites.models import BrouillonConclusion, NotePsychologue, NoteSoignant, Visite


class Notes(Echanges):
    """The confidential notes of the city."""

    voliere: Voliere
    comptes: dict[str, Utilisateur]

    def make_notes(self, place: str, dossier: Any) -> None:
        """One of each profession, with its version, its attachment, its share."""
        self._note(NoteSoignant, Role.MEDECIN, place, dossier)
        self._note(NotePsychologue, Role.PSYCHOLOGUE, place, dossier)
        self.make_accompagnements(place, dossier)

    def make_brouillon(self, place: str, visite: Visite, dossier: Any) -> None:
        """What the doctor left unsigned of a visit."""
        texte = self.voliere.text("visites.BrouillonConclusion.contenu", place)
        faits = {"visite": visite, "compte": self.comptes[Role.MEDECIN], "garde_le": timezone.now()}
        brouillon = BrouillonConclusion(version=1, **faits)
        seal(brouillon, "contenu", json.dumps({"message_employeur": [texte], "mesures-TOTAL_FORMS": ["0"]}))
        brouillon.save()
        dossier.keep(brouillon)

    def _note(self, modele: Any, role: Role, place: str, dossier: Any) -> None:
        v: Voliere = self.voliere
        faits = {"agent": dossier.agent, "auteur": self.comptes[role], "profession": role}
        note = dossier.keep(modele.objects.create(**v.fill(modele, place, **faits)))
        version = note.versions.model(**v.fill(note.versions.model, place, note=note, rang=1, texte=""))
        seal(version, "texte", v.text(f"{version._meta.label}.texte", place))
        version.save()
        dossier.keep(version)
        modele_piece = note.pieces.model
        fixes = {"note": note, "type": "pdf", "taille": 1, "nom": ""}
        piece = modele_piece(**v.fill(modele_piece, place, **fixes))
        seal(piece, "nom", v.text(f"{piece._meta.label}.nom", place))
        seal(piece, "contenu", b"%PDF-1.4 " + v.text(f"{piece._meta.label}.contenu", place).encode())
        piece.save()
        dossier.keep(piece)
        confrere = self._person(f"{note.partages.model._meta.label}.destinataire", place)  # type: ignore[attr-defined]
        fixes = {"note": note, "destinataire": confrere, "retire_le": None, "accorde_le": timezone.now()}
        partage = note.partages.model(**v.fill(note.partages.model, place, **fixes))
        partage.save()
        dossier.keep(partage)
        for nom, objet in (("notes", note), ("pieces", piece), ("partages", partage)):
            dossier.objets.setdefault(nom, []).append(objet)
