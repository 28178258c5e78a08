"""Puts the rows of a register beside the agents, structures, posts and sites that the database knows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from agents.imports.lexiques import (
    Lexique,
    keep_additions,
    new_collectivite,
    new_poste,
    new_site,
    read_lexique,
)
from agents.models import Agent, Alias, Collectivite, Poste, Site, Structure
from agents.perms import PROPRE_FICHE
from agents.rules.annuaire import Annuaire, Fiche, full_name
from agents.rules.arborescence import Arbre, Designation, Noeud, StructureAmbigue
from agents.rules.ressemblances import Semblables, Voisins, near_name
from nouvea_sst.imports.rules.cible import (
    Ajouts,
    Confrontation,
    Faute,
    LigneLue,
    Rapprochement,
    Reference,
    Valeurs,
)
from nouvea_sst.imports.rules.ecarts import find_changes

SIMPLES = (
    "matricule",
    "id_tiarhe",
    "num_cafat",
    "num_ruamm",
    "nom",
    "prenom",
    "nom_naissance",
    "civilite",
    "sexe",
    "date_naissance",
    "date_embauche",
    "date_depart",
    "statut",
    "code_categorie",
    "est_elu",
    "courriel",
    "telephone",
)
# Read, then turned into « structure »: they are not compared.
VIRTUELS = frozenset({"direction_sigle", "direction", "service_sigle", "service", "section", "entite"})
LIENS = {
    "structure": ("structure__sigle", "structure__libelle"),
    "poste": ("poste__intitule",),
    "site": ("site__libelle",),
    "collectivite": ("collectivite__code",),
}


@dataclass
class Contexte:
    """What the rows point at, for load_registre."""

    arbre: Arbre
    postes: Lexique
    sites: Lexique
    collectivites: Lexique

    def keep(self, nommees: Set[int | str]) -> list[Ajouts]:
        """Leave, of what the rows would add, what these keys name, and the structures above it."""
        self.arbre.keep(nommees)
        structures = tuple(str(noeud) for noeud in self.arbre.nouveaux)
        autres = keep_additions((self.postes, self.sites, self.collectivites), nommees)
        return [Ajouts("structure", structures), *autres] if structures else autres


class Veille:
    """Looks for what a row adds that nearly repeats something known."""

    def __init__(self, contexte: Contexte, fiches: Sequence[Fiche]) -> None:
        self.structures_connues = bool(contexte.arbre.noeuds)
        self.voisins = {
            lien: Voisins.of([reference.libelle for reference in lexique.connus.values()])
            for lien, lexique in (("poste", contexte.postes), ("site", contexte.sites))
        }
        self.semblables = Semblables()
        for fiche in fiches:
            self.semblables.add(fiche.valeurs, fiche.nom)

    def look(self, ligne: LigneLue, trouve: Rapprochement) -> Iterable[Faute]:
        """Return the warnings of a row that says whom it speaks of and what it points at."""
        valeurs = ligne.valeurs
        if trouve.pk is None:
            if qui := self.semblables.find(valeurs):
                yield near_name(valeurs, qui)
            self.semblables.add(valeurs, f"{full_name(valeurs)}, ligne {ligne.numero}")
        structure = valeurs.get("structure")
        if self.structures_connues and isinstance(structure, Reference) and structure.nouvelle:
            yield Faute("structure", str(structure), "Inconnue, elle sera créée.")
        for lien, voisins in self.voisins.items():
            reference = valeurs.get(lien)
            if isinstance(reference, Reference) and reference.nouvelle:
                if proche := voisins.find(reference.libelle):
                    motif = f"Presque pareil à « {proche} », il sera créé à part."
                    yield Faute(lien, reference.libelle, motif, inconnu=lien)


def confront(lignes: Sequence[LigneLue], acteur: Any = None) -> Confrontation:
    """Say of each row whom it speaks of; structure, poste, site and collectivite become references.

    A row that would change the file of the account that imports is refused.
    """
    contexte = Contexte(
        read_tree(),
        read_lexique("poste", Poste.objects.all(), "intitule", fabriquer=new_poste),
        read_lexique("site", Site.objects.all(), "libelle", fabriquer=new_site),
        read_lexique("collectivité", Collectivite.objects.all(), "code", fabriquer=new_collectivite),
    )
    fiches = read_agents()
    annuaire, veille = Annuaire(fiches), Veille(contexte, fiches)
    sienne = _own_key(acteur)
    rapprochements = []
    for ligne in lignes:
        rapprochement = annuaire.find(ligne.numero, ligne.valeurs, ligne.cle)
        if rapprochement.faute is None:
            try:
                if sienne is not None and rapprochement.pk == sienne:
                    rapprochement = _refuse_changes(ligne.valeurs, rapprochement, contexte)
                if rapprochement.faute is None:
                    point_at(ligne.valeurs, contexte)
                    rapprochement = annuaire.forgive(rapprochement, ligne.valeurs)
                    rapprochement = replace(
                        rapprochement, avertissements=tuple(veille.look(ligne, rapprochement))
                    )
            except StructureAmbigue as erreur:
                rapprochement = Rapprochement(faute=Faute("structure", "", str(erreur)))
        rapprochements.append(rapprochement)
    return Confrontation(rapprochements, contexte, contexte.keep)


def _own_key(acteur: Any) -> int | None:
    """The key of the agent whose account imports."""
    if acteur is None:
        return None
    return Agent.objects.filter(compte=acteur.pk).values_list("pk", flat=True).first()


def _refuse_changes(valeurs: Valeurs, trouve: Rapprochement, contexte: Contexte) -> Rapprochement:
    """Refuse a row of one's own that changes something, before it adds what it names.

    Raises StructureAmbigue.
    """
    essai = dict(valeurs)
    point_at(essai, deepcopy(contexte))
    changes = find_changes(trouve.connu, essai, VIRTUELS)
    return Rapprochement(faute=Faute(next(iter(changes)), "", PROPRE_FICHE)) if changes else trouve


def point_at(valeurs: Valeurs, contexte: Contexte) -> None:
    """Replace in a row the names of other tables by references. Raises StructureAmbigue."""
    nomme = Designation(**{champ: valeurs.get(champ) or "" for champ in Designation.__dataclass_fields__})
    noeud = contexte.arbre.resolve(nomme)
    if noeud is not None:
        valeurs["structure"] = Reference(noeud.cle, str(noeud), nouvelle=noeud.pk is None)
    if valeurs.get("poste"):
        valeurs["poste"] = contexte.postes.resolve(valeurs["poste"])
    if valeurs.get("site"):
        valeurs["site"] = contexte.sites.resolve(valeurs["site"])
    if valeurs.get("collectivite"):
        valeurs["collectivite"] = contexte.collectivites.resolve(valeurs["collectivite"])


def read_tree() -> Arbre:
    """The structures that are open."""
    ouvertes = list(Structure.objects.filter(date_fin__isnull=True).order_by("chemin", "pk"))
    noeuds = {s.pk: Noeud(s.pk, s.sigle, s.libelle, s.niveau) for s in ouvertes}
    for structure in ouvertes:
        noeuds[structure.pk].parent = noeuds.get(structure.parent_id or 0)
    return Arbre(list(noeuds.values()))


def read_agents() -> list[Fiche]:
    """Every agent with the values that a register may change."""
    colonnes = [*SIMPLES, *LIENS, *(c for noms in LIENS.values() for c in noms)]
    fiches = []
    for pk, cle, *cellules in (
        Agent.objects.order_by("pk").values_list("pk", "cle_import", *colonnes).iterator(chunk_size=5000)
    ):
        lus = dict(zip(colonnes, cellules, strict=True))
        valeurs: dict[str, Any] = {champ: lus[champ] for champ in SIMPLES}
        for champ, noms in LIENS.items():
            cible = lus[champ]
            valeurs[champ] = Reference(cible, _label(lus, noms)) if cible else None
        fiches.append(Fiche(pk, cle, valeurs))
    return [*fiches, *_merged_files({fiche.pk: fiche for fiche in fiches})]


def _merged_files(fiches: Mapping[int, Fiche]) -> Iterator[Fiche]:
    """The agents once more, by what the files that became theirs held: they do not come back as others."""
    for alias in Alias.objects.order_by("pk"):
        gardee = alias.retour["fiche"]["fields"]
        meta: Any = Agent._meta
        propres = {champ: meta.get_field(champ).to_python(gardee.get(champ)) for champ in SIMPLES}
        for champ in LIENS:
            propres[champ] = Reference(gardee[champ], "") if gardee.get(champ) else None
        yield Fiche(alias.agent_id, alias.cle_import, fiches[alias.agent_id].valeurs, propres)


def _label(lus: dict[str, Any], noms: Iterable[str]) -> str:
    parties = [str(lus[nom]) for nom in noms]
    return " – ".join(dict.fromkeys(parties))
