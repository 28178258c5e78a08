"""N+1 queries fail the request that makes them: zeal's middleware counts one request at a time."""

from collections.abc import Iterator

import pytest
from zeal import zeal_ignore
from zeal.errors import NPlusOneError
from zeal.listeners import NPlusOneListener

from tests.gardes.constats import report


class NPlusUn(NPlusOneError):
    """zeal's error, kept even when a template swallows it."""

    def __init__(self, message: str) -> None:
        super().__init__(report(message))


def pytest_configure(config: pytest.Config) -> None:
    """Make zeal raise our error."""
    NPlusOneListener.error_class = property(lambda self: NPlusUn)


@pytest.fixture(autouse=True)
def n_plus_un(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave the detector off under the marker `sans_n_plus_1`."""
    if request.node.get_closest_marker("sans_n_plus_1"):
        with zeal_ignore():
            yield
    else:
        yield
