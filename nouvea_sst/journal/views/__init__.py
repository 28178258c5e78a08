"""The journal on screen, and the yearly examination of consultations."""
