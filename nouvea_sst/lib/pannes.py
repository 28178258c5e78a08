"""What the system says when it refuses a file or a folder, in French."""

import errno

MOTIFS = {
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.ENOENT: "ce chemin n’existe pas",
    errno.ENOTDIR: "ce chemin passe par un fichier ou par un lien",
    errno.ELOOP: "ce chemin passe par un lien",
    errno.EISDIR: "c’est un dossier",
    errno.EEXIST: "ce nom est déjà pris",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.EBUSY: "il est occupé par un autre programme",
    errno.EXDEV: "les dossiers ne sont pas sur le même disque",
    errno.EIO: "le disque ne répond pas",
}


def word_failure(erreur: OSError) -> str:
    """Return why a file or a folder is refused, as the end of a sentence; at worst by its number.

    >>> word_failure(PermissionError(errno.EACCES, "Permission denied"))
    'l’accès est refusé'
    """
    return MOTIFS.get(erreur.errno or 0, f"erreur {erreur.errno} du système")
