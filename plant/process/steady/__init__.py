"""Where a whole field settles, without running it: the rates and pressures at which nothing moves any more.

:func:`~plant.process.steady.field.steady` is what others call. Wells are those of :mod:`plant.process.esp`, by the
same functions: slip, viscous liquid, gas in pump and tubing, the level in the annulus. What a steady field leaves out
is what only a run shows: pumps that cycle on gas, a motor that stalls (its torque is taken as that at breakdown), a
standing pump that the flow spins, a leak from tubing to annulus.
"""
