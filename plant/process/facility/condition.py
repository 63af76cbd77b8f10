"""What surrounds the lines to the separator, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Field
from plant.process.parameter import Array


@dataclass
class LineCondition:
    """One array per parameter, one element per manifold; faults are neutral as :func:`line_condition` gives them."""

    surroundings: Array  # sea or ground [K]
    heat_transfer: Array  # to them, in the inner area [W/m²/K]
    inhibitor: Array  # methanol in the water, mass share
    wax_content: Array  # of the oil, mass share
    wax_temperature: Array  # at which it appears [K]
    heat_loss: Array  # added to heat_transfer: insulation lost [W/m²/K]
    chill: Array  # surroundings colder than the file says [K]
    plug: Array  # share of the bore that debris takes
    fouling: Array  # on friction
    outlet_drop: Array  # of a restriction at the outlet [Pa/(m³/s)²]
    leak_area: Array  # of a hole in the middle [m²]
    dip_volume: Array  # that liquid fills before it is blown out [m³]

    @property
    def outside(self) -> Array:
        """Temperature around the line [K]."""
        return self.surroundings - self.chill

    @property
    def transfer(self) -> Array:
        """Heat transfer coefficient [W/m²/K]."""
        return self.heat_transfer + self.heat_loss


def line_condition(field: Field) -> LineCondition:
    """Of every manifold's flowline, without a fault."""
    lines = {flowline.manifold: flowline for flowline in field.flowlines}
    rows = [lines[manifold.code] for manifold in field.manifolds]
    n = len(rows)
    return LineCondition(
        surroundings=np.full(n, field.surface_temperature),
        heat_transfer=np.array([line.heat_transfer for line in rows]),
        inhibitor=np.array([line.inhibitor for line in rows]),
        wax_content=np.array([line.wax_content for line in rows]),
        wax_temperature=np.array([line.wax_temperature for line in rows]),
        heat_loss=np.zeros(n),
        chill=np.zeros(n),
        plug=np.zeros(n),
        fouling=np.ones(n),
        outlet_drop=np.zeros(n),
        leak_area=np.zeros(n),
        dip_volume=np.zeros(n),
    )
