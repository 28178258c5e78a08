"""Tests of ./demarrer, ./tester and what they start."""
