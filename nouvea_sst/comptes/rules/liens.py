"""What is kept of the token of a link."""

import hashlib


def hash_of(jeton: str) -> str:
    """Return the hash under which a token is known."""
    return hashlib.sha256(jeton.encode()).hexdigest()
