"""The ledger: the company's records beside the field's series: people, assets, production, money, what was decided.

SQLite in the data folder, or PostgreSQL by URL. Only processes that keep records import it, since SQLAlchemy takes
some thirty megabytes.
"""
