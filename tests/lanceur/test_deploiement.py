"""The container files, as far as they can be checked without a Docker engine."""

import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_compose_accepts_the_services() -> None:
    fait = subprocess.run(["docker-compose", "config", "-q"], cwd=CLONE, capture_output=True, text=True)
    assert (fait.returncode, fait.stderr) == (0, "")


def test_containers_hold_no_secret_in_clear() -> None:
    for nom in ("docker-compose.yml", "Dockerfile"):
        texte = (CLONE / nom).read_text(encoding="utf8")
        assert "PASSWORD:" not in texte
        assert "SECRET_KEY:" not in texte
    assert "secrets" in (CLONE / ".dockerignore").read_text()


@pytest.fixture
def faux_serveur() -> Iterator[str]:
    """A server whose /sante says that the worker is gone."""

    class Reponse(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(503)
            self.end_headers()
            self.wfile.write(b'{"etat": "panne", "base": "ok", "worker": "absent"}')

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Reponse) as serveur:
        fil = threading.Thread(target=serveur.serve_forever)
        fil.start()
        yield f"127.0.0.1:{serveur.server_port}"
        serveur.shutdown()
        fil.join()


@pytest.mark.enable_socket
def test_health_check_of_a_container_asks_its_own_part(faux_serveur: str) -> None:
    script = CLONE / "deploiement" / "verifier_sante.py"
    codes = {
        partie: subprocess.run([sys.executable, script, faux_serveur, partie]).returncode
        for partie in ("base", "worker", "inconnue")
    }
    assert codes == {"base": 0, "worker": 1, "inconnue": 1}
    assert subprocess.run([sys.executable, script, "127.0.0.1:1", "base"]).returncode == 1
