"""Migrations, forward only: ``python -m historian.ledger.migration`` brings the ledger whose URL it is told up to date.

A new ledger is made whole and never runs them. With each change of a table comes a revision here and its number in
:data:`historian.ledger.opening.REVISIONS`; tests hold both against the tables, from a copy of every version that was.
"""
