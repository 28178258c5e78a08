"""No test talks to the outside: sockets are blocked (pytest-socket), browser tests reach the loopback."""

import pytest

BOUCLE = ["127.0.0.1", "::1", "localhost"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Open the loopback to tests that drive a browser or start a server."""
    for item in items:
        if {"page_de", "page", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.allow_hosts(BOUCLE))
