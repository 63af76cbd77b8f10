"""Records of the ledger over HTTP: one table of resources, one way to list, read, make, change and retire them."""
