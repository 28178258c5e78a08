"""The watched folder: which files are there and whole, taking one, putting it away, clearing away the old.

Files are renamed within the folder alone, by descriptors of real folders: no link is followed. What was put
away is the owner's only to read.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

EN_COURS, TRAITES, REFUSES = "en_cours", "traites", "refuses"
RANGEMENTS = (EN_COURS, TRAITES, REFUSES)
# What is being written, by the habits of the programs that send files.
PARTIELS = (".partiel", ".part", ".filepart", ".tmp", ".crdownload")
NOM = re.compile(r"\w[\w .,()+@&'’–-]{0,149}")
LECTURE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
DOSSIER = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC


class FichierEcarte(ValueError):
    """The file is not taken; the message is one French sentence."""


class FichierMouvant(Exception):
    """Somebody still writes the file: the next passage looks again."""


@dataclass(frozen=True)
class Entree:
    """Something in the folder. refus: why it is not even opened. pris: taken by a passage cut short.

    ecrit_le: when the file says that it was written, in seconds of the clock.
    """

    nom: str
    refus: str = ""
    pris: bool = False
    ecrit_le: float = 0.0

    @property
    def nom_lisible(self) -> str:
        """The name, without what no page can show; two names stay two."""
        if NOM.fullmatch(self.nom):
            return self.nom
        octets = os.fsencode(self.nom)
        montre = re.sub(r"[^\w .,()+@&'’–-]", "_", octets.decode("utf8", "replace"))[:100]
        return f"{montre} ({hashlib.sha256(octets).hexdigest()[:8]})"


@dataclass(frozen=True)
class Vue:
    """What there is to take, in the order of the names, and what is left where it stands."""

    entrees: list[Entree]
    en_ecriture: list[str]
    dossiers: list[str]


@contextmanager
def open_boite(chemin: Path) -> Iterator["Boite"]:
    """Open the watched folder, and make the folders in it where files are put away."""
    with ExitStack() as pile:
        racine = os.open(chemin, DOSSIER & ~os.O_NOFOLLOW)
        pile.callback(os.close, racine)
        fonds = {}
        for nom in RANGEMENTS:
            fonds[nom] = open_inside(racine, nom)
            pile.callback(os.close, fonds[nom])
        yield Boite(racine, fonds)


def open_inside(parent: int, nom: str) -> int:
    """Open a folder of a folder, made if need be, that its owner alone may enter."""
    with suppress(FileExistsError):
        os.mkdir(nom, 0o700, dir_fd=parent)
    fond = os.open(nom, DOSSIER, dir_fd=parent)
    if stat.S_IMODE(os.fstat(fond).st_mode) != 0o700:
        os.fchmod(fond, 0o700)
    return fond


@dataclass(frozen=True)
class Boite:
    """The watched folder, open: descriptors of itself and of its folders."""

    racine: int
    fonds: dict[str, int]

    def look(self, instant: float, repos: int) -> Vue:
        """Return what there is; a file that changed less than `repos` seconds before is still being written.

        The date of change of the entry is looked at: whoever sends a file cannot set it.
        """
        entrees = self.taken()
        en_ecriture, dossiers = [], []
        for nom in os.listdir(self.racine):
            with suppress(FileNotFoundError):
                etat = os.stat(nom, dir_fd=self.racine, follow_symlinks=False)
                if stat.S_ISDIR(etat.st_mode):
                    dossiers += [nom] if nom not in RANGEMENTS else []
                elif nom.startswith(".") or nom.lower().endswith(PARTIELS) or etat.st_ctime > instant - repos:
                    en_ecriture.append(nom)
                else:
                    entrees.append(Entree(nom, _refuse_entry(nom, etat), ecrit_le=etat.st_mtime))
        return Vue(sorted(entrees, key=lambda e: (e.nom, e.pris)), sorted(en_ecriture), sorted(dossiers))

    def take(self, entree: Entree) -> bool:
        """Move a file where nobody else writes; false when a passage cut short left one of its name there."""
        if entree.pris:
            return True
        with suppress(FileNotFoundError):
            os.stat(entree.nom, dir_fd=self.fonds[EN_COURS], follow_symlinks=False)
            return False
        os.rename(entree.nom, entree.nom, src_dir_fd=self.racine, dst_dir_fd=self.fonds[EN_COURS])
        return True

    def read(self, entree: Entree, taille_max: int, *, sur_place: bool = False) -> bytes:
        """Return the bytes of a file taken, or left where it stands for a trial.

        Raises FichierEcarte, FichierMouvant.
        """
        dossier = self.racine if sur_place and not entree.pris else self.fonds[EN_COURS]
        try:
            descripteur = os.open(entree.nom, LECTURE, dir_fd=dossier)
        except OSError as erreur:
            raise FichierEcarte("Ce fichier ne s’ouvre pas.") from erreur
        with open(descripteur, "rb") as fichier:
            avant = os.fstat(descripteur)
            if refus := _refuse_entry(entree.nom, avant):
                raise FichierEcarte(refus)
            if avant.st_size > taille_max:
                raise FichierEcarte(f"Ce fichier dépasse {taille_max // (1024 * 1024)} Mo.")
            contenu = fichier.read(taille_max + 1)
            apres = os.fstat(descripteur)
            if (avant.st_size, avant.st_mtime_ns) != (apres.st_size, apres.st_mtime_ns):
                raise FichierMouvant
            if not sur_place:
                with suppress(PermissionError):  # Another account's: the folder is closed to it all the same.
                    os.fchmod(descripteur, 0o600)
        return contenu

    def put_away(self, entree: Entree, rangement: str, *, jour: str = "", mot: str = "") -> None:
        """Move a file taken to where it is kept for a while, beside a sentence if there is one to say."""
        with ExitStack() as pile:
            fond = self.fonds[rangement]
            if jour:
                fond = open_inside(fond, jour)
                pile.callback(os.close, fond)
            libre = _free_name(entree.nom_lisible, set(os.listdir(fond)))
            os.rename(entree.nom, libre, src_dir_fd=self.fonds[EN_COURS], dst_dir_fd=fond)
            if mot:
                cree = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
                with open(os.open(f"{libre}.motif", cree, 0o600, dir_fd=fond), "w", encoding="utf8") as note:
                    note.write(f"{mot}\n")

    def taken(self) -> list[Entree]:
        """Return the files taken and not put away yet: none other comes under their names meanwhile."""
        fond = self.fonds[EN_COURS]
        etats = {nom: os.stat(nom, dir_fd=fond, follow_symlinks=False) for nom in sorted(os.listdir(fond))}
        return [Entree(nom, pris=True, ecrit_le=etat.st_mtime) for nom, etat in etats.items()]

    def clear(self, limite: float) -> int:
        """Remove the files put away before an instant, and the days left empty; return how many files."""
        otes = _clear_folder(self.fonds[REFUSES], limite)
        traites = self.fonds[TRAITES]
        for jour in os.listdir(traites):
            with suppress(NotADirectoryError):
                fond = os.open(jour, DOSSIER, dir_fd=traites)
                try:
                    otes += _clear_folder(fond, limite)
                finally:
                    os.close(fond)
                with suppress(OSError):  # Not empty yet.
                    os.rmdir(jour, dir_fd=traites)
        return otes


def _clear_folder(fond: int, limite: float) -> int:
    """Remove the files that entered a folder before an instant."""
    otes = 0
    for nom in os.listdir(fond):
        etat = os.stat(nom, dir_fd=fond, follow_symlinks=False)
        if not stat.S_ISDIR(etat.st_mode) and etat.st_ctime < limite:
            os.unlink(nom, dir_fd=fond)
            otes += 1
    return otes


def _refuse_entry(nom: str, etat: os.stat_result) -> str:
    """Return why something is not opened: what it is, or how it is called."""
    if stat.S_ISLNK(etat.st_mode):
        return "C’est un lien, pas un fichier : déposez le fichier lui-même."
    if not stat.S_ISREG(etat.st_mode):
        return "Ce n’est pas un fichier."
    if etat.st_nlink != 1:
        return "Ce fichier porte un autre nom ailleurs : déposez-en une copie."
    if not NOM.fullmatch(nom):
        return "Ce nom contient un signe qui n’est pas accepté, ou il est trop long."
    return ""


def _free_name(nom: str, pris: set[str]) -> str:
    """Return the name, or « (2) nom » where it is taken."""
    libre, rang = nom, 1
    while libre in pris:
        rang += 1
        libre = f"({rang}) {nom}"
    return libre
