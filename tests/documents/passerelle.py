"""A gateway of short messages on this machine that answers as it is told, and keeps what it took."""

import json
import socket
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FaussePasserelle:
    """`reponse` is a code, « pend » (no answer) or « coupe » (taken, then the line is cut)."""

    def __init__(self):
        self.reponse, self.recus, self.textes, self.entetes = 200, Counter(), [], {}
        self.fin = threading.Event()
        passerelle = self

        class Reponse(BaseHTTPRequestHandler):
            def do_POST(self):
                corps = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                passerelle.entetes = dict(self.headers)
                if passerelle.reponse == "pend":
                    passerelle.fin.wait(5)
                    return
                if passerelle.reponse in (200, "coupe"):
                    passerelle.recus[corps["reference"]] += 1
                    passerelle.textes.append(corps)
                if passerelle.reponse == "coupe":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(passerelle.reponse)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *rien):
                return

        self._ecoute = ThreadingHTTPServer(("127.0.0.1", 0), Reponse)
        self._ecoute.daemon_threads = True
        self.adresse = f"http://127.0.0.1:{self._ecoute.server_address[1]}/envoi"

    def __enter__(self):
        threading.Thread(
            target=self._ecoute.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *fin):
        self.fin.set()
        self._ecoute.shutdown()
        self._ecoute.server_close()
