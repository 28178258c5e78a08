"""Python side of ./demarrer: start the database, the web server and the worker, watch them, stop them.

Loads no Django: the processes it starts do. Standard library only.
"""

import argparse
import contextlib
import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from types import FrameType
from typing import TextIO

from nouvea_sst.lib.binaires import PostgresIndisponible
from nouvea_sst.lib.postgres import Serveur, embedded_server, places
from nouvea_sst.lib.processus import Verrou, last_lines, rotate, spawn, stop

CLONE = Path(__file__).resolve().parents[1]
ADRESSE = "127.0.0.1"
VERROU = "nouvea.verrou"
SIGNAUX = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# A child that falls more often than this in that many seconds will not stand by itself.
CHUTES_MAX, FENETRE_CHUTES = 5, 60.0
PATIENCE_DEMARRAGE = 90.0
PATIENCE_ARRET = 15.0
PATIENCE_PORT = 5.0
INTERVALLE_ROTATION = 600.0


class Arret(Exception):
    """Somebody asked us to stop."""


class Echec(Exception):
    """We cannot go on; the message is a French sentence."""


@dataclass
class Enfant:
    """A process that must always run, and when it was started again."""

    nom: str
    commande: Sequence[str]
    journal: Path
    # What the kernel sends it if we are killed: the end must be quick, as the database ends at the same time.
    signal_de_mort: signal.Signals
    descripteurs: Sequence[int] = ()
    processus: Popen[bytes] | None = None
    chutes: list[float] = field(default_factory=list)

    def start(self, environnement: Mapping[str, str]) -> None:
        """Start the process; what it says is added to its log."""
        self.processus = spawn(
            self.commande,
            env=environnement,
            cwd=CLONE,
            journal=self.journal,
            descripteurs=self.descripteurs,
            signal_de_mort=self.signal_de_mort,
        )

    def fell(self) -> bool:
        """Tell whether the process ended; raise Echec when it keeps falling."""
        if self.processus is None or self.processus.poll() is None:
            return False
        maintenant = time.monotonic()
        self.chutes = [quand for quand in self.chutes if maintenant - quand < FENETRE_CHUTES] + [maintenant]
        if len(self.chutes) > CHUTES_MAX:
            fin = last_lines(self.journal)
            raise Echec(f"{self.nom} s’arrête sans cesse. Son journal ({self.journal}) finit ainsi :\n{fin}")
        return True


class Superviseur:
    """Everything that runs for one clone."""

    def __init__(self, *, var: Path, ecoute: socket.socket, sans_demo: bool) -> None:
        self.var = var
        self.journaux = var / "journaux"
        self.ecoute = ecoute
        self.sans_demo = sans_demo
        self.environnement = {
            **os.environ,
            "NOUVEA_MODE": os.environ.get("NOUVEA_MODE", "demonstration"),
            "NOUVEA_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "nouvea_sst.settings",
            "PYTHONUNBUFFERED": "1",
        }
        self.serveur: Serveur | None = None
        self.preparation: Popen[bytes] | None = None
        python, lien = sys.executable, f"fd://{ecoute.fileno()}"
        gunicorn = [python, "-m", "gunicorn", "-c", "deploiement/gunicorn.conf.py", "--bind", lien]
        worker = [python, "manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "10"]
        web = Enfant(
            "Le serveur web",
            [*gunicorn, "nouvea_sst.wsgi"],
            self.journaux / "web.log",
            signal.SIGQUIT,
            (ecoute.fileno(),),
        )
        self.worker = Enfant("Le travail de fond", worker, self.journaux / "worker.log", signal.SIGKILL)
        self.enfants = [web, self.worker]

    @property
    def adresse(self) -> str:
        """Where the application answers."""
        return f"http://{ADRESSE}:{self.ecoute.getsockname()[1]}/"

    def run(self) -> None:
        """Start everything, say so, and watch until a signal comes."""
        self._start_database()
        self._prepare()
        for enfant in self.enfants:
            rotate(enfant.journal)
            enfant.start(self.environnement)
        self._wait_until_ready()
        say(f"\nNouvéa SST est prêt : {self.adresse}\n{account_table(self.var)}Ctrl-C pour arrêter.")
        prochaine_rotation = time.monotonic()
        while True:
            self._watch()
            if time.monotonic() >= prochaine_rotation:
                prochaine_rotation += INTERVALLE_ROTATION
                for enfant in self.enfants:
                    rotate(enfant.journal)
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop the web server and the worker together, then the database."""
        actifs = [p for p in (self.preparation, *(e.processus for e in self.enfants)) if p is not None]
        for processus in actifs:
            if processus.poll() is None:
                processus.terminate()
        fin = time.monotonic() + PATIENCE_ARRET
        for processus in actifs:
            stop(processus, patience=max(0.1, fin - time.monotonic()))
        if self.serveur is not None:
            self.serveur.stop()
        self.ecoute.close()

    def _start_database(self) -> None:
        if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
            say("Base de données : celle de DATABASE_URL.")
            return
        lieux = places(CLONE, self.var)
        self.serveur = embedded_server(lieux)
        self.serveur.start()
        self.environnement["DATABASE_URL"] = self.serveur.url
        say(f"Base de données : PostgreSQL {self.serveur.binaires.majeure}, dans {lieux.racine}")

    def _prepare(self) -> None:
        """Bring the database up to date in a process of its own; its progress is seen, its errors kept."""
        journal = self.journaux / "preparation.log"
        journal.unlink(missing_ok=True)
        commande = [sys.executable, "manage.py", "preparer", *(["--sans-demo"] if self.sans_demo else [])]
        self.preparation = spawn(
            commande, env=self.environnement, cwd=CLONE, journal=journal, sortie_visible=True
        )
        if self.preparation.wait():
            raise Echec(f"La base n’a pas pu être préparée :\n{last_lines(journal)}\n(voir {journal})")

    def _watch(self) -> None:
        """Start again whatever fell."""
        if self.serveur is not None and self.serveur.processus is not None:
            if self.serveur.processus.poll() is not None:
                say("La base de données s’est arrêtée ; elle est relancée.")
                self.serveur.start()
                # The worker would go on, but no longer hear of new jobs at once.
                if self.worker.processus is not None:
                    stop(self.worker.processus, patience=5)
        for enfant in self.enfants:
            if enfant.fell():
                say(f"{enfant.nom} s’est arrêté ; il est relancé.")
                enfant.start(self.environnement)

    def _wait_until_ready(self) -> None:
        fin = time.monotonic() + PATIENCE_DEMARRAGE
        while True:
            self._watch()
            sante = ask_health(self.ecoute.getsockname()[1])
            if sante.get("base") == "ok" and sante.get("worker") == "ok":
                return
            if time.monotonic() > fin:
                raise Echec(f"L’application ne répond pas. Les journaux sont dans {self.journaux}.")
            time.sleep(0.2)


def say(texte: str, sortie: TextIO = sys.stdout) -> None:
    """Write a line for whoever started us, who may have gone."""
    with contextlib.suppress(BrokenPipeError, ValueError):
        sortie.write(f"{texte}\n")
        sortie.flush()


def ask_health(port: int) -> dict[str, str]:
    """Return what /sante answers, empty when nothing does."""
    liaison = http.client.HTTPConnection(ADRESSE, port, timeout=5)
    try:
        liaison.request("GET", "/sante")
        lu = json.loads(liaison.getresponse().read())
        return lu if isinstance(lu, dict) else {}
    except (OSError, http.client.HTTPException, ValueError):
        return {}
    finally:
        liaison.close()


def account_table(var: Path) -> str:
    """Return the demonstration accounts as lines of text; empty where there are none."""
    fichier = var / "comptes_demo.json"
    if not fichier.exists():
        return ""
    comptes = json.loads(fichier.read_text(encoding="utf8"))
    lignes = [(role, c["identifiant"], c["mot_de_passe"]) for role, c in comptes.items()]
    colonnes = [("Rôle", "Identifiant", "Mot de passe"), *lignes]
    largeurs = [max(len(ligne[rang]) for ligne in colonnes) for rang in range(2)]
    texte = "".join(
        f"  {role:<{largeurs[0]}}  {identifiant:<{largeurs[1]}}  {secret}\n"
        for role, identifiant, secret in colonnes
    )
    return f"\nComptes de démonstration (personnes inventées)\n{texte}\n"


def open_port(port: int, *, patience: float = 0.0) -> socket.socket:
    """Listen on the loopback address from now on. Raises Echec when the port cannot be had in time."""
    fin = time.monotonic() + patience
    while True:
        ecoute = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            ecoute.bind((ADRESSE, port))
            ecoute.listen(128)
        except PermissionError:
            ecoute.close()
            raise Echec(f"Le port {port} est réservé à root : choisissez-en un au-dessus de 1023.") from None
        except OSError:
            ecoute.close()
            if time.monotonic() >= fin:
                raise Echec(
                    f"Le port {port} est déjà pris par un autre programme : "
                    "arrêtez-le, ou choisissez un autre port avec --port."
                ) from None
            time.sleep(0.1)
        else:
            return ecoute


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the options that ./demarrer has checked."""
    analyse = argparse.ArgumentParser(add_help=False)
    analyse.add_argument("--port", type=int, default=8000)
    analyse.add_argument("--sans-demo", action="store_true")
    return analyse.parse_args(arguments)


def ask_to_stop(_numero: int, _cadre: FrameType | None) -> None:
    """First signal: unwind. Those that follow change nothing, as the stop is under way."""
    for numero in SIGNAUX:
        signal.signal(numero, signal.SIG_IGN)
    raise Arret


def supervise(var: Path, options: argparse.Namespace, verrou: Verrou) -> int:
    """Hold the lock and the port, run everything until a signal, stop everything."""
    # The note of a run that was killed still stands: its last process may need a moment to let go.
    ecoute = open_port(options.port, patience=PATIENCE_PORT if verrou.read() else 0.0)
    superviseur = Superviseur(var=var, ecoute=ecoute, sans_demo=options.sans_demo)
    verrou.write(f"{superviseur.adresse} (processus {os.getpid()})")
    for numero in SIGNAUX:
        if numero != signal.SIGHUP or signal.getsignal(numero) != signal.SIG_IGN:
            signal.signal(numero, ask_to_stop)
    code = 0
    try:
        superviseur.run()
    except Arret:
        say("\nArrêt en cours…")
    except (Echec, PostgresIndisponible) as erreur:
        say(str(erreur), sys.stderr)
        code = 1
    finally:
        for numero in SIGNAUX:
            signal.signal(numero, signal.SIG_IGN)
        superviseur.stop()
    if not code:
        say("Tout est arrêté. Les données sont gardées.")
    return code


def main(arguments: Sequence[str]) -> int:
    """Run one Nouvéa SST per folder; return the exit code."""
    options = read_options(arguments)
    var = Path(os.environ.get("NOUVEA_VAR") or CLONE / "var").resolve()
    verrou = Verrou(var / VERROU)
    try:
        if not verrou.acquire(patience=1.0):
            say(f"Nouvéa SST est déjà en marche dans ce dossier : {verrou.read()}", sys.stderr)
            return 1
        return supervise(var, options, verrou)
    except PermissionError:
        say(
            f"Le dossier {var} appartient à un autre compte, qui a lancé Nouvéa SST le premier : "
            "lancez ./demarrer avec ce compte.",
            sys.stderr,
        )
        return 1
    except Echec as erreur:
        say(str(erreur), sys.stderr)
        return 1
    finally:
        verrou.release()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
