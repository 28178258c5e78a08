"""A fault that the code around it swallows still fails its test."""

import pytest

from tests.gardes import constats


def run_call(corps):
    """Run a test body through the hook, as pytest does."""
    etapes = constats.pytest_runtest_call(None)
    next(etapes)
    corps()
    with pytest.raises(StopIteration):
        next(etapes)


def test_swallowed_fault_fails_the_test():
    with pytest.raises(pytest.fail.Exception, match="avalée"):
        run_call(lambda: constats.report("avalée"))


def test_test_without_fault_passes():
    run_call(lambda: None)


def test_expected_fault_must_happen():
    with pytest.raises(AssertionError, match="no fault about"), constats.expected_fault("jamais"):
        pass
