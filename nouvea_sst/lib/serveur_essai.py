"""A mail server on this machine that fails as it is told, and keeps what it took: for measures and tests."""

import random
import re
import socketserver
import threading
from collections import Counter

REFERENCE = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
FAUTES = ("421 connexion", "451 expéditeur", "450 adresse", "550 adresse", "451 contenu")
COUPE_APRES = "coupe après"
COUPURES = ("coupe avant", COUPE_APRES)


class Serveur:
    """`part` of the messages meet a fault, drawn from a seed; `panne` shuts the door on everybody."""

    def __init__(self, part: float = 0.0, graine: int = 7) -> None:
        self.hasard = random.Random(graine)  # noqa: S311
        self.part, self.panne = part, False
        self.recus: Counter[str] = Counter()
        self.fautes: Counter[str] = Counter()
        self.definitifs: set[str] = set()
        serveur = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                serveur.talk(self)

        class Ecoute(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads = True, True

        self._ecoute = Ecoute(("127.0.0.1", 0), Conversation)
        self.port = self._ecoute.server_address[1]

    def __enter__(self) -> "Serveur":
        threading.Thread(
            target=self._ecoute.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *fin: object) -> None:
        self._ecoute.shutdown()
        self._ecoute.server_close()

    def draw(self) -> str:
        """The fault of the message that begins; none for most."""
        if self.hasard.random() >= self.part:
            return ""
        faute = self.hasard.choice((*FAUTES[1:], *COUPURES))
        self.fautes[faute] += 1
        return faute

    def talk(self, lien: socketserver.StreamRequestHandler) -> None:
        """One conversation."""

        def say(texte: str) -> None:
            lien.wfile.write(f"{texte}\r\n".encode())

        if self.panne:
            say("421 fermé")
            return
        say("220 essai")
        faute = ""
        for ligne in lien.rfile:
            mot = ligne[:4].upper()
            if mot in {b"EHLO", b"HELO"}:
                say("250 essai")
            elif mot == b"MAIL":
                faute = self.draw()
                if faute == "coupe avant":
                    return
                say("451 plus tard" if faute == "451 expéditeur" else "250 oui")
            elif mot == b"RCPT":
                say({"450 adresse": "450 plus tard", "550 adresse": "550 inconnu"}.get(faute, "250 oui"))
                if faute == "550 adresse":
                    self.definitifs.add(ligne.decode().partition("<")[2].partition(">")[0])
            elif mot == b"DATA":
                say("354 allez")
                contenu = b"".join(iter(lambda: lien.rfile.readline(), b".\r\n"))
                if faute == "451 contenu":
                    say("451 plus tard")
                    continue
                self.recus[REFERENCE.search(contenu)[1].decode()] += 1  # type: ignore[index]
                if faute == COUPE_APRES:
                    return
                say("250 pris")
            elif mot == b"QUIT":
                say("221 adieu")
                return
            else:
                say("250 oui")
