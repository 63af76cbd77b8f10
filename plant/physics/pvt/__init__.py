"""Pressure, volume and temperature: what oil, gas and brine become on their way from the reservoir to the tank.

One module an author where whole families of oil correlations belong together (:mod:`.standing`,
:mod:`.vasquez_beggs`, :mod:`.glaso`, :mod:`.al_marhoun`), one a quantity elsewhere; :mod:`.blackoil` puts a
chosen set together. The papers give field units: :mod:`.field_unit` is the border, crossed once a function.
"""
