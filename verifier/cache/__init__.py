"""What was found before is kept and taken up again: a store of small files, and how results are
written to it."""
