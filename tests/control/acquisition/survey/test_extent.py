"""Which addresses a device has, found by asking: against every layout of a small map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.acquisition.survey.extent import extents

pytestmark = pytest.mark.anyio


@given(there=st.sets(st.integers(0, 60)), most=st.integers(1, 20))
async def test_every_address_that_is_there_is_found_and_no_other(there, most):
    async def read(start: int, count: int) -> bool:
        return count <= most and set(range(start, start + count)) <= there

    found = [extent async for extent in extents(read, 0, 60, 125)]
    assert {at for extent in found for at in range(extent.first, extent.last + 1)} == there
    assert all(extent.longest <= most for extent in found)
