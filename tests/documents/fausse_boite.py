"""An IMAP server on this machine that speaks what the box of returns asks, and keeps what was marked read."""

import re
import socketserver
import threading


class FausseBoite:
    """`messages` by their uid; `lus`: those marked read; `mot`: the password."""

    def __init__(self, messages, *, mot="secret", dossier="INBOX", coupe=None):
        self.messages, self.mot, self.dossier, self.coupe = dict(messages), mot, dossier, coupe
        self.lus, self.commandes = set(), []
        boite = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self):
                self.say(b"* OK pret")
                for ligne in self.rfile:
                    marque, _, reste = ligne.strip().partition(b" ")
                    if not self.answer(marque, reste.decode(errors="replace")):
                        return

            def say(self, *lignes):
                self.wfile.write(b"".join(ligne + b"\r\n" for ligne in lignes))

            def answer(self, marque, commande):
                boite.commandes.append(commande.split(" ")[0].upper())
                mot = commande.upper()
                if mot.startswith("CAPABILITY"):
                    self.say(b"* CAPABILITY IMAP4rev1")
                elif mot.startswith("LOGIN") and f'"{boite.mot}"' not in commande:
                    self.say(marque + b" NO refuse")
                    return True
                elif mot.startswith("SELECT") and f'"{boite.dossier}"' not in commande:
                    self.say(marque + b" NO inconnu")
                    return True
                elif mot.startswith("SELECT"):
                    self.say(b"* %d EXISTS" % len(boite.messages))
                elif mot.startswith("UID SEARCH"):
                    nouveaux = sorted(set(boite.messages) - boite.lus)
                    self.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in nouveaux))
                elif mot.startswith("UID FETCH"):
                    uid = int(re.findall(r"\d+", mot)[0])
                    if uid == boite.coupe:
                        return False
                    corps = boite.messages[uid]
                    self.say(b"* 1 FETCH (UID %d BODY[] {%d}" % (uid, len(corps)))
                    self.say(corps + b")")
                elif mot.startswith("UID STORE"):
                    boite.lus.add(int(re.findall(r"\d+", mot)[0]))
                elif mot.startswith("LOGOUT"):
                    self.say(b"* BYE", marque + b" OK fait")
                    return False
                self.say(marque + b" OK fait")
                return True

        class Serveur(socketserver.ThreadingTCPServer):
            daemon_threads = True

        self._ecoute = Serveur(("127.0.0.1", 0), Session)
        self.port = self._ecoute.server_address[1]

    def __enter__(self):
        threading.Thread(
            target=self._ecoute.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *fin):
        self._ecoute.shutdown()
        self._ecoute.server_close()
