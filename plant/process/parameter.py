"""What the whole process shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

G = 9.80665
STEEL_ROUGHNESS = 4.6e-5
