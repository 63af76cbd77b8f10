"""The dashboards: what operators and engineers look at, in a browser, live from the bus."""
