"""A policy as a small Python program by itself, to test other systems against.

``writing`` turns a policy's conditions into Python, ``data`` collects what the program knows
beside them, and ``runtime`` is the part that every program has. ``program`` puts them together.
"""
