"""Solvers behind one small interface: ``backend.py`` says what is asked of them."""
