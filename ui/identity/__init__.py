"""Identity at every door: who comes, whether he may, and what he is then called. One for API, screens and command."""
