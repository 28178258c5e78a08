"""Health check of a container: verifier_sante.py HOTE:PORT PARTIE ends with 0 when that part is well."""

import http.client
import json
import sys


def is_well(hote: str, partie: str) -> bool:
    """Ask /sante of this server about one part: base, worker or disque."""
    liaison = http.client.HTTPConnection(hote, timeout=4)
    try:
        liaison.request("GET", "/sante", headers={"Host": "localhost"})
        return bool(json.loads(liaison.getresponse().read())[partie] == "ok")
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return False
    finally:
        liaison.close()


if __name__ == "__main__":
    sys.exit(0 if is_well(sys.argv[1], sys.argv[2]) else 1)
