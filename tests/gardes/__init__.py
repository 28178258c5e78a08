"""Guards of the test-suite: pytest plugins that make silent faults loud."""
