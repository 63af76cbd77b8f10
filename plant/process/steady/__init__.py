"""Where a whole field settles, without running it: the rates and pressures at which nothing moves any more.

:func:`~plant.process.steady.field.steady` is what others call. Liquid is as the process moves it
(:mod:`.liquid`); with gas, traverses of multiphase flow take its place (:mod:`.gassy`).
"""
